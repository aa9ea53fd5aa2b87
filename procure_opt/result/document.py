"""A claim as the plain data of a result file: a pure function of the case, the structures and the evidence.

``verify`` calls it too: it judges the decisions and the bounds by themselves, and then everything else in a
file must be just what follows from them.
"""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Any

from procure_opt.accounts.values import NationalValues, Vector
from procure_opt.accounts.views import maximum
from procure_opt.accounts.workshare import reference_value, work_in_hundredths
from procure_opt.case.model import Case
from procure_opt.change import REQUEST
from procure_opt.claim import OBJECTIVES, Claim, Efficient
from procure_opt.structure.structure import Structure
from procure_opt.words.numbers import percent
from procure_opt.words.values import units, value_texts

from .schema import NAME, VERSION

Json = dict[str, Any]

_REQUEST_ID = re.compile(r"REQ(\d+)")


def document(claim: Claim) -> Json:
    """Return the content of the result file."""
    values = {each.id: _national(each) for each in claim.structures}
    return {
        "schema": {"name": NAME, "version": VERSION},
        "case": case_record(claim.case),
        "money": _money(claim.case),
        "objectives": _objectives(claim),
        "status": _status(claim),
        "points": [_point(each, values[each.id]) for each in claim.structures],
        "extremes": {name: best and best.id for name, best in claim.extremes.items()},
        "bounds": [list(bound) for bound in claim.evidence.bounds],
        "open_bounds": [list(bound) for bound in claim.evidence.open_bounds],
    }


def _national(each: Efficient) -> dict[str, NationalValues]:
    return {nation: each.nation(nation) for nation in sorted(each.case.nations)}


def case_record(case: Case) -> Json:
    """Return what a result says about its case, the whole of it included."""
    return {
        "id": case.id,
        "title": case.title,
        "marking": case.marking,
        "as_of": case.as_of,
        "decision": None if case.decision is None else case.decision.date,
        "view": case.view,
        "off": sorted(case.off),
        "on": sorted(case.on),
        "required": list(required(case)),
        "sha256": case.digest,
        "stated": json.loads(case.canonical),
    }


def required(case: Case) -> tuple[str, ...]:
    """Return what was required on top of the case, in order."""
    asked = {
        int(match[1]): line.text
        for name, line in case.red_lines.items()
        if line.owner == line.source == REQUEST and (match := _REQUEST_ID.fullmatch(name))
    }
    return tuple(asked[number] for number in sorted(asked))


def _money(case: Case) -> Json:
    money = case.money
    return {
        "currency": money.currency,
        "unit": money.unit,
        "price_base": money.price_base,
    }


def _objectives(claim: Claim) -> list[Json]:
    senses, maxima = ("max", "max", "min"), (maximum(claim.case), None, None)
    rows = zip(OBJECTIVES, units(claim.case), senses, claim.evidence.resolution, maxima, strict=True)
    return [dict(zip(("name", "unit", "sense", "resolution", "maximum"), row, strict=True)) for row in rows]


def _status(claim: Claim) -> Json:
    evidence = claim.evidence
    return {
        "complete": evidence.complete,
        "reason": evidence.reason,
        "open_zones": len(evidence.open_bounds),
        "proven_share": str(evidence.proven_share),
    }


def display(case: Case, each: Efficient) -> dict[str, str]:
    """Return the three values as people read them."""
    _, spinoff, cost = value_texts(case, each.values)
    return {"autonomy": percent(each.autonomy_percent), "spinoff": spinoff, "cost": cost}


def named(vector: Vector) -> dict[str, int]:
    """Return a vector by the names of its components.

    >>> named((1060, 920, 9301))
    {'autonomy': 1060, 'spinoff': 920, 'cost': 9301}
    """
    return dict(zip(OBJECTIVES, vector, strict=True))


def _point(each: Efficient, values: dict[str, NationalValues]) -> Json:
    return {
        "id": each.id,
        "values": named(each.values),
        "display": display(each.case, each),
        "structure": each.structure.to_json(),
        "nations": {n: _decided(each, n) | _gets(gets) for n, gets in values.items()},
        "same_vector": None,
    }


def _decided(each: Efficient, nation: str) -> Json:
    structure = each.structure
    joined = {name: plan for name, plan in sorted(structure.pillars.items()) if nation in plan.tiers}
    led = {
        name: [
            package for package, arrangement in sorted(plan.packages.items()) if nation in arrangement.leads
        ]
        for name, plan in sorted(structure.pillars.items())
    }
    return {
        "tiers": {name: plan.tiers[nation] for name, plan in joined.items()},
        "outside": dict(structure.taken_outside(nation)),
        "leads": {name: packages for name, packages in led.items() if packages},
        "work": _work(each.case, structure, nation),
    }


def _work(case: Case, structure: Structure, nation: str) -> dict[str, Json]:
    found = {}
    for name, plan in sorted(structure.pillars.items()):
        if hundredths := work_in_hundredths(case, name, plan, nation):
            share = Fraction(hundredths, reference_value(case, name))
            found[name] = {"hundredths": hundredths, "percent": percent(share)}
    return found


def _gets(gets: NationalValues) -> Json:
    has = gets.autonomy
    return {
        "autonomy": has.points,
        "A0": has.a0,
        "N1": has.n1,
        "worst_denier": has.worst_denier,
        "tasks": sorted(has.tasks),
        "tasks_under_denial": sorted(has.tasks_under_denial),
        "lost_under": {denier: sorted(tasks) for denier, tasks in has.lost_under},
        "spinoff": gets.spinoff,
        "pays": str(gets.cost),
    }
