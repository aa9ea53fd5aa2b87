"""One question under way: what is asked, the best point so far, and what was spent on which part."""

from __future__ import annotations

import math
from collections import Counter

from procure_opt.solving.matrix import Vector

Point = tuple[int, ...]
"""Values of the watched columns."""

NOTABLE = 0.02
"""A bound that rises by this part of itself has risen enough: what follows is found out anyway."""


class Hunt:
    """Least value of the watched column ``aim`` under ``upper``, told apart only by ``step``.

    ``costs`` are what the relaxation minimises: the aim, and a little of the rest to break ties.

    >>> import numpy as np
    >>> hunt = Hunt(0, np.array([99.0, 50.0]), np.array([1.0, 0.001]), 10, None)
    >>> hunt.hear((37, 60)), hunt.best
    (None, None)
    >>> hunt.hear((37, 20)), hunt.best, hunt.goal, hunt.closes(29.5), hunt.closes(28.5)
    (None, (37, 20), 30, True, False)
    """

    def __init__(self, aim: int, upper: Vector, costs: Vector, step: int, best: Point | None) -> None:
        self.aim = aim
        self.upper = upper
        self.costs = costs
        self.best = best
        self.spent: Counter[int] = Counter()
        """Number of a part -> relaxations spent on it."""
        self._step = step

    @property
    def goal(self) -> float:
        """The value of the aim from which on nothing is better by a step."""
        return math.inf if self.best is None else self.best[self.aim] // self._step * self._step

    @property
    def better(self) -> Vector:
        """Upper bounds of the watched columns of what would be better."""
        upper = self.upper.copy()
        upper[self.aim] = min(upper[self.aim], self.goal - 1)
        return upper

    def hear(self, point: Point | None) -> None:
        """Take a point in if it is within the bounds, and better."""
        if point is None or any(y > u for y, u in zip(point, self.upper, strict=True)):
            return
        if self.best is None or self._order(point) < self._order(self.best):
            self.best = point

    def closes(self, bound: float) -> bool:
        """Is nothing with at least this value of the aim better by a step than the best point?"""
        return bound == math.inf or (bound > -math.inf and math.ceil(bound) >= self.goal)

    def gain(self, before: float, after: float) -> float:
        """Return what the rise of a bound is worth: up to a notable rise, and hardly beyond the goal."""
        if math.isinf(before):
            return 0.0
        most = max(2.0 * self._step, abs(before) * NOTABLE)
        return max(min(after - before, most, 2.0 * (self.goal - before)), 0.0)

    def _order(self, point: Point) -> tuple[int, int, Point]:
        return point[self.aim], sum(point), point
