"""Symbolic twin of :mod:`.levels`: "the nation reaches this level, even if h denies", context by context.

In a context everything but the arrangement is settled, so a level is sure, out of reach, or a question of
whether the controlling package is done in one of the ways that are good enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from procure_opt.case.model import Case

from .contexts import Context, context_literals, scope_of, supply
from .levels import Source
from .logic import conjunction, disjunction
from .symbols import Expression, Symbols


@dataclass(frozen=True, slots=True)
class Goal:
    """A level on a function against a denier (None: with everybody's consent)."""

    function: str
    level: int
    denier: str | None = None
    lasting: bool = False
    tolerant: bool = True

    def met_by(self, source: Source) -> bool:
        """Is the source enough?"""
        return source.left(self.denier, lasting=self.lasting, tolerant=self.tolerant) >= self.level


def good_ways(case: Case, x: Symbols, context: Context, goal: Goal) -> list[Expression] | None:
    """Return literals one of which must be 1 for the goal; None if it is sure, empty if out of reach."""
    given = supply(case, context, goal.function)
    if any(goal.met_by(source) for source in given.sure):
        return None
    ways = []
    for pillar, table in given.by_arrangement:
        package = case.functions[goal.function].packages[pillar]
        good = frozenset(index for index, source in enumerate(table) if goal.met_by(source))
        if len(good) == len(table):
            return None
        if good:
            ways.append(_one_of(case, x, pillar, package, good))
    ways += [x.line(pillar, name) for pillar, name, source in given.by_line if goal.met_by(source)]
    for pillar, name, table in given.by_licence:
        good = frozenset(index for index, source in enumerate(table) if goal.met_by(source))
        if good:
            ways.append(_licensed(case, x, pillar, name, good))
    return ways


def _licensed(case: Case, x: Symbols, pillar: str, licence: str, good: frozenset[int]) -> Expression:
    """1 if the side deal is made and the controlling package is done in one of these ways."""
    function = case.pillars[pillar].licences[licence].function
    package = case.functions[function].packages[pillar]
    if len(good) == len(x.arrangements(pillar, package)):
        return x.licence(pillar, licence)

    def build() -> Expression:
        return conjunction(x, [x.licence(pillar, licence), _one_of(case, x, pillar, package, good)])

    return x.once(("licensed", pillar, licence, good), build)


def _one_of(case: Case, x: Symbols, pillar: str, package: str, good: frozenset[int]) -> Expression:
    """1 if the package is done in one of these ways; a column of its own if they are many."""
    columns = [column for _, column in x.arrangements(pillar, package)]
    if len(good) <= 2:
        return x.total((1, columns[index]) for index in sorted(good))

    def build() -> Expression:
        chosen = x.column(("one of", pillar, package, len(good)), 0, 1)
        x.require(x.total((1, columns[index]) for index in sorted(good)) == chosen)
        return chosen

    return x.once(("one of", pillar, package, good), build)


def reach(case: Case, x: Symbols, nation: str, goal: Goal) -> Expression:
    """1 exactly if the nation reaches the level."""

    def build() -> Expression:
        scope = scope_of(case, nation, frozenset({goal.function}), frozenset())
        every = context_literals(case, x, scope)
        return x.total((1, _within(case, x, context, literal, goal)) for context, literal in every)

    return x.once(("reach", nation, goal), build)


def _within(case: Case, x: Symbols, context: Context, literal: Expression, goal: Goal) -> Expression:
    """1 exactly if the context is true and the goal is met in it."""
    ways = good_ways(case, x, context, goal)
    if ways is None:
        return literal
    return conjunction(x, [literal, disjunction(x, ways)]) if ways else 0


def by_right(case: Case, x: Symbols, nation: str, pillar: str, function: str, level: int) -> Expression:
    """1 exactly if the nation's seat in the pillar gives it the level, whatever else it has."""
    scope = scope_of(case, nation, frozenset({function}), frozenset())
    parts = []
    for context, literal in context_literals(case, x, scope):
        tables = [table for name, table in supply(case, context, function).by_arrangement if name == pillar]
        package = case.functions[function].packages[pillar]
        good = frozenset(i for table in tables for i, source in enumerate(table) if source.level >= level)
        if good and len(good) == len(x.arrangements(pillar, package)):
            parts.append(literal)
        elif good:
            parts.append(conjunction(x, [literal, _one_of(case, x, pillar, package, good)]))
    return x.total((1, part) for part in parts)


def wanted(
    x: Symbols, key: tuple[object, ...], limits: Sequence[Sequence[Expression]], literal: Expression
) -> Expression:
    """Return what can be 1 only if the literal is and, of each list of ways, at least one."""
    if any(not ways for ways in limits):
        return 0
    if not limits:
        return literal
    able = x.column(key, 0, 1)
    x.require(able <= literal)
    for ways in limits:
        x.require(able <= x.total((1, way) for way in ways))
    return able
