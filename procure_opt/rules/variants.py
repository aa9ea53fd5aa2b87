"""A nation that requires a variant is a member only with it; one that refuses it only without."""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.symbols import Row, Symbols, member
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield members that miss what they require or get what they refuse."""
    for pillar, plan in structure.pillars.items():
        for name, variant in case.pillars[pillar].variants.items():
            for nation in plan.tiers:
                if nation in variant.required_by and name not in plan.variants:
                    yield Violation("variants", f"{nation} joins {pillar} only with {name}")
                if nation in variant.refused_by and name in plan.variants:
                    yield Violation("variants", f"{nation} joins {pillar} only without {name}")


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield one row per nation and variant that it requires or refuses."""
    for pillar, stated in sorted(case.pillars.items()):
        for name, variant in sorted(stated.variants.items()):
            chosen = x.variant(pillar, name)
            for nation in sorted(set(variant.required_by)):
                yield Row(member(x, nation, pillar) <= chosen, f"{nation} joins {pillar} only with {name}")
            for nation in sorted(set(variant.refused_by)):
                yield Row(
                    member(x, nation, pillar) + chosen <= 1, f"{nation} joins {pillar} only without {name}"
                )
