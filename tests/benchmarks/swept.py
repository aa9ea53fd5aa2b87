"""An instance as the sweep sees it: the engine for the bundled cases, on somebody else's program.

Every column becomes a choice between its values; columns of which at most one can be 1 are one choice
together. A sweep shows by arithmetic that nothing is missing; what it finds is recomputed here in integers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import process_time

from procure_opt.errors import LimitReached
from procure_opt.pareto.enumeration import DOUBTFUL, INTERRUPTED, TIME_LIMIT
from procure_opt.pareto.points import Point
from procure_opt.solving.engine import Limits
from procure_opt.solving.matrix import Matrix
from procure_opt.solving.part import Ones
from procure_opt.solving.plan import Plan
from procure_opt.solving.program import Program, Row
from procure_opt.solving.sweep import Sweep
from tests.benchmarks.digits import Digits, digits_of
from tests.benchmarks.front import Front
from tests.benchmarks.instance import Instance, Span
from tests.benchmarks.model import high_end, low_end

MOST_WAYS = 1e50
"""Assignments, possible or not, beyond which it is not even tried: finding an order takes seconds."""
MOST_PROMISED = 1e9
"""Sets of choices beyond which the mixed-integer solver is the quicker one, as measured."""
MOST_LOOKED_AT = 50_000_000
"""Sets after which a sweep is given up, whatever was promised;"""
FEW = 1_000_000
"""so many may be looked at in any case,"""
WRONG = 10
"""and else so many times as many as were promised."""
WORTH_LOOKING_AROUND = 5
"""A look around the points found may cost one set in so many of those promised."""


@dataclass(frozen=True)
class InstancePlan(Plan):
    """A plan for any number of objectives; of points worth the same one is enough."""

    def boxes(self) -> Front:
        """Return what holds the best points: none yet."""
        return Front(self.matrix.high[list(self.watched)].tolist())


class SweptInstance:
    """One instance, swept in this process; its columns are cut into digits."""

    def __init__(self, instance: Instance, columns: Sequence[Digits]) -> None:
        self.instance = instance
        self._columns = columns
        self._values: list[tuple[int, int]] = []
        """Column of the instance and what is added to it, by column of the plan."""
        self._digits: dict[int, list[tuple[int, ...]]] = {}
        """Columns of the plan, by column of the instance and digit."""
        for j, each in enumerate(columns):
            for worths in each.worths:
                begin = len(self._values)
                self._values += [(j, worth) for worth in worths]
                self._digits.setdefault(j, []).append(tuple(range(begin, len(self._values))))

    def plan(self) -> Plan:
        """Return what is to be swept."""
        low, high = [0.0] * len(self._values), [1.0] * len(self._values)
        rows = [self._row(span) for span in self.instance.rows]
        watched = []
        for objective in self.instance.objectives:
            costs = dict(enumerate(objective.coefficients))
            ends = [sum(pair) for pair in zip(*(self._ends(j, c) for j, c in costs.items()), strict=True)]
            low, high = [*low, float(ends[0])], [*high, float(ends[1])]
            watched.append(len(low) - 1)
            places, entries = self._terms(costs)
            constant = -self._least(costs)
            rows.append(Row((*places, watched[-1]), (*entries, -1.0), constant, constant))
        low, high = [*low, sum(low[c] for c in watched)], [*high, sum(high[c] for c in watched)]
        rows.append(Row((*watched, len(low) - 1), (*(1.0 for _ in watched), -1.0), 0.0, 0.0))
        choices = list(self._choices())
        rows += [Row(each, (1.0,) * len(each), 0.0, 1.0) for each in choices if len(each) > 1]
        rows += [self._within(j) for j, each in enumerate(self._columns) if each.are_more]
        whole = [True] * len(self._values) + [False] * (len(watched) + 1)
        matrix = Matrix.of(Program(tuple(low), tuple(high), tuple(whole), tuple(rows)))
        digits = dict(enumerate(self._values))
        return InstancePlan(matrix, [{}], choices, [], watched, (1,) * len(watched), digits)

    def point(self, ones: Ones) -> Point | None:
        """Return what an assignment is worth, in integers; None if it breaks a bound or a row."""
        x = [each.low for each in self._columns]
        for place in ones:
            j, above = self._values[place]
            x[j] += above
        return self.instance.point(x) if self.instance.is_feasible(x) else None

    def _choices(self) -> Iterator[tuple[int, ...]]:
        """Yield the columns of each choice: of rows by which at most one is 1, or the values of a column."""
        binary = {j for j, each in enumerate(self._columns) if (each.low, each.high) == (0, 1)}
        free = set(binary)
        for span in sorted(filter(_at_most_one, self.instance.rows), key=lambda span: -len(span.columns)):
            if free.issuperset(span.columns):
                free -= set(span.columns)
                yield tuple(self._digits[j][0][0] for j in span.columns)
        for j, digits in self._digits.items():
            if j in free or j not in binary:
                yield from digits

    def _row(self, span: Span) -> Row:
        terms = dict(zip(span.columns, span.coefficients, strict=True))
        constant = self._least(terms)
        low, high = low_end(span.lower) - constant, high_end(span.upper) - constant
        return Row(*self._terms(terms), low, high)

    def _within(self, j: int) -> Row:
        """Keep a column whose digits allow more within its bounds."""
        each = self._columns[j]
        return Row(*self._terms({j: 1}), 0.0, float(each.high - each.low))

    def _terms(self, costs: Mapping[int, int]) -> tuple[tuple[int, ...], tuple[float, ...]]:
        places = [p for j, c in costs.items() if c for digit in self._digits.get(j, ()) for p in digit]
        return tuple(places), tuple(float(costs[self._values[p][0]] * self._values[p][1]) for p in places)

    def _least(self, costs: Mapping[int, int]) -> float:
        """Return what a sum comes to where every column is at its least."""
        return float(sum(c * self._columns[j].low for j, c in costs.items()))

    def _ends(self, j: int, coefficient: int) -> tuple[int, int]:
        reached = coefficient * self._columns[j].low, coefficient * self._columns[j].high
        return min(reached), max(reached)


@dataclass(frozen=True, slots=True)
class Swept:
    """Points, and None or why they may not be all; processor time inside the sweep."""

    points: tuple[Point, ...]
    reason: str | None
    seconds: float


def swept_front(instance: Instance, limits: Limits, *, forced: bool = False) -> Swept | None:
    """Return the front by a sweep; None if that is not possible.

    Unless it is ``forced``, also None where it promises (or proves) to be slower than a solver.
    """
    if not all(instance.integer) or None in instance.lower or None in instance.upper:
        return None
    columns = digits_of(instance)
    if columns is None:
        return Swept((), None, 0.0)
    seen = SweptInstance(instance, columns)
    plan = seen.plan()
    if math.prod(len(choice) + 1 for choice in plan.choices) > MOST_WAYS and not forced:
        return None
    sweep = Sweep(plan, [0], limits)
    reason, begun = None, process_time()
    try:
        _sweep(sweep, forced=forced)
    except _GivenUp:
        return None
    except LimitReached:
        reason = TIME_LIMIT
    except KeyboardInterrupt:
        reason = INTERRUPTED
    seconds = process_time() - begun
    holders = sweep.findings().holders
    standing = [point for point, held in holders.items() if seen.point(held.first) == point]
    if len(standing) < len(holders):
        return Swept(tuple(sorted(standing)), DOUBTFUL, seconds) if forced else None
    return Swept(tuple(sorted(standing)), reason, seconds)


def _sweep(sweep: Sweep, *, forced: bool) -> None:
    """Sweep to the end, unless that promises or proves to be longer than a solver would take."""
    sweep.prepare(improving=False)
    promised = sweep.promised()
    if promised > MOST_PROMISED and not forced:
        raise _GivenUp
    sweep.improve(worth=promised / WORTH_LOOKING_AROUND)
    most = math.inf if forced else min(MOST_LOOKED_AT, WRONG * max(promised, FEW))

    def told(*_: int) -> None:
        if sweep.looked_at > most:
            raise _GivenUp

    sweep.sweep(told)


class _GivenUp(Exception):
    """The sweep takes far longer than a solver would."""


def _at_most_one(span: Span) -> bool:
    """Does the row say that of its columns, none of them negative, at most one is 1?"""
    return span.upper == 1 and set(span.coefficients) == {1} and span.lower in (None, 0, 1)
