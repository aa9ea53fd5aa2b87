"""Somebody bears what fixed contributions leave, in every phase: the sharing rule must close.

``fixed`` and ``negotiated`` percentages of the bearing members sum to 100; who bears the rest alone is
a member; by units, somebody buys; otherwise at least one member bears.
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.sharing import (
    bearing_tiers,
    bears,
    is_by_units,
    rule_of,
    shared_phases,
    sole_bearer,
    stated_percent,
    weight,
    weight_literals,
)
from procure_opt.accounts.symbols import Row, Symbols, member
from procure_opt.case.model import Case
from procure_opt.case.packages import Phase
from procure_opt.case.pillars import Fixed, Negotiated
from procure_opt.structure.structure import PillarPlan, Structure
from procure_opt.structure.violation import Violation

HUNDRED = 100


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield pillars of which a pool would not be paid in full, or would be paid twice."""
    for pillar, plan in structure.pillars.items():
        for phase in shared_phases(case, pillar):
            yield from _violations(case, pillar, plan, phase)


def _violations(case: Case, pillar: str, plan: PillarPlan, phase: Phase) -> Iterator[Violation]:
    rule, alone = rule_of(case, pillar, phase), sole_bearer(case, pillar, phase)
    bearers = plan.members(bearing_tiers(case, pillar, phase))
    if alone is not None:
        if alone not in plan.tiers:
            yield Violation("bearing", f"{alone} bears the rest of {pillar} but is no member")
    elif isinstance(rule, Fixed):
        if sum(stated_percent(rule, nation) for nation in bearers) != HUNDRED:
            yield Violation("bearing", f"the members' stated percentages of {pillar} do not sum to 100")
    elif isinstance(rule, Negotiated):
        if sum(plan.cost_percent.get(phase, {}).values()) != HUNDRED:
            yield Violation("bearing", f"the negotiated percentages of {pillar} ({phase}) do not sum to 100")
    elif not any(weight(case, pillar, plan, phase, nation) for nation in bearers):
        who = "buyer" if is_by_units(case, pillar, phase) else "member"
        yield Violation("bearing", f"no {who} bears what contributions leave of {pillar} ({phase})")


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield one row per pillar and phase."""
    for pillar in sorted(case.pillars):
        for phase in shared_phases(case, pillar):
            yield from _rows(case, x, pillar, phase)


def _rows(case: Case, x: Symbols, pillar: str, phase: Phase) -> Iterator[Row]:
    exists, alone = x.exists(pillar), sole_bearer(case, pillar, phase)
    rule = rule_of(case, pillar, phase)
    bearers = [(nation, bears(case, x, pillar, nation, phase)) for nation in sorted(case.nations)]
    if alone is not None:
        yield Row(exists <= member(x, alone, pillar), f"{alone} bears the rest of {pillar}")
    elif isinstance(rule, Fixed):
        percent = x.total((stated_percent(rule, nation), literal) for nation, literal in bearers)
        yield Row(percent == HUNDRED * exists, f"stated percentages of {pillar} sum to 100")
    elif isinstance(rule, Negotiated):
        agreed = [each for nation, _ in bearers for each in x.cost_shares(pillar, phase, nation)]
        yield Row(x.total(agreed) == HUNDRED * exists, f"negotiated percentages of {pillar} sum to 100")
    elif is_by_units(case, pillar, phase):
        some = x.total(
            (1, literal)
            for nation, _ in bearers
            for literal in weight_literals(case, x, pillar, phase, nation).values()
        )
        yield Row(exists <= some, f"somebody buys, so that {phase} of {pillar} is borne")
    else:
        yield Row(exists <= x.total((1, lit) for _, lit in bearers), f"somebody bears the rest of {pillar}")
