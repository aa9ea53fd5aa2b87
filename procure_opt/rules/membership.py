"""A nation has at most one tier in a pillar, and only one that is open to it."""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.symbols import Row, Symbols, member
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield tiers that are not open. (One tier at most is how a structure is written down.)"""
    for pillar, plan in structure.pillars.items():
        for nation, tier in plan.tiers.items():
            open_to = case.pillars[pillar].tiers[tier].open_to
            if open_to is not None and nation not in open_to:
                yield Violation("membership", f"{pillar}: tier {tier} is not open to {nation}")


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Members only of pillars that exist, at one tier. (Closed tiers have no columns.)"""
    for pillar in sorted(case.pillars):
        for nation in sorted(case.nations):
            joined = member(x, nation, pillar)
            yield Row(joined <= x.exists(pillar), f"{nation} has one tier in {pillar}, if {pillar} exists")
