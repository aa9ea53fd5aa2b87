"""The best boxes found so far, and the quick question whether something may still be better.

Values are told apart by ``floor(value / step)`` in three objectives, all minimised; of the points in one box
the smallest by sum, then lexicographically, represents it. A table over the boxes' corners answers
for thousands of bounds at a time; it is built anew when boxes have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from procure_opt.solving.corners import Corners, grouped, lows
from procure_opt.solving.forward import Mask
from procure_opt.solving.matrix import Numbers, Vector
from procure_opt.solving.ranking import Rank

FRESH = 20
"""Tables and corners are found anew when one in so many boxes has changed."""
MANY = 1000
"""Boxes from which on tables are not built anew after every change."""
FEW = 64
"""Boxes for which there is room from the beginning."""
NOWHERE = np.iinfo(np.int64).max
"""Stands where there is no box."""
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

    def __init__(self, steps: Sequence[int], highest: Sequence[float] = (np.inf,) * 3) -> None:
        self._steps = tuple(steps)
        self._highest = np.array(highest, dtype=float)[:, None]
        self._asked: dict[bytes, tuple[int, Corners]] = {}
        """Corners by mixtures, and after how many changes they were found."""
        self._changes = 0
        self._divisors = np.array(steps, dtype=float)[:, None]
        self._found: dict[Box, Point] = {}
        self._list = np.full((len(self._steps), FEW), NOWHERE, dtype=np.int64)
        """The boxes found, a column each, with gaps."""
        self._ranks: dict[Point, tuple[Rank, int]] = {}
        self._listed: list[Point] = []
        """The representatives when tables were last built; since then the region has only shrunk."""
        self._listed_after = -np.inf
        self._ranked = False

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
            if not self._cut(box):
                return False
        elif (sum(holder), holder) <= (sum(point), point):
            return False
        self._found[box] = point
        self._changes += 1
        return True

    def _cut(self, box: Box) -> bool:
        """Leave out the boxes that a new one dominates; False if one of them dominates it."""
        corner = np.array(box, dtype=np.int64)[:, None]
        if (self._list <= corner).all(axis=0).any():
            return False
        worse = np.flatnonzero((self._list >= corner).all(axis=0) & (self._list[0] != NOWHERE))
        for other in self._list[:, worse].T.tolist():
            del self._found[tuple(other)]
        self._list[:, worse] = NOWHERE
        free = np.flatnonzero(self._list[0] == NOWHERE)
        if not len(free):
            free = np.array([self._list.shape[1]])
            self._list = np.concatenate([self._list, np.full_like(self._list, NOWHERE)], axis=1)
        self._list[:, free[0]] = corner[:, 0]
        return True

    def note(self, point: Point, rank: Rank, score: int) -> None:
        """Note the first rank and the largest score among the assignments found that are worth a point."""
        if self._ranks.get(point) != (rank, score):
            self._ranks[point] = rank, score
            self._ranked = False

    def tied(self, bounds: Vector, which: Mask) -> tuple[Numbers, Numbers, Numbers]:
        """Return those of some bounds that equal a point found, with the words and the score noted of it."""
        columns = np.flatnonzero(which)
        if not self._found or not len(columns):
            return columns[:0], np.zeros((0, 0), dtype=np.int64), columns[:0]
        self._keep_fresh()
        if not self._ranked:
            self._list_ranks()
        _, i, j = self._placed(bounds[:, columns])
        number = self._numbers[i, j]
        found = (self._points[:, number] == bounds[:, columns]).all(axis=0) & self._known[number]
        return columns[found], self._words[:, number[found]], self._scores[number[found]]

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
        self._keep_fresh()
        boxes, i, j = self._placed(bounds)
        third = self._least_third[i, j]
        found = (third == boxes[2]) & (self._corners[0][i] == boxes[0]) & (self._corners[1][j] == boxes[1])
        better: Mask = (boxes[2] < third) | (found & (sums <= self._sums[i, j]))
        return better

    def may_hold(self, bounds: Vector, mixtures: Vector, planes: Vector) -> Mask:
        """Could points above these bounds and these values of mixtures better or equal what was found?

        ``bounds``: the objectives and their sum; ``mixtures``: weights of the objectives, a row for each row
        of ``planes``. Asks corner by corner of the region that is not dominated; :meth:`may_better`
        asks the same of the bounds alone, and is quicker.
        """
        if not self._found:
            return np.ones(bounds.shape[1], dtype=bool)
        return self._asked_of(mixtures).any_above(lows(bounds, planes))

    def corners_above(self, bounds: Vector, mixtures: Vector, planes: Vector) -> Vector:
        """Return, for sets of choices as in :meth:`may_hold`, how many corners are still above them."""
        if not self._found:
            return np.ones(bounds.shape[1])
        return self._asked_of(mixtures).above(lows(bounds, planes))

    def _asked_of(self, mixtures: Vector) -> Corners:
        """Return corners of the region that is not dominated, with the values of mixtures there.

        The region only shrinks, so corners found some changes ago still hold all of it.
        """
        key = mixtures.tobytes()
        changes, known = self._asked.get(key, (0, None))
        if known is None or self._changes > changes + len(self._found) // FRESH:
            corners = self._cornered()
            each, together = corners[:-1], corners[-1]
            excess = each.sum(axis=0) - together
            worth = mixtures @ each - mixtures.min(axis=1, keepdims=True, initial=np.inf) * excess
            known = Corners(grouped(np.concatenate([corners, worth])))
            self._asked[key] = self._changes, known
        return known

    def _cornered(self) -> Vector:
        """Return the greatest values, and sum, in each corner: a box more, and another box would dominate."""
        self._keep_fresh()
        table = self._least_third
        beyond = np.pad(table, ((0, 1), (0, 1)), constant_values=-np.inf)
        i, j = np.nonzero((table > beyond[1:, :-1]) & (table > beyond[:-1, 1:]))
        axes = [np.concatenate([axis, [np.inf]]) for axis in (self._first, self._second)]
        zones = np.array([axes[0][i], axes[1][j], table[i, j]]) * self._divisors - 1
        zones = np.minimum(zones, self._highest)
        zones = np.concatenate([zones, zones.sum(axis=0, keepdims=True)])
        boxes = (np.array(list(self._found), dtype=float).T + 1) * self._divisors - 1
        totals = np.array([[sum(point) for point in self._found.values()]], dtype=float)
        return np.concatenate([zones, np.concatenate([boxes, totals])], axis=1)

    def _placed(self, bounds: Vector) -> tuple[Vector, Numbers, Numbers]:
        """Return the boxes of some bounds, and where the table stands for their first two components."""
        boxes: Vector = np.floor(bounds / self._divisors)
        i = np.searchsorted(self._first, boxes[0], side="right")
        return boxes, i, np.searchsorted(self._second, boxes[1], side="right")

    def _keep_fresh(self) -> None:
        """Build tables anew if much has changed; older ones are right, and say "maybe" a little too often."""
        ignored = len(self._found) // FRESH if len(self._found) > MANY else 0
        if self._changes > self._listed_after + ignored:
            self._tabulate()

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
        self._numbers = np.zeros(shape, dtype=np.int64)
        self._numbers[at[0][order], at[1][order]] = order
        self._listed = list(self._found.values())
        self._points = np.array(self._listed, dtype=float).T
        self._listed_after, self._ranked = self._changes, False

    def _list_ranks(self) -> None:
        """Build the words and scores that were noted, a column for each box."""
        noted = [self._ranks.get(point) for point in self._listed]
        words = max((len(each[0]) for each in noted if each is not None), default=0)
        filled = [each or ((0,) * words, 0) for each in noted]
        self._known = np.array([each is not None for each in noted])
        self._words = np.array([rank for rank, _ in filled], dtype=np.int64).reshape(len(filled), words).T
        self._scores = np.array([score for _, score in filled], dtype=np.int64)
        self._ranked = True


class Untied(Boxes):
    """Boxes of which it is of no use to know several assignments: one of those worth the same is enough."""

    def note(self, point: Point, rank: Rank, score: int) -> None:
        """Note nothing."""

    def tied(self, bounds: Vector, which: Mask) -> tuple[Numbers, Numbers, Numbers]:
        """Return nothing, as nothing is noted."""
        none = np.flatnonzero(which)[:0]
        return none, np.zeros((0, 0), dtype=np.int64), none
