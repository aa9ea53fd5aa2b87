"""What is left of a program when some columns have values: fewer columns, fewer rows, the same solutions.

Bounds are propagated through the rows until nothing follows any more. Only what holds for every solution
is used, so the reduced program has exactly the solutions of the whole one with these values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from procure_opt.solving.program import Program, Row

Vector = NDArray[np.float64]

EXACT = 1e-9
WRONG = 1e-6
MOST_ROUNDS = 4


@dataclass(frozen=True)
class Reduction:
    """The reduced program; ``kept`` are the original column numbers, ``values`` those of all the others."""

    program: Program
    kept: tuple[int, ...]
    values: tuple[float, ...]

    def expanded(self, solution: tuple[float, ...]) -> tuple[float, ...]:
        """Return the solution of the whole program."""
        full = list(self.values)
        for column, value in zip(self.kept, solution, strict=True):
            full[column] = value
        return tuple(full)


@dataclass(frozen=True)
class Matrix:
    """The rows of a program as arrays, built once and used for every reduction."""

    program: Program
    columns: NDArray[np.int64]
    coefficients: Vector
    rows: NDArray[np.int64]
    """Row number of each entry."""
    lower: Vector
    upper: Vector
    whole: NDArray[np.bool_]

    @staticmethod
    def of(program: Program) -> Matrix:
        """Return the arrays of a program."""
        sizes = [len(row.columns) for row in program.rows]
        return Matrix(
            program,
            np.array([j for row in program.rows for j in row.columns], dtype=np.int64),
            np.array([a for row in program.rows for a in row.coefficients], dtype=float),
            np.repeat(np.arange(len(sizes)), sizes),
            np.array([row.lower for row in program.rows], dtype=float),
            np.array([row.upper for row in program.rows], dtype=float),
            np.array(program.integer, dtype=bool),
        )


def reduced(matrix: Matrix, fixed: Mapping[int, float]) -> Reduction | None:
    """Return the program with these columns fixed; None proves that it has no solution.

    >>> program = Program((0.0, 0.0), (1.0, 1.0), (True, True), (Row((0, 1), (1.0, 1.0), 1.0, 1.0),))
    >>> left = reduced(Matrix.of(program), {0: 1.0})
    >>> left.kept, left.values
    ((), (1.0, 0.0))
    """
    low = np.array(matrix.program.lower, dtype=float)
    high = np.array(matrix.program.upper, dtype=float)
    for column, value in fixed.items():
        low[column] = high[column] = value
    for _ in range(MOST_ROUNDS):
        before = (low.sum(), high.sum())
        if not _propagate(matrix, low, high):
            return None
        if (low.sum(), high.sum()) == before:
            break
    return _rest(matrix, low, high)


def _activities(matrix: Matrix, low: Vector, high: Vector) -> tuple[Vector, Vector, Vector, Vector]:
    up = matrix.coefficients > 0
    least = matrix.coefficients * np.where(up, low[matrix.columns], high[matrix.columns])
    most = matrix.coefficients * np.where(up, high[matrix.columns], low[matrix.columns])
    return least, most, _by_row(matrix, least), _by_row(matrix, most)


def _by_row(matrix: Matrix, entries: Vector) -> Vector:
    """Return the sum of the entries of each row."""
    return np.bincount(matrix.rows, entries, len(matrix.lower)).astype(np.float64)


def _propagate(matrix: Matrix, low: Vector, high: Vector) -> bool:
    """Tighten whole columns, and settle others that have one value left; False if a row cannot hold."""
    least, most, row_least, row_most = _activities(matrix, low, high)
    scale = WRONG * np.maximum(1.0, np.abs(row_least) + np.abs(row_most))
    if np.any(row_least > matrix.upper + scale) or np.any(row_most < matrix.lower - scale):
        return False
    a, j, i = matrix.coefficients, matrix.columns, matrix.rows
    with np.errstate(divide="ignore", invalid="ignore"):
        above = (matrix.upper[i] - (row_least[i] - least)) / a
        below = (matrix.lower[i] - (row_most[i] - most)) / a
    tops, floors = np.where(a > 0, above, below), np.where(a > 0, below, above)
    top, floor = high.copy(), low.copy()
    np.minimum.at(top, j, tops)
    np.maximum.at(floor, j, floors)
    _tighten(matrix.whole, low, high, top, floor)
    return bool(np.all(low <= high + WRONG))


def _tighten(whole: NDArray[Any], low: Vector, high: Vector, top: Vector, floor: Vector) -> None:
    high[whole] = np.minimum(high[whole], np.floor(top[whole] + WRONG) + 0.0)
    low[whole] = np.maximum(low[whole], np.ceil(floor[whole] - WRONG) + 0.0)
    at_low = ~whole & (top <= low + EXACT)
    at_high = ~whole & (floor >= high - EXACT)
    high[at_low] = low[at_low]
    low[at_high] = high[at_high]


def _rest(matrix: Matrix, low: Vector, high: Vector) -> Reduction:
    """Return what is left: open columns, and rows that can still be broken."""
    open_columns = np.flatnonzero(high > low)
    place = np.full(len(low), -1, dtype=np.int64)
    place[open_columns] = np.arange(len(open_columns))
    is_open = place[matrix.columns] >= 0
    given = np.where(is_open, 0.0, matrix.coefficients * low[matrix.columns])
    given_by_row = _by_row(matrix, given)
    _, _, row_least, row_most = _activities(matrix, low, high)
    needed = (row_least < matrix.lower - EXACT) | (row_most > matrix.upper + EXACT)
    entries = np.flatnonzero(is_open & needed[matrix.rows])
    bounds = np.searchsorted(matrix.rows[entries], np.arange(len(matrix.lower) + 1))
    columns, values = place[matrix.columns[entries]], matrix.coefficients[entries]
    rows = tuple(
        Row(
            tuple(columns[bounds[r] : bounds[r + 1]].tolist()),
            tuple(values[bounds[r] : bounds[r + 1]].tolist()),
            float(matrix.lower[r] - given_by_row[r]),
            float(matrix.upper[r] - given_by_row[r]),
        )
        for r in np.flatnonzero(needed)
    )
    program = Program(
        tuple(low[open_columns].tolist()),
        tuple(high[open_columns].tolist()),
        tuple(matrix.whole[open_columns].tolist()),
        rows,
    )
    return Reduction(program, tuple(open_columns.tolist()), tuple(low.tolist()))
