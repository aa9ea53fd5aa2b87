"""What is left of a plan in each of its parts.

Parts that are neighbours fix almost the same, so what they share is settled once for a block of them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator

from procure_opt.solving.field import Field
from procure_opt.solving.ledger import field_name
from procure_opt.solving.plan import Plan
from procure_opt.solving.reduction import Reduction, reduced

BLOCK = 16
"""Parts that are stated together."""
SPREAD = 2654435761
"""2^32 divided by the golden ratio: multiples of it are evenly spread (Knuth, multiplicative hashing)."""
MOST_SETTLINGS = 24
"""Ways to settle the first choices before a part is prepared; more are swept like others."""


def fields(plan: Plan, numbers: Iterable[int]) -> Iterator[tuple[int, list[Field]]]:
    """Yield each part, by number, with the fields into which it falls; none if nothing is possible in it."""
    for number, block in itertools.groupby(numbers, lambda number: number // BLOCK):
        parts = list(block)
        # All of the block, whichever are asked for: a part must fall into the same fields every time.
        first, *others = plan.fixings[number * BLOCK : (number + 1) * BLOCK]
        shared = dict(first)
        for fixed in others:
            shared = {c: value for c, value in shared.items() if fixed.get(c) == value}
        together = reduced(plan.matrix, shared, plan.watched)
        for part in parts:
            left = together and together.further(plan.fixings[part], plan.watched)
            made = (plan_field(plan, each) for each in _settled(plan, left)) if left else ()
            possible = [each for each in made if each.root.width]
            for place, each in enumerate(possible):
                each.name = field_name(part, place)
            yield part, possible


def plan_field(plan: Plan, left: Reduction) -> Field:
    """Return what is left of a plan, ready to be swept."""
    return Field(left, plan.outline)


def _settled(plan: Plan, left: Reduction) -> Iterator[Reduction]:
    """Yield what is left for every way to settle the first choices."""
    kept = set(left.kept.tolist())
    still_open = [[c for c in choice if c in kept] for choice in plan.first]
    still_open = [choice for choice in still_open if choice]
    ways = math.prod(len(choice) + 1 for choice in still_open)
    for column in plan.implied:
        if column in kept and 2 * ways <= MOST_SETTLINGS:
            still_open.append([column])
            ways *= 2
    if not still_open or ways > MOST_SETTLINGS:
        yield left
        return
    for taken in itertools.product(*([*choice, None] for choice in still_open)):
        settled = {c: float(c in taken) for choice in still_open for c in choice}
        if (further := left.further(settled, plan.watched)) is not None:
            yield further


def shuffled(count: int) -> list[int]:
    """Return the numbers below ``count`` so that neighbours are far apart: alike parts are alike hard.

    >>> shuffled(6)
    [0, 5, 2, 4, 1, 3]
    """
    return sorted(range(count), key=lambda number: number * SPREAD % 2**32)
