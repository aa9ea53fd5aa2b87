"""Cost (million, constant prices): expected gross outlay of all treasuries, and of each.

Programme cost is the sum of pools and own costs, never of rounded payments; a nation's cost is its
payments (exact fractions) plus its own costs. Fiscal return is never netted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure

from .access import access_expression, national_access_cost
from .gaps import needs_cost, needs_expression
from .levies import all_levies, all_levies_expression, levies, levy_denominators, levy_expression
from .licences import licence_fees, licence_fees_expression
from .lines import configurations, set_up_cost
from .logic import at_most
from .pools import effect_cost, effect_expression, pool, pool_expression
from .production import production_cost, production_expression
from .remembered import remembered
from .sharing import denominators, payment_expression, payments, shared_phases
from .symbols import Expression, Symbols, defined


@remembered
def early_own_cost(case: Case, structure: Structure, nation: str) -> int:
    """Million in the first period that the nation bears alone: access, licences, effects, its own line."""
    lines = sum(
        set_up_cost(case, pillar, plan.lines, nation)
        for pillar, plan in structure.pillars.items()
        if plan.lines is not None
    )
    own = national_access_cost(case, structure, nation) + effect_cost(case, structure, nation)
    return own + licence_fees(case, structure, nation) + lines


@remembered
def late_own_cost(case: Case, structure: Structure, nation: str) -> int:
    """Million in the second period that the nation bears alone: units, support, outside options, gaps."""
    units = sum(production_cost(case, structure, pillar, nation) for pillar in structure.pillars)
    return units + needs_cost(case, structure, nation)


def later_cost(case: Case, structure: Structure, nation: str) -> Fraction:
    """Million: what the nation bears alone later, and its payments into later pools, less levies."""
    paid = Fraction(late_own_cost(case, structure, nation)) - levies(case, structure, nation)
    for pillar, plan in structure.pillars.items():
        for phase in shared_phases(case, pillar)[1:]:
            paid += payments(case, pillar, plan, phase).get(nation, 0)
    return paid


def development_cost(case: Case, structure: Structure, nation: str) -> Fraction:
    """Million: the nation's payments into development pools, and what it bears alone in the first period."""
    paid = Fraction(early_own_cost(case, structure, nation))
    for pillar, plan in structure.pillars.items():
        paid += payments(case, pillar, plan).get(nation, 0)
    return paid


def national_cost(case: Case, structure: Structure, nation: str) -> Fraction:
    """Million: everything that the nation's treasury pays."""
    return development_cost(case, structure, nation) + later_cost(case, structure, nation)


def cost_items(case: Case, structure: Structure, nation: str) -> list[tuple[str, Fraction]]:
    """Return (item, million) of everything that the nation's treasury pays; they sum to its cost, none is 0.

    Pools by phase; what it bears alone: access, licences, effects and its own line (``own``), units and their
    support (``units``), outside options and gaps (``outside``); levies on exports, which it gets, below 0.
    """
    needs = needs_cost(case, structure, nation)
    items: dict[str, Fraction] = {}
    for pillar, plan in structure.pillars.items():
        for phase in shared_phases(case, pillar):
            paid = payments(case, pillar, plan, phase).get(nation, 0)
            items[phase] = items.get(phase, Fraction(0)) + paid
    items["own"] = Fraction(early_own_cost(case, structure, nation))
    items["units"] = Fraction(late_own_cost(case, structure, nation) - needs)
    items["outside"] = Fraction(needs)
    items["levies"] = -Fraction(levies(case, structure, nation))
    return [(item, million) for item, million in items.items() if million]


def programme_cost(case: Case, structure: Structure) -> int:
    """Million: everything that all treasuries pay, less levies on exports."""
    pools = sum(
        pool(case, pillar, plan, phase)
        for pillar, plan in structure.pillars.items()
        for phase in shared_phases(case, pillar)
    )
    own = (
        early_own_cost(case, structure, nation) + late_own_cost(case, structure, nation)
        for nation in case.nations
    )
    return pools + sum(own) - all_levies(case, structure)


def early_own_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of :func:`early_own_cost`."""

    def build() -> Expression:
        lines = [
            (set_up_cost(case, pillar, name, nation), x.line(pillar, name))
            for pillar in sorted(case.pillars)
            for name in configurations(case, pillar)
        ]
        own = access_expression(case, x, nation) + effect_expression(case, x, nation)
        own = own + licence_fees_expression(case, x, nation)
        return own + x.total((cost, chosen) for cost, chosen in lines if cost)

    return x.once(("early", nation), build)


def late_own_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of :func:`late_own_cost`."""

    def build() -> Expression:
        bought = (production_expression(case, x, pillar, nation) for pillar in sorted(case.pillars))
        units = x.total((1, each) for each in bought)
        return defined(x, ("later", nation), units + needs_expression(case, x, nation))

    return x.once(("later", nation), build)


def later_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of :func:`later_cost` (real-valued where later pools are shared)."""
    paid = [
        payment_expression(case, x, pillar, phase, nation)
        for pillar in sorted(case.pillars)
        for phase in shared_phases(case, pillar)[1:]
    ]
    own = late_own_expression(case, x, nation) - levy_expression(case, x, nation)
    return own + x.total((1, each) for each in paid)


def development_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of :func:`development_cost` (real-valued)."""
    paid = x.total(
        (1, payment_expression(case, x, pillar, "development", nation)) for pillar in sorted(case.pillars)
    )
    return paid + early_own_expression(case, x, nation)


def cost_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of :func:`national_cost` (real-valued)."""
    return development_expression(case, x, nation) + later_expression(case, x, nation)


def programme_expression(case: Case, x: Symbols) -> Expression:
    """Symbolic twin of :func:`programme_cost`."""
    pools = x.total(
        (1, pool_expression(case, x, pillar, phase))
        for pillar in sorted(case.pillars)
        for phase in shared_phases(case, pillar)
    )
    own = x.total(
        (1, part)
        for nation in sorted(case.nations)
        for part in (early_own_expression(case, x, nation), late_own_expression(case, x, nation))
    )
    return pools + own - all_levies_expression(case, x)


def at_most_literal(case: Case, x: Symbols, nation: str, ceiling: Fraction) -> Expression:
    """1 exactly if the nation's cost is at most the ceiling."""
    step = finest_step(case) / ceiling.denominator
    return at_most(x, cost_expression(case, x, nation), ceiling, step)


def less_than_literal(case: Case, x: Symbols, nation: str, ceiling: Fraction) -> Expression:
    """1 exactly if the nation's cost is below the ceiling."""
    step = finest_step(case) / ceiling.denominator
    return at_most(x, cost_expression(case, x, nation), ceiling - step, step)


def finest_step(case: Case) -> Fraction:
    """Million: national costs that differ do so by at least this much.

    A payment into a pool is a whole number of million over one of its possible denominators; the sum over
    pools lies on the common grid of these.
    """
    grids = list(_grids(case))
    by_product = math.prod(max(grid) for grid in grids)
    by_multiple = math.lcm(*(number for grid in grids for number in grid))
    return Fraction(1, min(by_product, by_multiple))


def cost_denominator(case: Case) -> int:
    """Return what makes every national cost whole when multiplied by it: 6 with up to three equal bearers."""
    return math.lcm(*(number for grid in _grids(case) for number in grid))


def _grids(case: Case) -> Iterator[list[int]]:
    for pillar in sorted(case.pillars):
        for phase in shared_phases(case, pillar):
            yield list(denominators(case, pillar, phase)) or [1]
        yield list(levy_denominators(case, pillar))
