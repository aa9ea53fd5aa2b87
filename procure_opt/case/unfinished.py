"""A case that has errors, as far as it goes: its names can be looked up already, all else has to wait.

Names need only what is written, not that it is right; so somebody who mends a case learns of a mistyped
name in the first round. Sums, levels and tiers mean nothing as long as a part of them is wrong.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from procure_opt.errors import Finding

from .checks.references import names_of_unfinished
from .document import Document
from .events import MOST_FINDINGS
from .forms import Form, forms
from .model import Case
from .pillars import Pillar
from .shapes import child, field_of, fitting, is_model
from .validate import findings_of

NOTE = "note"
"""Severity of what is neither right nor wrong: how to read the findings before it."""

_COLLECTIONS = ("nations", "others", "functions", "tasks", "needs", "pillars", "red_lines", "sources")
_WAITING = "what the parts mean together (sums, tiers) is checked once the errors are mended"
_NAMES_TOO = f"names, and {_WAITING}"


def with_names(errors: Sequence[Finding], document: Document) -> list[Finding]:
    """Return the errors of a document, the names in it that are unknown, and what is not checked yet.

    >>> error = Finding("toy.yaml", 1, 1, "error", "", "no")
    >>> print(*with_names([error], Document("toy.yaml", {}, {}, {}))[1:])
    toy.yaml:1:1: note: what the parts mean together (sums, tiers) is checked once the errors are mended
    """
    told = list(errors)
    looked_up = states_its_names(document.data)
    if looked_up:
        places = {(each.line, each.column) for each in errors}
        remarks = itertools.islice(names_of_unfinished(as_written(document.data)), MOST_FINDINGS)
        told += [each for each in findings_of(document, remarks) if (each.line, each.column) not in places]
    last = max(told, key=lambda each: (each.line, each.column))
    words = _WAITING if looked_up else _NAMES_TOO
    return [*told, Finding(document.name, last.line, last.column, NOTE, "", words)]


def states_its_names(data: object) -> bool:
    """Can one tell from the data which names are known: is nothing that states names misspelt or misshapen?

    >>> states_its_names({"nations": {}}), states_its_names({"natoins": {}}), states_its_names({"others": []})
    (True, False, False)
    """
    if not isinstance(data, dict) or any(field_of(Case, key) is None for key in data):
        return False
    if not all(isinstance(data.get(key, {}), dict) for key in _COLLECTIONS):
        return False
    pillars = data.get("pillars", {}).values()
    return all(
        isinstance(pillar, dict) and all(field_of(Pillar, key) is not None for key in pillar)
        for pillar in pillars
    )


def as_written(data: object) -> Case:
    """Return the data as a case that nobody validated; what is missing or of a wrong form is empty."""
    case = _built(Case, data)
    assert isinstance(case, Case)
    return case


def _built(annotation: Any, value: object) -> Any:
    leaf = fitting(annotation, value)
    if is_model(leaf):
        return _model(leaf, value if isinstance(value, dict) else {})
    if Form.MAPPING in forms(leaf) and not isinstance(value, dict):
        return {}
    if isinstance(value, list):
        return tuple(_built(child(leaf, place), below) for place, below in enumerate(value))
    if isinstance(value, dict):
        return {key: _built(child(leaf, key), below) for key, below in value.items()}
    return value


def _model(model: type[BaseModel], stated: dict[str, Any]) -> BaseModel:
    named = ((key, field_of(model, key)) for key in stated)
    known = {field[0]: _built(child(model, key), stated[key]) for key, field in named if field is not None}
    absent: dict[str, Any] = {name: {} for name, info in model.model_fields.items() if info.is_required()}
    return model.model_construct(_fields_set=set(known), **(absent | known))
