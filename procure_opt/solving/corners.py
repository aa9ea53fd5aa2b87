"""Corners of the region that no box dominates, asked many times whether one of them is above given values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from procure_opt.solving.forward import NEAR, Mask
from procure_opt.solving.matrix import Numbers, Vector

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


def grouped(corners: Vector) -> Vector:
    """Return the corners, near ones as one that is above them all if they are too many.

    >>> grouped(np.arange(2.0 * 5000).reshape(2, 5000)).shape[1] <= 2 * MOST_CORNERS
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


def lows(bounds: Vector, planes: Vector) -> Vector:
    """Return what a corner must not be below, a little given away."""
    return np.concatenate([bounds - NEAR, planes - _near(planes)])


def _near(values: Vector) -> Vector:
    """Return what is given away in a comparison of sums, whose rounding grows with them."""
    found: Vector = NEAR * (1.0 + NEAR * np.minimum(np.abs(values), HUGE))
    return found


class Scale:
    """Where numbers stand among sorted values, or a little before: looked up by strips, which is quicker.

    The last few values may be far away (bounds of the program), so strips end before them.

    >>> scale = Scale(np.array([1.0, 2.0, 2.0, 6.0, 900.0]))
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
        within = np.fmin(np.fmax(strips, 0.0), STRIPS + 1.0)  # what is no number counts as far below
        found: Numbers = self._places.take(within.astype(np.int64))
        beyond = np.flatnonzero(strips > STRIPS + 1.0)
        if len(beyond):
            found[beyond] = np.searchsorted(self._values, numbers[beyond])
        return found


class Corners:
    """Points of which is asked whether one of them is nowhere below a given one.

    Bit by bit: in each component, the points that are not below a value are the last ones of an order.

    >>> corners = Corners(np.array([[1.0, 3.0], [6.0, 1.0]]))
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
            self._scales.append(Scale(component[order]))
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
