"""Every name in a structure is known to the case, and every arrangement is one of those on offer.

Needs no rows: the optimisation model has columns for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.lines import configurations
from procure_opt.accounts.sharing import rule_of, shared_phases
from procure_opt.accounts.symbols import Row, Symbols
from procure_opt.accounts.units import menu
from procure_opt.case.model import Case
from procure_opt.case.pillars import Negotiated
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
    for nation, number in plan.quantities.items():
        if number not in menu(case, pillar, nation):
            yield _unknown("quantity", f"{pillar}: {nation}: {number}")
    if plan.lines is not None and plan.lines not in configurations(case, pillar):
        yield _unknown("line configuration", f"{pillar}: {plan.lines}")
    if set(plan.licences) - set(stated.licences) or len(set(plan.licences)) < len(plan.licences):
        yield _unknown("licences", f"{pillar}: {plan.licences}")
    yield from _cost_shares(case, pillar, plan)
    if set(plan.packages) != set(stated.packages):
        yield Violation("names", f"{pillar}: exactly the packages {sorted(stated.packages)} must be arranged")
    for package, arrangement in plan.packages.items():
        if package in stated.packages and arrangement not in arrangements(case, pillar, package):
            yield _unknown("arrangement", f"{pillar}.{package}: {arrangement}")


def _cost_shares(case: Case, pillar: str, plan: PillarPlan) -> Iterator[Violation]:
    for phase, agreed in plan.cost_percent.items():
        shared = {each: each for each in shared_phases(case, pillar)}
        rule = rule_of(case, pillar, shared[phase]) if phase in shared else None
        if not isinstance(rule, Negotiated):
            yield _unknown("negotiated phase", f"{pillar}: {phase}")
            continue
        grid = range(rule.step_percent.whole, 101, rule.step_percent.whole)
        for nation, percent in agreed.items():
            if nation not in case.nations or percent not in grid:
                yield _unknown("cost share", f"{pillar}: {phase}: {nation}: {percent} %")


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield nothing: unknown names have no columns."""
    yield from ()
