"""A pillar exists only with a member that may lead, and then has one regime and one arrangement per package.

A pillar that requires others exists only beside one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.symbols import Row, Symbols, at_tiers
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def _leading_tiers(case: Case, pillar: str) -> tuple[str, ...]:
    return tuple(sorted(name for name, tier in case.pillars[pillar].tiers.items() if "lead" in tier.may))


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield pillars that stand on nothing."""
    for pillar, plan in structure.pillars.items():
        if not plan.members(_leading_tiers(case, pillar)):
            yield Violation("existence", f"{pillar} has no member that may lead")
        required = case.pillars[pillar].requires_any
        if required and not set(required) & set(structure.pillars):
            yield Violation("existence", f"{pillar} requires one of {', '.join(required)}")


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield the same symbolically, and "exactly one of each" for regimes, arrangements and variants."""
    for pillar, stated in sorted(case.pillars.items()):
        exists = x.exists(pillar)
        able = x.total(
            (1, at_tiers(x, n, pillar, _leading_tiers(case, pillar))) for n in sorted(case.nations)
        )
        yield Row(exists <= able, f"{pillar} needs a member that may lead")
        regimes = x.total((1, x.regime(pillar, regime)) for regime in sorted(stated.rights))
        yield Row(regimes == exists, f"{pillar} runs under one rights regime")
        for package in sorted(stated.packages):
            ways = x.total((1, column) for _, column in x.arrangements(pillar, package))
            yield Row(ways == exists, f"{pillar}.{package} is done in one way")
        for variant in sorted(stated.variants):
            yield Row(x.variant(pillar, variant) <= exists, f"variant {variant} is one of {pillar}")
        if stated.requires_any:
            others = x.total((1, x.exists(other)) for other in sorted(set(stated.requires_any)))
            yield Row(exists <= others, f"{pillar} requires one of {', '.join(stated.requires_any)}")
