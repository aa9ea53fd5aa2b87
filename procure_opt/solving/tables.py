"""What hangs on a few choices, worked out once for all ways to make them, and looked up from then on.

Most columns of a program follow from a handful of choices: whether a nation can do a task alone follows from
who holds two or three packages. Such columns are evaluated (:mod:`.forward`) for every way to settle the
choices of a *cluster*; for a choice that is open the least is taken over its alternatives. So a
row that joins clusters is the sum of a few numbers that are looked up, and its bound is that of the best
joint choice within each cluster, not of the best choice for every column alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from procure_opt.solving.clusters import Draft, States, Total
from procure_opt.solving.forward import Forward, Link, Mask, Ranges
from procure_opt.solving.matrix import Matrix, Numbers, Vector
from procure_opt.solving.menu import Menu
from procure_opt.solving.relaxation import Plane

MOST_CELLS = 1024
"""Ways to settle a cluster, open counted as one more alternative of each choice."""
OPEN = 0
"""The state of a group in which nothing is chosen; alternative k is state k + 1."""


class Tables:
    """A program made ready to be looked up; ``forward`` says what is to be known of it."""

    def __init__(
        self,
        forward: Forward,
        menu: Menu,
        matrix: Matrix,
        planes: Sequence[Plane] = (),
        most_cells: int = MOST_CELLS,
    ) -> None:
        draft = Draft(forward, menu, most_cells)
        above = [draft.above(plane, matrix) for plane in planes]
        self._planes = [total for total, _ in above]
        self._floors = np.array([constant for _, constant in above]).reshape(-1, 1)
        self._clusters = [each.finished() for each in draft.clusters]
        self._steps = draft.steps
        self._totals = draft.totals
        self._started = draft.started
        self._watched = draft.watched
        self._constants = np.array(draft.constants)[:, None]

    def examine(self, states: States, width: int) -> tuple[Numbers, Vector]:
        """Return which sets of choices are possible, and the least value of watched columns and their sum.

        ``states``: of each group that is not open, for each of ``width`` sets. The bounds are those of the
        possible sets only.
        """
        index = [each.index(states) for each in self._clusters]
        kept = np.arange(width)
        for cluster, at in zip(self._clusters, index, strict=True):
            if not cluster.always:
                kept = kept[np.broadcast_to(cluster.ok[at], width)[kept]]
        if len(kept) < width:
            index = [at if isinstance(at, int) else at[kept] for at in index]
        ranges = _Looked([each.rows for each in self._clusters], index, self._totals, self._started)
        alive: Mask = np.ones(len(kept), dtype=bool)
        for step in self._steps:
            alive &= ranges.holds(step.links[0]) if step.column is None else ranges.add(step)
            if 2 * np.count_nonzero(alive) < len(alive):  # most of the steps are for few of the sets
                ranges.keep(alive)
                kept = kept[alive]
                alive = np.ones(len(kept), dtype=bool)
        values = [np.broadcast_to(ranges.least(total), len(kept)) for total in self._watched]
        return kept[alive], (np.array(values) + self._constants)[:, alive]

    def planes(self, states: States, width: int) -> Vector:
        """Return the least value of what each plane bounds, for each set of choices."""
        index = [each.index(states) for each in self._clusters]
        found = np.empty((len(self._planes), width))
        for row, total in zip(found, self._planes, strict=True):
            row[:] = 0.0
            for home, k in total.lookups:
                row += self._clusters[home].rows[k].take(index[home])
        found += self._floors
        return found

    def growth(self, states: States, width: int, group: int) -> Vector:
        """Return by how much the bounds rise at least when a group is settled.

        An axis for the watched columns and their sum, one for the sets, one for the alternatives.
        """
        grown = np.zeros((len(self._watched), width, 1))
        for number, cluster in enumerate(self._clusters):
            if group not in cluster.strides:
                continue
            before = np.broadcast_to(cluster.index(states), width)[:, None]
            after = before + cluster.strides[group] * np.arange(1, cluster.sizes[group] + 1)
            rises = []
            for total in self._watched:
                mine = [cluster.rows[row] for home, row in total.lookups if home == number]
                rises.append(sum((_rise(row[before], row[after]) for row in mine), np.zeros(after.shape)))
            grown = grown + np.array(rises)
        return grown


def _rise(before: Vector, after: Vector) -> Vector:
    """Return the difference; what is impossible stays so, and from no bound to one nothing is counted."""
    found: Vector = np.where(np.isfinite(before), after, np.inf) - np.where(np.isfinite(before), before, 0.0)
    found[np.broadcast_to(before == -np.inf, found.shape)] = 0.0
    return found


class _Looked(Ranges):
    """Ranges of the columns that are in no cluster, those of the others looked up."""

    def __init__(
        self,
        rows: Sequence[Vector],
        index: Sequence[Numbers | int],
        totals: Mapping[int, tuple[Total, Total]],
        started: Mapping[int, tuple[tuple[int, int], tuple[int, int]]],
    ) -> None:
        super().__init__({}, {})
        self._rows, self._index, self._of_links = rows, index, totals
        for column, (floor, top) in started.items():
            self._floors[column], self._tops[column] = self._found(floor), -self._found(top)

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

    def _found(self, lookup: tuple[int, int]) -> Vector | float:
        cluster, row = lookup
        at = self._index[cluster]
        known = self._rows[cluster][row]
        found: Vector | float = known[at] if isinstance(at, int) else known.take(at)
        return found
