"""Somebody bears what fixed contributions leave: the sharing rule of development must close.

``fixed`` percentages of the bearing members sum to 100; a nation that bears the rest alone is a member;
otherwise at least one member bears.
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.sharing import bearing_tiers, bears, sole_bearer, stated_percent
from procure_opt.accounts.symbols import Row, Symbols, member
from procure_opt.case.model import Case
from procure_opt.case.pillars import Fixed
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation

HUNDRED = 100


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield pillars whose pool would not be paid in full, or would be paid twice."""
    for pillar, plan in structure.pillars.items():
        rule, alone = case.pillars[pillar].cost_sharing.development, sole_bearer(case, pillar)
        bearers = plan.members(bearing_tiers(case, pillar))
        if alone is not None:
            if alone not in plan.tiers:
                yield Violation("bearing", f"{alone} bears the rest of {pillar} but is no member")
        elif isinstance(rule, Fixed):
            if sum(stated_percent(rule, nation) for nation in bearers) != HUNDRED:
                yield Violation("bearing", f"the members' stated percentages of {pillar} do not sum to 100")
        elif not bearers:
            yield Violation("bearing", f"no member bears what contributions leave of {pillar}")


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield one row per pillar."""
    for pillar, stated in sorted(case.pillars.items()):
        exists, alone = x.exists(pillar), sole_bearer(case, pillar)
        rule = stated.cost_sharing.development
        bearers = [(nation, bears(case, x, pillar, nation)) for nation in sorted(case.nations)]
        if alone is not None:
            yield Row(exists <= member(x, alone, pillar), f"{alone} bears the rest of {pillar}")
        elif isinstance(rule, Fixed):
            percent = x.total((stated_percent(rule, nation), literal) for nation, literal in bearers)
            yield Row(percent == HUNDRED * exists, f"stated percentages of {pillar} sum to 100")
        else:
            yield Row(
                exists <= x.total((1, lit) for _, lit in bearers), f"somebody bears the rest of {pillar}"
            )
