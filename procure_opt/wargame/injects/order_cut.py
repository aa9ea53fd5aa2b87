"""Order cut: a nation buys fewer units, from the pillar and from its outside options alike.

``percent`` fewer, to the nearest whole unit, half up. Without a pillar every order of the nation is cut. A
menu of quantities is cut as a whole: who had chosen its second entry has chosen the second still. It leaves
alone lump sums, least offtakes, what states outside the case buy, and price bands: others may pay more per
unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from procure_opt.case.history import Inject
from procure_opt.case.model import Case
from procure_opt.case.number import Number, plain
from procure_opt.case.pillars import Menu
from procure_opt.change import changed
from procure_opt.structure.structure import Structure
from procure_opt.wargame.restated import fewer, needs_filled, pillars_meant, revised, with_pillar
from procure_opt.wargame.signed import Reopened

NEEDS = (("nation",), ("percent",))
TAKES = ("pillar",)
WHOLE = 100


def flaws(case: Case, inject: Inject) -> Iterator[tuple[str, str]]:
    """Yield more than everything, and orders that there are not."""
    if inject.percent is not None and inject.percent.value > WHOLE:
        yield (
            "percent",
            f"found {inject.percent.value}, must be at most {WHOLE}: nobody orders less than none",
        )
    pillars = pillars_meant(case, inject.pillar)
    if inject.nation is not None and not any(inject.nation in case.pillars[p].quantities for p in pillars):
        yield "nation", f"{inject.nation} orders nothing from {' or '.join(pillars)}"


def follow(case: Case, inject: Inject) -> Case:
    """Return the case with the smaller orders."""
    nation, pillars = str(inject.nation), pillars_meant(case, inject.pillar)
    for pillar in pillars:
        orders = case.pillars[pillar].quantities
        if nation in orders:
            case = with_pillar(case, pillar, quantities=orders | {nation: _cut(orders[nation], inject)})
    needs = dict(case.needs)
    for need in needs_filled(case, pillars):
        options = {
            name: revised(option, quantity=_units(option.quantity, inject))
            for name, option in needs[need].outside.get(nation, {}).items()
        }
        needs[need] = revised(
            needs[need], outside=needs[need].outside | ({nation: options} if options else {})
        )
    return changed(case, needs=needs)


def _units(number: Number, inject: Inject) -> Number:
    return plain(fewer(number.whole, inject.percent or plain(0)))


def _cut(order: Number | Menu, inject: Inject) -> Number | Menu:
    if not isinstance(order, Menu):
        return _units(order, inject)
    units = {_units(each, inject).whole for each in order.menu}
    return Menu(menu=tuple(plain(each) for each in sorted(units)))


def carried(case: Case, inject: Inject, structure: Structure) -> Structure:
    """Return the structure with the order that is left of the one chosen from a menu."""
    nation, pillars = str(inject.nation), dict(structure.pillars)
    for pillar in pillars_meant(case, inject.pillar):
        plan = pillars.get(pillar)
        if plan is not None and nation in plan.quantities:
            less = fewer(plan.quantities[nation], inject.percent or plain(0))
            pillars[pillar] = replace(plan, quantities=dict(plan.quantities) | {nation: less})
    return Structure(pillars, structure.outside)


def reopened(case: Case, inject: Inject) -> Reopened:
    """Return that everything of the nation is open."""
    return Reopened(nations=frozenset([str(inject.nation)]))


def sentence(case: Case, inject: Inject) -> str:
    """Return what changes."""
    cut = "" if inject.percent is None else f"{inject.percent.value} percent "
    places = inject.pillar or "every pillar"
    return f"{inject.nation} buys {cut}fewer units, from {places} and outside alike"
