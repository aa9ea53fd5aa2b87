"""From choices to everything that follows: bounds of all columns of a program, in the order they were built.

Every column but the choices was added to the program to mean something, together with rows that define it by
older columns. So each row says something about its newest column, and one pass over the rows, oldest column
first, gives the range of every column when some choices are made and others open. When all are made,
the ranges are what the structure is worth; rows that cannot hold show that it is not allowed. Nothing is
guessed: every range holds for all solutions that agree with the choices, whatever the rows are; how narrow
it is depends on how well older columns determine newer ones.

Thousands of sets of choices are examined together, one array per column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from procure_opt.errors import UsageError
from procure_opt.solving.matrix import Matrix, Vector
from procure_opt.solving.menu import NOTHING_TAKEN, Menu

NEAR = 1e-6
"""Given away at every comparison, so that rounding never shuts out what is allowed."""
NO_FORM = -1
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Link:
    """A row, as it bounds its newest column: ``low <= form + terms + own * newest <= high``."""

    form: int
    """The part that adds up over the choices, or NO_FORM."""
    terms: tuple[tuple[float, int], ...]
    """(coefficient, column) for columns that do not."""
    own: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Step:
    """A column that does not add up over the choices, and what bounds it (None: rows that only must hold)."""

    column: int | None
    low: float
    high: float
    whole: bool
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """``constant + forms[number]`` over the choices."""

    constant: float
    number: int


class Forward:
    """A program made ready for examination; columns must be numbered in the order they were built."""

    def __init__(self, matrix: Matrix, menu: Menu, watched: Sequence[int]) -> None:
        compiler = _Compiler(matrix, menu)
        self.forms: Vector = compiler.all_forms()
        """What adds up over the choices: a row per form, a number per alternative."""
        self.steps = tuple(compiler.steps)
        """All other columns, and rows that must hold, in the order in which they follow."""
        self.sums: Mapping[int, Form] = compiler.sums
        """Columns that add up over the choices."""
        least, most = menu.least(self.forms).sum(axis=1), menu.most(self.forms).sum(axis=1)
        self.limits = [
            (form, low, high) for form, low, high in compiler.limits if least[form] < low or most[form] > high
        ]
        self.watched: list[Form | Link] = [
            compiler.sums.get(column) or compiler.definition(column) for column in watched
        ]
        self.weights: Vector = np.array([self._weights(each) for each in self.watched])
        """The part of each watched column that adds up over the choices: what choices add to its bound."""

    def examine(self, least: Vector, most: Vector) -> tuple[Mask, Vector]:
        """Return which sets of choices are possible, and a lower bound of every watched column.

        ``least``, ``most``: the range of each form (row) for each set of choices (column). What a choice
        adds to the weights, it adds to the bound at least.
        """
        possible: Mask = np.ones(least.shape[1], dtype=bool)
        for form, low, high in self.limits:
            if low > -np.inf:
                possible &= most[form] >= low - NEAR
            if high < np.inf:
                possible &= least[form] <= high + NEAR
        ranges = Ranges(dict(enumerate(least)), dict(enumerate(most)))
        for step in self.steps:
            if step.column is None:
                possible &= ranges.holds(step.links[0])
            else:
                possible &= ranges.add(step)
        values = [self._value(each, ranges) for each in self.watched]
        return possible, np.array([np.broadcast_to(value, possible.shape) for value in values])

    def _weights(self, watched: Form | Link) -> Vector:
        number = watched.number if isinstance(watched, Form) else watched.form
        if number == NO_FORM:
            return np.zeros(self.forms.shape[1])
        weights: Vector = self.forms[number] / (1.0 if isinstance(watched, Form) else -watched.own)
        return weights

    @staticmethod
    def _value(watched: Form | Link, ranges: Ranges) -> Vector | float:
        if isinstance(watched, Form):
            return ranges.least_form(watched.number) + watched.constant
        activity = ranges.most_of(watched) if watched.own > 0 else ranges.least_of(watched)
        return (watched.low - activity) / watched.own


class Ranges:
    """The ranges of columns, for many sets of choices at once; a plain number is the same for all.

    ``least``, ``most``: the range of each form.
    """

    def __init__(self, least: Mapping[int, Vector], most: Mapping[int, Vector]) -> None:
        self._least, self._most = least, most
        self._floors: dict[int, Vector | float] = {}
        self._tops: dict[int, Vector | float] = {}

    def add(self, step: Step) -> Mask | bool:
        """Compute the range of a column, or narrow it; return for which sets it is not empty."""
        column = -1 if step.column is None else step.column
        floor: Vector | float = self._floors.get(column, step.low)
        top: Vector | float = self._tops.get(column, step.high)
        for link in step.links:
            if link.high < np.inf:
                end = _divided(link.high - self.least_of(link), link.own)
                if link.own > 0:
                    top = np.minimum(top, end)
                else:
                    floor = np.maximum(floor, end)
            if link.low > -np.inf:
                end = _divided(link.low - self.most_of(link), link.own)
                if link.own > 0:
                    floor = np.maximum(floor, end)
                else:
                    top = np.minimum(top, end)
        if step.whole:
            floor, top = np.ceil(floor - NEAR), np.floor(top + NEAR)
        self._floors[column], self._tops[column] = floor, top
        return floor <= top + NEAR

    def holds(self, link: Link) -> Mask | bool:
        """Return for which sets the row can hold."""
        possible: Mask | bool = True
        if link.high < np.inf:
            possible = possible & (self.least_of(link) <= link.high + NEAR)
        if link.low > -np.inf:
            possible = possible & (self.most_of(link) >= link.low - NEAR)
        return possible

    def least_form(self, form: int) -> Vector:
        """Return the least value of a form."""
        return self._least[form]

    def least_of(self, link: Link) -> Vector | float:
        """Return the least value of a row without its newest column."""
        return self.with_terms(0.0 if link.form == NO_FORM else self._least[link.form], link.terms)

    def most_of(self, link: Link) -> Vector | float:
        """Return the largest value of a row without its newest column."""
        opposite = tuple((-coefficient, column) for coefficient, column in link.terms)
        return -self.with_terms(0.0 if link.form == NO_FORM else -self._most[link.form], opposite)

    def with_terms(self, total: Vector | float, terms: Iterable[tuple[float, int]]) -> Vector | float:
        """Add the least values of columns with coefficients."""
        for coefficient, column in terms:
            if coefficient == 1.0:
                total = total + self._floors[column]
            elif coefficient == -1.0:
                total = total - self._tops[column]
            else:
                total = total + coefficient * (self._floors if coefficient > 0 else self._tops)[column]
        return total


def _divided(value: Vector | float, own: float) -> Vector | float:
    """Return a quotient; most coefficients are 1, and long arrays are not divided by that."""
    if own == 1.0:
        return value
    return -value if own == -1.0 else value / own


class _Compiler:
    """Turns rows into steps: what adds up over the choices is summed, what does not is linked."""

    def __init__(self, matrix: Matrix, menu: Menu) -> None:
        self._matrix = matrix
        self._vectors: list[Vector] = []
        self._numbers: dict[bytes, int] = {}
        self._bounds: dict[int, tuple[float, float]] = {}
        self.sums: dict[int, Form] = {}
        """Columns that are no choice but add up over the choices."""
        self.steps: list[Step] = []
        self._undefined: set[int] = set()
        """Columns whose own rows say nothing about them."""
        self._place = np.full(len(matrix.low), NOTHING_TAKEN, dtype=np.int64)
        for place, column in enumerate(menu.columns):
            if column != NOTHING_TAKEN:
                self._place[column] = place
        self._width = menu.alternatives
        self._sides = list(zip(matrix.row_low.tolist(), matrix.row_high.tolist(), strict=True))
        rows = self._read()
        for column in range(len(matrix.low)):
            if self._place[column] != NOTHING_TAKEN:
                self._demand([self._link(row, None) for row in rows.get(column, ())])
            else:
                self._define(column, rows.get(column, []))

    @property
    def limits(self) -> list[tuple[int, float, float]]:
        """(form, low, high): rows that only speak of choices."""
        return [(form, low, high) for form, (low, high) in self._bounds.items()]

    def all_forms(self) -> Vector:
        """Return every form, a row each."""
        return np.array(self._vectors).reshape(len(self._vectors), self._width)

    def definition(self, column: int) -> Link:
        """Return the row that says what a column equals.

        Raises :class:`UsageError` if there is none.
        """
        steps = (step for step in self.steps if step.column == column)
        links = (link for step in steps for link in step.links if link.low == link.high)
        if (found := next(links, None)) is None:
            raise UsageError("a watched column must be defined by a row that says what it equals")
        return found

    def _read(self) -> dict[int, list[int]]:
        """Part every row into choices and other terms; return the rows by their newest column."""
        matrix = self._matrix
        places = self._place[matrix.columns]
        chosen = places != NOTHING_TAKEN
        self._direct = np.zeros((len(matrix.row_low), self._width))
        self._direct[matrix.rows[chosen], places[chosen]] = matrix.entries[chosen]
        self._terms: list[list[tuple[float, int]]] = [[] for _ in matrix.row_low]
        others = ~chosen
        for row, coefficient, column in zip(
            matrix.rows[others].tolist(),
            matrix.entries[others].tolist(),
            matrix.columns[others].tolist(),
            strict=True,
        ):
            self._terms[row].append((coefficient, column))
        starts = matrix.starts
        filled = np.flatnonzero(starts[1:] > starts[:-1])
        rows: dict[int, list[int]] = {}
        if len(filled):
            newest = np.maximum.reduceat(matrix.columns, starts[filled])
            for row, column in zip(filled.tolist(), newest.tolist(), strict=True):
                rows.setdefault(column, []).append(row)
        empty = np.flatnonzero(starts[1:] == starts[:-1])
        self._demand([Link(NO_FORM, (), 0.0, *self._sides[row]) for row in empty.tolist()])
        return rows

    def _number(self, vector: Vector) -> int:
        key = vector.tobytes()
        if key not in self._numbers:
            self._numbers[key] = len(self._vectors)
            self._vectors.append(vector)
        return self._numbers[key]

    def _define(self, column: int, rows: Sequence[int]) -> None:
        """Add a column: as a sum over the choices if one of its rows says so, else by links."""
        matrix = self._matrix
        low, high = float(matrix.low[column]), float(matrix.high[column])
        if low == high:
            self.sums[column] = Form(low, self._number(np.zeros(self._width)))
            self._demand([self._link(row, None) for row in rows])
            return
        links = [self._link(row, column) for row in rows]
        for place, link in enumerate(links):
            if link.low == link.high and not link.terms:
                vector = np.zeros(self._width) if link.form == NO_FORM else self._vectors[link.form]
                form = Form(link.low / link.own, self._number(vector / -link.own))
                self.sums[column] = form
                self._bound(form.number, low - form.constant, high - form.constant)
                self._demand([self._link(row, None) for row in (*rows[:place], *rows[place + 1 :])])
                return
        if not links:
            self._undefined.add(column)
        self.steps.append(self._step(column, tuple(links)))
        self._look_back(links, column)

    def _look_back(self, links: Sequence[Link], newest: int | None = None) -> None:
        """Let rows narrow older columns that no own row defines: some are defined several at a time."""
        found = [link for link in links if any(other in self._undefined for _, other in link.terms)]
        for link in (*found, *found) if len(found) > 1 else found:
            for own, column in link.terms:
                if column in self._undefined:
                    terms = [term for term in link.terms if term[1] != column]
                    terms += [] if newest is None else [(link.own, newest)]
                    turned = Link(link.form, tuple(terms), own, link.low, link.high)
                    self.steps.append(self._step(column, (turned,)))

    def _step(self, column: int, links: tuple[Link, ...]) -> Step:
        matrix = self._matrix
        low, high = float(matrix.low[column]), float(matrix.high[column])
        return Step(column, low, high, bool(matrix.whole[column]), links)

    def _link(self, row: int, newest: int | None) -> Link:
        vector = self._direct[row]
        constant, own = 0.0, 0.0
        terms = []
        for coefficient, column in self._terms[row]:
            if column == newest:
                own = coefficient
            elif (form := self.sums.get(column)) is not None:
                constant += coefficient * form.constant
                vector = vector + coefficient * self._vectors[form.number]
            else:
                terms.append((coefficient, column))
        low, high = self._sides[row]
        number = self._number(vector) if vector.any() else NO_FORM
        return Link(number, tuple(terms), own, low - constant, high - constant)

    def _demand(self, links: Sequence[Link]) -> None:
        """Note rows that bound nothing new but must hold."""
        for link in links:
            if link.terms or link.form == NO_FORM:
                self.steps.append(Step(None, 0.0, 0.0, False, (link,)))
            else:
                self._bound(link.form, link.low, link.high)
        self._look_back(links)

    def _bound(self, form: int, low: float, high: float) -> None:
        before = self._bounds.get(form, (-np.inf, np.inf))
        self._bounds[form] = max(before[0], low), min(before[1], high)
