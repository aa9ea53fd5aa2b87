"""Negotiated cost shares: bearing members only, within the bounds of their tier."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from procure_opt.accounts.sharing import bearing_tiers, bears, rule_of, shared_phases
from procure_opt.accounts.symbols import Row, Symbols
from procure_opt.case.model import Case
from procure_opt.case.packages import Phase
from procure_opt.case.pillars import Negotiated
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation

HUNDRED = 100


def _negotiated(case: Case) -> Iterator[tuple[str, Phase, Negotiated]]:
    for pillar in sorted(case.pillars):
        for phase in shared_phases(case, pillar):
            rule = rule_of(case, pillar, phase)
            if isinstance(rule, Negotiated):
                yield pillar, phase, rule


def _bounds(rule: Negotiated, tier: str) -> tuple[Fraction, Fraction]:
    """Least and largest percent of a member at the tier."""
    stated = rule.tiers.get(tier)
    if stated is None:
        return Fraction(0), Fraction(HUNDRED)
    return stated.min_percent.exact, stated.max_percent.exact


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield shares of nations that bear nothing, and shares out of the tier's bounds."""
    for pillar, phase, rule in _negotiated(case):
        plan = structure.pillars.get(pillar)
        if plan is None:
            continue
        bearing = bearing_tiers(case, pillar, phase)
        agreed = plan.cost_percent.get(phase, {})
        for nation in sorted(set(agreed) - set(plan.members(bearing))):
            yield Violation("negotiation", f"{nation} has a share of {pillar} ({phase}) but bears nothing")
        for nation in plan.members(bearing):
            low, high = _bounds(rule, plan.tiers[nation])
            if not low <= agreed.get(nation, 0) <= high:
                text = (
                    f"{nation} bears {agreed.get(nation, 0)} % of {pillar} ({phase}), not {low} to {high} %"
                )
                yield Violation("negotiation", text)


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield: one share at most, of bearing members, within the bounds of the tier taken."""
    for pillar, phase, rule in _negotiated(case):
        for nation in sorted(case.nations):
            shares = x.cost_shares(pillar, phase, nation)
            bearing = bears(case, x, pillar, nation, phase)
            one = x.total((1, column) for _, column in shares)
            yield Row(one <= bearing, f"{nation} has one share of {pillar} if it bears it")
            percent = x.total(shares)
            for tier in bearing_tiers(case, pillar, phase):
                taken = x.tier(nation, pillar, tier)
                if isinstance(taken, int) and taken == 0:
                    continue
                low, high = _bounds(rule, tier)
                reason = f"{nation}'s share of {pillar} keeps to the bounds of tier {tier}"
                if low > 0:
                    yield Row(x.total([(1, percent), (-low, taken)]) >= 0, reason)
                if high < HUNDRED:
                    yield Row(x.total([(1, percent), (HUNDRED - high, taken)]) <= HUNDRED, reason)
