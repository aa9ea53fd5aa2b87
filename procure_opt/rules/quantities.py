"""Quantity menus: every buyer that has a menu chooses one number from it, and nobody else does."""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.symbols import Row, Symbols, buys
from procure_opt.accounts.units import buyers, menu
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield buyers without a number, and numbers of nations that do not choose."""
    for pillar, plan in structure.pillars.items():
        choosing = {nation for nation in buyers(case, pillar, plan) if menu(case, pillar, nation)}
        for nation in sorted(choosing - set(plan.quantities)):
            yield Violation("quantities", f"{nation} buys from {pillar} but chose no quantity")
        for nation in sorted(set(plan.quantities) - choosing):
            yield Violation("quantities", f"{nation} has no quantity to choose in {pillar}")


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield: just one number if the nation buys, none if not."""
    for pillar in sorted(case.pillars):
        for nation in sorted(case.nations):
            if offered := menu(case, pillar, nation):
                chosen = x.total((1, x.quantity(nation, pillar, number)) for number in offered)
                yield Row(chosen == buys(x, nation, pillar), f"{nation} chooses one quantity of {pillar}")
