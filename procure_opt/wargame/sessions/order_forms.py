"""The orders that a seat can give now, as a JSON Schema (draft 7) with the names that exist now."""

from __future__ import annotations

import functools

from procure_opt.case.model import Case
from procure_opt.result.schema import draft7

from .checking import is_active
from .orders import FACILITATOR, FOR_SEATS, FOR_THE_FACILITATOR, KINDS
from .plain import Json
from .seats import true_lines
from .state import CONCLUDED, OPEN, State

NOTHING: Json = {"not": {}}


def orders_schema(state: State, seat: str) -> Json:
    """Return the JSON Schema of one order of this seat (or of ``facilitator``), as the table is now.

    What it admits has the right form and names what there is; ``check_order`` says whether it makes sense.
    """
    kinds = FOR_THE_FACILITATOR if seat == FACILITATOR else FOR_SEATS
    if seat != FACILITATOR and not is_active(state, seat):
        kinds = ("pass",)
    choices = _choices(state, seat)
    definitions: Json = {}
    for kind in kinds:
        below, schema = _form(kind)
        definitions |= below
        definitions[f"order_{kind}"] = _narrowed(schema, choices.get(kind, {}))
    _name_parts(definitions, state.case)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"an order of {seat}",
        "oneOf": [{"$ref": f"#/definitions/order_{kind}"} for kind in kinds],
        "definitions": definitions,
    }


@functools.cache
def _form(kind: str) -> tuple[Json, Json]:
    """Return the definitions and the schema of a kind of order; they are shared, and copied when narrowed."""
    schema = draft7(KINDS[kind], f"order {kind}")
    below = schema.pop("definitions", {})
    return below, {key: value for key, value in schema.items() if key != "$schema"}


def _choices(state: State, seat: str) -> dict[str, Json]:
    """Return kind of order -> field -> what it can be now."""
    table, case = state.table, state.case
    still = _one_of(each.id for each in table.proposals if each.status == OPEN)
    found: dict[str, Json] = {
        "accept": {"proposal": still},
        "reject": {"proposal": still},
        "override": {"proposal": _one_of(e.id for e in table.proposals if e.status in (OPEN, CONCLUDED))},
    }
    if seat == FACILITATOR:
        return found
    stated = state.seat(seat)
    mine = (each.id for each in table.proposals if each.status == OPEN and each.by == seat)
    own = true_lines(case, stated) if is_active(state, seat) else ()
    others = sorted(set(case.nations) - {stated.speaks_for})
    return found | {
        "withdraw": {"proposal": _one_of(mine)},
        "retract": {"line": _one_of(each.id for each in table.lines if each.by == seat and each.stands)},
        "announce": {"line": {"anyOf": [_one_of(own), {"type": "null"}]}},
        "pay": {
            "to": _one_of(others if stated.kind == "nation" else ()),
            "for": {"anyOf": [still, {"type": "null"}]},
        },
    }


def _one_of(names: object) -> Json:
    known = sorted(set(names))  # type: ignore[call-overload]
    return {"enum": known} if known else dict(NOTHING)


def _narrowed(schema: Json, choices: Json) -> Json:
    """Return the schema with what its fields can be now; descriptions stay."""
    fields = dict(schema["properties"])
    for name, choice in choices.items():
        said = {key: value for key, value in fields[name].items() if key == "description"}
        fields[name] = said | choice
    return schema | {"properties": fields, "additionalProperties": False}


def _name_parts(definitions: Json, case: Case) -> None:
    """Let parts of a structure name only what the case has."""
    if "Parts" not in definitions:
        return
    pillars = {"propertyNames": {"enum": sorted(case.pillars)}}
    outside = {"propertyNames": {"enum": sorted(case.needs)}} if case.needs else {"maxProperties": 0}
    fields = definitions["Parts"]["properties"]
    definitions["Parts"] = definitions["Parts"] | {
        "properties": {"pillars": fields["pillars"] | pillars, "outside": fields["outside"] | outside}
    }
    nations = {"propertyNames": {"enum": sorted(case.nations)}}
    inner = definitions["PillarParts"]["properties"]
    definitions["PillarParts"] = definitions["PillarParts"] | {
        "properties": inner | {"tiers": inner["tiers"] | nations, "quantities": inner["quantities"] | nations}
    }
