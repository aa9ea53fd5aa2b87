"""The shipped JSON Schema is the format: it takes what the loader takes and knows every key."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from broken_case import TRI_1, edited, tri1
from jsonschema import Draft7Validator

from procure_opt.case.bundled import bundled_cases, bundled_path
from procure_opt.case.document import parse_document, read_document
from procure_opt.case.schema import SHIPPED, case_schema, schema_text
from procure_opt.case.template import template_text

SCHEMA = case_schema()
VALIDATOR = Draft7Validator(SCHEMA)
WORDS_OF_LATER_DRAFTS = {
    "$defs",
    "prefixItems",
    "discriminator",
    "unevaluatedProperties",
    "dependentSchemas",
    "numberKind",
}


def _plain(data: object) -> Any:
    return json.loads(json.dumps(data, default=float))


def _messages(data: object) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(data)]


def _nodes(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for below in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _nodes(below)


def _fields() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, model in [("Case", SCHEMA), *SCHEMA["definitions"].items()]:
        long_form = model["anyOf"][-1] if "anyOf" in model else model
        if long_form.get("additionalProperties") is False:
            for key, field in long_form["properties"].items():
                yield f"{name}.{key}", field


def test_the_shipped_file_is_the_generated_one() -> None:
    assert SHIPPED.read_text(encoding="ascii") == schema_text()


def test_it_is_a_schema_of_draft_7() -> None:
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(SCHEMA)
    assert not {key for node in _nodes(SCHEMA) for key in node} & WORDS_OF_LATER_DRAFTS


def test_nothing_stands_beside_a_reference_for_draft_7_would_not_read_it() -> None:
    assert all(set(node) == {"$ref"} for node in _nodes(SCHEMA) if isinstance(node.get("$ref"), str))


def test_every_reference_leads_somewhere() -> None:
    targets = {node["$ref"] for node in _nodes(SCHEMA) if isinstance(node.get("$ref"), str)}
    assert targets <= {f"#/definitions/{name}" for name in SCHEMA["definitions"]}


def test_every_field_has_a_title_and_a_description() -> None:
    assert [name for name, field in _fields() if not field.get("title") or not field.get("description")] == []


def test_fields_of_numbers_have_a_unit() -> None:
    units = {name: field.get("unit", "") for name, field in _fields()}
    assert units["WorkPackage.value"].startswith("million")
    assert units["Tier.contribution"].startswith("million")
    assert units["Need.gap_cost_per_year"].startswith("million")
    assert (units["Service.year"], units["Delay.months"], units["TierWork.min_percent"]) == (
        "calendar year",
        "months",
        "percent",
    )


def test_examples_are_valid_themselves() -> None:
    for name, field in _fields():
        for example in field.get("examples", ()):
            validator = Draft7Validator({**field, "definitions": SCHEMA["definitions"]})
            assert validator.is_valid(example), (name, example)


def test_defaults_are_valid_themselves() -> None:
    for name, field in _fields():
        if "default" in field:
            validator = Draft7Validator({**field, "definitions": SCHEMA["definitions"]})
            assert validator.is_valid(field["default"]), (name, field["default"])


def test_tri_1_is_valid() -> None:
    assert _messages(_plain(read_document(TRI_1).data)) == []


@pytest.mark.parametrize("name", bundled_cases())
def test_bundled_cases_are_valid(name: str) -> None:
    assert _messages(_plain(read_document(bundled_path(name)).data)) == []


def test_the_template_is_valid() -> None:
    assert _messages(_plain(parse_document(template_text("new").encode(), "new.yaml").data)) == []


def _mappings(data: object, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(data, dict):
        yield at
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in below:
        yield from _mappings(value, (*at, key))


def test_an_unknown_key_is_refused_wherever_it_stands() -> None:
    """The key is no name either, so that mappings from names refuse it too."""
    for path in _mappings(tri1()):
        data = copy.deepcopy(tri1())
        place: Any = data
        for part in path:
            place = place[part]
        place["1 unknown"] = 1
        assert not VALIDATOR.is_valid(data), path


@pytest.mark.parametrize(
    "value",
    [40, {"value": 40}, {"value": 40, "low": 35, "high": 45, "basis": "assumed", "note": "why"}],
)
def test_a_number_is_plain_or_long(value: object) -> None:
    assert _messages(edited({"pillars.aircraft.tiers.associate.contribution": value})) == []


@pytest.mark.parametrize(
    "value",
    ["40", True, -1, 99_999_999, {"value": "40"}, {"value": -1}, {"low": 1}, {"value": 1, "vlaue": 1}],
)
def test_what_is_no_amount_of_money_is_refused(value: object) -> None:
    assert _messages(edited({"pillars.aircraft.tiers.associate.contribution": value})) != []


@pytest.mark.parametrize(
    ("value", "is_right"), [(60, True), (60.0, True), (60.5, False), ({"value": 60.5}, False)]
)
def test_a_count_is_whole(value: object, is_right: bool) -> None:
    assert (
        VALIDATOR.is_valid(edited({"needs.combat_aircraft.outside.ALP.off_the_shelf.quantity": value}))
        is is_right
    )


@pytest.mark.parametrize("pattern", [[60, 40], {"shares": [60, 40]}, {"shares": [50, 50], "joint_leads": 2}])
def test_a_pattern_is_a_list_or_says_more(pattern: object) -> None:
    assert _messages(edited({"pillars.aircraft.packages.engine.patterns": [pattern]})) == []


def test_the_schema_does_not_depend_on_when_it_is_made() -> None:
    assert schema_text() == schema_text()
    assert Path(SHIPPED).name == "case.schema.json"
