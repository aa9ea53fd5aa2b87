"""The protocol of ``serve``: operations, what each needs and takes, and its JSON Schema (draft 7)."""

from __future__ import annotations

from dataclasses import dataclass

from procure_opt.result.schema import draft7

from .orders import KINDS
from .plain import Json

PROTOCOL = {"name": "procure_opt.serve", "version": 1}

_ID: Json = {"type": ["string", "integer", "null"], "maxLength": 200}
_FIELDS: dict[str, Json] = {
    "state": {"type": "string", "description": "Id of a state that this process made."},
    "log": {"type": "object", "description": "A state itself, as `log` gave it; instead of `state`."},
    "seat": {"type": "string", "description": "Name of a seat, or facilitator."},
    "case": {
        "anyOf": [
            {"type": "string"},
            {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 20},
        ],
        "description": "Name of a case, such as gcap or gcap@2022; or several editions, one phase each.",
    },
    "case_text": {"type": "string", "description": "Or the text of a case file, YAML or JSON."},
    "edition": {"type": "string", "description": "With `case_text`: the edition of it."},
    "seats": {
        "anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "object"}, {"type": "null"}],
        "description": "Nations; or seat -> {kind, speaks_for, say_over, text}; left out: those of the case.",
    },
    "seed": {"type": "integer", "minimum": 0, "description": "Draws the private cost estimates; else 0."},
    "order": {"type": "object", "description": "One order; see the definitions, and orders_schema."},
    "orders": {
        "type": "object",
        "additionalProperties": {
            "anyOf": [{"type": "object"}, {"type": "array", "items": {"type": "object"}}]
        },
        "description": "Seat -> its order, or a list of orders; all of one turn.",
    },
    "event": {
        "anyOf": [{"type": "string"}, {"type": "object"}],
        "description": "An inject as in a case file, or the id of one that the case prepares.",
    },
    "what": {
        "anyOf": [{"type": "string"}, {"type": "object"}, {"type": "array"}, {"type": "null"}],
        "description": "Id of a proposal; a structure (who_accepts); parts and terms (outlook).",
    },
    "signed": {
        "anyOf": [{"type": "string"}, {"type": "object"}, {"type": "null"}],
        "description": "What it happens to: id of a proposal, or a structure; left out: the deal, if any.",
    },
    "front": {
        "type": ["string", "null"],
        "description": "Name of a front: one that serve was given, or that effect or prepare has named.",
    },
    "result": {"type": "object", "description": "A result file (`run --out`), as an object."},
    "seconds": {
        "type": "integer",
        "minimum": 1,
        "maximum": 60,
        "description": "Time for it; left out: 2 for effect, 5 for outlook and prepare.",
    },
    "without": {"type": "object", "description": "Red line -> name of the front of the case without it."},
}


@dataclass(frozen=True, slots=True)
class Operation:
    """What an operation does, needs and takes."""

    does: str
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


OPERATIONS: dict[str, Operation] = {
    "hello": Operation("say what this is: protocol, operations, cases, fronts"),
    "schema": Operation("return this schema"),
    "start": Operation("begin a game", (), ("case", "case_text", "edition", "seats", "seed")),
    "observe": Operation("return what a seat sees", ("state", "seat")),
    "orders_schema": Operation("return the schema of the orders that a seat can give now", ("state", "seat")),
    "check_order": Operation("return what is wrong with an order", ("state", "seat", "order")),
    "step": Operation("play a turn", ("state", "orders")),
    "inject": Operation("let something happen", ("state", "event")),
    "effect": Operation(
        "tell what an event would do, to what is signed and to the front; nothing happens to the game",
        ("state", "event"),
        ("signed", "front", "seconds"),
    ),
    "undo": Operation("take the last move back", ("state",)),
    "log": Operation("return the state itself, to be stored or sent along", ("state",)),
    "replay": Operation("check a log and go on from its end", ("log",)),
    "forget": Operation("drop a state", ("state",)),
    "who_accepts": Operation("judge a complete structure or proposal, seat by seat", ("state", "what")),
    "outlook": Operation(
        "tell what completions of what is on the table mean, seat by seat",
        ("state",),
        ("what", "front", "seconds"),
    ),
    "prepare": Operation(
        "judge a front beforehand, so that questions about it are answered at once",
        ("state",),
        ("front", "result", "seconds"),
    ),
    "debrief": Operation("report after the game", ("state",), ("front", "without")),
}


def protocol_schema() -> Json:
    """Return the JSON Schema of requests (the whole) and of answers and orders (its definitions)."""
    definitions: Json = {"answer": _answer(), "result_effect": _effect()}
    for kind, model in KINDS.items():
        schema = draft7(model, f"order {kind}")
        definitions |= schema.pop("definitions", {})
        schema.pop("$schema")
        definitions[f"order_{kind}"] = schema
    definitions |= {f"request_{name}": _request(name, each) for name, each in OPERATIONS.items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "requests to procure-opt serve, one JSON document a line",
        "oneOf": [{"$ref": f"#/definitions/request_{name}"} for name in OPERATIONS],
        "definitions": definitions,
    }


def _request(name: str, operation: Operation) -> Json:
    fields = {key: _FIELDS[key] for key in (*operation.needs, *operation.takes)}
    needs = [key for key in operation.needs if key != "state" or name == "forget"]
    found: Json = {
        "type": "object",
        "description": operation.does,
        "properties": {"id": _ID, "op": {"const": name}} | fields,
        "required": ["op", *needs],
        "additionalProperties": False,
    }
    if "state" in fields and name != "forget":
        found["properties"]["log"] = _FIELDS["log"]
        found["oneOf"] = [{"required": ["state"]}, {"required": ["log"]}]
    if name == "start":
        found["oneOf"] = [{"required": ["case"]}, {"required": ["case_text"]}]
    if name == "prepare":
        found["anyOf"] = [{"required": ["front"]}, {"required": ["result"]}]
    return found


def _answer() -> Json:
    finding = {
        "type": "object",
        "properties": {
            "where": {"type": "string"},
            "line": {"type": "integer"},
            "column": {"type": "integer"},
            "message": {"type": "string"},
        },
        "required": ["where", "message"],
    }
    error = {
        "type": "object",
        "properties": {
            "kind": {"type": "string", "description": "request, case, internal, or another word."},
            "message": {"type": "string"},
            "findings": {"type": "array", "items": finding},
        },
        "required": ["kind", "message", "findings"],
    }
    return {
        "description": "One line per request, with its id: either a result or an error.",
        "type": "object",
        "properties": {
            "id": _ID,
            "result": {"type": "object"},
            "error": error,
        },
        "required": ["id"],
        "oneOf": [{"required": ["result"]}, {"required": ["error"]}],
        "additionalProperties": False,
    }


def _effect() -> Json:
    """Return the schema of what ``effect`` answers; what a handbook page says of each field stands there."""
    texts: Json = {"type": "array", "items": {"type": "string"}}
    points: Json = {
        "type": "object",
        "properties": {
            "name": {"type": "string", "description": "Under which it can be asked about after the event."},
            "complete": {"type": "boolean"},
            "reason": {"type": ["string", "null"], "description": "Why it is not complete."},
            "points": {"type": "array", "items": {"type": "object"}},
        },
        "required": ["complete", "reason", "points"],
    }
    parts: Json = {
        "feasible": {"type": "boolean"},
        "changes": {
            "type": "object",
            "description": "Nation -> autonomy, spinoff, cost: after less before.",
        },
        "leave": texts,
        "exits": {"type": "array", "items": {"type": "object"}},
        "red_lines_newly_broken": texts,
        "kept": points,
        "roles": {"type": "array", "items": {"type": "object"}},
        "regret": {"type": "array", "items": {"type": "object"}},
    }
    signed: Json = {
        "type": ["object", "null"],
        "description": "What becomes of the signed structure; null if there is none.",
        "properties": parts,
        "required": list(parts),
    }
    fields: Json = {
        "read_aloud": texts,
        "changes": texts,
        "sunk": texts,
        "signed": signed,
        "front": points,
        "provisional": {"type": "array", "items": {"type": "object"}},
        "complete": {"type": "boolean"},
        "known": {"type": "string", "description": "complete, or what is known so far."},
        "milliseconds": {"type": "integer", "minimum": 0},
    }
    return {"type": "object", "properties": fields, "required": list(fields)}
