"""Planes that all solutions obey, from any multipliers of the rows, by arithmetic alone.

Whatever a solver proposes as dual values m, ``m . A x`` is at least the sum of each m_i times the side of
row i that it pushes against, for every x that obeys the rows. Columns other than the watched ones are then
put at the end of their range that helps most; what is left is a plane in the watched columns. Good
multipliers give a sharp plane, bad ones a weak plane, none a wrong one: the rounding errors of this very
computation are bounded and given away.

Source: the safe bounds of A. Neumaier, O. Shcherbina (2004), Mathematical Programming 99, 283-296.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from procure_opt.solving.matrix import Matrix, Numbers, Vector

ROUNDING = 1e-12
"""More than the relative error of a sum of some thousands of products in double precision."""


NOTHING = float("-inf")
"""The level of a plane that says nothing."""


@dataclass(frozen=True, slots=True)
class Plane:
    """``weights . y >= level`` for the watched columns y; no weight is negative."""

    weights: Vector
    level: float


def plane_of(matrix: Matrix, low: Vector, high: Vector, watched: Numbers, multipliers: Vector) -> Plane:
    """Return the plane that the multipliers prove for ``low <= x <= high``; at worst one that says nothing.

    >>> from procure_opt.solving.program import Program, Row
    >>> row = Row((0, 1), (4.0, 2.0), 6.0, 99.0)
    >>> matrix = Matrix.of(Program((0.0, 0.0), (1.0, 9.0), (True, True), (row,)))
    >>> plane = plane_of(matrix, matrix.low, matrix.high, np.array([1]), np.array([0.5]))
    >>> plane.weights.tolist(), round(plane.level, 9)
    ([1.0], 1.0)
    """
    with np.errstate(invalid="ignore"):
        return _plane(matrix, low, high, watched, multipliers)


def _plane(matrix: Matrix, low: Vector, high: Vector, watched: Numbers, multipliers: Vector) -> Plane:
    side = np.where(multipliers > 0, matrix.row_low, matrix.row_high)
    used = np.where(np.isfinite(side), multipliers, 0.0)
    given = used * np.where(used != 0, side, 0.0)
    products = matrix.entries * used[matrix.rows]
    slopes = matrix.by_column(products)
    taken = np.where(slopes > 0, high, low)
    most = np.where(slopes == 0, 0.0, slopes * taken)
    sizes = matrix.by_column(np.abs(products))
    sizes = np.where(sizes == 0, 0.0, sizes * np.maximum(np.abs(low), np.abs(high)))
    weights = np.maximum(slopes[watched], 0.0)
    most[watched] = np.where(weights > 0, 0.0, most[watched])
    error = ROUNDING * float(np.abs(given).sum() + sizes.sum())
    level = float(given.sum() - most.sum()) - error
    return Plane(weights, level if np.isfinite(level) else NOTHING)
