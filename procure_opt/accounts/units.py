"""Units: how many each member buys from a pillar; a fixed number, or one that is chosen from a menu."""

from __future__ import annotations

from procure_opt.case.model import Case
from procure_opt.case.pillars import Menu
from procure_opt.structure.structure import PillarPlan

from .symbols import Expression, Symbols, buys


def menu(case: Case, pillar: str, nation: str) -> tuple[int, ...]:
    """Numbers of units among which the nation chooses, rising; none if its quantity is fixed."""
    stated = case.pillars[pillar].quantities.get(nation)
    return tuple(sorted({each.whole for each in stated.menu})) if isinstance(stated, Menu) else ()


def has_menus(case: Case, pillar: str) -> bool:
    """Does any nation choose its quantity?"""
    return any(isinstance(stated, Menu) for stated in case.pillars[pillar].quantities.values())


def possible_units(case: Case, pillar: str, nation: str) -> tuple[int, ...]:
    """Return every number of units that the nation may buy as a member, rising; just 0 if none is stated."""
    stated = case.pillars[pillar].quantities.get(nation)
    if isinstance(stated, Menu):
        return menu(case, pillar, nation)
    return (0,) if stated is None else (stated.whole,)


def buyers(case: Case, pillar: str, plan: PillarPlan) -> tuple[str, ...]:
    """Members at tiers that buy, sorted."""
    tiers = case.pillars[pillar].tiers
    return plan.members(tuple(name for name, tier in tiers.items() if tier.buys))


def units(case: Case, pillar: str, plan: PillarPlan, nation: str) -> int:
    """Units that the nation buys in the plan (0 if it is no member that buys)."""
    tier = plan.tiers.get(nation)
    if tier is None or not case.pillars[pillar].tiers[tier].buys:
        return 0
    chosen = plan.quantities.get(nation, 0)
    return chosen if menu(case, pillar, nation) else possible_units(case, pillar, nation)[0]


def unit_literals(case: Case, x: Symbols, pillar: str, nation: str) -> dict[int, Expression]:
    """Return number of units -> 1 if the nation buys just so many; numbers of 0 are left out."""
    offered = menu(case, pillar, nation)
    if offered:
        return {number: x.quantity(nation, pillar, number) for number in offered if number}
    number = possible_units(case, pillar, nation)[0]
    return {number: buys(x, nation, pillar)} if number else {}
