"""Ranges of columns that follow from what is looked up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from procure_opt.solving.clusters import Lookup, Started, Total, Totals
from procure_opt.solving.forward import Link, Mask, Ranges, Step
from procure_opt.solving.matrix import Numbers, Vector


class Looked(Ranges):
    """Ranges of the columns that are in no table, those of the others looked up.

    ``rows``, ``index``: the numbers of each table, and where to look in it.
    """

    def __init__(
        self,
        rows: Sequence[Vector],
        index: Sequence[Numbers | int],
        totals: Totals,
        started: Started,
    ) -> None:
        super().__init__({}, {})
        self._rows, self._index, self._of_links = rows, index, totals
        for column, (floor, top) in started.items():
            self._floors[column], self._tops[column] = self._found(floor), -self._found(top)

    def holds_step(self, step: Step) -> Mask | bool:
        """Follow a step; return for which sets it is possible."""
        return self.holds(step.links[0]) if step.column is None else self.add(step)

    def keep(self, which: Mask) -> None:
        """Forget all sets but these."""
        self._index = [at if isinstance(at, int) else at[which] for at in self._index]
        for ends in (self._floors, self._tops):
            for column, values in ends.items():
                if isinstance(values, np.ndarray) and values.ndim:
                    ends[column] = values[which]

    def least(self, total: Total) -> Vector | float:
        """Return the least value of a sum."""
        found = map(self._found, total.lookups)
        value: Vector | float = next(found, 0.0)
        for other in found:
            value += other  # what was looked up is nobody else's
        return self.with_terms(value, total.terms)

    def least_of(self, link: Link) -> Vector | float:
        """Return the least value of a row without its newest column."""
        return self.least(self._of_links[id(link)][0])

    def most_of(self, link: Link) -> Vector | float:
        """Return the largest value of a row without its newest column."""
        return -self.least(self._of_links[id(link)][1])

    def _found(self, lookup: Lookup) -> Vector | float:
        table, row = lookup
        at = self._index[table]
        known = self._rows[table][row]
        found: Vector | float = known[at] if isinstance(at, int) else known.take(at)
        return found
