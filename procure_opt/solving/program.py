"""A mixed-integer program as plain numbers: bounds, which columns are integer, and rows. No solver, no names.

The objective is not part of it: each call to an engine brings its own. A column that stands for an objective
is defined by an equality row, so that a bound on the objective is a bound on a column.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isinf, isnan

from procure_opt.errors import UsageError

LARGEST = 1e15
"""Finite numbers from here on are refused: HiGHS ignores such coefficients without an exception."""


@dataclass(frozen=True, slots=True)
class Row:
    """``lower <= sum of coefficients[i] * column[columns[i]] <= upper``; -inf and inf are no bound.

    >>> Row((0, 2), (1.0, -1.0), 0.0, 0.0).columns
    (0, 2)
    """

    columns: tuple[int, ...]
    coefficients: tuple[float, ...]
    lower: float
    upper: float

    def __post_init__(self) -> None:
        """Refuse what no solver can represent."""
        if len(self.columns) != len(self.coefficients) or len(set(self.columns)) != len(self.columns):
            raise UsageError(f"a row needs one coefficient for each of its distinct columns: {self}")
        if not all(_finite(c) for c in self.coefficients) or not _bounds(self.lower, self.upper):
            raise UsageError(f"a row needs numbers below {LARGEST:g} in size: {self}")


@dataclass(frozen=True, slots=True)
class Program:
    """Columns with bounds and integrality, and rows; a feasible set without an objective.

    >>> program = Program((0.0, 0.0), (1.0, inf), (True, False), (Row((0, 1), (2.0, 1.0), 3.0, inf),))
    >>> program.columns
    2
    """

    lower: tuple[float, ...]
    upper: tuple[float, ...]
    integer: tuple[bool, ...]
    rows: tuple[Row, ...]
    defined_whole: frozenset[int] = frozenset()
    """Columns that need not be integer, but are whole in the image of whatever the program stands for.

    An engine may take them for integer columns: some solutions go, nothing that they stand for does.
    """

    def __post_init__(self) -> None:
        """Refuse what no solver can represent."""
        if not len(self.lower) == len(self.upper) == len(self.integer):
            raise UsageError("a program needs a lower bound, an upper bound and an integrality per column")
        if not all(map(_bounds, self.lower, self.upper)):
            raise UsageError(f"column bounds must be numbers below {LARGEST:g} in size, or infinite")
        for row in self.rows:
            self.check(row)

    @property
    def columns(self) -> int:
        """The number of columns."""
        return len(self.lower)

    def check(self, row: Row) -> None:
        """Raise UsageError unless ``row`` speaks of columns of this program only."""
        if any(not 0 <= column < self.columns for column in row.columns):
            raise UsageError(f"a row speaks of columns that the program has not: {row}")


def _finite(value: float) -> bool:
    return abs(value) < LARGEST


def _bounds(lower: float, upper: float) -> bool:
    """Return whether these are -inf or a moderate number below, a moderate number or inf above."""
    if isnan(lower) or isnan(upper) or lower == inf or upper == -inf:
        return False
    return all(isinf(value) or _finite(value) for value in (lower, upper))
