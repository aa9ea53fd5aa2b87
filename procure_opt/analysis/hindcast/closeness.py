"""How close a record comes to the front, and how close chance does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low

from procure_opt.accounts.values import Vector
from procure_opt.case.model import Case
from procure_opt.claim import minimised
from procure_opt.formulation.variables import Key
from procure_opt.front import Front
from procure_opt.structure.structure import Structure
from procure_opt.study import random_structures

from .asked import asked

Within = Mapping[Key, int]
Drawn = Sequence[tuple[Structure, Vector]]


@dataclass(frozen=True, slots=True)
class Closeness:
    """How far from the front, in percent of the ranges: the record at its best, and completed by chance.

    ``as_close``: the share of structures drawn at random that are at least as close as the record completed
    by chance; a claim of closeness where it is above 20 percent is none. ``decided``: both the front and what
    the record allows are known completely; if not, nothing is said. ``best`` is None if no structure agrees.
    """

    best: Fraction | None
    by_chance: Fraction | None
    as_close: Fraction | None
    drawn: int
    decided: bool = True


UNDECIDED = Closeness(None, None, None, 0, decided=False)


def distance(vector: Vector, front: Sequence[Vector]) -> Fraction | None:
    """Return by how much the vector falls short of the nearest efficient one, in percent of the ranges.

    The largest shortfall in any goal counts, of the efficient vector for which that is smallest. None if
    there is no front.

    >>> distance((8, 5, 110), [(10, 5, 100), (0, 9, 80)])
    Fraction(50, 1)
    """
    if not front:
        return None
    points = [minimised(each) for each in front]
    spans = [max(axis) - min(axis) or 1 for axis in zip(*points, strict=True)]
    mine = minimised(vector)
    shortfalls = (
        max(Fraction(100 * max(m - p, 0), span) for m, p, span in zip(mine, point, spans, strict=True))
        for point in points
    )
    return min(shortfalls)


def closeness(
    case: Case,
    front: Front,
    chance: Drawn,
    within: Within,
    time_limit: float | None,
) -> Closeness:
    """Return how close the record of these settled decisions comes, beside what was drawn at random."""
    if not front.complete:
        return UNDECIDED
    efficient = front.vectors
    allowed = asked(case, time_limit=time_limit, within=within).front
    if not allowed.complete:
        return UNDECIDED
    completed = random_structures(case, max(len(chance) // 10, 1), time_limit=time_limit, within=within)
    best = min((_distance(each, efficient) for each in allowed.vectors), default=None)
    own = [_distance(each, efficient) for _, each in completed]
    every = [_distance(each, efficient) for _, each in chance]
    middle = median_low(own) if own else None
    share = None
    if middle is not None and every:
        share = Fraction(sum(each <= middle for each in every), len(every))
    return Closeness(best, middle, share, len(every))


def _distance(vector: Vector, front: Sequence[Vector]) -> Fraction:
    found = distance(vector, front)
    return Fraction(100) if found is None else found
