"""The best points of an instance that a sweep has found so far: of those worth the same one is enough."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from procure_opt.pareto.zones import SearchZones
from procure_opt.solving.boxes import FRESH, Point, Untied
from procure_opt.solving.corners import Corners
from procure_opt.solving.forward import Mask
from procure_opt.solving.matrix import Vector


class Front(Untied):
    """Nondominated points in any number of objectives.

    >>> front = Front([np.inf] * 2)
    >>> front.take((1, 4)), front.take((3, 2)), front.take((3, 3))
    (True, True, False)
    >>> front.may_better(np.array([[1.0, 0.0, 2.0], [4.0, 9.0, 3.0]]), np.zeros(3)).tolist()
    [False, True, True]
    """

    def __init__(self, highest: Sequence[float]) -> None:
        super().__init__((1,) * len(highest), highest)
        self._zones = SearchZones(len(highest))
        self._reached: tuple[int, Corners] | None = None
        """What dominates, as corners of the negatives, and after how many changes it was listed."""

    def take(self, point: Point) -> bool:
        """Let a point join; True if no other dominates or equals it."""
        if not super().take(point):
            return False
        self._zones.insert(point)
        return True

    def may_better(self, bounds: Vector, sums: Vector) -> Mask:
        """Could a point above these bounds (a column each) be one that no point found dominates or equals?"""
        if not self._found:
            return np.ones(bounds.shape[1], dtype=bool)
        if len(bounds) != 3:
            return ~self._listed_reach().any_above(-bounds)
        self._keep_fresh()
        _, i, j = self._placed(bounds)
        better: Mask = bounds[2] < self._least_third[i, j]
        return better

    def _listed_reach(self) -> Corners:
        """Return what dominates; some changes ago there was less, which leaves out fewer sets, not more."""
        if self._reached is None or self._changes > self._reached[0] + len(self._found) // FRESH:
            points = np.array(list(self._found.values()), dtype=float).T
            self._reached = self._changes, Corners(-points)
        return self._reached[1]

    def _cornered(self) -> Vector:
        """Return the greatest values, and sum, in each zone that no point dominates."""
        zones = np.minimum(np.array(list(self._zones.corners()), dtype=float).T - 1, self._highest)
        return np.concatenate([zones, zones.sum(axis=0, keepdims=True)])
