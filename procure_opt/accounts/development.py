"""Development: the pool that a pillar's members share (million).

Work at its cost where it is done, times expected growth; a premium per extra holder; coordination by
effective partners; variants; the rights regime's own cost. Each constant is rounded once.
Sources: RAND MG-1225 and NATO SAS-090 (growth, variants), Hartley & Braddon 2014 (governance).
"""

from __future__ import annotations

import functools
from decimal import Context, Decimal
from fractions import Fraction

from procure_opt.case.model import Case
from procure_opt.structure.arrangements import Arrangement
from procure_opt.structure.structure import PillarPlan

from .partners import effective_partners, partner_literals
from .rounding import half_up
from .symbols import Expression, Symbols, defined
from .workshare import reference_value

_PRECISE = Context(prec=60)


@functools.lru_cache(maxsize=65536)
def arrangement_cost(case: Case, pillar: str, package: str, arrangement: Arrangement) -> int:
    """Million into the pool for doing the package in this way."""
    stated = case.pillars[pillar].packages[package]
    index = sum(
        (
            Fraction(percent)
            * (stated.cost_index_percent[nation].exact if nation in stated.cost_index_percent else 100)
            for nation, percent in arrangement.shares
        ),
        Fraction(0),
    )
    work = stated.value.exact * index / 10_000 * case.pillars[pillar].growth.exact
    extra_holders = len(arrangement.shares) - 1
    premium = stated.value.exact * stated.split_premium_percent.exact / 100 * extra_holders
    return half_up(work + premium)


@functools.lru_cache(maxsize=4096)
def coordination_cost(case: Case, pillar: str, partners: Fraction) -> int:
    """Million that governance by this many effective partners costs; nothing for one or less."""
    stated = case.pillars[pillar].coordination
    if stated.table is not None:
        reached = [step for step in stated.table if step.partners.exact <= partners]
        return half_up(max(reached, key=lambda step: step.partners.exact).million.exact) if reached else 0
    if stated.gamma is None or partners <= 1:
        return 0
    size = _PRECISE.divide(Decimal(partners.numerator), Decimal(partners.denominator))
    excess = _PRECISE.power(size, stated.gamma.value) - 1
    return half_up(Fraction(excess) * reference_value(case, pillar))


def variant_cost(case: Case, pillar: str, variant: str) -> int:
    """Million of development that the variant adds."""
    percent = case.pillars[pillar].variants[variant].development_percent.exact
    return half_up(percent / 100 * reference_value(case, pillar))


def regime_cost(case: Case, pillar: str, regime: str) -> int:
    """Million that the rights regime itself adds to the pool."""
    return half_up(case.pillars[pillar].rights[regime].cost.exact)


def pool(case: Case, pillar: str, plan: PillarPlan) -> int:
    """Million: what the pillar's members have to share in development."""
    work = sum(
        arrangement_cost(case, pillar, name, plan.packages[name]) for name in case.pillars[pillar].packages
    )
    governance = coordination_cost(case, pillar, effective_partners(case, pillar, plan))
    variants = sum(variant_cost(case, pillar, name) for name in plan.variants)
    return work + governance + variants + regime_cost(case, pillar, plan.regime)


def pool_expression(case: Case, x: Symbols, pillar: str) -> Expression:
    """Symbolic twin of :func:`pool`; 0 if the pillar does not exist."""
    return x.once(("pool", pillar), lambda: _build(case, x, pillar))


def _build(case: Case, x: Symbols, pillar: str) -> Expression:
    stated = case.pillars[pillar]
    terms = [
        (arrangement_cost(case, pillar, name, arrangement), column)
        for name in sorted(stated.packages)
        for arrangement, column in x.arrangements(pillar, name)
    ]
    terms += [(variant_cost(case, pillar, name), x.variant(pillar, name)) for name in sorted(stated.variants)]
    terms += [(regime_cost(case, pillar, name), x.regime(pillar, name)) for name in sorted(stated.rights)]
    if _governance_varies(case, pillar):
        by_partners = partner_literals(case, x, pillar)
        terms += [(coordination_cost(case, pillar, m), literal) for m, literal in by_partners.items()]
    return defined(x, ("pool", pillar), x.total((cost, term) for cost, term in terms if cost))


def _governance_varies(case: Case, pillar: str) -> bool:
    stated = case.pillars[pillar].coordination
    return stated.table is not None or bool(stated.gamma and stated.gamma.value)
