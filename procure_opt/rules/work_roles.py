"""Leads are members whose tier may lead; holders are members whose tier may hold work (or lead)."""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.symbols import Row, Symbols, at_tiers
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def _tiers_that_may(case: Case, pillar: str, *verbs: str) -> tuple[str, ...]:
    tiers = case.pillars[pillar].tiers
    return tuple(sorted(name for name, tier in tiers.items() if set(verbs) & set(tier.may)))


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield leads and holders whose tier does not allow it."""
    for pillar, plan in structure.pillars.items():
        leaders = plan.members(_tiers_that_may(case, pillar, "lead"))
        workers = plan.members(_tiers_that_may(case, pillar, "lead", "hold"))
        for package, arrangement in plan.packages.items():
            for nation in arrangement.leads:
                if nation not in leaders:
                    yield Violation(
                        "work_roles", f"{nation} leads {pillar}.{package} without a tier that may lead"
                    )
            for nation in arrangement.holders:
                if nation not in workers:
                    yield Violation(
                        "work_roles", f"{nation} holds work of {pillar}.{package} without a tier that may"
                    )


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield one row per nation and package for leading, one for holding (the tight, summed form)."""
    for pillar, stated in sorted(case.pillars.items()):
        leading, working = (
            _tiers_that_may(case, pillar, "lead"),
            _tiers_that_may(case, pillar, "lead", "hold"),
        )
        for package in sorted(stated.packages):
            for nation in sorted(case.nations):
                ways = x.arrangements(pillar, package)
                led = [(1, column) for arrangement, column in ways if nation in arrangement.leads]
                held = [(1, column) for arrangement, column in ways if nation in arrangement.holders]
                if led:
                    may_lead = at_tiers(x, nation, pillar, leading)
                    yield Row(
                        x.total(led) <= may_lead, f"{nation} leads {pillar}.{package} only at a leading tier"
                    )
                if held:
                    may_hold = at_tiers(x, nation, pillar, working)
                    yield Row(
                        x.total(held) <= may_hold, f"{nation} holds {pillar}.{package} only at a working tier"
                    )
