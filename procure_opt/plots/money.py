"""Who pays for what, and where is the work done? Flows from treasuries through pools to work.

Payments are exact. A pool flows on at the cost of its packages, divided by the shares of those who work
on them; what is left of it is governance, variants, rights and lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from procure_opt.accounts.cost import cost_items
from procure_opt.accounts.pools import arrangement_cost, packages_of, pool
from procure_opt.accounts.sharing import payments, shared_phases
from procure_opt.case.packages import Phase
from procure_opt.claim import Claim, Efficient
from procure_opt.drawing.figure import Trace, figure
from procure_opt.drawing.labels import label
from procure_opt.drawing.palette import colour
from procure_opt.structure.arrangements import CIVIL, EFFECT
from procure_opt.structure.structure import PillarPlan
from procure_opt.words.names import money_unit, nation_name
from procure_opt.words.numbers import amount

_ALONE = {
    "own": "own access, licences, effects and lines",
    "units": "own units and their support",
    "outside": "outside options and gaps",
}
_REST = "governance, variants, rights, pooled lines"
_CIVIL = "civil suppliers"


class Flow(NamedTuple):
    """So much money (million) from one node to another."""

    source: str
    target: str
    million: float


def money(claim: Claim, each: Efficient) -> Any:
    """Return the flows; levies on exports, which come from outside, are named in the title."""
    found = [flow for flow in flows(each) if flow.million > 0]
    nodes = list(dict.fromkeys(name for flow in found for name in (flow.source, flow.target)))
    unit = label(money_unit(claim.case))
    trace: Trace = {
        "type": "sankey",
        "node": {
            "label": [label(name) for name in nodes],
            "color": [colour(place) for place in range(len(nodes))],
            "hoverinfo": "all",
        },
        "link": {
            "source": [nodes.index(flow.source) for flow in found],
            "target": [nodes.index(flow.target) for flow in found],
            "value": [flow.million for flow in found],
            "color": "rgba(120,120,120,0.35)",
        },
        "valuesuffix": f" {unit}",
        "valueformat": ",.4r",
    }
    return figure(
        claim, f"Who pays for what in {each.id} ({money_unit(claim.case)})?{_levies(each)}", [trace]
    )


def flows(each: Efficient) -> Iterator[Flow]:
    """Yield every flow: treasuries into pools and what they bear alone, then pools into work."""
    case = each.case
    for nation in sorted(case.nations):
        payer = f"{nation_name(case, nation)} pays"
        for item, million in cost_items(case, each.structure, nation):
            if item in _ALONE:
                yield Flow(payer, _ALONE[item], float(million))
    for pillar, plan in sorted(each.structure.pillars.items()):
        for phase in shared_phases(case, pillar):
            for nation, paid in sorted(payments(case, pillar, plan, phase).items()):
                yield Flow(f"{nation_name(case, nation)} pays", f"{phase} of {pillar}", float(paid))
            yield from _onwards(each, pillar, plan, phase)


def _onwards(each: Efficient, pillar: str, plan: PillarPlan, phase: Phase) -> Iterator[Flow]:
    """Yield where a pool goes."""
    case, left, name = each.case, pool(each.case, pillar, plan, phase), f"{phase} of {pillar}"
    for package in packages_of(case, pillar, phase):
        way = plan.packages[package]
        if way.mode == EFFECT:  # at its own expense, not from the pool
            continue
        cost = arrangement_cost(case, pillar, package, way)
        left -= cost
        if way.mode == CIVIL:
            yield Flow(name, _CIVIL, float(cost))
        for place, share in way.shares:
            yield Flow(name, f"work in {nation_name(case, place)}", cost * share / 100)
    yield Flow(name, _REST, float(left))


def _levies(each: Efficient) -> str:
    got = [
        f"{nation} {amount(-million)}"
        for nation in sorted(each.case.nations)
        for item, million in cost_items(each.case, each.structure, nation)
        if item == "levies"
    ]
    return f" (levies on exports, not drawn: {', '.join(got)})" if got else ""
