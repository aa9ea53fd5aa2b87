"""Clusters: which columns of a program hang on few choices, and what is looked up of them.

Drawn up once for a part of a program, evaluated for every way to settle the choices of each cluster, and then
only looked up (:mod:`.tables`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np

from procure_opt.solving.forward import NO_FORM, Form, Forward, Link, Mask, Ranges, Step
from procure_opt.solving.gathered import gathered
from procure_opt.solving.matrix import Matrix, Numbers, Vector
from procure_opt.solving.menu import NOTHING_TAKEN, Menu
from procure_opt.solving.relaxation import Plane

TINY = 1e-9
"""Weights in a plane that are noise of the solver; the range of their column counts in full."""
Terms = tuple[tuple[float, int], ...]
Lookup = tuple[int, int]
"""Where numbers stand: table, row."""
Groups = frozenset[int]
States = Mapping[int, Numbers]
"""The state of each group that is not open, for many sets of choices."""


@dataclass(frozen=True, slots=True)
class Total:
    """The least value of a sum: numbers to look up, and terms that are in no table."""

    lookups: tuple[Lookup, ...]
    terms: Terms


Totals = Mapping[int, tuple[Total, Total]]
"""For each link, by id, the least value of its row and that of the negative."""
Started = Mapping[int, tuple[Lookup, Lookup]]
"""Where the least value of a column stands, and that of its negative, before the steps narrow it."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What is followed for every set of choices, and what is looked up for it."""

    steps: Sequence[Step]
    totals: Totals
    watched: Sequence[Total]
    """The watched columns and their sum."""
    started: Started


@dataclass
class Finished:
    """A cluster as it is used: what is possible, and the numbers to look up."""

    strides: dict[int, int]
    """How far apart two states of a group are."""
    sizes: dict[int, int]
    """The number of alternatives of each group."""
    ok: Mask
    rows: Vector

    def __post_init__(self) -> None:
        self.always = bool(self.ok.all())

    def index(self, states: States) -> Numbers | int:
        """Return where numbers stand for the states of the groups."""
        at: Numbers | int = 0
        for group, stride in self.strides.items():
            if group in states:
                at = at + states[group] * stride
        return at


@dataclass
class Cluster:
    """A few groups, the steps that hang on them alone, and the sums that are to be looked up."""

    forward: Forward
    menu: Menu
    groups: tuple[int, ...]
    steps: list[Step] = field(default_factory=list)
    sums: list[tuple[float, Terms, Vector, Groups]] = field(default_factory=list)
    """Sign, terms, weights of the alternatives, groups whose weights count."""

    def asked(self, sign: float, terms: Terms, weights: Vector, counted: Groups) -> int:
        """Ask for the least value of ``sign`` times a sum; return its row."""
        self.sums.append((sign, terms, weights, counted))
        return len(self.sums) - 1

    def finished(self) -> Finished:
        """Evaluate everything for all ways to settle the groups, then let groups be open."""
        sizes = [self.menu.size(group) for group in self.groups]
        local = np.indices(sizes).reshape(len(sizes), prod(sizes))
        taken = {g: local[k] + self.menu.starts[g] for k, g in enumerate(self.groups)}
        forms = {link.form for step in self.steps for link in step.links} - {NO_FORM}
        sums = {form: self._weighed(self.forward.forms[form], self.groups, taken) for form in forms}
        ranges = Ranges(sums, sums)
        ok: Mask = np.ones(prod(sizes), dtype=bool)
        for step in self.steps:
            ok &= ranges.holds(step.links[0]) if step.column is None else ranges.add(step)
        rows = np.empty((len(self.sums), prod(sizes)))
        for row, (sign, terms, weights, counted) in zip(rows, self.sums, strict=True):
            value = self._weighed(sign * weights, sorted(counted), taken)
            row[:] = ranges.with_terms(value, tuple((sign * a, j) for a, j in terms))
        rows[:, ~ok] = np.inf
        strides = [prod(size + 1 for size in sizes[k + 1 :]) for k in range(len(sizes))]
        return Finished(
            dict(zip(self.groups, strides, strict=True)),
            dict(zip(self.groups, sizes, strict=True)),
            _opened(~ok[None, :], sizes)[0] == 0,
            _opened(rows, sizes),
        )

    @staticmethod
    def _weighed(weights: Vector, groups: Iterable[int], taken: Mapping[int, Numbers]) -> Vector:
        size = len(next(iter(taken.values()))) if taken else 1
        total = np.zeros(size)
        for group in groups:
            total = total + weights[taken[group]]
        return total


def _opened(rows: Vector | Mask, sizes: Sequence[int]) -> Vector:
    """Let every axis begin with its least value: that of a group in which nothing is chosen.

    >>> _opened(np.array([[5.0, 3.0, 4.0, 1.0]]), (2, 2)).tolist()
    [[1.0, 4.0, 1.0, 3.0, 5.0, 3.0, 1.0, 4.0, 1.0]]
    """
    cube = rows.reshape(len(rows), *sizes).astype(float)
    for axis in range(1, cube.ndim):
        cube = np.concatenate([cube.min(axis=axis, keepdims=True), cube], axis=axis)
    return cube.reshape(len(rows), prod(size + 1 for size in sizes))


class Draft:
    """Decides which clusters there are, which steps go where, and which sums are looked up."""

    def __init__(self, forward: Forward, menu: Menu, most_cells: int) -> None:
        self._forward, self._menu = forward, menu
        self._sizes = [menu.size(group) for group in range(menu.groups)]
        self._places = {c: k for k, c in enumerate(menu.columns) if c != NOTHING_TAKEN}
        self._touching: dict[int, Groups] = {}
        self._support: dict[int, Groups] = {}
        """Which groups a column hangs on."""
        demands = [Step(None, 0.0, 0.0, False, (Link(f, (), 0.0, *ends),)) for f, *ends in forward.limits]
        wide: list[Step] = []
        few: list[tuple[Step, Groups]] = []
        for step in (*demands, *forward.steps):
            groups = self._supporting(step)
            if self._cells(groups) <= most_cells:
                few.append((step, groups))
            else:
                wide.append(step)
        self._wide = {step.column for step in wide}
        supports = {groups for _, groups in few}
        self.clusters = [
            Cluster(forward, menu, tuple(sorted(groups)))
            for groups in _clustered(supports, self._sizes, most_cells)
        ]
        self._within = [frozenset(cluster.groups) for cluster in self.clusters]
        self._home = {step.column: 0 for step, _ in few}
        self._assign(few)
        started = {
            column: (self._asked(1.0, column), self._asked(-1.0, column))
            for column in self._wide & self._home.keys()
            if column is not None
        }
        totals = {id(link): self._both(link) for step in wide for link in step.links}
        watched, self.constants = self._watching()
        self.followed = Followed(wide, totals, watched, started)

    def _cells(self, groups: Groups) -> int:
        return prod(self._sizes[group] + 1 for group in groups)

    def _touched(self, vector: Vector) -> Groups:
        return frozenset(np.flatnonzero(self._menu.most(np.abs(vector))).tolist())

    def _supporting(self, step: Step) -> Groups:
        """Return the groups that a step hangs on, and note them for its column."""
        groups: set[int] = set()
        for link in step.links:
            groups |= self._touched_by(link.form)
            for _, column in link.terms:
                groups |= self._support[column]
        if step.column is not None:
            groups |= self._support.get(step.column, frozenset())
            self._support[step.column] = frozenset(groups)
        return frozenset(groups)

    def _holding(self, groups: Groups) -> int:
        """Return the smallest cluster around some groups."""
        around = [n for n, within in enumerate(self._within) if groups <= within]
        return min(around, key=lambda n: self._cells(self._within[n]))

    def _assign(self, few: Sequence[tuple[Step, Groups]]) -> None:
        """Give every cluster its own steps and all that these hang on."""
        support = {step.column: groups for step, groups in few if step.column is not None}
        self._home = {column: self._holding(groups) for column, groups in support.items()}
        own: list[list[int]] = [[] for _ in self.clusters]
        for place, (step, groups) in enumerate(few):
            own[self._holding(groups) if step.column is None else self._home[step.column]].append(place)
        gathering = gathered(few, own, lambda number, groups: groups <= self._within[number])
        for cluster, steps in zip(self.clusters, gathering, strict=True):
            cluster.steps = steps

    def _asked(self, sign: float, column: int) -> Lookup:
        home = self._home[column]
        nothing = np.zeros(self._menu.alternatives)
        return home, self.clusters[home].asked(sign, ((1.0, column),), nothing, frozenset())

    def _both(self, link: Link) -> tuple[Total, Total]:
        """Return the least value of a row, and that of its negative, as far as they are needed."""
        vector = self._form(link.form)
        touched = self._touched_by(link.form)
        least = self._total(1.0, link.terms, vector, touched) if link.high < np.inf else Total((), ())
        most = self._total(-1.0, link.terms, vector, touched) if link.low > -np.inf else Total((), ())
        return least, most

    def _form(self, form: int) -> Vector:
        return np.zeros(self._menu.alternatives) if form == NO_FORM else self._forward.forms[form]

    def _touched_by(self, form: int) -> Groups:
        """Return the groups that a form hangs on; forms come up again and again."""
        if form not in self._touching:
            self._touching[form] = self._touched(self._form(form))
        return self._touching[form]

    def _total(self, sign: float, terms: Terms, vector: Vector, rest: Groups) -> Total:
        """Ask the clusters for a sum: each for its columns, and for choices that no other has counted."""
        by_home: dict[int, list[tuple[float, int]]] = {}
        others = []
        for coefficient, column in terms:
            if column in self._wide:
                others.append((sign * coefficient, column))
            else:
                by_home.setdefault(self._home[column], []).append((coefficient, column))
        counted: dict[int, Groups] = {}
        for home in sorted(by_home):
            counted[home] = rest & self._within[home]
            rest -= counted[home]
        while rest:
            best = max(range(len(self.clusters)), key=lambda n: (len(rest & self._within[n]), -n))
            counted[best] = rest & self._within[best]
            rest -= counted[best]
        lookups = tuple(
            (home, self.clusters[home].asked(sign, tuple(by_home.get(home, ())), vector, groups))
            for home, groups in counted.items()
        )
        return Total(lookups, tuple(others))

    def above(self, plane: Plane, matrix: Matrix) -> tuple[Total, float]:
        """Return a plane as a sum over choices and columns of clusters, and a constant for all others."""
        constant, vector = plane.constant, np.zeros(self._menu.alternatives)
        terms = []
        for column in np.flatnonzero(plane.weights).tolist():
            weight = float(plane.weights[column])
            if column in self._places:
                vector[self._places[column]] += weight
            elif (form := self._forward.sums.get(column)) is not None:
                constant += weight * form.constant
                vector += weight * self._form(form.number)
            elif abs(weight) > TINY and column in self._home and column not in self._wide:
                terms.append((weight, column))
            else:
                constant += weight * float((matrix.low if weight > 0 else matrix.high)[column])
        return self._total(1.0, tuple(terms), vector, self._touched(vector)), constant

    def _watching(self) -> tuple[list[Total], list[float]]:
        """Return the watched columns, and their sum, as sums over choices and older columns."""
        found: list[tuple[float, Vector, dict[int, float]]] = []
        for watched, vector in zip(self._forward.watched, self._forward.weights, strict=True):
            if isinstance(watched, Form):
                found.append((watched.constant, vector, {}))
            else:
                terms = {column: coefficient / -watched.own for coefficient, column in watched.terms}
                found.append((watched.low / watched.own, vector, terms))
        together: dict[int, float] = {}
        for _, _, terms in found:
            for column, coefficient in terms.items():
                together[column] = together.get(column, 0.0) + coefficient
        vectors = [vector for _, vector, _ in found]
        found.append((sum(constant for constant, _, _ in found), np.sum(vectors, axis=0), together))
        totals = [
            self._total(1.0, tuple((a, column) for column, a in terms.items()), vector, self._touched(vector))
            for _, vector, terms in found
        ]
        return totals, [constant for constant, _, _ in found]


def _clustered(supports: Iterable[Groups], sizes: Sequence[int], most_cells: int) -> list[Groups]:
    """Return sets of groups, none with too many cells, so that each support is within one of them.

    >>> _clustered({frozenset({0, 1}), frozenset({1, 2}), frozenset({4})}, [3, 3, 3, 9, 3], 64)
    [frozenset({0, 1, 2}), frozenset({3, 4})]
    """

    def cells(groups: Groups) -> int:
        return prod(sizes[group] + 1 for group in groups)

    found: list[Groups] = []
    wanted = sorted(supports, key=lambda groups: (-cells(groups), sorted(groups)))
    for groups in (*wanted, *(frozenset({group}) for group in range(len(sizes)))):
        if any(groups <= other for other in found):
            continue
        near = [
            other
            for other in found
            if cells(groups | other) <= most_cells and (groups & other or len(groups) == 1)
        ]
        if near:
            closest = min(near, key=lambda other: (cells(groups | other) / cells(other), sorted(other)))
            found[found.index(closest)] = groups | closest
        else:
            found.append(groups)
    return [groups for k, groups in enumerate(found) if not any(groups < o for o in found)] or [frozenset()]
