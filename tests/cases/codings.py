"""How two blind readings of a statement become a red line: the rule, mechanical on purpose.

* Both readers code it alike: the line is as coded, graded by its speaker.
* Both code it, but not alike: the line is broken only if both readings are broken, graded by its speaker.
* Only one of them reads a demand in it: the line is as coded and soft.
* Neither does: no line. Two halves that a reader coded of one statement are one line.

A line enters an edition if every name in it is known there and its statement is not by somebody unnamed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]
CASES = Path(__file__).parents[2] / "cases"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2 where it matters: words such as NO and dates stay text."""


_TAG = "tag:yaml.org,2002:"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag not in (f"{_TAG}timestamp", f"{_TAG}bool")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(f"{_TAG}bool", re.compile("^(true|false)$"), list("tf"))


def read(path: Path) -> Any:
    """Return what a file says, dates as text."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)


def statements(name: str) -> dict[str, Json]:
    """Return statement id -> statement."""
    return {each["id"]: each for each in read(CASES / name / "statements.yaml")}


def readings(name: str, reader: str) -> dict[str, Json]:
    """Return id -> {if, then} of everything that a reader coded."""
    every = read(CASES / name / "codings" / f"{reader}.yaml")
    coded = {key: each["code"] for key, each in every.items() if each.get("code")}
    known = statements(name)
    found: dict[str, Json] = {}
    for key, code in coded.items():
        whole = key if key in known else key[:-1]
        found[whole] = code if whole not in found else _both(found[whole], code)
    return found


def _both(one: Json, other: Json) -> Json:
    """Return one line that says what two halves of a statement say."""
    return {"then": {"all_of": [_implied(one), _implied(other)]}}


def _implied(code: Json) -> Json:
    return {"any_of": [{"not": code["if"]}, code["then"]]} if code.get("if") else code["then"]


def red_lines(name: str) -> dict[str, Json]:
    """Return the red lines that follow from the statements of a case and its two codings."""
    first, second = readings(name, "a"), readings(name, "b")
    found: dict[str, Json] = {}
    for key in sorted(first.keys() | second.keys(), key=_natural):
        found[key] = _line(statements(name)[key], first.get(key), second.get(key))
    return found


def _natural(key: str) -> tuple[str, int, str]:
    letters = key.rstrip("0123456789")
    return letters, int(key[len(letters) :] or 0), key


def _line(statement: Json, one: Json | None, other: Json | None) -> Json:
    line: Json = {
        "owner": statement["speaker_nation"],
        "text": " ".join(str(statement["said"]).split()),
        "as_of": str(statement["as_of"]),
        "speaker": statement["speaker"],
        "source": statement["source"],
    }
    if statement.get("status", "in_force") != "in_force":
        line["status"] = statement["status"]
    if one is None or other is None:
        line["grade"] = "soft"
        return line | (one or other or {})
    return line | (one if one == other else _either(one, other))


def _either(one: Json, other: Json) -> Json:
    """Return a condition that is broken only if both readings are."""
    if one.get("if") == other.get("if"):
        same = {"if": one["if"]} if one.get("if") else {}
        return same | {"then": {"any_of": [one["then"], other["then"]]}}
    parts: list[Json] = []
    for each in (one, other):
        if each.get("if"):
            parts.append({"not": each["if"]})
        parts.append(each["then"])
    return {"then": {"any_of": parts}}
