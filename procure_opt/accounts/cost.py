"""Cost (million, constant prices): expected gross outlay of all treasuries, and of each.

Programme cost is the sum of pools and own costs, never of rounded payments; a nation's cost is its
payments (exact fractions) plus its own costs. Fiscal return is never netted.
"""

from __future__ import annotations

import math
from fractions import Fraction

from procure_opt.case.model import Case
from procure_opt.case.pillars import Fixed
from procure_opt.structure.structure import Structure

from .access import access_expression, national_access_cost
from .development import pool, pool_expression
from .gaps import needs_cost, needs_expression
from .logic import at_most
from .production import production_cost, production_expression
from .sharing import contribution, payment_expression, payments, sole_bearer
from .symbols import Expression, Symbols, defined


def later_cost(case: Case, structure: Structure, nation: str) -> int:
    """Million: production and support of its units, outside options, gaps."""
    units = sum(production_cost(case, structure, pillar, nation) for pillar in structure.pillars)
    return units + needs_cost(case, structure, nation)


def development_cost(case: Case, structure: Structure, nation: str) -> Fraction:
    """Million: the nation's payments into development pools, and its access costs."""
    paid = Fraction(national_access_cost(case, structure, nation))
    for pillar, plan in structure.pillars.items():
        paid += payments(case, pillar, plan).get(nation, 0)
    return paid


def national_cost(case: Case, structure: Structure, nation: str) -> Fraction:
    """Million: everything that the nation's treasury pays."""
    return development_cost(case, structure, nation) + later_cost(case, structure, nation)


def programme_cost(case: Case, structure: Structure) -> int:
    """Million: everything that all treasuries pay."""
    pools = sum(pool(case, pillar, plan) for pillar, plan in structure.pillars.items())
    own = (
        national_access_cost(case, structure, nation) + later_cost(case, structure, nation)
        for nation in case.nations
    )
    return pools + sum(own)


def own_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Whole million that the nation pays outside the pools."""
    return access_expression(case, x, nation) + later_expression(case, x, nation)


def later_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of :func:`later_cost`."""
    return x.once(("later", nation), lambda: defined(x, ("later", nation), _later(case, x, nation)))


def _later(case: Case, x: Symbols, nation: str) -> Expression:
    units = x.total((1, production_expression(case, x, pillar, nation)) for pillar in sorted(case.pillars))
    return units + needs_expression(case, x, nation)


def development_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of :func:`development_cost` (real-valued)."""
    paid = x.total((1, payment_expression(case, x, pillar, nation)) for pillar in sorted(case.pillars))
    return paid + access_expression(case, x, nation)


def cost_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of :func:`national_cost` (real-valued)."""
    return development_expression(case, x, nation) + later_expression(case, x, nation)


def programme_expression(case: Case, x: Symbols) -> Expression:
    """Symbolic twin of :func:`programme_cost`."""
    pools = x.total((1, pool_expression(case, x, pillar)) for pillar in sorted(case.pillars))
    return pools + x.total((1, own_expression(case, x, nation)) for nation in sorted(case.nations))


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

    With ``c`` bearers a part is a whole number of million over ``c``; the sum over pillars lies on the
    common grid of these.
    """
    grids = [_pillar_grids(case, pillar) for pillar in sorted(case.pillars)]
    by_product = math.prod(max(grid) for grid in grids)
    by_multiple = math.lcm(*(number for grid in grids for number in grid))
    return Fraction(1, min(by_product, by_multiple))


def _pillar_grids(case: Case, pillar: str) -> list[int]:
    """Return every denominator that a payment into the pillar's pool can have."""
    fixed = math.lcm(*(contribution(case, pillar, tier).denominator for tier in case.pillars[pillar].tiers))
    rule = case.pillars[pillar].cost_sharing.development
    if sole_bearer(case, pillar) is not None:
        return [fixed]
    if isinstance(rule, Fixed):
        return [fixed * math.lcm(*((share.exact / 100).denominator for share in rule.percent.values()))]
    return [fixed * count for count in range(1, len(case.nations) + 1)]
