"""The format as JSON Schema draft 7, for editors and for other programs; generated from the models.

Pydantic writes draft 2020-12 and knows neither that a number may be plain nor its bounds (validators
hold them); both are put right here. ``case.schema.json`` is this schema as shipped; a test keeps it so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from pydantic import AfterValidator, BaseModel
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from . import number
from .model import Case
from .number import LARGEST_MONEY, Number
from .shapes import fields, is_model, leaves

DIALECT = "http://json-schema.org/draft-07/schema#"
SHIPPED = Path(__file__).with_name("case.schema.json")

Schema = dict[str, Any]

_MONEY = "million of the case's currency, in constant prices"
_NUMBERS: dict[str, tuple[Any, Schema]] = {
    "MillionMoney": (
        number.MillionMoney,
        {"type": "number", "minimum": 0, "maximum": LARGEST_MONEY, "unit": _MONEY},
    ),
    "WholeMoney": (
        number.WholeMoney,
        {"type": "integer", "minimum": 0, "maximum": LARGEST_MONEY, "unit": _MONEY},
    ),
    "Percent": (number.Percent, {"type": "number", "minimum": 0, "maximum": 1000, "unit": "percent"}),
    "Count": (number.Count, {"type": "integer", "minimum": 0, "maximum": 1_000_000, "unit": "whole number"}),
    "Weight": (
        number.Weight,
        {"type": "number", "minimum": 0, "maximum": 1000, "unit": "effective partners"},
    ),
    "Factor": (number.Factor, {"type": "number", "minimum": 0, "maximum": 100, "unit": "factor"}),
    "Months": (number.Months, {"type": "integer", "minimum": 0, "maximum": 1200, "unit": "months"}),
    "Year": (number.Year, {"type": "integer", "minimum": 1900, "maximum": 2200, "unit": "calendar year"}),
}
_PLAIN_FORMS = {"Pattern": "shares", "Number": "value"}
"""Models that may be written as the plain value of one of their fields."""
_EVERYWHERE = {
    "text": "In plain words, for the reader.",
    "note": "Remark for the reader: how a source was read, why a value was chosen. Decides nothing.",
    "source": "Id from `sources`, with an optional fact id after a slash.",
}
"""Keys that mean the same wherever they stand."""
_MARK = "numberKind"


def _validator(annotation: Any) -> Callable[..., Any]:
    return next(each.func for each in get_args(annotation) if isinstance(each, AfterValidator))


_KINDS = {_validator(annotation): name for name, (annotation, _) in _NUMBERS.items()}


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, with numbers by their kind and defaults as a person writes them."""

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> JsonSchemaValue:
        kind = _KINDS.get(schema["function"]["function"])
        return {_MARK: kind} if kind else super().function_after_schema(schema)

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        return {"type": "number"}

    def encode_default(self, dft: Any) -> Any:
        if isinstance(dft, Number):
            return _plain(dft.value)
        if isinstance(dft, BaseModel):
            return {key: self.encode_default(getattr(dft, key)) for key in sorted(dft.model_fields_set)}
        return super().encode_default(dft)


def case_schema() -> Schema:
    """Return the JSON Schema (draft 7) of a case file.

    >>> case_schema()["required"][:3]
    ['case', 'id', 'title']
    """
    raw = Case.model_json_schema(by_alias=True, schema_generator=_Generator)
    _describe(raw)
    definitions = {**raw.pop("$defs"), **_number_definitions()}
    for name, field in _PLAIN_FORMS.items():
        definitions[name] = _with_plain_form(definitions[name], field)
    document = {"$schema": DIALECT, **raw, "definitions": dict(sorted(definitions.items()))}
    result = _draft_7(document)
    assert isinstance(result, dict)
    return result


def schema_text() -> str:
    """Return the schema as the text of the shipped file."""
    return json.dumps(case_schema(), indent=2, ensure_ascii=True) + "\n"


def _number_definitions() -> dict[str, Schema]:
    """Return kind -> plain number within its bounds, or the long form."""
    return {name: _number_definition(name, plain) for name, (_, plain) in _NUMBERS.items()}


def _number_definition(name: str, plain: Schema) -> Schema:
    bounds = {key: plain[key] for key in ("type", "minimum", "maximum")}
    ends = dict.fromkeys(("value", "low", "high"), bounds)
    long_form = {"allOf": [{"$ref": "#/$defs/Number"}], "properties": ends, "type": "object"}
    return {"title": name, "unit": plain["unit"], "anyOf": [bounds, long_form]}


def _with_plain_form(definition: Schema, field: str) -> Schema:
    """Return a definition that also takes the plain value of one field."""
    long_form = definition["anyOf"][-1] if "anyOf" in definition else definition
    plain = {
        key: value
        for key, value in long_form["properties"][field].items()
        if key not in ("title", "examples")
    }
    outer = {key: long_form[key] for key in ("title", "description") if key in long_form}
    return {**outer, "anyOf": [plain, long_form]}


def _describe(raw: Schema) -> None:
    """Give every model and field its title, description and unit, and examples as a person writes them."""
    for model in _models(Case, set()):
        schema = raw if model is Case else raw["$defs"][model.__name__]
        long_form = schema["anyOf"][-1] if "anyOf" in schema else schema
        long_form["description"] = _first_paragraph(model)
        for key, (name, info) in fields(model).items():
            _describe_field(long_form["properties"][key], key, name, info)


def _describe_field(field: Schema, key: str, name: str, info: FieldInfo) -> None:
    field["title"] = key.replace("_", " ").capitalize()
    field.setdefault("description", _EVERYWHERE.get(name) or _told_by_type(info.annotation))
    if info.examples and Number in leaves(info.annotation):
        field["examples"] = [_plain(Decimal(str(each))) for each in info.examples]
    if kinds := sorted(set(_kinds_in(field))):
        field["unit"] = _NUMBERS[kinds[0]][1]["unit"]


def _kinds_in(node: Any) -> Iterator[str]:
    """Yield the kinds of numbers that a field holds itself (not in models below it)."""
    if isinstance(node, dict):
        if _MARK in node:
            yield node[_MARK]
        for below in node.values():
            yield from _kinds_in(below)
    elif isinstance(node, list):
        for below in node:
            yield from _kinds_in(below)


def _first_paragraph(model: type[BaseModel]) -> str:
    return " ".join((model.__doc__ or "").partition("\n\n")[0].split())


def _told_by_type(annotation: Any) -> str:
    """Return what the models that can stand here, alone or in a list or mapping, say of themselves."""
    kinds = [leaf for leaf in leaves(annotation) if is_model(leaf)]
    inner = [leaf for kind in leaves(annotation) for leaf in get_args(kind) if is_model(leaf)]
    return " ".join(_first_paragraph(kind) for kind in kinds or inner)


def _models(annotation: Any, seen: set[Any]) -> Iterator[type[BaseModel]]:
    """Yield every model that a case can hold, each once."""
    if is_model(annotation):
        if annotation not in seen:
            seen.add(annotation)
            yield annotation
            for info in annotation.model_fields.values():
                yield from _models(info.annotation, seen)
    else:
        for inner in get_args(annotation):
            yield from _models(inner, seen)


def _draft_7(node: Any) -> Any:
    """Return the schema with 2020-12's words translated; beside ``$ref`` draft 7 reads nothing."""
    if isinstance(node, list):
        return [_draft_7(each) for each in node]
    if not isinstance(node, dict):
        return node
    told = {key: below for key, below in node.items() if key not in ("discriminator", _MARK)}
    if node.get(_MARK):
        told["$ref"] = f"#/$defs/{node[_MARK]}"
    if "prefixItems" in told:
        told["items"] = told.pop("prefixItems")
    if "patternProperties" in told:
        told.setdefault("additionalProperties", False)
    result = {key: _draft_7(below) for key, below in told.items()}
    if isinstance(result.get("$ref"), str):
        result["$ref"] = result["$ref"].replace("#/$defs/", "#/definitions/")
        if len(result) > 1:
            return {
                **{key: result[key] for key in result if key != "$ref"},
                "allOf": [{"$ref": result["$ref"]}],
            }
    return result


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
