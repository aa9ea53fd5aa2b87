"""Contexts: everything about one nation that its access levels depend on, except arrangements.

A context says at which tier (if any) the nation sits in each pillar that matters, under which rights
regime, and which outside options it takes. Exactly one context of a nation is true in a structure. Sums
over contexts are what makes the optimisation model tight: in a relaxation a nation may be half inside and
half outside, but each half has only the levels, the tasks and the worst denier of its own half.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from procure_opt.case.model import Case
from procure_opt.structure.arrangements import arrangements

from .coalitions import open_tiers
from .gaps import concerned
from .levels import Source, arrangement_source, licence_source, line_source, outside_source, own_source
from .licences import licences_of
from .lines import configurations
from .symbols import Expression, Symbols

MOST_CONTEXTS = 96
"""Beyond this many a scope is split into smaller ones."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The pillars and needs that matter for some functions of one nation."""

    nation: str
    pillars: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """One possibility: ``seats`` are (pillar, tier, regimes that are the same here), among ``pillars``."""

    nation: str
    pillars: tuple[str, ...]
    seats: tuple[tuple[str, str, tuple[str, ...]], ...]
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Supply:
    """What a context gives on a function: sources that are sure, and others by what they depend on.

    ``by_arrangement``: (pillar, sources by arrangement index of the controlling package); ``by_line``:
    (pillar, configuration, source); ``by_licence``: (pillar, licence, sources by arrangement index).
    """

    sure: tuple[Source, ...]
    by_arrangement: tuple[tuple[str, tuple[Source, ...]], ...]
    by_line: tuple[tuple[str, str, Source], ...] = ()
    by_licence: tuple[tuple[str, str, tuple[Source, ...]], ...] = ()

    def all_sources(self) -> Iterator[Source]:
        """Yield every source that some choice gives."""
        yield from self.sure
        yield from (source for _, _, source in self.by_line)
        for _, table in self.by_arrangement:
            yield from table
        for _, _, table in self.by_licence:
            yield from table


@functools.lru_cache(maxsize=1 << 14)
def scope_of(case: Case, nation: str, functions: frozenset[str], tasks: frozenset[str]) -> Scope:
    """Return the scope that decides these functions' levels and whether options keep these tasks."""
    pillars = {pillar for function in functions for pillar in case.functions[function].packages}
    needs = {
        need
        for need in case.needs
        if nation in concerned(case, need) and _matters(case, nation, need, pillars, functions, tasks)
    }
    for need in needs:
        pillars |= set(case.needs[need].pillars)
    return Scope(nation, tuple(sorted(pillars)), tuple(sorted(needs)))


def _matters(
    case: Case, nation: str, need: str, pillars: set[str], functions: frozenset[str], tasks: frozenset[str]
) -> bool:
    stated = case.needs[need]
    if pillars & set(stated.pillars):
        return True
    options = stated.outside.get(nation, {})
    if any(option.vector is not None for option in options.values()):
        return True
    gives = any(outside_source(case, nation, need, o, f).level for o in options for f in functions)
    return gives or any(tasks & set(option.keeps) for option in options.values())


@functools.lru_cache(maxsize=1 << 14)
def contexts(case: Case, scope: Scope) -> tuple[Context, ...] | None:
    """Return every context of the scope, or None if they are too many."""
    seats = [(None, *open_tiers(case, pillar, scope.nation)) for pillar in scope.pillars]
    options = [(None, *sorted(case.needs[need].outside.get(scope.nation, {}))) for need in scope.needs]
    found: list[Context] = []
    size = 1
    for choices in (*seats, *options):
        size *= len(choices)
    if size > 200 * MOST_CONTEXTS:
        return None
    for tiers in itertools.product(*seats):
        for taken in itertools.product(*options):
            if _fills_once(case, scope, tiers, taken):
                found += _with_regimes(case, scope, tiers, taken)
        if len(found) > MOST_CONTEXTS:
            return None
    return tuple(found)


def _fills_once(
    case: Case, scope: Scope, tiers: tuple[str | None, ...], taken: tuple[str | None, ...]
) -> bool:
    seats = dict(zip(scope.pillars, tiers, strict=True))
    for need, option in zip(scope.needs, taken, strict=True):
        bought = sum(
            1
            for pillar in case.needs[need].pillars
            if (tier := seats[pillar]) is not None and case.pillars[pillar].tiers[tier].buys
        )
        if bought + (option is not None) != 1:
            return False
    return True


def _with_regimes(
    case: Case, scope: Scope, tiers: tuple[str | None, ...], taken: tuple[str | None, ...]
) -> Iterator[Context]:
    joined = [(pillar, tier) for pillar, tier in zip(scope.pillars, tiers, strict=True) if tier is not None]
    options = tuple(
        (need, option) for need, option in zip(scope.needs, taken, strict=True) if option is not None
    )
    classes = [_regime_classes(case, pillar, tier, scope.nation) for pillar, tier in joined]
    for regimes in itertools.product(*classes):
        seats = tuple((pillar, tier, same) for (pillar, tier), same in zip(joined, regimes, strict=True))
        yield Context(scope.nation, scope.pillars, seats, options)


@functools.lru_cache(maxsize=1 << 14)
def _regime_classes(case: Case, pillar: str, tier: str, nation: str) -> tuple[tuple[str, ...], ...]:
    """Rights regimes of the pillar, those that give the nation at this tier the same put together."""
    controlled = sorted(f for f, stated in case.functions.items() if pillar in stated.packages)
    classes: dict[Hashable, list[str]] = {}
    for regime in sorted(case.pillars[pillar].rights):
        gives = tuple(seat_sources(case, pillar, tier, regime, nation, function) for function in controlled)
        classes.setdefault(gives, []).append(regime)
    return tuple(tuple(regimes) for regimes in classes.values())


@functools.lru_cache(maxsize=1 << 16)
def seat_sources(
    case: Case, pillar: str, tier: str, regime: str, nation: str, function: str
) -> tuple[Source, ...]:
    """Return what the seat gives on the function, by arrangement index of the controlling package."""
    package = case.functions[function].packages[pillar]
    return tuple(
        arrangement_source(case, pillar, package, arrangement, regime, tier, nation, function)
        for arrangement in arrangements(case, pillar, package)
    )


@functools.lru_cache(maxsize=1 << 16)
def supply(case: Case, context: Context, function: str) -> Supply:
    """Return everything that the context gives on the function."""
    nation = context.nation
    sure = [own_source(case, nation, function)]
    sure += [outside_source(case, nation, need, option, function) for need, option in context.options]
    tables = []
    for pillar, tier, regimes in context.seats:
        if pillar in case.functions[function].packages:
            table = seat_sources(case, pillar, tier, regimes[0], nation, function)
            if any(source.level for source in table):
                tables.append((pillar, table))
    seated = {pillar for pillar, _, _ in context.seats}
    return Supply(
        tuple(sure),
        tuple(tables),
        tuple(_by_line(case, nation, function, seated)),
        tuple(_by_licence(case, nation, function, seated)),
    )


def _by_line(case: Case, nation: str, function: str, seated: set[str]) -> Iterator[tuple[str, str, Source]]:
    for pillar in sorted(seated & set(case.functions[function].packages)):
        for name in configurations(case, pillar):
            if (source := line_source(case, pillar, name, nation, function)).level:
                yield pillar, name, source


def _by_licence(
    case: Case, nation: str, function: str, seated: set[str]
) -> Iterator[tuple[str, str, tuple[Source, ...]]]:
    for pillar, name, stated in licences_of(case, nation):
        if stated.function == function and pillar in seated and pillar in case.functions[function].packages:
            ways = arrangements(case, pillar, case.functions[function].packages[pillar])
            yield pillar, name, tuple(licence_source(case, pillar, name, way) for way in ways)


def context_literals(case: Case, x: Symbols, scope: Scope) -> tuple[tuple[Context, Expression], ...]:
    """Return a literal per context of the scope; exactly one is 1. The scope must not have too many."""
    return x.once(("contexts", scope), lambda: _build(case, x, scope))


def _build(case: Case, x: Symbols, scope: Scope) -> tuple[tuple[Context, Expression], ...]:
    every = contexts(case, scope) or ()
    literals = tuple(
        (each, x.column(("context", scope.nation, number), 0, 1)) for number, each in enumerate(every)
    )
    x.require(x.total((1, literal) for _, literal in literals) == 1)
    for pillar in scope.pillars:
        for tier in open_tiers(case, pillar, scope.nation):
            chosen = [
                (1, lit) for each, lit in literals if any((p, t) == (pillar, tier) for p, t, _ in each.seats)
            ]
            x.require(x.total(chosen) == 1 * x.tier(scope.nation, pillar, tier))
        for regimes in sorted({r for each, _ in literals for p, _, r in each.seats if p == pillar}):
            under = [
                (1, lit)
                for each, lit in literals
                if any((p, r) == (pillar, regimes) for p, _, r in each.seats)
            ]
            if len(regimes) < len(case.pillars[pillar].rights):
                x.require(x.total(under) <= x.total((1, x.regime(pillar, regime)) for regime in regimes))
    for need in scope.needs:
        for option in sorted(case.needs[need].outside.get(scope.nation, {})):
            chosen = [(1, lit) for each, lit in literals if (need, option) in each.options]
            x.require(x.total(chosen) == 1 * x.outside(scope.nation, need, option))
    for each, literal in literals:
        _define(case, x, each, literal)
    return literals


def _define(case: Case, x: Symbols, each: Context, literal: Expression) -> None:
    """State one context by itself: the sums say it too, but only for all contexts together."""
    seats = {pillar: (tier, regimes) for pillar, tier, regimes in each.seats}
    parts = []
    for pillar in each.pillars:
        if pillar not in seats:
            taken = x.total(
                (1, x.tier(each.nation, pillar, t)) for t in open_tiers(case, pillar, each.nation)
            )
            parts.append(1 - taken)
            continue
        tier, regimes = seats[pillar]
        parts.append(1 * x.tier(each.nation, pillar, tier))
        if len(regimes) < len(case.pillars[pillar].rights):
            parts.append(x.total((1, x.regime(pillar, regime)) for regime in regimes))
    parts += [1 * x.outside(each.nation, need, option) for need, option in each.options]
    for part in parts:
        x.require(literal <= part)
    x.require(literal >= x.total((1, part) for part in parts) - (len(parts) - 1))
