"""What the case format says about a place: is it text, is it a number with a past, what is it called."""

from __future__ import annotations

import functools
from typing import Any

from procure_opt.case.conditions import Condition
from procure_opt.case.forms import Form
from procure_opt.case.model import Case
from procure_opt.case.number import Number
from procure_opt.case.paths import Path
from procure_opt.case.shapes import admitted, alternatives, child, field_of, fields, is_model

_TEXTS = frozenset({Form.TEXT, Form.DATE})


@functools.lru_cache(maxsize=20_000)
def types_at(path: Path) -> tuple[Any, ...]:
    """Return the types of which the value at a path may be one; none if the format has no such place."""
    found: tuple[Any, ...] = (Case,)
    for part in path:
        below = (child(leaf, part) for each in found for leaf in alternatives(each))
        found = tuple(kind for kind in below if kind is not None)
    return tuple(leaf for each in found for leaf in alternatives(each))


@functools.lru_cache(maxsize=20_000)
def is_text(path: Path) -> bool:
    """Can only a text stand there?

    >>> is_text(("nations", "ITA", "name")), is_text(("nations", "ITA", "stake"))
    (True, False)
    """
    found = types_at(path)
    return bool(found) and all(admitted(each) - {Form.NOTHING} <= _TEXTS for each in found)


@functools.lru_cache(maxsize=20_000)
def is_number(path: Path) -> bool:
    """Can a number in the long form stand there?

    >>> is_number(("nations", "ITA", "stake"))
    True
    """
    return any(each is Number for each in types_at(path))


def is_condition(path: Path) -> bool:
    """Does a condition stand there?

    >>> is_condition(("red_lines", "RL1", "then"))
    True
    """
    return Condition in types_at(path)


@functools.lru_cache(maxsize=20_000)
def has_fields(path: Path) -> bool:
    """Does something with named fields stand there (a budget, say), and not a condition or a number?"""
    found = types_at(path)
    return bool(found) and all(is_model(each) and each not in (Number, Condition) for each in found)


def field_names(path: Path) -> list[str]:
    """Return the names of the fields at a path in the order of the format.

    >>> field_names(("links", "L1"))
    ['pillar', 'needs', 'both_ways', 'text', 'source']
    """
    return [name for each in types_at(path) if is_model(each) for name in fields(each)]


def description(path: Path) -> str:
    """Return what the format says of a field; nothing if it says nothing.

    >>> description(("links", "L1", "needs"))
    '... then this one exists too.'
    """
    *above, last = path
    for each in types_at(tuple(above)):
        field = field_of(each, last) if is_model(each) else None
        if field is not None and field[1].description:
            return field[1].description
    return ""
