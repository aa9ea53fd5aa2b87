"""Symbolic twin of :mod:`.levels`: literals "the nation reaches this level, even if h denies".

For each pillar that controls the function the possible (tier, regime) pairs are grouped by the set of
arrangements that are good enough for them. If a group is chosen, one of its good arrangements must be:
``reach <= (1 - group) + good``. The rows were checked against the plain definition by brute force;
simpler-looking ones are wrong where caps, irrevocable options or owners matter.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from procure_opt.case.model import Case
from procure_opt.structure.arrangements import arrangements

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
        ways = [
            x.outside(goal.nation, need, option)
            for need, option in _options(case, goal.nation)
            if goal.met_by(outside_source(case, goal.nation, need, option, goal.function))
        ]
        ways += [reach_within(case, x, p, goal) for p in sorted(case.functions[goal.function].packages)]
        return disjunction(x, ways)

    return x.once(("reach", goal), build)


def reach_within(case: Case, x: Symbols, pillar: str, goal: Goal) -> Expression:
    """1 exactly if the nation reaches the level through its role in the pillar."""
    return x.once(("reach within", pillar, goal), lambda: _within(case, x, pillar, goal))


def _within(case: Case, x: Symbols, pillar: str, goal: Goal) -> Expression:
    groups = _groups(case, pillar, goal)
    package = case.functions[goal.function].packages[pillar]
    columns = [column for _, column in x.arrangements(pillar, package)]
    able = sorted({tier for good, by_regime in groups.items() if good for tiers in by_regime.values() for tier in tiers})
    if not able:
        return 0
    literal = x.column(("reach", goal.nation, goal.function, goal.level, goal.denier, pillar), 0, 1)
    x.require(literal <= at_tiers(x, goal.nation, pillar, able))
    for good in sorted(groups, key=sorted):
        enough = x.total((1, columns[index]) for index in sorted(good))
        for chosen, slack in _choices(case, x, pillar, goal.nation, groups[good]):
            if len(good) < len(columns):
                x.require(literal <= slack - chosen + enough)
            if good:
                x.require(literal >= chosen + enough - slack)
    return literal


def _choices(
    case: Case, x: Symbols, pillar: str, nation: str, by_regime: dict[str, list[str]]
) -> Iterator[tuple[Expression, int]]:
    """Yield (sum of chosen binaries, how many must be 1): tiers alone where the regime is irrelevant."""
    everywhere = set(next(iter(by_regime.values())))
    for regime in sorted(case.pillars[pillar].rights):
        everywhere &= set(by_regime.get(regime, ()))
    if everywhere:
        yield at_tiers(x, nation, pillar, everywhere), 1
    for regime in sorted(by_regime):
        if tiers := sorted(set(by_regime[regime]) - everywhere):
            yield at_tiers(x, nation, pillar, tiers) + x.regime(pillar, regime), 2
