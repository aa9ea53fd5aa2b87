"""What a tier asks of its members: least offtake, and least and most work.

Work is in reference prices; percentages are of the sum over all packages of the pillar.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from procure_opt.accounts.sharing import contribution
from procure_opt.accounts.symbols import Expression, Row, Symbols
from procure_opt.accounts.units import unit_literals, units
from procure_opt.accounts.workshare import reference_value, work_expression, work_in_hundredths
from procure_opt.case.model import Case
from procure_opt.case.pillars import TierWork
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def _least_units(case: Case, pillar: str, tier: str) -> int:
    least = case.pillars[pillar].tiers[tier].min_offtake
    return 0 if least is None else least.whole


def _work_terms(case: Case, pillar: str, tier: str) -> TierWork | None:
    work = case.pillars[pillar].tiers[tier].work
    return work if work is not None and case.applies(work.id) else None


def _least(case: Case, pillar: str, tier: str, work: TierWork) -> int | None:
    """Hundredths of a million that a member must do, rounded up to whole ones."""
    if work.min_percent is None:
        return None
    return -int(-work.min_percent.exact * reference_value(case, pillar) // 1)


def _most(case: Case, pillar: str, tier: str, work: TierWork) -> int | None:
    """Hundredths of a million that a member may do, rounded down to whole ones."""
    caps: list[Fraction] = []
    if work.max_percent is not None:
        caps.append(work.max_percent.exact * reference_value(case, pillar))
    if work.at_most_contribution:
        caps.append(100 * contribution(case, pillar, tier))
    return int(min(caps) // 1) if caps else None


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield members that buy too little, work too little or work too much for their tier."""
    for pillar, plan in structure.pillars.items():
        for nation, tier in plan.tiers.items():
            if units(case, pillar, plan, nation) < _least_units(case, pillar, tier):
                yield Violation("tier_terms", f"{nation} buys too few units for tier {tier} of {pillar}")
            if (terms := _work_terms(case, pillar, tier)) is None:
                continue
            work = work_in_hundredths(case, pillar, plan, nation)
            least, most = _least(case, pillar, tier, terms), _most(case, pillar, tier, terms)
            if least is not None and work < least:
                yield Violation(
                    "tier_terms", f"{nation} has too little work for tier {tier} of {pillar}", terms.id
                )
            if most is not None and work > most:
                yield Violation(
                    "tier_terms", f"{nation} has too much work for tier {tier} of {pillar}", terms.id
                )


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield the same as rows; work is bounded only where the tier is taken."""
    for pillar, stated in sorted(case.pillars.items()):
        for tier in sorted(stated.tiers):
            for nation in sorted(case.nations):
                taken = x.tier(nation, pillar, tier)
                if isinstance(taken, int) and taken == 0:
                    continue
                if least := _least_units(case, pillar, tier):
                    bought = x.total(unit_literals(case, x, pillar, nation).items())
                    enough = x.total([(1, bought), (-least, taken)]) >= 0
                    yield Row(enough, f"{nation} buys enough units for tier {tier} of {pillar}")
                yield from _work_rows(case, x, pillar, tier, nation, taken)


def _work_rows(
    case: Case, x: Symbols, pillar: str, tier: str, nation: str, taken: Expression
) -> Iterator[Row]:
    if (terms := _work_terms(case, pillar, tier)) is None:
        return
    work = work_expression(case, x, pillar, nation)
    least, most = _least(case, pillar, tier, terms), _most(case, pillar, tier, terms)
    if least is not None:
        yield Row(work >= least * taken, f"{nation} has enough work for tier {tier} of {pillar}", terms.id)
    all_work = 100 * reference_value(case, pillar)
    if most is not None and most < all_work:
        cap = all_work + (most - all_work) * taken
        yield Row(work <= cap, f"{nation} has no more work than tier {tier} of {pillar} allows", terms.id)
