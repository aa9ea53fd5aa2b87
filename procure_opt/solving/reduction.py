"""What is left of a program when some columns have values: fewer columns, fewer rows, the same solutions.

Bounds are propagated through the rows until nothing follows any more. Only what holds for every solution
is used, so the reduced program has exactly the solutions of the whole one with these values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from procure_opt.solving.matrix import Matrix, Numbers, Vector
from procure_opt.solving.menu import sets_of_one

EXACT = 1e-9
WRONG = 1e-6
MOST_ROUNDS = 4


@dataclass(frozen=True)
class Reduction:
    """The reduced program; ``kept`` are the original column numbers, ``values`` those of all the others."""

    matrix: Matrix
    kept: Numbers
    values: Vector

    def expanded(self, solution: Vector) -> Vector:
        """Return the solution of the whole program."""
        full = self.values.copy()
        full[self.kept] = solution
        return full

    def further(self, fixed: Mapping[int, float], watched: Iterable[int] = ()) -> Reduction | None:
        """Return what is left when more columns (of the whole program) have values; None: no solution."""
        place = {int(column): k for k, column in enumerate(self.kept)}
        if any(c not in place and self.values[c] != value for c, value in fixed.items()):
            return None
        here = {place[column]: value for column, value in fixed.items() if column in place}
        left = reduced(self.matrix, here, [place[column] for column in watched])
        return left and Reduction(left.matrix, self.kept[left.kept], self.expanded(left.values))


def reduced(matrix: Matrix, fixed: Mapping[int, float], watched: Iterable[int] = ()) -> Reduction | None:
    """Return the program with these columns fixed; None proves that it has no solution.

    The columns ``watched`` are kept even if they have only one value left.

    >>> from procure_opt.solving.program import Program, Row
    >>> program = Program((0.0, 0.0), (1.0, 1.0), (True, True), (Row((0, 1), (1.0, 1.0), 1.0, 1.0),))
    >>> left = reduced(Matrix.of(program), {0: 1.0})
    >>> left.kept.tolist(), left.values.tolist()
    ([], [1.0, 0.0])
    """
    low, high = matrix.low.copy(), matrix.high.copy()
    for column, value in fixed.items():
        low[column] = high[column] = value
    if not _settle(matrix, low, high) or (
        _close_nested(matrix, low, high) and not _settle(matrix, low, high)
    ):
        return None
    return _rest(matrix, low, high, list(watched))


def _settle(matrix: Matrix, low: Vector, high: Vector) -> bool:
    """Propagate until nothing follows any more; False if a row cannot hold."""
    for _ in range(MOST_ROUNDS):
        before = (low.sum(), high.sum())
        if not _propagate(matrix, low, high):
            return False
        if (low.sum(), high.sum()) == before:
            break
    return True


def _close_nested(matrix: Matrix, low: Vector, high: Vector) -> bool:
    """Where some columns add up to 1, and so does a set around them, close the others; True if any.

    One row at a time cannot see it; whoever sits in a pillar thereby tells which coalition it is.
    """
    sets = sorted((set(found.tolist()) for found in sets_of_one(matrix, low, high)), key=len)
    closed: set[int] = set()
    for place, inner in enumerate(sets):
        for outer in sets[place + 1 :]:
            if inner < outer and all(low[j] == 0 for j in outer - inner):
                closed |= outer - inner
    high[sorted(closed)] = 0.0
    return bool(closed)


def _activities(matrix: Matrix, low: Vector, high: Vector) -> tuple[Vector, Vector, Vector, Vector]:
    up = matrix.entries > 0
    least = matrix.entries * np.where(up, low[matrix.columns], high[matrix.columns])
    most = matrix.entries * np.where(up, high[matrix.columns], low[matrix.columns])
    return least, most, matrix.by_row(least), matrix.by_row(most)


def _propagate(matrix: Matrix, low: Vector, high: Vector) -> bool:
    """Tighten whole columns, and settle others that have one value left; False if a row cannot hold."""
    least, most, row_least, row_most = _activities(matrix, low, high)
    scale = WRONG * np.maximum(1.0, np.abs(row_least) + np.abs(row_most))
    if np.any(row_least > matrix.row_high + scale) or np.any(row_most < matrix.row_low - scale):
        return False
    a, j, i = matrix.entries, matrix.columns, matrix.rows
    with np.errstate(divide="ignore", invalid="ignore"):
        above = (matrix.row_high[i] - (row_least[i] - least)) / a
        below = (matrix.row_low[i] - (row_most[i] - most)) / a
    tops, floors = np.where(a > 0, above, below), np.where(a > 0, below, above)
    top, floor = high.copy(), low.copy()
    np.minimum.at(top, j, tops)
    np.maximum.at(floor, j, floors)
    _tighten(matrix, low, high, top, floor)
    return bool(np.all(low <= high + WRONG))


def _tighten(matrix: Matrix, low: Vector, high: Vector, top: Vector, floor: Vector) -> None:
    whole = matrix.whole
    high[whole] = np.minimum(high[whole], np.floor(top[whole] + WRONG) + 0.0)
    low[whole] = np.maximum(low[whole], np.ceil(floor[whole] - WRONG) + 0.0)
    at_low = ~whole & (top <= low + EXACT)
    at_high = ~whole & (floor >= high - EXACT)
    high[at_low] = low[at_low]
    low[at_high] = high[at_high]


def _rest(matrix: Matrix, low: Vector, high: Vector, watched: list[int]) -> Reduction:
    """Return what is left: open columns, and rows that can still be broken."""
    stays = high > low
    stays[watched] = True
    kept = np.flatnonzero(stays)
    place = np.full(len(low), -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    given = matrix.by_row(np.where(stays[matrix.columns], 0.0, matrix.entries * low[matrix.columns]))
    _, _, row_least, row_most = _activities(matrix, low, high)
    needed = (row_least < matrix.row_low - EXACT) | (row_most > matrix.row_high + EXACT)
    number = np.cumsum(needed) - 1
    chosen = stays[matrix.columns] & needed[matrix.rows]
    left = Matrix(
        low[kept],
        high[kept],
        matrix.whole[kept],
        number[matrix.rows[chosen]],
        place[matrix.columns[chosen]],
        matrix.entries[chosen],
        (matrix.row_low - given)[needed],
        (matrix.row_high - given)[needed],
    )
    return Reduction(left, kept, low)
