"""Symbolic twin of :mod:`.levels`: literals "the nation reaches this level, even if h denies".

For each pillar that controls the function the possible (tier, regime) pairs are grouped by the set of
arrangements that are good enough for them. If a group is chosen, one of its good arrangements must be:
``reach <= (another able tier) + (another regime) + good``. The rows were checked against the plain
definition by brute force; simpler-looking ones are wrong where caps, irrevocable options or owners matter.
Written with "another tier" and "another regime" instead of constants they are also tight: nothing is
reached in the part of a relaxed pillar that does not exist.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from procure_opt.case.model import Case
from procure_opt.structure.arrangements import arrangements

from .gaps import concerned
from .levels import Source, arrangement_source, outside_source, own_source
from .logic import disjunction
from .symbols import Expression, Symbols, at_tiers


@dataclass(frozen=True, slots=True)
class Goal:
    """A nation wants a level on a function against a denier (None: with everybody's consent)."""

    nation: str
    function: str
    level: int
    denier: str | None = None
    lasting: bool = False

    def met_by(self, source: Source) -> bool:
        """Is the source enough?"""
        return source.left(self.denier, lasting=self.lasting) >= self.level


def _options(case: Case, nation: str) -> Iterator[tuple[str, str]]:
    for need in sorted(case.needs):
        for option in sorted(case.needs[need].outside.get(nation, {})):
            yield need, option


@functools.lru_cache(maxsize=1 << 16)
def deniers_of(case: Case, nation: str, function: str) -> frozenset[str]:
    """Everybody who can, in some structure, take a source of the nation's level away."""
    found = set(own_source(case, nation, function).deniers)
    for need, option in _options(case, nation):
        found |= outside_source(case, nation, need, option, function).deniers
    for pillar in case.functions[function].packages:
        for table in _pillar_sources(case, pillar, nation, function).values():
            found |= {denier for source in table for denier in source.deniers}
    return frozenset(found)


@functools.lru_cache(maxsize=1 << 14)
def _pillar_sources(case: Case, pillar: str, nation: str, function: str) -> dict[tuple[str, str], tuple[Source, ...]]:
    """(tier, regime) -> the source by arrangement index."""
    stated = case.pillars[pillar]
    package = case.functions[function].packages[pillar]
    tiers = [t for t in sorted(stated.tiers) if (to := stated.tiers[t].open_to) is None or nation in to]
    return {
        (tier, regime): tuple(
            arrangement_source(case, pillar, package, arrangement, regime, tier, nation, function)
            for arrangement in arrangements(case, pillar, package)
        )
        for tier in tiers
        for regime in sorted(stated.rights)
    }


def _groups(case: Case, pillar: str, goal: Goal) -> dict[frozenset[int], dict[str, list[str]]]:
    """Good arrangement indices -> regime -> the tiers for which exactly these are good."""
    groups: dict[frozenset[int], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (tier, regime), table in _pillar_sources(case, pillar, goal.nation, goal.function).items():
        good = frozenset(index for index, source in enumerate(table) if goal.met_by(source))
        groups[good][regime].append(tier)
    return groups


def reach(case: Case, x: Symbols, goal: Goal) -> Expression:
    """1 exactly if the nation reaches the level against the denier, by any of its sources."""

    def build() -> Expression:
        if goal.met_by(own_source(case, goal.nation, goal.function)):
            return 1
        pillars = sorted(case.functions[goal.function].packages)
        return disjunction(x, _outside_ways(case, x, goal) + [reach_within(case, x, p, goal) for p in pillars])

    return x.once(("reach", goal), build)


def reach_limit(case: Case, x: Symbols, goal: Goal) -> Expression:
    """Return an expression that is at least 1 where :func:`reach` is 1, and 0 elsewhere.

    Enough for what is wanted and never forced (tasks); it needs half the rows.
    """
    if goal.met_by(own_source(case, goal.nation, goal.function)):
        return 1
    pillars = sorted(case.functions[goal.function].packages)
    ways = _outside_ways(case, x, goal) + [_wanted_within(case, x, p, goal) for p in pillars]
    return x.total((1, way) for way in ways)


def has_one_source(case: Case, nation: str, function: str) -> bool:
    """Can only one thing at a time give the nation more than nothing on the function?

    So it is if everything that can comes from filling one and the same need, which is filled exactly once.
    """
    if own_source(case, nation, function).level:
        return False
    slots = {need for need, o in _options(case, nation) if outside_source(case, nation, need, o, function).level}
    for pillar in case.functions[function].packages:
        for (tier, _), table in _pillar_sources(case, pillar, nation, function).items():
            if any(source.level for source in table):
                slots.add(_slot(case, nation, pillar, tier))
    return len(slots) <= 1


def _slot(case: Case, nation: str, pillar: str, tier: str) -> str:
    """Return the need that a member at the tier fills, else the pillar itself."""
    if case.pillars[pillar].tiers[tier].buys:
        for need, stated in sorted(case.needs.items()):
            if pillar in stated.pillars and nation in concerned(case, need):
                return need
    return f"pillar {pillar}"


def _outside_ways(case: Case, x: Symbols, goal: Goal) -> list[Expression]:
    return [
        x.outside(goal.nation, need, option)
        for need, option in _options(case, goal.nation)
        if goal.met_by(outside_source(case, goal.nation, need, option, goal.function))
    ]


def reach_within(case: Case, x: Symbols, pillar: str, goal: Goal) -> Expression:
    """1 exactly if the nation reaches the level through its role in the pillar."""

    def build() -> Expression:
        literal = _wanted_within(case, x, pillar, goal)
        for good, by_regime in _sorted_groups(case, pillar, goal):
            for tiers, regime in _choices(case, pillar, by_regime) if good else ():
                chosen = at_tiers(x, goal.nation, pillar, tiers) + _one_of(case, x, pillar, goal.function, good)
                if regime is None:
                    x.require(literal >= chosen - 1)
                else:
                    x.require(literal >= chosen + x.regime(pillar, regime) - 2)
        return literal

    return x.once(("reach within", pillar, goal), build)


def _wanted_within(case: Case, x: Symbols, pillar: str, goal: Goal) -> Expression:
    """Return a column that can be 1 only if the nation reaches the level through its role in the pillar."""

    def build() -> Expression:
        groups = _sorted_groups(case, pillar, goal)
        able = {tier for good, by_regime in groups if good for tiers in by_regime.values() for tier in tiers}
        if not able:
            return 0
        literal = x.column(("reach", goal.nation, goal.function, goal.level, goal.denier, pillar), 0, 1)
        joined = at_tiers(x, goal.nation, pillar, able)
        x.require(literal <= joined)
        ways = len(x.arrangements(pillar, case.functions[goal.function].packages[pillar]))
        for good, by_regime in groups:
            if len(good) < ways:
                enough = _one_of(case, x, pillar, goal.function, good)
                for tiers, regime in _choices(case, pillar, by_regime):
                    if chosen := able & set(tiers):
                        other_tier = joined - at_tiers(x, goal.nation, pillar, chosen)
                        other_regime = 0 if regime is None else x.exists(pillar) - x.regime(pillar, regime)
                        x.require(literal <= other_tier + other_regime + enough)
        return literal

    return x.once(("wanted within", pillar, goal), build)


def _sorted_groups(case: Case, pillar: str, goal: Goal) -> list[tuple[frozenset[int], dict[str, list[str]]]]:
    groups = _groups(case, pillar, goal)
    return [(good, groups[good]) for good in sorted(groups, key=sorted)]


def _one_of(case: Case, x: Symbols, pillar: str, function: str, good: frozenset[int]) -> Expression:
    """1 if the controlling package is done in one of these ways; a column of its own if they are many."""
    package = case.functions[function].packages[pillar]
    columns = [column for _, column in x.arrangements(pillar, package)]
    if len(good) <= 2:
        return x.total((1, columns[index]) for index in sorted(good))

    def build() -> Expression:
        chosen = x.column(("one of", pillar, package, len(good)), 0, 1)
        x.require(x.total((1, columns[index]) for index in sorted(good)) == chosen)
        return chosen

    return x.once(("one of", pillar, package, good), build)


def _choices(
    case: Case, pillar: str, by_regime: dict[str, list[str]]
) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Yield (tiers, regime): the regime is None where it does not matter for these tiers."""
    everywhere = set(next(iter(by_regime.values())))
    for regime in sorted(case.pillars[pillar].rights):
        everywhere &= set(by_regime.get(regime, ()))
    if everywhere:
        yield tuple(sorted(everywhere)), None
    for regime in sorted(by_regime):
        if tiers := set(by_regime[regime]) - everywhere:
            yield tuple(sorted(tiers)), regime
