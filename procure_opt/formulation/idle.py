"""Seats that change nothing: a member there lives just as it would outside, and nobody notices.

Such a seat (an observer who pays nothing, works on nothing, buys nothing, has no say and no level that
anybody asks for) can be left out of the search: the structure without it has the same values, breaks no
more rules and comes first in canonical order. Whatever is not clearly idle stays in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from procure_opt.accounts.coalitions import open_tiers
from procure_opt.accounts.lines import configuration, configurations, hosting_tiers
from procure_opt.accounts.sharing import (
    bearing_tiers,
    contribution,
    is_by_units,
    shared_phases,
    sole_bearer,
)
from procure_opt.case.conditions import Condition
from procure_opt.case.model import Case
from procure_opt.case.pillars import Pillar, Tier

_ABOUT_SEATS = frozenset({"participates", "tier", "excludes", "members", "equal_footing"})


def idle_seats(case: Case) -> frozenset[tuple[str, str, str]]:
    """Return (pillar, nation, tier) for every idle seat."""
    conditions = tuple(_conditions(case))
    return frozenset(
        (pillar, nation, tier)
        for pillar, stated in case.pillars.items()
        for nation in case.nations
        for tier in open_tiers(case, pillar, nation)
        if not _is_bound_to(case, pillar, nation, tier)
        and _does_nothing(stated.tiers[tier])
        and _gives_nothing(case, stated, tier, conditions)
        and not _is_spoken_of(case, nation, tier, conditions)
    )


def _is_bound_to(case: Case, pillar: str, nation: str, tier: str) -> bool:
    """May the seat pay something later, host a line, buy a licence, or change how participation is judged?"""
    for phase in shared_phases(case, pillar):
        bears = tier in bearing_tiers(case, pillar, phase) and not is_by_units(case, pillar, phase)
        if nation == sole_bearer(case, pillar, phase) or bears or contribution(case, pillar, tier, phase):
            return True
    lines = [configuration(case, pillar, name) for name in configurations(case, pillar)]
    if tier in hosting_tiers(case, pillar) and any(nation in line.hosts for line in lines):
        return True
    if any(each.nation == nation for each in case.pillars[pillar].licences.values()):
        return True
    rates = case.nations[nation].exchange_rates
    by_rates = case.participation.sense == "cone" and rates is not None
    return by_rates and not (rates and rates.autonomy.high.value and rates.spinoff.high.value)


def _does_nothing(tier: Tier) -> bool:
    free = tier.contribution is not None and tier.contribution.value == 0
    bound = tier.work is not None or tier.min_offtake is not None
    return free and not (
        bound or tier.buys or tier.may or tier.export_say or tier.partner_weight.value or tier.levy_share
    )


def _gives_nothing(case: Case, pillar: Pillar, tier: str, conditions: tuple[Condition, ...]) -> bool:
    """Is every level that the seat gives below all levels that tasks or conditions ask for?"""
    if not pillar.tiers[tier].has_level:
        return True
    given = [
        roles.other for regime in pillar.rights.values() if (roles := regime.levels.get(tier)) is not None
    ]
    packages = pillar.packages.values()
    # An effect or a civil supplier gives every member a level, whatever its tier.
    given += [mode.level for each in packages for mode in (each.effect, each.civil) if mode is not None]
    asked = [level for task in case.tasks.values() for level in task.needs.values()]
    asked += [condition.level.at_least for condition in conditions if condition.level is not None]
    return max(given, default=0) < min(asked, default=5)


def _is_spoken_of(case: Case, nation: str, tier: str, conditions: tuple[Condition, ...]) -> bool:
    """Does anything tell the nation in this seat from the nation outside?"""
    if any(nation in stated.nations for stated in case.incompatible.values()):
        return True
    return any(_tells(kind, atom, nation, tier) for each in conditions for kind, atom in each.atoms())


def _tells(kind: str, atom: Any, nation: str, tier: str) -> bool:
    if kind not in _ABOUT_SEATS:
        return False
    named = getattr(atom, "tiers", None)
    speaks_of_tier = named is None or tier in named
    return speaks_of_tier and (kind == "members" or _who(atom) in (None, nation))


def _who(atom: Any) -> str | None:
    nation: str | None = atom.nation
    return nation


def _conditions(case: Case) -> Iterator[Condition]:
    for name, line in case.red_lines.items():
        if case.applies(name) and case.enters(name):
            yield from _parts(line.then)
            if line.if_ is not None:
                yield from _parts(line.if_)
    for task in case.tasks.values():
        if task.requires is not None:
            yield from _parts(task.requires)


def _parts(condition: Condition) -> Iterator[Condition]:
    yield condition
    for inner in (*(condition.any_of or ()), *(condition.all_of or ()), *filter(None, [condition.not_])):
        yield from _parts(inner)
