"""From a solver's numbers to a structure: decisions are rounded, everything else is computed anew."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence, Set

from procure_opt.accounts.lines import configurations
from procure_opt.accounts.units import menu
from procure_opt.case.model import Case
from procure_opt.structure.arrangements import arrangements
from procure_opt.structure.structure import PillarPlan, Structure

Key = tuple[Hashable, ...]


def chosen_in(decisions: Mapping[Key, int], solution: Sequence[float]) -> set[Key]:
    """Return the decisions whose columns are (nearest to) 1 in the solution.

    >>> chosen_in({("exists", "jet"): 0, ("exists", "tank"): 1}, (0.9999999, 0.0))
    {('exists', 'jet')}
    """
    return {key for key, column in decisions.items() if solution[column] > 0.5}


def decode(case: Case, chosen: Set[Key]) -> Structure:
    """Return the structure of the decisions that are taken."""
    pillars = {name: _plan(case, name, chosen) for name in sorted(case.pillars) if ("exists", name) in chosen}
    outside: dict[str, dict[str, str]] = {}
    for key in sorted(key for key in chosen if key[0] == "outside"):
        _, need, nation, option = (str(part) for part in key)
        outside.setdefault(need, {})[nation] = option
    return Structure(pillars, outside)


def _plan(case: Case, pillar: str, chosen: Set[Key]) -> PillarPlan:
    stated = case.pillars[pillar]
    tiers = {
        nation: tier
        for nation in sorted(case.nations)
        for tier in sorted(stated.tiers)
        if ("tier", pillar, nation, tier) in chosen
    }
    regime = next((r for r in sorted(stated.rights) if ("regime", pillar, r) in chosen), "")
    variants = tuple(v for v in sorted(stated.variants) if ("variant", pillar, v) in chosen)
    packages = {
        package: arrangement
        for package in sorted(stated.packages)
        for number, arrangement in enumerate(arrangements(case, pillar, package))
        if ("arrangement", pillar, package, number) in chosen
    }
    licences = tuple(name for name in sorted(stated.licences) if ("licence", pillar, name) in chosen)
    names = configurations(case, pillar)
    line = next((name for name in names if ("line", pillar, name) in chosen), None)
    quantities = {
        nation: number
        for nation in sorted(case.nations)
        for number in menu(case, pillar, nation)
        if ("quantity", pillar, nation, number) in chosen
    }
    return PillarPlan(
        tiers, regime, variants, packages, quantities, line, licences, _cost_percent(pillar, chosen)
    )


def _cost_percent(pillar: str, chosen: Set[Key]) -> dict[str, dict[str, int]]:
    shares: dict[str, dict[str, int]] = {}
    agreed = (key for key in chosen if key[:2] == ("cost_share", pillar))
    for _, _, phase, nation, percent in sorted(agreed, key=str):
        shares.setdefault(str(phase), {})[str(nation)] = int(str(percent))
    return shares


def taken(case: Case, structure: Structure) -> set[Key]:
    """Return the decisions that a structure takes."""
    ones: set[Key] = set()
    for name, plan in structure.pillars.items():
        ones |= {("exists", name), ("regime", name, plan.regime)}
        ones |= {("tier", name, nation, tier) for nation, tier in plan.tiers.items()}
        ones |= {("variant", name, variant) for variant in plan.variants}
        for package, arrangement in plan.packages.items():
            ones.add(("arrangement", name, package, arrangements(case, name, package).index(arrangement)))
        ones |= {("quantity", name, nation, number) for nation, number in plan.quantities.items()}
        ones |= {("line", name, plan.lines)} if plan.lines is not None else set()
        ones |= {("licence", name, licence) for licence in plan.licences}
        for phase, agreed in plan.cost_percent.items():
            ones |= {("cost_share", name, phase, nation, percent) for nation, percent in agreed.items()}
    for need, options in structure.outside.items():
        ones |= {("outside", need, nation, option) for nation, option in options.items()}
    return ones


def encode(case: Case, decisions: Mapping[Key, int], structure: Structure) -> dict[int, int]:
    """Return decision column index -> 0 or 1 for a structure; the inverse of :func:`decode`."""
    ones = taken(case, structure)
    return {index: int(key in ones) for key, index in decisions.items()}
