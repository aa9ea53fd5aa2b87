"""What can be said of the case that follows before its front is known: old structures, followed to their end.

Each known structure is taken through the inject: who must leave leaves, who would leave leaves too, until it
is stable. What is left counts if it obeys every rule. No solver is asked, and nothing says that a better
structure does not exist.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from procure_opt import rules
from procure_opt.accounts.values import Vector
from procure_opt.accounts.views import EGALITARIAN, vector
from procure_opt.claim import Efficient, minimised
from procure_opt.structure.structure import Structure

from .event import Happened
from .exits import exits

Carry = Callable[[Structure], Structure]
T = TypeVar("T")


def provisional(
    happened: Happened, carry: Carry, known: Sequence[Structure], seconds: float
) -> tuple[Efficient, ...]:
    """Return what the known structures come to, those that no other one beats, as far as time allows.

    Sorted from most to least autonomy. ``carry``: how a structure of the case before reads in the one after.
    """
    case = happened.case
    if case.view == EGALITARIAN and not case.ideals:
        return ()
    until = time.monotonic() + seconds
    found: dict[Vector, Structure] = {}
    for structure in spread(known):
        if time.monotonic() >= until:
            break
        end = _end(happened, carry(structure))
        if end is not None:
            value = vector(case, end)
            found[value] = min(found.get(value, end), end, key=lambda each: each.id)
    points = [minimised(value) for value in found]
    left = (value for value in found if not any(_beats(point, minimised(value)) for point in points))
    return tuple(Efficient(case, value, found[value]) for value in sorted(left, reverse=True))


def _end(happened: Happened, structure: Structure) -> Structure | None:
    """Return what is left of the structure; None if that breaks a rule."""
    steps = exits(happened.case, structure, happened.leaving)
    if steps:
        return None if steps[-1].broken else steps[-1].structure
    return structure if rules.is_feasible(happened.case, structure) else None


def _beats(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return one != other and all(a <= b for a, b in zip(one, other, strict=True))


def spread(items: Sequence[T]) -> Iterator[T]:
    """Yield the items so that wherever it is stopped, those seen lie all over the list.

    >>> list(spread("abcdefg"))
    ['a', 'e', 'c', 'g', 'b', 'd', 'f']
    """
    step = 1
    while step < len(items):
        step *= 2
    seen: set[int] = set()
    while step:
        for place in range(0, len(items), step):
            if place not in seen:
                seen.add(place)
                yield items[place]
        step //= 2
