"""What hangs on several clusters, but only on a little of each: worked out once and looked up, too.

A column that is in no cluster mostly asks of each cluster only what kind of cell (:mod:`.kinds`) was chosen:
whether a nation leads there, say. Few kinds of few clusters make few combinations, so whole families of
columns are evaluated once for every combination, by the very steps that would else be followed for every set
of choices. What is looked up is therefore exactly what those steps would say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np

from procure_opt.solving.clusters import Finished, Followed, Lookup, Started, Terms, Total
from procure_opt.solving.forward import Link, Mask, Step
from procure_opt.solving.gathered import gathered
from procure_opt.solving.kinds import ALIKE, Kinds
from procure_opt.solving.looked import Looked
from procure_opt.solving.matrix import Numbers, Vector

MOST_JOINED = 16_384
"""Combinations of kinds in one junction."""
Sortings = Mapping[int, int]
"""By which sorting the cells of each cluster are told apart; those of other clusters need not be."""


@dataclass
class Junction:
    """Some kinds of some clusters, the steps that hang on them alone, and the sums that are looked up."""

    sortings: Sortings
    steps: list[Step] = field(default_factory=list)
    sums: dict[Terms, int] = field(default_factory=dict)
    """Row of each sum that is asked for."""

    def asked(self, terms: Terms) -> int:
        """Ask for the least value of a sum; return its row."""
        return self.sums.setdefault(terms, len(self.sums))


@dataclass
class Joined:
    """A junction as it is used: what is possible, and the numbers to look up."""

    places: Mapping[int, Numbers]
    """What the cells of each cluster add to the place of a combination."""
    ok: Mask
    rows: Vector

    def __post_init__(self) -> None:
        self.always = bool(self.ok.all())

    def index(self, index: Sequence[Numbers | int] | Mapping[int, Numbers | int]) -> Numbers | int:
        """Return where numbers stand, from where they stand in the clusters."""
        at: Numbers | int = 0
        for cluster, places in self.places.items():
            cell = index[cluster]
            at = at + (int(places[cell]) if isinstance(cell, int) else places.take(cell))
        return at


class Junctions:
    """Decides which steps are followed once for combinations of kinds.

    ``followed`` says the same afterwards, with fewer steps and with junctions, numbered after the clusters.
    """

    def __init__(self, clusters: Sequence[Finished | Joined], followed: Followed, most_joined: int) -> None:
        self._clusters, self._totals, self._started = clusters, followed.totals, followed.started
        self._kinds = [Kinds(each.ok, each.rows) for each in clusters]
        self._support: dict[int, Sortings | None] = {
            column: self._united(*map(self._sorted_by, where)) for column, where in self._started.items()
        }
        """What a column hangs on; None if that is too much."""
        few, wide = self._parted(followed.steps, most_joined)
        self._wide = {step.column for step in wide}
        self._junctions = [Junction(each) for each in self._packed((s for _, s in few), most_joined)]
        self._home = {step.column: self._holding(s) for step, s in few if step.column is not None}
        self._assign(few)
        self.followed = Followed(
            wide,
            {id(link): self._both(link) for step in wide for link in step.links},
            [self._total(total) for total in followed.watched],
            self._starting(),
        )
        self.finished = [self._finish(each) for each in self._junctions]

    # -- which there are ------------------------------------------------------------------------------------

    def _parted(self, steps: Iterable[Step], most: int) -> tuple[list[tuple[Step, Sortings]], list[Step]]:
        """Return the steps that hang on little, with what that is, and the others."""
        few, wide = list[tuple[Step, Sortings]](), list[Step]()
        for step in steps:
            support = self._supporting(step, most)
            if support is None:
                wide.append(step)
            else:
                few.append((step, support))
        return few, wide

    def _assign(self, few: Sequence[tuple[Step, Sortings]]) -> None:
        """Give every junction its own steps and all that these hang on."""
        own: list[list[int]] = [[] for _ in self._junctions]
        for place, (step, support) in enumerate(few):
            home = self._holding(support) if step.column is None else self._home[step.column]
            own[home].append(place)
        for junction, steps in zip(self._junctions, gathered(few, own, self._holds), strict=True):
            junction.steps = steps

    def _supporting(self, step: Step, most: int) -> Sortings | None:
        """Return what a step hangs on, and note it for its column; None if that is too much."""
        asked = [total for link in step.links for total in self._totals[id(link)]]
        columns = {column for total in asked for _, column in total.terms}
        columns |= self._support.keys() & {step.column}
        found: Sortings | None = {}
        for support in (self._support[column] for column in columns):
            found = None if found is None or support is None else self._united(found, support)
        for lookup in (each for total in asked for each in total.lookups):
            if found is not None and self._cells(found) <= most:
                found = self._united(found, self._sorted_by(lookup))
        if found is not None and self._cells(found) > most:
            found = None
        if step.column is not None:
            self._support[step.column] = found
        return found

    def _sorted_by(self, lookup: Lookup) -> Sortings:
        cluster, row = lookup
        return {cluster: self._kinds[cluster].of(row)}

    def _united(self, *every: Sortings) -> Sortings:
        """Return what tells apart whatever one of them tells apart."""
        found: dict[int, int] = {}
        for sortings in every:
            for cluster, sorting in sortings.items():
                found[cluster] = self._kinds[cluster].joined(found.get(cluster, ALIKE), sorting)
        return {cluster: sorting for cluster, sorting in sorted(found.items()) if sorting != ALIKE}

    def _cells(self, sortings: Sortings) -> int:
        return prod(self._kinds[cluster].count(sorting) for cluster, sorting in sortings.items())

    def _tells(self, one: Sortings, other: Sortings) -> bool:
        """Do sortings tell apart whatever others tell apart?"""
        return all(
            self._kinds[cluster].tells(one.get(cluster, ALIKE), sorting) for cluster, sorting in other.items()
        )

    def _holds(self, junction: int, support: Sortings) -> bool:
        return self._tells(self._junctions[junction].sortings, support)

    def _packed(self, supports: Iterable[Sortings], most: int) -> list[Sortings]:
        """Return few junctions, none with too many combinations, so that each support is within one."""
        found: list[Sortings] = []
        distinct = {tuple(each.items()): each for each in supports}
        for key in sorted(distinct, key=lambda key: (-self._cells(distinct[key]), key)):
            support = distinct[key]
            if any(self._tells(other, support) for other in found):
                continue
            wider = [self._united(other, support) for other in found]
            fits = [k for k, each in enumerate(wider) if self._cells(each) <= most]
            if fits:
                best = min(fits, key=lambda k: (self._cells(wider[k]) / self._cells(found[k]), k))
                found[best] = wider[best]
            else:
                found.append(support)
        return found

    def _holding(self, support: Sortings) -> int:
        """Return the smallest junction around what a step hangs on."""
        around = [n for n in range(len(self._junctions)) if self._holds(n, support)]
        return min(around, key=lambda n: self._cells(self._junctions[n].sortings))

    # -- what is looked up ----------------------------------------------------------------------------------

    def _starting(self) -> Started:
        """Return where columns start that the remaining steps narrow."""
        found = {}
        for column in (each for each in self._wide if each is not None):
            if column in self._home:
                found[column] = self._asked(((1.0, column),)), self._asked(((-1.0, column),))
            elif column in self._started:
                found[column] = self._started[column]
        return found

    def _asked(self, terms: Terms) -> Lookup:
        (home,) = {self._home[column] for _, column in terms}
        return len(self._clusters) + home, self._junctions[home].asked(terms)

    def _both(self, link: Link) -> tuple[Total, Total]:
        least, most = self._totals[id(link)]
        return self._total(least), self._total(most)

    def _total(self, total: Total) -> Total:
        """Return the same sum, with what junctions know looked up there."""
        others, by_home = [], dict[int, list[tuple[float, int]]]()
        for coefficient, column in total.terms:
            if column in self._wide:
                others.append((coefficient, column))
            else:
                by_home.setdefault(self._home[column], []).append((coefficient, column))
        lookups = [self._asked(tuple(by_home[home])) for home in sorted(by_home)]
        return Total((*total.lookups, *lookups), tuple(others))

    def _finish(self, junction: Junction) -> Joined:
        """Follow the steps of a junction for every combination of kinds."""
        sortings = junction.sortings
        counts = [self._kinds[cluster].count(sorting) for cluster, sorting in sortings.items()]
        width = prod(counts)
        local = np.indices(counts).reshape(len(counts), width)
        strides = [prod(counts[k + 1 :]) for k in range(len(counts))]
        index: list[Numbers | int] = [int(each.firsts(ALIKE)[0]) for each in self._kinds]
        for place, (cluster, sorting) in enumerate(sortings.items()):
            index[cluster] = self._kinds[cluster].firsts(sorting)[local[place]]
        columns = {step.column for step in junction.steps}
        columns |= {c for step in junction.steps for link in step.links for _, c in link.terms}
        looked = Looked(
            [each.rows for each in self._clusters],
            index,
            self._totals,
            {column: where for column, where in self._started.items() if column in columns},
        )
        ok: Mask = np.ones(width, dtype=bool)
        for step in junction.steps:
            ok &= looked.holds_step(step)
        rows = np.empty((len(junction.sums), width))
        for row, terms in zip(rows, junction.sums, strict=True):
            row[:] = looked.with_terms(0.0, terms)
        rows[:, ~ok] = np.inf
        places = {
            cluster: stride * self._kinds[cluster].kinds(sorting)
            for stride, (cluster, sorting) in zip(strides, sortings.items(), strict=True)
        }
        return Joined(places, ok, rows)
