"""Effective partners: the sum of the partner weights of a pillar's members."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from procure_opt.case.model import Case
from procure_opt.structure.structure import PillarPlan

from .coalitions import Coalition, open_tiers, seated, sorted_out
from .logic import at_least
from .symbols import Expression, Symbols


def effective_partners(case: Case, pillar: str, plan: PillarPlan) -> Fraction:
    """Sum of kappa over the members (core 1, associate 1/4 to 1/2, buyer 0)."""
    tiers = case.pillars[pillar].tiers
    return sum((tiers[tier].partner_weight.exact for tier in plan.tiers.values()), Fraction(0))


def possible_sums(case: Case, pillar: str) -> tuple[Fraction, ...]:
    """Every number of effective partners that some membership has, rising."""
    tiers = case.pillars[pillar].tiers
    sums = {Fraction(0)}
    for nation in sorted(case.nations):
        weights = {tiers[tier].partner_weight.exact for tier in open_tiers(case, pillar, nation)}
        sums |= {total + weight for total in sums for weight in weights}
    return tuple(sorted(sums))


def partner_literals(case: Case, x: Symbols, pillar: str) -> dict[Fraction, Expression]:
    """Return a literal per possible number of effective partners; exactly one is 1 if the pillar exists."""
    return x.once(("partners", pillar), lambda: _build(case, x, pillar))


def _build(case: Case, x: Symbols, pillar: str) -> dict[Fraction, Expression]:
    def size(coalition: Coalition) -> Fraction:
        return effective_partners(case, pillar, seated(pillar, coalition).pillars[pillar])

    exact = sorted_out(case, x, pillar, size)
    return _counted(case, x, pillar) if exact is None else dict(sorted(exact.items()))


def _counted(case: Case, x: Symbols, pillar: str) -> dict[Fraction, Expression]:
    """The same without a column per coalition: whether each number is reached has rows of its own."""
    tiers = case.pillars[pillar].tiers
    scale = _common_denominator([tier.partner_weight.exact for tier in tiers.values()])
    weighed = x.total(
        (int(tiers[tier].partner_weight.exact * scale), x.tier(nation, pillar, tier))
        for nation in sorted(case.nations)
        for tier in open_tiers(case, pillar, nation)
    )
    sums = possible_sums(case, pillar)
    reached = [x.exists(pillar), *(at_least(x, weighed, int(total * scale)) for total in sums[1:]), 0]
    return {
        total: x.total([(1, here), (-1, beyond)])
        for total, (here, beyond) in zip(sums, pairwise(reached), strict=True)
    }


def _common_denominator(weights: list[Fraction]) -> int:
    scale = 1
    for weight in weights:
        scale *= (weight * scale).denominator
    return scale
