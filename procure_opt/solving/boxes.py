"""The best boxes found so far, and the quick question whether something may still be better.

Values are told apart by ``floor(value / step)`` in three objectives, all minimised; of the points in one box
the smallest by sum, then lexicographically, represents it. A table over the boxes' corners answers
for thousands of bounds at a time; it is built anew when boxes have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import le

import numpy as np
from numpy.typing import NDArray

from procure_opt.solving.forward import NEAR, Mask
from procure_opt.solving.matrix import Numbers, Vector
from procure_opt.solving.ranking import Rank

HUGE = 1e15
"""More than any sum that is told apart from another."""
MOST_CORNERS = 2048
"""Corners that are asked one by one; more are taken together."""
STRIPS = 4096
"""Strips of equal width between the least and the greatest value of a component."""
NEARBY = 0.8
"""Share of the values between which the strips are."""
TINY = 1e-9
"""Strips are no narrower, for numbers are not told apart by less."""
ROUNDING = 1e-6
"""Given away at the edge of a strip, in strips."""
LOOK_EVERY = 3
"""Components after which those that are below all points so far are asked no further."""
FRESH = 20
"""Corners are found anew when one in so many boxes has changed."""
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
        self._asked: dict[bytes, tuple[int, _Corners]] = {}
        """Corners by mixtures, and after how many changes they were found."""
        self._changes = 0
        self._divisors = np.array(steps, dtype=float)[:, None]
        self._found: dict[Box, Point] = {}
        self._ranks: dict[Point, tuple[Rank, int]] = {}
        self._stale = True
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
            if any(all(map(le, other, box)) for other in self._found):
                return False
            for other in [other for other in self._found if all(map(le, box, other))]:
                del self._found[other]
        elif (sum(holder), holder) <= (sum(point), point):
            return False
        self._found[box] = point
        self._changes += 1
        self._stale = True
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
        if self._stale:
            self._tabulate()
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
        if self._stale:
            self._tabulate()
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
        return self._asked_of(mixtures).any_above(_lows(bounds, planes))

    def corners_above(self, bounds: Vector, mixtures: Vector, planes: Vector) -> Vector:
        """Return, for sets of choices as in :meth:`may_hold`, how many corners are still above them."""
        if not self._found:
            return np.ones(bounds.shape[1])
        return self._asked_of(mixtures).above(_lows(bounds, planes))

    def _asked_of(self, mixtures: Vector) -> _Corners:
        """Return corners of the region that is not dominated, with the values of mixtures there.

        The region only shrinks, so corners found some changes ago still hold all of it.
        """
        key = mixtures.tobytes()
        changes, known = self._asked.get(key, (0, None))
        if known is None or self._changes > changes + len(self._found) // FRESH:
            corners = self._cornered()
            excess = corners[:3].sum(axis=0) - corners[3]
            worth = mixtures @ corners[:3] - mixtures.min(axis=1, keepdims=True, initial=np.inf) * excess
            known = _Corners(_grouped(np.concatenate([corners, worth])))
            self._asked[key] = self._changes, known
        return known

    def _cornered(self) -> Vector:
        """Return the greatest values, and sum, in each corner: a box more, and another box would dominate."""
        if self._stale:
            self._tabulate()
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
        self._points = np.array(list(self._found.values()), dtype=float).T
        self._stale, self._ranked = False, False

    def _list_ranks(self) -> None:
        """Build the words and scores that were noted, a column for each box."""
        noted = [self._ranks.get(point) for point in self._found.values()]
        words = max((len(each[0]) for each in noted if each is not None), default=0)
        filled = [each or ((0,) * words, 0) for each in noted]
        self._known = np.array([each is not None for each in noted])
        self._words = np.array([rank for rank, _ in filled], dtype=np.int64).reshape(len(filled), words).T
        self._scores = np.array([score for _, score in filled], dtype=np.int64)
        self._ranked = True


def _grouped(corners: Vector) -> Vector:
    """Return the corners, near ones as one that is above them all if they are too many.

    >>> _grouped(np.arange(2.0 * 5000).reshape(2, 5000)).shape[1] <= 2 * MOST_CORNERS
    True
    """
    if corners.shape[1] <= MOST_CORNERS:
        return corners
    strips = np.array_split(np.argsort(corners[0], kind="stable"), int(MOST_CORNERS**0.5))
    groups = [
        group
        for strip in strips
        for group in np.array_split(
            strip[np.argsort(corners[1, strip], kind="stable")], int(MOST_CORNERS**0.5)
        )
        if len(group)
    ]
    return np.array([corners[:, group].max(axis=1) for group in groups]).T


def _lows(bounds: Vector, planes: Vector) -> Vector:
    """Return what a corner must not be below, a little given away."""
    return np.concatenate([bounds - NEAR, planes - _near(planes)])


def _near(values: Vector) -> Vector:
    """Return what is given away in a comparison of sums, whose rounding grows with them."""
    found: Vector = NEAR * (1.0 + NEAR * np.minimum(np.abs(values), HUGE))
    return found


class _Scale:
    """Where numbers stand among sorted values, or a little before: looked up by strips, which is quicker.

    The last few values may be far away (bounds of the program), so strips end before them.

    >>> scale = _Scale(np.array([1.0, 2.0, 2.0, 6.0, 900.0]))
    >>> scale.places(np.array([-np.inf, 0.0, 1.0, 1.5, 2.0, 5.0, 6.0, 7.0, np.inf])).tolist()
    [0, 0, 0, 1, 1, 3, 3, 4, 5]
    """

    def __init__(self, values: Vector) -> None:
        finite = values[np.isfinite(values)]
        self._values = values
        self._first: float = finite[0] if len(finite) else 0.0
        last = finite[int(NEARBY * len(finite))] if len(finite) else 0.0
        width = (last - self._first) / STRIPS
        if not TINY < width < HUGE:
            width = 1.0
        self._per = 1.0 / width
        edges = self._first + (np.arange(STRIPS + 2) - 1) * width
        self._places = np.searchsorted(values, edges - width * ROUNDING)
        self._places[0] = 0

    def places(self, numbers: Vector) -> Numbers:
        """Return for each number how many values are below it; never more."""
        strips = (numbers - self._first) * self._per + 1.0
        within = np.clip(np.nan_to_num(strips, nan=0.0), 0.0, STRIPS + 1.0)
        found: Numbers = self._places.take(within.astype(np.int64))
        beyond = np.flatnonzero(strips > STRIPS + 1.0)
        if len(beyond):
            found[beyond] = np.searchsorted(self._values, numbers[beyond])
        return found


class _Corners:
    """Points of which is asked whether one of them is nowhere below a given one.

    Bit by bit: in each component, the points that are not below a value are the last ones of an order.

    >>> corners = _Corners(np.array([[1.0, 3.0], [6.0, 1.0]]))
    >>> corners.any_above(np.array([[0.0, 2.0], [5.0, 2.0]])).tolist()
    [True, False]
    >>> corners.above(np.array([[0.0, 2.0], [1.0, 2.0]])).tolist()
    [2.0, 0.0]
    """

    def __init__(self, points: Vector) -> None:
        count = points.shape[1]
        bits = np.zeros((count, -(-count // 64)), dtype=np.uint64)
        numbers = np.arange(count)
        bits[numbers, numbers // 64] = np.uint64(1) << (numbers % 64).astype(np.uint64)
        self._scales, self._last = [], []
        for component in points:
            order = np.argsort(component)
            last = np.zeros((count + 1, bits.shape[1]), dtype=np.uint64)
            last[:-1] = np.bitwise_or.accumulate(bits[order[::-1]], axis=0)[::-1]
            self._scales.append(_Scale(component[order]))
            self._last.append(last)

    def any_above(self, lows: Vector) -> Mask:
        """Return for each column whether some point is nowhere below it."""
        found: Mask = np.zeros(lows.shape[1], dtype=bool)
        asked = np.arange(lows.shape[1])
        left = np.full((len(asked), self._last[0].shape[1]), np.uint64(2**64 - 1))
        for number, (low, scale, last) in enumerate(zip(lows, self._scales, self._last, strict=True), 1):
            left &= last.take(scale.places(low.take(asked)), axis=0)
            if number % LOOK_EVERY == 0:
                some = left.any(axis=1)
                if 2 * np.count_nonzero(some) < len(asked):
                    asked, left = asked[some], left[some]
        found[asked] = left.any(axis=1)
        return found

    def above(self, lows: Vector) -> Vector:
        """Return for each column how many points are nowhere below it."""
        found: Vector = np.unpackbits(self._left(lows).view(np.uint8), axis=1).sum(axis=1, dtype=float)
        return found

    def _left(self, lows: Vector) -> NDArray[np.uint64]:
        """Return the bits of the points that are nowhere below each column."""
        left = np.full((lows.shape[1], self._last[0].shape[1]), np.uint64(2**64 - 1))
        for low, scale, last in zip(lows, self._scales, self._last, strict=True):
            left &= last.take(scale.places(low), axis=0)
        return left
