"""The least values of three objectives, each by itself, instead of all boxes that none dominates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from procure_opt.solving.boxes import Point, Untied
from procure_opt.solving.forward import Mask
from procure_opt.solving.matrix import Vector


class Extremes(Untied):
    """Points that have the least value found of some objective.

    Nothing is of use any more that is nowhere below their least values: what one box there dominates. So all
    that boxes know of corners holds with this box.

    >>> extremes = Extremes()
    >>> extremes.take((5, 7, 9)), extremes.take((4, 8, 9)), extremes.take((6, 7, 9))
    (True, True, False)
    >>> extremes.points
    [(4, 8, 9), (5, 7, 9)]
    >>> bounds = np.array([[4.0, 4.0], [7.0, 6.0], [9.0, 20.0]])
    >>> extremes.may_better(bounds, bounds.sum(axis=0)).tolist()
    [False, True]
    """

    def __init__(self, highest: Sequence[float] = (np.inf,) * 3) -> None:
        super().__init__((1,) * len(highest), highest)
        self._attained: list[Point] = []
        """By objective, who has its least value."""

    @property
    def points(self) -> list[Point]:
        """Return who has them, sorted; at most one for each objective."""
        return sorted(set(self._attained))

    def take(self, point: Point) -> bool:
        """Let a point join; True if some value of it is less than any before."""
        if not self._attained:
            self._attained = [point] * len(point)
        elif not any(y < self._attained[place][place] for place, y in enumerate(point)):
            return False
        self._attained = [
            point if point[place] < held[place] else held for place, held in enumerate(self._attained)
        ]
        least = tuple(held[place] for place, held in enumerate(self._attained))
        self._found = {least: least}
        self._changes += 1
        return True

    def may_better(self, bounds: Vector, sums: Vector) -> Mask:
        """Could points above these bounds (a column each) have a value less than any found?"""
        if not self._found:
            return np.ones(bounds.shape[1], dtype=bool)
        (least,) = self._found
        below: Mask = np.asarray((bounds < np.array(least, dtype=float)[:, None]).any(axis=0))
        return below
