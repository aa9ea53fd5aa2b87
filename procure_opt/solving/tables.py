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
from procure_opt.solving.growth import Growth
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
        self._followed = draft.followed
        self._most_joined, self._to_come = most_joined, WORTH_JOINING
        self._constants = np.array(draft.constants)[:, None]
        self.growth = Growth(self._clusters, [], self._followed.watched)

    def examine(self, states: States, width: int) -> tuple[Numbers, Vector]:
        """Return which sets of choices are possible, and the least value of watched columns and their sum.

        ``states``: of each group that is not open, for each of ``width`` sets. The bounds are those of the
        possible sets only.
        """
        self._join(width)
        followed = self._followed
        index = [each.index(states) for each in self._clusters]
        kept, index = _possible(np.arange(width), self._clusters, index)
        for junction in self._junctions:
            index.append(junction.index(index))
        kept, index = _possible(kept, self._junctions, index)
        ranges = Looked([each.rows for each in self._tables], index, followed.totals, followed.started)
        alive: Mask = np.ones(len(kept), dtype=bool)
        for step in followed.steps:
            alive &= ranges.holds_step(step)
            if 2 * np.count_nonzero(alive) < len(alive):  # most of the steps are for few of the sets
                ranges.keep(alive)
                kept = kept[alive]
                alive = np.ones(len(kept), dtype=bool)
        values = [np.broadcast_to(ranges.least(total), len(kept)) for total in followed.watched]
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
                joined = Junctions(self._tables, self._followed, self._most_joined)
                self._junctions += joined.finished
                self._followed = joined.followed
        self.growth = Growth(self._clusters, self._junctions, self._followed.watched)


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
