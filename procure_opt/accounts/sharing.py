"""Who pays the development pool: fixed contributions first, the rest by the pillar's rule.

Payments are exact fractions of a million and always sum to the pool. A member whose tier states a
contribution pays just that; the others bear the rest: equally (``equal``, ``tier_fixed`` with
``core_equally``), by stated percentages (``fixed``), or one nation alone (``tier_fixed`` with a nation,
as the United States in the F-35).
"""

from __future__ import annotations

import math
from fractions import Fraction

from procure_opt.case.model import Case
from procure_opt.case.pillars import Fixed, TierFixed
from procure_opt.structure.structure import PillarPlan

from .coalitions import sorted_out
from .development import pool, pool_expression
from .logic import gated
from .symbols import Expression, Symbols, at_tiers

CORE_EQUALLY = "core_equally"


def bearing_tiers(case: Case, pillar: str) -> tuple[str, ...]:
    """Tiers without a fixed contribution: they bear what is left."""
    tiers = case.pillars[pillar].tiers
    return tuple(sorted(name for name, tier in tiers.items() if tier.contribution is None))


def sole_bearer(case: Case, pillar: str) -> str | None:
    """Return the nation that alone bears the rest, if the rule names one."""
    rule = case.pillars[pillar].cost_sharing.development
    named = isinstance(rule, TierFixed) and rule.residual != CORE_EQUALLY
    return rule.residual if isinstance(rule, TierFixed) and named else None


def contribution(case: Case, pillar: str, tier: str) -> Fraction:
    """Million: the tier's fixed contribution (0 where it bears the rest)."""
    stated = case.pillars[pillar].tiers[tier].contribution
    return Fraction(0) if stated is None else stated.exact


def payments(
    case: Case, pillar: str, plan: PillarPlan, amount: Fraction | None = None
) -> dict[str, Fraction]:
    """Return what each member pays; ``amount`` shares another sum than the pool (reference prices, say)."""
    whole = Fraction(pool(case, pillar, plan)) if amount is None else amount
    paid = {nation: contribution(case, pillar, tier) for nation, tier in sorted(plan.tiers.items())}
    rest = whole - sum(paid.values())
    for nation, part in _parts(case, pillar, plan).items():
        paid[nation] += rest * part
    return paid


def _parts(case: Case, pillar: str, plan: PillarPlan) -> dict[str, Fraction]:
    rule = case.pillars[pillar].cost_sharing.development
    alone = sole_bearer(case, pillar)
    if alone is not None:
        return {alone: Fraction(1)} if alone in plan.tiers else {}
    bearers = plan.members(bearing_tiers(case, pillar))
    if isinstance(rule, Fixed):
        return {nation: stated_percent(rule, nation) / 100 for nation in bearers}
    return {nation: Fraction(1, len(bearers)) for nation in bearers}


def stated_percent(rule: Fixed, nation: str) -> Fraction:
    """Percent that the ``fixed`` rule gives the nation (0 if it does not name it)."""
    return rule.percent[nation].exact if nation in rule.percent else Fraction(0)


def bears(case: Case, x: Symbols, pillar: str, nation: str) -> Expression:
    """1 if the nation is a member at a bearing tier."""
    return at_tiers(x, nation, pillar, bearing_tiers(case, pillar))


def bearer_counts(case: Case, x: Symbols, pillar: str) -> dict[int, Expression]:
    """Return a literal per possible number of bearers; exactly one is 1 (that of 0 if nobody bears)."""
    return x.once(("bearers", pillar), lambda: _counts(case, x, pillar))


def _counts(case: Case, x: Symbols, pillar: str) -> dict[int, Expression]:
    bearing = bearing_tiers(case, pillar)
    exact = sorted_out(
        case, x, pillar, lambda coalition: sum(tier in bearing for _, tier in coalition) or None
    )
    if exact is not None:
        return {0: 1 - x.total((1, literal) for literal in exact.values())} | dict(sorted(exact.items()))
    nations = sorted(case.nations)
    literals = {c: x.column(("bearers", pillar, c), 0, 1, whole=True) for c in range(len(nations) + 1)}
    x.require(x.total((1, literal) for literal in literals.values()) == 1)
    x.require(x.total(literals.items()) == x.total((1, bears(case, x, pillar, n)) for n in nations))
    return literals


def payment_expression(case: Case, x: Symbols, pillar: str, nation: str) -> Expression:
    """Symbolic twin of :func:`payments` for one nation (a real-valued expression)."""
    return x.once(("payment", pillar, nation), lambda: _payment(case, x, pillar, nation))


def _payment(case: Case, x: Symbols, pillar: str, nation: str) -> Expression:
    tiers = sorted(case.pillars[pillar].tiers)
    fixed = x.total((contribution(case, pillar, tier), x.tier(nation, pillar, tier)) for tier in tiers)
    rest = rest_expression(case, x, pillar)
    rule = case.pillars[pillar].cost_sharing.development
    alone = sole_bearer(case, pillar)
    if alone is not None:
        return fixed + rest if alone == nation else fixed
    if isinstance(rule, Fixed):
        part, scale = stated_percent(rule, nation) / 100, _contribution_grid(case, pillar)
        if not part:
            return fixed
        whole = gated(x, x.total([(scale, rest)]), bears(case, x, pillar, nation))
        return x.total([(1, fixed), (part / scale, whole)])
    whole = gated(x, _equal_part(case, x, pillar), bears(case, x, pillar, nation))
    return x.total([(1, fixed), (Fraction(1, _part_grid(case, pillar)), whole)])


def rest_expression(case: Case, x: Symbols, pillar: str) -> Expression:
    """Million left after fixed contributions."""
    tiers = sorted(case.pillars[pillar].tiers)
    contributed = x.total(
        (contribution(case, pillar, tier), x.tier(nation, pillar, tier))
        for nation in sorted(case.nations)
        for tier in tiers
    )
    return pool_expression(case, x, pillar) - contributed


MOST_FINE = 10_000


def _contribution_grid(case: Case, pillar: str) -> int:
    """Return what makes every fixed contribution whole when multiplied by it."""
    return math.lcm(*(contribution(case, pillar, tier).denominator for tier in case.pillars[pillar].tiers))


def _part_grid(case: Case, pillar: str) -> int:
    """Return what makes every equal part whole, too; just 1 where that would be a very large number."""
    grid = math.lcm(_contribution_grid(case, pillar), *range(1, len(case.nations) + 1))
    grid *= _contribution_grid(case, pillar)
    return grid if grid <= MOST_FINE else 1


def _equal_part(case: Case, x: Symbols, pillar: str) -> Expression:
    """One bearer's part of the rest on a whole grid, the same for all: ``count * part = grid * rest``.

    Whole on purpose: highspy 1.15.1 has taken a fractional column between whole ones for whole and called
    feasible programs infeasible.
    """

    def build() -> Expression:
        rest = x.total([(_part_grid(case, pillar), rest_expression(case, x, pillar))])
        low, high = x.bounds(rest)
        part = x.column(("part", pillar), min(low, 0), max(high, 0))
        for count, literal in bearer_counts(case, x, pillar).items():
            if count:
                slack_up, slack_down = count * max(high, 0) - low, high - count * min(low, 0)
                x.require(count * part - rest <= slack_up * (1 - literal))
                x.require(rest - count * part <= slack_down * (1 - literal))
        return part

    return x.once(("part", pillar), build)
