"""The choices of a program as one long menu: groups of alternatives, of which exactly one is taken in each.

Alternatives are numbered through all groups, so that anything that adds up over the choices is one array
with a number per alternative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from procure_opt.solving.matrix import Matrix, Numbers, Vector

NOTHING_TAKEN = -1
"""The alternative of a choice from which nothing need be taken."""


@dataclass(frozen=True)
class Menu:
    """``columns`` of the alternatives, group by group; ``starts``: where each group begins, and the end."""

    columns: tuple[int, ...]
    starts: tuple[int, ...]

    @staticmethod
    def of(matrix: Matrix, choices: Sequence[Sequence[int]]) -> Menu:
        """Return the menu of choices of which at most one column each is 1.

        >>> from procure_opt.solving.program import Program, Row
        >>> rows = (Row((0, 1), (1.0, 1.0), 1.0, 1.0),)
        >>> matrix = Matrix.of(Program((0.0,) * 3, (1.0,) * 3, (True,) * 3, rows))
        >>> Menu.of(matrix, [(0, 1), (2,)])
        Menu(columns=(0, 1, -1, 2), starts=(0, 2, 4))
        """
        must = set(_exactly_one(matrix))
        groups = [
            tuple(choice) if frozenset(choice) in must else (NOTHING_TAKEN, *choice) for choice in choices
        ]
        starts = tuple(accumulate(map(len, groups), initial=0))
        return Menu(tuple(column for group in groups for column in group), starts)

    @property
    def groups(self) -> int:
        """The number of groups."""
        return len(self.starts) - 1

    @property
    def alternatives(self) -> int:
        """The number of alternatives in all groups."""
        return len(self.columns)

    def size(self, group: int) -> int:
        """Return the number of alternatives of a group."""
        return self.starts[group + 1] - self.starts[group]

    def within(self, group: int) -> slice:
        """Return where the alternatives of a group stand."""
        return slice(self.starts[group], self.starts[group + 1])

    def least(self, weights: Vector) -> Vector:
        """Return the smallest weight in each group; ``weights`` end in an axis of alternatives."""
        return self._each(weights, np.minimum)

    def most(self, weights: Vector) -> Vector:
        """Return the largest weight in each group."""
        return self._each(weights, np.maximum)

    def _each(self, weights: Vector, choose: np.ufunc) -> Vector:
        if not self.groups:
            return np.zeros((*weights.shape[:-1], 0))
        found: Vector = choose.reduceat(weights, self.starts[:-1], axis=-1)
        return found


def joined_choices(matrix: Matrix, choices: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Return the choices, those as one of whose columns together, by some row, exactly one is 1.

    Who either joins or buys elsewhere has one choice, not two: bounds then know that one of them is paid for.

    >>> from procure_opt.solving.program import Program, Row
    >>> rows = (Row((0, 2, 3), (1.0, 1.0, 1.0), 1.0, 1.0),)
    >>> matrix = Matrix.of(Program((0.0,) * 4, (1.0,) * 4, (True,) * 4, rows))
    >>> joined_choices(matrix, [(0,), (1,), (2, 3)])
    [(0, 2, 3), (1,)]
    """
    owner = {column: place for place, choice in enumerate(choices) for column in choice}
    found = [tuple(choice) for choice in choices]
    free = set(range(len(found)))
    for columns in _exactly_one(matrix):
        places = sorted({owner.get(column, -1) for column in columns})
        if len(places) > 1 and free.issuperset(places) and sum(len(found[p]) for p in places) == len(columns):
            found[places[0]] = tuple(column for place in places for column in found[place])
            free -= set(places)
            for place in places[1:]:
                found[place] = ()
    return [choice for choice in found if choice]


def sets_of_one(matrix: Matrix, low: Vector, high: Vector) -> list[Numbers]:
    """Return sets of open columns of which, by some row, the sum is 1.

    >>> from procure_opt.solving.program import Program, Row
    >>> rows = (Row((0, 1, 2), (1.0, 1.0, 2.0), 3.0, 3.0), Row((0, 2), (1.0, 1.0), 0.0, 1.0))
    >>> matrix = Matrix.of(Program((0.0,) * 3, (1.0,) * 3, (True,) * 3, rows))
    >>> [found.tolist() for found in sets_of_one(matrix, np.array([0.0, 0.0, 1.0]), matrix.high)]
    [[0, 1]]
    """
    is_open = (high > low)[matrix.columns]
    given = matrix.by_row(np.where(is_open, 0.0, matrix.entries * low[matrix.columns]))
    ones = is_open & (matrix.entries == 1.0)
    sums = (matrix.by_row(is_open.astype(float)) == matrix.by_row(ones.astype(float))) & (
        (matrix.row_low - given == 1.0) & (matrix.row_high - given == 1.0)
    )
    starts = matrix.starts
    found = []
    for row in np.flatnonzero(sums):
        entries = slice(starts[row], starts[row + 1])
        found.append(matrix.columns[entries][is_open[entries]])
    return found


def _exactly_one(matrix: Matrix) -> list[frozenset[int]]:
    """Return, in the order of the rows, what :func:`sets_of_one` finds where all is open."""
    return [frozenset(found.tolist()) for found in sets_of_one(matrix, matrix.low, matrix.high)]
