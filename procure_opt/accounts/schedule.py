"""When a pillar's product enters service: planned year, delay by effective partners and by variants."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from fractions import Fraction

from procure_opt.case.model import Case
from procure_opt.structure.structure import PillarPlan

from .partners import effective_partners, partner_literals, possible_sums
from .symbols import Expression, Symbols

MONTHS = 12
MOST_COMBINATIONS = 64
"""Ways in which partners and variants make a delay, up to which each delay is defined by itself."""


def delay_by_partners(case: Case, pillar: str, partners: Fraction) -> int:
    """Months of delay with this many effective partners: the last step of the table that applies."""
    service = case.pillars[pillar].service
    steps = service.delays if service else ()
    reached = [step for step in steps if step.partners.exact <= partners]
    return max(reached, key=lambda step: step.partners.exact).months.whole if reached else 0


def delay(case: Case, pillar: str, plan: PillarPlan) -> int:
    """Months by which service entry is later than planned."""
    variants = case.pillars[pillar].variants
    by_variants = sum(variants[name].delay_months.whole for name in plan.variants)
    return delay_by_partners(case, pillar, effective_partners(case, pillar, plan)) + by_variants


def months_after(case: Case, pillar: str, delay_months: int, year: int) -> int:
    """Months from the start of ``year`` until service entry; negative if it is earlier.

    Without a stated service year the product is in time for everything.
    """
    service = case.pillars[pillar].service
    return 0 if service is None else MONTHS * (service.year.whole - year) + delay_months


def delay_literals(case: Case, x: Symbols, pillar: str) -> dict[int, Expression]:
    """Return a literal per possible delay in months; exactly one is 1 if the pillar exists."""
    return x.once(("delays", pillar), lambda: _build(case, x, pillar))


def _build(case: Case, x: Symbols, pillar: str) -> dict[int, Expression]:
    stated = case.pillars[pillar].variants
    slow = {
        name: variant.delay_months.whole
        for name, variant in sorted(stated.items())
        if variant.delay_months.whole
    }
    by_partners = {m: delay_by_partners(case, pillar, m) for m in possible_sums(case, pillar)}
    chosen = itertools.chain.from_iterable(
        itertools.combinations(slow, size) for size in range(len(slow) + 1)
    )
    sums = {sum(slow[name] for name in names) for names in chosen}
    possible = sorted({a + b for a in set(by_partners.values()) for b in sums})
    if len(possible) == 1:
        return {possible[0]: x.exists(pillar)}
    if not slow:
        reached_by = partner_literals(case, x, pillar).items()
        return {d: x.total((1, lit) for m, lit in reached_by if by_partners[m] == d) for d in possible}
    literals = {months: x.column(("delay", pillar, months), 0, 1, whole=True) for months in possible}
    x.require(x.total((1, literal) for literal in literals.values()) == x.exists(pillar))
    reached = [
        (by_partners[m], lit) for m, lit in partner_literals(case, x, pillar).items() if by_partners[m]
    ]
    reached += [(months, x.variant(pillar, name)) for name, months in slow.items()]
    x.require(x.total(literals.items()) == x.total(reached))
    if len(by_partners) * 2 ** len(slow) <= MOST_COMBINATIONS:
        _define_each(case, x, pillar, slow, by_partners, literals)
    return literals


def _define_each(
    case: Case,
    x: Symbols,
    pillar: str,
    slow: Mapping[str, int],
    by_partners: Mapping[Fraction, int],
    literals: Mapping[int, Expression],
) -> None:
    """Say of each literal by itself when it is 1: the two sums determine them only together."""
    partners = partner_literals(case, x, pillar)
    for taken in itertools.product((False, True), repeat=len(slow)):
        chosen = list(zip(slow, taken, strict=True))
        signs = [(1 if yes else -1, x.variant(pillar, name)) for name, yes in chosen]
        own = sum(slow[name] for name, yes in chosen if yes)
        for months, literal in partners.items():
            so = x.total([(1, literal), *signs], -sum(taken))  # 1 if it is exactly so, else 0 or less
            for delay_months, told in literals.items():
                x.require(told >= so if delay_months == by_partners[months] + own else told <= 1 - so)
