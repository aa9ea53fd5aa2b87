"""Points of objective space: tuples of integers, smaller is better in every component.

Strictly better means at least one unit less, so there is no tolerance anywhere in this room. With a
*resolution* delta, a point y lies in the box ``floor(y_i / delta_i)`` (floor towards minus infinity);
boxes are themselves integer points and are compared like points.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import le

from procure_opt.pareto.tree import Tree

Point = tuple[int, ...]


def dominates(a: Point, b: Point) -> bool:
    """Return whether ``a`` is at least as good as ``b`` everywhere and better somewhere (all minimised).

    >>> dominates((3, 5, 9), (3, 6, 9)), dominates((3, 5, 9), (3, 5, 9)), dominates((3, 5), (2, 7))
    (True, False, False)
    """
    return a != b and weakly_dominates(a, b)


def weakly_dominates(a: Point, b: Point) -> bool:
    """Return whether ``a`` is at least as good as ``b`` everywhere (all minimised).

    >>> weakly_dominates((3, 5, 9), (3, 5, 9)), weakly_dominates((3, 5), (2, 7))
    (True, False)
    """
    return all(map(le, a, b))


def nondominated(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return the points that no other point dominates, sorted and each once.

    In lexicographic order nothing is dominated by a later point, and an earlier one dominates if it is at
    least as good in all components but the first; of these rests, the best suffice.

    >>> nondominated([(2, 2), (1, 3), (2, 2), (3, 2), (0, 9)])
    ((0, 9), (1, 3), (2, 2))
    """
    kept: list[Point] = []
    rests = Tree()
    for point in sorted(set(points)):
        rest = point[1:]
        if any(True for _ in rests.below(rest)):
            continue
        for worse in list(rests.above(rest)):
            rests.discard(worse)
        rests.add(rest)
        kept.append(point)
    return tuple(kept)


def box_of(point: Point, resolution: tuple[int, ...]) -> Point:
    """Return the box of ``point``: ``floor(y_i / delta_i)``, floor towards minus infinity.

    >>> box_of((-1, 0, 9, 10), (10, 10, 10, 10))
    (-1, 0, 0, 1)
    """
    return tuple(y // delta for y, delta in zip(point, resolution, strict=True))
