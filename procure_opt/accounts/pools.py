"""Pools: what a pillar's members have to share, phase by phase (million).

Work at its cost where it is done (in development times expected growth); a premium per extra holder; civil
suppliers at their price; and in development coordination by effective partners, variants, the rights
regime's own cost and pooled lines. Each constant is rounded once.
Sources: RAND MG-1225 and NATO SAS-090 (growth, variants), Hartley & Braddon 2014 (governance).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Context, Decimal
from fractions import Fraction

from procure_opt.case.model import Case
from procure_opt.case.packages import Phase, WorkPackage
from procure_opt.structure.arrangements import CIVIL, EFFECT, NONE, Arrangement
from procure_opt.structure.structure import PillarPlan, Structure

from .lines import configurations, pooled_set_up
from .partners import effective_partners, partner_literals
from .remembered import remembered
from .rounding import half_up
from .symbols import Expression, Symbols, defined
from .workshare import reference_value

_PRECISE = Context(prec=60)


PHASES: tuple[Phase, ...] = ("development", "production", "support")


@functools.lru_cache(maxsize=65536)
def arrangement_cost(case: Case, pillar: str, package: str, arrangement: Arrangement) -> int:
    """Million for doing the package in this way, whoever pays it."""
    stated = case.pillars[pillar].packages[package]
    if arrangement.mode == NONE:
        return 0
    if arrangement.mode == CIVIL:
        return 0 if stated.civil is None else half_up(stated.civil.price.exact)
    index = sum(
        (
            Fraction(percent)
            * (stated.cost_index_percent[nation].exact if nation in stated.cost_index_percent else 100)
            for nation, percent in arrangement.shares
        ),
        Fraction(0),
    )
    grows = case.pillars[pillar].growth.exact if stated.phase == "development" else Fraction(1)
    work = stated.value.exact * index / 10_000 * grows
    extra_holders = len(arrangement.shares) - 1
    premium = stated.value.exact * stated.split_premium_percent.exact / 100 * extra_holders
    return half_up(work + premium)


def effect_cost(case: Case, structure: Structure, nation: str) -> int:
    """Million that the nation pays for effects that it gives the others at its own expense."""
    return sum(
        arrangement_cost(case, pillar, package, way)
        for pillar, plan in structure.pillars.items()
        for package, way in plan.packages.items()
        if way.mode == EFFECT and nation in way.leads
    )


def effect_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of :func:`effect_cost`."""
    return x.total(
        (arrangement_cost(case, pillar, package, way), column)
        for pillar, stated in sorted(case.pillars.items())
        for package in sorted(stated.packages)
        for way, column in x.arrangements(pillar, package)
        if way.mode == EFFECT and nation in way.leads
    )


@remembered
def packages_of(case: Case, pillar: str, phase: Phase) -> Mapping[str, WorkPackage]:
    """Return the packages of a phase, sorted by name."""
    stated = case.pillars[pillar].packages
    return {name: stated[name] for name in sorted(stated) if stated[name].phase == phase}


def development_value(case: Case, pillar: str) -> int:
    """Million: reference value of the development packages, on which governance and variants are reckoned."""
    return reference_value(case, pillar, packages_of(case, pillar, "development"))


@remembered
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
    return half_up(Fraction(excess) * development_value(case, pillar))


@remembered
def variant_cost(case: Case, pillar: str, variant: str) -> int:
    """Million of development that the variant adds."""
    percent = case.pillars[pillar].variants[variant].development_percent.exact
    return half_up(percent / 100 * development_value(case, pillar))


@remembered
def regime_cost(case: Case, pillar: str, regime: str) -> int:
    """Million that the rights regime itself adds to the pool."""
    return half_up(case.pillars[pillar].rights[regime].cost.exact)


def pool(case: Case, pillar: str, plan: PillarPlan, phase: Phase = "development") -> int:
    """Million: what the pillar's members have to share in a phase."""
    ways = {name: plan.packages[name] for name in packages_of(case, pillar, phase)}
    work = sum(arrangement_cost(case, pillar, name, way) for name, way in ways.items() if way.mode != EFFECT)
    if phase != "development":
        return work
    governance = coordination_cost(case, pillar, effective_partners(case, pillar, plan))
    variants = sum(variant_cost(case, pillar, name) for name in plan.variants)
    lines = 0 if plan.lines is None else pooled_set_up(case, pillar, plan.lines)
    return work + governance + variants + regime_cost(case, pillar, plan.regime) + lines


def pool_expression(case: Case, x: Symbols, pillar: str, phase: Phase = "development") -> Expression:
    """Symbolic twin of :func:`pool`; 0 if the pillar does not exist."""
    return x.once(("pool", pillar, phase), lambda: _build(case, x, pillar, phase))


def _build(case: Case, x: Symbols, pillar: str, phase: Phase) -> Expression:
    stated = case.pillars[pillar]
    terms = [
        (arrangement_cost(case, pillar, name, way), column)
        for name in packages_of(case, pillar, phase)
        for way, column in x.arrangements(pillar, name)
        if way.mode != EFFECT
    ]
    if phase != "development":
        return defined(x, ("pool", pillar, phase), x.total((cost, term) for cost, term in terms if cost))
    terms += [(variant_cost(case, pillar, name), x.variant(pillar, name)) for name in sorted(stated.variants)]
    terms += [(regime_cost(case, pillar, name), x.regime(pillar, name)) for name in sorted(stated.rights)]
    for name in configurations(case, pillar):
        terms.append((pooled_set_up(case, pillar, name), x.line(pillar, name)))
    if _governance_varies(case, pillar):
        by_partners = partner_literals(case, x, pillar)
        terms += [(coordination_cost(case, pillar, m), literal) for m, literal in by_partners.items()]
    return defined(x, ("pool", pillar), x.total((cost, term) for cost, term in terms if cost))


def _governance_varies(case: Case, pillar: str) -> bool:
    stated = case.pillars[pillar].coordination
    return stated.table is not None or bool(stated.gamma and stated.gamma.value)
