"""The best boxes found so far, and the quick question whether something may still be better.

Values are told apart by ``floor(value / step)`` in three objectives, all minimised; of the points in one box
the smallest by sum, then lexicographically, represents it. A table over the boxes' corners answers
for thousands of bounds at a time; it is built anew when boxes have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import le

import numpy as np

from procure_opt.solving.forward import Mask
from procure_opt.solving.matrix import Vector

Point = tuple[int, ...]
Box = tuple[int, ...]


class Boxes:
    """Nondominated boxes, each with its representative.

    >>> boxes = Boxes((10, 10, 10))
    >>> boxes.take((11, 12, 13)), boxes.take((25, 12, 13)), boxes.take((11, 12, 12))
    (True, False, True)
    >>> boxes.points
    [(11, 12, 12)]
    >>> bounds = np.array([[10.0, 20.0, 10.0], [10.0, 0.0, 10.0], [10.0, 19.0, 20.0]])
    >>> boxes.may_better(bounds, bounds.sum(axis=0)).tolist()
    [True, True, False]
    """

    def __init__(self, steps: Sequence[int]) -> None:
        self._steps = tuple(steps)
        self._divisors = np.array(steps, dtype=float)[:, None]
        self._found: dict[Box, Point] = {}
        self._stale = True

    @property
    def points(self) -> list[Point]:
        """The representatives, sorted."""
        return sorted(self._found.values())

    def __len__(self) -> int:
        """Return the number of boxes."""
        return len(self._found)

    def take(self, point: Point) -> bool:
        """Let a point join; True if it now represents its box."""
        box = tuple(value // step for value, step in zip(point, self._steps, strict=True))
        holder = self._found.get(box)
        if holder is None:
            if any(all(map(le, other, box)) for other in self._found):
                return False
            for other in [other for other in self._found if all(map(le, box, other))]:
                del self._found[other]
        elif (sum(holder), holder) <= (sum(point), point):
            return False
        self._found[box] = point
        self._stale = True
        return True

    def take_all(self, points: Iterable[Point]) -> None:
        """Let many points join, the smallest sums first."""
        for point in sorted(set(points), key=lambda y: (sum(y), y)):
            self.take(point)

    def may_better(self, bounds: Vector, sums: Vector) -> Mask:
        """Could points above these bounds (a column each) better or equal what was found?

        True for a box that no box found dominates; in a box found, for sums not above its representative's.
        """
        if not self._found:
            return np.ones(bounds.shape[1], dtype=bool)
        if self._stale:
            self._tabulate()
        boxes = np.floor(bounds / self._divisors)
        i = np.searchsorted(self._first, boxes[0], side="right")
        j = np.searchsorted(self._second, boxes[1], side="right")
        third = self._least_third[i, j]
        found = (third == boxes[2]) & (self._corners[0][i] == boxes[0]) & (self._corners[1][j] == boxes[1])
        better: Mask = (boxes[2] < third) | (found & (sums <= self._sums[i, j]))
        return better

    def _tabulate(self) -> None:
        """Build ``_least_third[i, j]``: the least third component up to corner i, j in the others."""
        boxes = np.array(list(self._found), dtype=float)
        self._first, self._second = np.unique(boxes[:, 0]), np.unique(boxes[:, 1])
        self._corners = [np.concatenate([[-np.inf], axis]) for axis in (self._first, self._second)]
        shape = len(self._first) + 1, len(self._second) + 1
        at = np.searchsorted(self._first, boxes[:, 0]) + 1, np.searchsorted(self._second, boxes[:, 1]) + 1
        table, sums = np.full(shape, np.inf), np.full(shape, -np.inf)
        order = np.argsort(-boxes[:, 2], kind="stable")
        table[at[0][order], at[1][order]] = boxes[order, 2]
        totals = np.array([sum(point) for point in self._found.values()], dtype=float)
        sums[at[0][order], at[1][order]] = totals[order]
        self._least_third = np.minimum.accumulate(np.minimum.accumulate(table, axis=0), axis=1)
        self._sums = sums
        self._stale = False
