"""A program as arrays: built once, handed to HiGHS as it is, and multiplied in a few microseconds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from procure_opt.solving.program import Program, Row

Vector = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Matrix:
    """``row_low <= A x <= row_high``, ``low <= x <= high``; the entries of A are sorted by row."""

    low: Vector
    high: Vector
    whole: NDArray[np.bool_]
    """Which columns are integer."""
    rows: Numbers
    """Row number of each entry."""
    columns: Numbers
    """Column number of each entry."""
    entries: Vector
    row_low: Vector
    row_high: Vector

    @staticmethod
    def of(program: Program) -> Matrix:
        """Return the arrays of a program; coefficients of 0 are left out.

        >>> from procure_opt.solving.program import Row
        >>> row = Row((0, 1), (3.0, 1.0), 1.0, 4.0)
        >>> matrix = Matrix.of(Program((0.0, 0.0), (1.0, 2.0), (True, False), (row,)))
        >>> matrix.by_row(matrix.entries * matrix.high[matrix.columns]).tolist()
        [5.0]
        """
        terms = [
            [(j, a) for j, a in zip(row.columns, row.coefficients, strict=True) if a] for row in program.rows
        ]
        sizes = [len(row) for row in terms]
        return Matrix(
            np.array(program.lower, dtype=float),
            np.array(program.upper, dtype=float),
            np.array(program.integer, dtype=bool),
            np.repeat(np.arange(len(sizes)), sizes),
            np.array([j for row in terms for j, _ in row], dtype=np.int64),
            np.array([a for row in terms for _, a in row], dtype=float),
            np.array([row.lower for row in program.rows], dtype=float),
            np.array([row.upper for row in program.rows], dtype=float),
        )

    def program(self) -> Program:
        """Return the program again; the inverse of :meth:`of`."""
        ends = self.starts
        rows = tuple(
            Row(
                tuple(self.columns[begin:end].tolist()),
                tuple(self.entries[begin:end].tolist()),
                float(low),
                float(high),
            )
            for begin, end, low, high in zip(ends, ends[1:], self.row_low, self.row_high, strict=False)
        )
        bounds = tuple(self.low.tolist()), tuple(self.high.tolist())
        return Program(*bounds, tuple(self.whole.tolist()), rows)

    @property
    def starts(self) -> Numbers:
        """Where the entries of each row begin, and where the last one ends."""
        return np.searchsorted(self.rows, np.arange(len(self.row_low) + 1))

    def by_row(self, values: Vector) -> Vector:
        """Return the sum of one value per entry for each row."""
        return np.bincount(self.rows, values, len(self.row_low)).astype(np.float64)

    def by_column(self, values: Vector) -> Vector:
        """Return the sum of one value per entry for each column."""
        return np.bincount(self.columns, values, len(self.low)).astype(np.float64)
