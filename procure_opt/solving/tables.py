"""What hangs on a few choices, worked out once for all ways to make them, and looked up from then on.

Most columns of a program follow from a handful of choices: whether a nation can do a task alone follows from
who holds two or three packages. Such columns are evaluated (:mod:`.forward`) for every way to settle the
choices of a *cluster*; for a choice that is open the least is taken over its alternatives. So a
row that joins clusters is the sum of a few numbers that are looked up, and its bound is that of the best
joint choice within each cluster, not of the best choice for every column alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from procure_opt.solving.clusters import Draft, Finished, States
from procure_opt.solving.forward import Forward, Mask
from procure_opt.solving.junctions import MOST_JOINED, Joined, Junctions
from procure_opt.solving.looked import Looked
from procure_opt.solving.matrix import Matrix, Numbers, Vector
from procure_opt.solving.menu import Menu
from procure_opt.solving.relaxation import Plane

MOST_CELLS = 1024
"""Ways to settle a cluster, open counted as one more alternative of each choice."""
WORTH_JOINING = 20_000
"""Sets of choices examined before clusters are joined: many a part is done by then."""
LEVELS = 2
"""How often; the second time, what was joined is joined."""
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
        most_joined: int = MOST_JOINED,
    ) -> None:
        draft = Draft(forward, menu, most_cells)
        above = [draft.above(plane, matrix) for plane in planes]
        self._planes = [total for total, _ in above]
        self._floors = np.array([constant for _, constant in above]).reshape(-1, 1)
        self._clusters = [each.finished() for each in draft.clusters]
        self._junctions: list[Joined] = []
        self._steps, self._totals = draft.steps, draft.totals
        self._watched, self._started = draft.watched, draft.started
        self._most_joined, self._to_come = most_joined, WORTH_JOINING
        self._constants = np.array(draft.constants)[:, None]

    def examine(self, states: States, width: int) -> tuple[Numbers, Vector]:
        """Return which sets of choices are possible, and the least value of watched columns and their sum.

        ``states``: of each group that is not open, for each of ``width`` sets. The bounds are those of the
        possible sets only.
        """
        self._join(width)
        index = [each.index(states) for each in self._clusters]
        kept, index = _possible(np.arange(width), self._clusters, index)
        for junction in self._junctions:
            index.append(junction.index(index))
        kept, index = _possible(kept, self._junctions, index)
        ranges = Looked([each.rows for each in self._tables], index, self._totals, self._started)
        alive: Mask = np.ones(len(kept), dtype=bool)
        for step in self._steps:
            alive &= ranges.holds_step(step)
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

    # -- on the way -----------------------------------------------------------------------------------------

    @property
    def _tables(self) -> list[Finished | Joined]:
        return [*self._clusters, *self._junctions]

    def _join(self, width: int) -> None:
        """Join clusters by kinds, once so many sets were examined that it pays."""
        before, self._to_come = self._to_come, self._to_come - width
        if not before > 0 >= self._to_come:
            return
        for _ in range(LEVELS):
            if all(each.ok.any() for each in self._tables):
                joined = Junctions(
                    self._tables, self._steps, self._totals, self._watched, self._started, self._most_joined
                )
                self._junctions += joined.finished
                self._steps, self._totals = joined.steps, joined.totals
                self._watched, self._started = joined.watched, joined.started


def _rise(before: Vector, after: Vector) -> Vector:
    """Return the difference; what is impossible stays so, and from no bound to one nothing is counted."""
    found: Vector = np.where(np.isfinite(before), after, np.inf) - np.where(np.isfinite(before), before, 0.0)
    found[np.broadcast_to(before == -np.inf, found.shape)] = 0.0
    return found


def _possible(
    kept: Numbers, tables: Sequence[Finished | Joined], index: list[Numbers | int]
) -> tuple[Numbers, list[Numbers | int]]:
    """Return those sets that are possible by what tables say, and where to look for these.

    ``index``: last those of these tables.
    """
    possible: Mask = np.ones(len(kept), dtype=bool)
    for table, at in zip(tables, index[len(index) - len(tables) :], strict=True):
        if not table.always:
            possible &= table.ok[at]
    if possible.all():
        return kept, index
    return kept[possible], [at if isinstance(at, int) else at[possible] for at in index]
