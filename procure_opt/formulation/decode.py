"""From a solver's numbers to a structure: decisions are rounded, everything else is computed anew."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence, Set

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
    return PillarPlan(tiers, regime, variants, packages)


def encode(case: Case, decisions: Mapping[Key, int], structure: Structure) -> dict[int, int]:
    """Return decision column index -> 0 or 1 for a structure; the inverse of :func:`decode`."""
    ones: set[Key] = set()
    for name, plan in structure.pillars.items():
        ones |= {("exists", name), ("regime", name, plan.regime)}
        ones |= {("tier", name, nation, tier) for nation, tier in plan.tiers.items()}
        ones |= {("variant", name, variant) for variant in plan.variants}
        for package, arrangement in plan.packages.items():
            ones.add(("arrangement", name, package, arrangements(case, name, package).index(arrangement)))
    for need, taken in structure.outside.items():
        ones |= {("outside", need, nation, option) for nation, option in taken.items()}
    return {index: int(key in ones) for key, index in decisions.items()}
