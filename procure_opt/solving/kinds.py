"""Which cells of a cluster some of its numbers cannot tell apart."""

from __future__ import annotations

import numpy as np

from procure_opt.solving.forward import Mask
from procure_opt.solving.matrix import Numbers, Vector

ALIKE = 0
"""The sorting by which all cells are of one kind."""


class Kinds:
    """Sortings of the possible cells of a cluster into kinds, by number; what is found out is remembered.

    >>> kinds = Kinds(np.ones(4, dtype=bool), np.array([[5.0, 5.0, 6.0, 6.0], [7.0, 8.0, 8.0, 8.0]]))
    >>> both = kinds.joined(kinds.of(0), kinds.of(1))
    >>> kinds.count(kinds.of(0)), kinds.count(kinds.of(1)), kinds.count(both)
    (2, 2, 3)
    >>> kinds.tells(both, kinds.of(0)), kinds.tells(kinds.of(0), kinds.of(1))
    (True, False)
    """

    def __init__(self, ok: Mask, rows: Vector) -> None:
        self._rows, self._size = rows, len(ok)
        self._possible = np.flatnonzero(ok)
        self._sortings: list[Numbers] = []
        """The kind of each possible cell, kinds numbered as they first come up."""
        self._firsts: list[Numbers] = []
        """The first possible cell of each kind."""
        self._known: dict[bytes, int] = {}
        self._by_row: dict[int, int] = {}
        self._joined: dict[tuple[int, int], int] = {}
        self._number(np.zeros(len(self._possible)))

    def of(self, row: int) -> int:
        """Return the sorting by a row of the cluster's numbers."""
        if row not in self._by_row:
            self._by_row[row] = self._number(self._rows[row][self._possible])
        return self._by_row[row]

    def joined(self, one: int, other: int) -> int:
        """Return the sorting that tells apart what either tells apart."""
        if one == other or other == ALIKE:
            return one
        if one == ALIKE:
            return other
        pair = (min(one, other), max(one, other))
        if pair not in self._joined:
            first, second = (self._sortings[number] for number in pair)
            self._joined[pair] = self._number(first * self.count(pair[1]) + second)
        return self._joined[pair]

    def tells(self, one: int, other: int) -> bool:
        """Does a sorting tell apart whatever another one tells apart?"""
        return self.joined(one, other) == one

    def count(self, sorting: int) -> int:
        """Return the number of kinds."""
        return len(self._firsts[sorting])

    def firsts(self, sorting: int) -> Numbers:
        """Return a cell of each kind."""
        return self._possible[self._firsts[sorting]]

    def kinds(self, sorting: int) -> Numbers:
        """Return the kind of each cell; that of an impossible one means nothing."""
        every = np.zeros(self._size, dtype=np.int64)
        every[self._possible] = self._sortings[sorting]
        return every

    def _number(self, values: Vector | Numbers) -> int:
        _, firsts, found = np.unique(values, return_index=True, return_inverse=True)
        order = np.argsort(firsts)
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        sorting = place[found]
        key = sorting.tobytes()
        if key not in self._known:
            self._known[key] = len(self._sortings)
            self._sortings.append(sorting)
            self._firsts.append(firsts[order])
        return self._known[key]
