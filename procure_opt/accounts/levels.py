"""Access levels: where a nation's command of a function comes from, and who can take it away.

Sources are the nation's role in the arrangement of the controlling package (by tier and rights regime,
cut by release caps), its line, its licences, its outside option, and what it can do by itself; the best one
counts. An effect given without the means is a level only for tasks that tolerate it. A denier
takes away every source below level 3 that it controls; a source held through a holder that it owns, or
in a facility that it hosts, it can take away at any height. Operating (level 2) lasts as long as stocks.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from procure_opt.case.model import Case
from procure_opt.case.vocabulary import DESIGN_AUTHORITY, IRREVOCABLE, OPERATE
from procure_opt.structure.arrangements import CIVIL, EFFECT, SHARED, Arrangement
from procure_opt.structure.structure import Structure

from .gaps import outside_option

ANYBODY = "*"
"""Stands for whoever controls the source, in bounds on the worst denial; no nation can be called so."""


@dataclass(frozen=True, slots=True)
class Source:
    """A level, who can revoke it while it is below 3, and who can revoke it at any height.

    ``undisclosed``: the effect without the means, which only tolerant tasks count.
    """

    level: int
    revocable_by: frozenset[str] = frozenset()
    hosted_by: frozenset[str] = frozenset()
    undisclosed: bool = False

    def left(self, denier: str | None, *, lasting: bool, tolerant: bool = True) -> int:
        """Return the level left after denial; ``lasting`` if stocks cover the task's horizon.

        >>> source = Source(2, frozenset({"USA"}))
        >>> [source.left(h, lasting=long) for h, long in (("USA", False), ("USA", True), ("FRA", False))]
        [0, 2, 2]
        """
        if self.undisclosed and not tolerant:
            return 0
        if not (self.deniers if denier == ANYBODY else denier in self.deniers):
            return self.level
        return OPERATE if lasting and self.level >= OPERATE else 0

    @property
    def deniers(self) -> frozenset[str]:
        """Everybody who can take the source away."""
        return self.hosted_by | (self.revocable_by if self.level < IRREVOCABLE else frozenset())


def lasts(case: Case, task: str, function: str) -> bool:
    """Do stocks of the function cover the task's horizon?"""
    horizon = case.tasks[task].horizon_months
    return horizon is not None and horizon.whole <= case.functions[function].endurance_months.whole


def _absorbed(case: Case, nation: str, function: str, level: int) -> int:
    return min(level, case.nations[nation].absorptive_caps.get(function, level))


def _released(
    case: Case, pillar: str, arrangement: Arrangement, nation: str, function: str, level: int
) -> int:
    """Return what release caps of the leads leave; effects and civil suppliers do not know them."""
    if nation in arrangement.leads or arrangement.mode != SHARED:
        return level
    owners = {arrangement.owner(lead) for lead in arrangement.leads}
    for cap in case.pillars[pillar].release_caps:
        concerns = cap.nation == nation and cap.function == function and case.applies(cap.id)
        if concerns and (cap.holder in owners or cap.holder in arrangement.leads):
            level = min(level, cap.level)
    return level


def _deniers_in(case: Case, pillar: str, package: str, arrangement: Arrangement) -> frozenset[str]:
    """Owners of leads, of controlled content, and of holders above the denial share."""
    stated = case.pillars[pillar].packages[package]
    deniers = {arrangement.owner(lead) for lead in arrangement.leads}
    for content in stated.controlled_content:
        if content.if_held_by is None or arrangement.share(content.if_held_by):
            deniers.add(content.owner)
    if stated.denial_share_percent is not None:
        least = stated.denial_share_percent.exact
        deniers |= {arrangement.owner(place) for place, percent in arrangement.shares if percent >= least}
    return frozenset(deniers)


@functools.lru_cache(maxsize=1 << 18)
def arrangement_source(
    case: Case,
    pillar: str,
    package: str,
    arrangement: Arrangement,
    regime: str,
    tier: str,
    nation: str,
    function: str,
) -> Source:
    """Return what a member at ``tier`` has on the function through this arrangement."""
    stated = case.pillars[pillar]
    roles = stated.rights[regime].levels.get(tier)
    if not stated.tiers[tier].has_level:
        return Source(0)
    if arrangement.mode != SHARED and nation not in arrangement.leads:
        return _other_mode(case, pillar, package, arrangement, nation, function)
    if roles is None:
        return Source(0)
    works = nation in arrangement.holders
    level = roles.lead if nation in arrangement.leads else roles.holder if works else roles.other
    level = DESIGN_AUTHORITY if arrangement.mode == EFFECT else level
    level = _released(case, pillar, arrangement, nation, function, level)
    level = _absorbed(case, nation, function, level)
    owner = arrangement.owner(nation)
    hosts = frozenset({owner}) if works and owner != nation else frozenset()
    return Source(level, _deniers_in(case, pillar, package, arrangement) - {nation}, hosts)


def _other_mode(
    case: Case, pillar: str, package: str, arrangement: Arrangement, nation: str, function: str
) -> Source:
    """What members have, whatever their tier, of an effect, from a civil supplier, or if nobody does it."""
    stated = case.pillars[pillar].packages[package]
    if arrangement.mode == EFFECT and stated.effect is not None:
        level = _absorbed(case, nation, function, stated.effect.level)
        providers = _deniers_in(case, pillar, package, arrangement) - {nation}
        return Source(level, providers, undisclosed=True)
    if arrangement.mode == CIVIL and stated.civil is not None:
        level = _absorbed(case, nation, function, stated.civil.level)
        suppliers = _deniers_in(case, pillar, package, arrangement) | {stated.civil.supplier}
        return Source(level, suppliers - {nation})
    return Source(0)


def line_source(case: Case, pillar: str, configuration: str, nation: str, function: str) -> Source:
    """Return what a line of its own gives the nation on the function; nobody else controls it."""
    stated = case.pillars[pillar].lines
    line = None if stated is None else stated.configurations[configuration]
    if line is None or nation not in line.hosts or pillar not in case.functions[function].packages:
        return Source(0)
    return Source(_absorbed(case, nation, function, line.levels.get(function, 0)))


@functools.lru_cache(maxsize=1 << 16)
def licence_source(case: Case, pillar: str, licence: str, arrangement: Arrangement) -> Source:
    """Return what a licence gives its buyer, with the controlling package done in this way."""
    stated = case.pillars[pillar].licences[licence]
    nation, function = stated.nation, stated.function
    level = _released(case, pillar, arrangement, nation, function, stated.level)
    return Source(_absorbed(case, nation, function, level), frozenset({stated.holder}) - {nation})


def need_functions(case: Case, need: str) -> frozenset[str]:
    """Functions that the need's pillars control."""
    pillars = case.needs[need].pillars
    return frozenset(
        name for name, function in case.functions.items() if set(function.packages) & set(pillars)
    )


def outside_source(case: Case, nation: str, need: str, option: str, function: str) -> Source:
    """Return what an outside option gives the nation on the function."""
    stated = outside_option(case, nation, need, option)
    general = stated.level if function in need_functions(case, need) else 0
    level = _absorbed(case, nation, function, stated.levels.get(function, general))
    sellers = (stated.vendor,) if stated.vendor is not None else ()
    revokers = sellers if stated.revocable_by is None else stated.revocable_by
    return Source(level, frozenset(revokers) - {nation}, frozenset(stated.hosted_by) - {nation})


def own_source(case: Case, nation: str, function: str) -> Source:
    """Return what the nation can do by itself, in and out of the pillar."""
    return Source(_absorbed(case, nation, function, case.nations[nation].own_capability.get(function, 0)))


def sources(case: Case, structure: Structure, nation: str, function: str) -> Iterator[Source]:
    """Yield everything that gives the nation a level on the function."""
    yield own_source(case, nation, function)
    for pillar, package in sorted(case.functions[function].packages.items()):
        plan = structure.pillars.get(pillar)
        if plan is not None and nation in plan.tiers:
            arrangement, tier = plan.packages[package], plan.tiers[nation]
            yield arrangement_source(case, pillar, package, arrangement, plan.regime, tier, nation, function)
            if plan.lines is not None:
                yield line_source(case, pillar, plan.lines, nation, function)
            for name in plan.licences:
                stated = case.pillars[pillar].licences[name]
                if (stated.nation, stated.function) == (nation, function):
                    yield licence_source(case, pillar, name, arrangement)
    for need, option in structure.taken_outside(nation):
        yield outside_source(case, nation, need, option, function)


def level(case: Case, structure: Structure, nation: str, function: str) -> int:
    """Return the nation's level on the function with everybody's consent."""
    return max(source.level for source in sources(case, structure, nation, function))
