"""How much of the region between an ideal and a reference point is dominated, exactly.

All objectives are minimised. Zitzler & Thiele (1998); swept along the first, the other two are a staircase.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from procure_opt.pareto.points import Point

MARGIN = Fraction(1, 20)
"""How far beyond the nadir the reference lies, as a share of the range: extreme points count as well."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The box against which fronts are measured: from ``ideal`` to ``worst``, a margin beyond the nadir."""

    ideal: Point
    worst: tuple[Fraction, ...]


def reference_of(points: Iterable[Point]) -> Reference:
    """Return the box around all points (of all fronts that are to be compared).

    >>> reference_of([(0, 10, 5), (20, 10, 1)]).worst
    (Fraction(21, 1), Fraction(10, 1), Fraction(26, 5))
    """
    axes = list(zip(*points, strict=True))
    ideal = tuple(min(axis) for axis in axes)
    return Reference(ideal, tuple(max(axis) + MARGIN * (max(axis) - min(axis)) for axis in axes))


def hypervolume(points: Iterable[Point], box: Reference) -> Fraction:
    """Return the share of the box that three-dimensional points dominate; axes without a range do not count.

    >>> box = Reference((0, 0, 0), (Fraction(2), Fraction(2), Fraction(2)))
    >>> hypervolume([(0, 1, 1)], box), hypervolume([(0, 1, 1), (1, 0, 1)], box), hypervolume([], box)
    (Fraction(1, 4), Fraction(3, 8), Fraction(0, 1))
    """
    spans = [worst - best for best, worst in zip(box.ideal, box.worst, strict=True)]
    gains = sorted((_gain(point, box, spans) for point in points), reverse=True)
    volume, stairs = Fraction(0), _Stairs()
    for place, (width, depth, height) in enumerate(gains):
        stairs.add(depth, height)
        until = gains[place + 1][0] if place + 1 < len(gains) else Fraction(0)
        volume += (width - until) * stairs.area
    return volume / prod(span or 1 for span in spans)


def _gain(point: Point, box: Reference, spans: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Return how far a point is better than the worst on each axis; 1 on an axis without a range."""
    sides = zip(point, box.worst, spans, strict=True)
    return tuple(max(worst - value, Fraction(0)) if span else Fraction(1) for value, worst, span in sides)


class _Stairs:
    """The area that rectangles from the origin cover together; each is added in constant or linear time."""

    def __init__(self) -> None:
        self.area = Fraction(0)
        self._depths: list[Fraction] = []
        self._heights: list[Fraction] = []

    def add(self, depth: Fraction, height: Fraction) -> None:
        """Add a rectangle; depths rise and heights fall along the stairs."""
        place = bisect_left(self._depths, depth)
        if place < len(self._depths) and self._heights[place] >= height:
            return
        first = place
        while first > 0 and self._heights[first - 1] <= height:
            first -= 1
        last = place + (place < len(self._depths) and self._depths[place] == depth)
        before = self._depths[first - 1] if first else Fraction(0)
        self.area += (depth - before) * height - self._covered(first, last, depth, before)
        self._depths[first:last] = [depth]
        self._heights[first:last] = [height]

    def _covered(self, first: int, last: int, depth: Fraction, before: Fraction) -> Fraction:
        """Return the area that is there already between two depths."""
        area, left = Fraction(0), before
        for place in range(first, last):
            area += (self._depths[place] - left) * self._heights[place]
            left = self._depths[place]
        if left < depth and last < len(self._depths):
            area += (depth - left) * self._heights[last]
        return area
