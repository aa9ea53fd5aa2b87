"""Every name in a structure is known to the case, and every arrangement is one of those on offer.

Needs no rows: the optimisation model has columns for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.symbols import Row, Symbols
from procure_opt.case.model import Case
from procure_opt.structure.arrangements import arrangements
from procure_opt.structure.structure import PillarPlan, Structure
from procure_opt.structure.violation import Violation


def _unknown(what: str, name: object) -> Violation:
    return Violation("names", f"{what} {name!r} is not in the case")


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield names that the case does not know."""
    for pillar, plan in structure.pillars.items():
        if pillar not in case.pillars:
            yield _unknown("pillar", pillar)
        else:
            yield from _in_pillar(case, pillar, plan)
    for need, taken in structure.outside.items():
        options = case.needs[need].outside if need in case.needs else {}
        for nation, option in taken.items():
            if option not in options.get(nation, {}):
                yield _unknown("outside option", f"{need}: {nation}: {option}")


def _in_pillar(case: Case, pillar: str, plan: PillarPlan) -> Iterator[Violation]:
    stated = case.pillars[pillar]
    for nation, tier in plan.tiers.items():
        if nation not in case.nations or tier not in stated.tiers:
            yield _unknown("member", f"{nation} {tier} in {pillar}")
    if plan.regime not in stated.rights:
        yield _unknown("rights regime", f"{pillar}: {plan.regime}")
    if set(plan.variants) - set(stated.variants) or len(set(plan.variants)) < len(plan.variants):
        yield _unknown("variants", f"{pillar}: {plan.variants}")
    if set(plan.packages) != set(stated.packages):
        yield Violation("names", f"{pillar}: exactly the packages {sorted(stated.packages)} must be arranged")
    for package, arrangement in plan.packages.items():
        if package in stated.packages and arrangement not in arrangements(case, pillar, package):
            yield _unknown("arrangement", f"{pillar}.{package}: {arrangement}")


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield nothing: unknown names have no columns."""
    yield from ()
