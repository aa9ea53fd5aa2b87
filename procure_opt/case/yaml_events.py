"""A YAML text as events: PyYAML finds where things are, ``scalars`` says what they mean.

Tags, anchors and aliases are refused where they stand; nothing is ever constructed or expanded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from procure_opt.errors import printable

from .events import Event, Kind, broken
from .scalars import resolve
from .yaml_hints import SCANNER as _Loader
from .yaml_hints import sentence_for

_OPENERS = {yaml.MappingStartEvent: Kind.MAPPING, yaml.SequenceStartEvent: Kind.LIST}
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_STANDARD_TAG = "tag:yaml.org,2002:"


def yaml_events(text: str) -> Iterator[Event]:
    r"""Yield what stands in the YAML ``text``, in its order; the last event is BROKEN if it breaks off.

    >>> [event.value for event in yaml_events("no: [NO, 0.5]\n") if event.kind is Kind.SCALAR]
    ['no', 'NO', Decimal('0.5')]
    """
    documents = 0
    for raw in _raw_events(text):
        if isinstance(raw, Event):
            yield raw
        elif isinstance(raw, yaml.DocumentStartEvent):
            documents += 1
            if flaw := _flaw_of_document(raw, documents):
                yield broken(*_place(raw), flaw)
                return
        elif not isinstance(raw, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
            yield _event(raw)
    if not documents:
        yield broken(1, 1, "the file holds only comments, expected lines such as title: ...")


def _raw_events(text: str) -> Iterator[Any]:
    """Yield PyYAML's events, and instead of its exceptions one last event of ours."""
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.YAMLError as error:
        yield broken(*sentence_for(error, text))
    except (ValueError, OverflowError):  # the Python parser on escapes such as "\U99999999"
        yield broken(1, 1, "this \\u escape is no character by itself, write the character instead")


def _flaw_of_document(raw: Any, number: int) -> str:
    if number > 1:
        return "a second document starts here, a case file holds one: remove this line or split the file"
    if raw.version not in (None, (1, 2)):
        written = ".".join(map(str, raw.version))
        return f"found %YAML {written}, case files are read as YAML 1.2: remove this line"
    return ""


def _event(raw: Any) -> Event:
    line, column = _place(raw)
    if isinstance(raw, _ENDS):
        return Event(Kind.CLOSE, line, column)
    if isinstance(raw, yaml.AliasEvent):
        flaw = f"alias *{_short(raw.anchor)} is not allowed, write the value out"
        return Event(Kind.SCALAR, line, column, f"*{raw.anchor}", "*", flaws=(flaw,))
    flaws = tuple(_flaws_of_properties(raw))
    if isinstance(raw, yaml.ScalarEvent):
        return _scalar(raw, line, column, flaws)
    return Event(_OPENERS[type(raw)], line, column, flaws=flaws)


def _scalar(raw: yaml.ScalarEvent, line: int, column: int, flaws: tuple[str, ...]) -> Event:
    text: str = raw.value
    plain = bool(raw.implicit[0])
    value, flaw = resolve(text) if plain else (text, "")
    return Event(Kind.SCALAR, line, column, text, value, plain, (*flaws, flaw) if flaw else flaws)


def _flaws_of_properties(raw: Any) -> Iterator[str]:
    if raw.anchor is not None:
        yield f"anchor &{_short(raw.anchor)} is not allowed, write the value out where it is used"
    if raw.tag is not None:
        written = raw.tag.replace(_STANDARD_TAG, "!!")
        yield f"tag {_short(written)} is not allowed, write the plain value without it"


def _short(name: object) -> str:
    return printable(name, 60)


def _place(raw: Any) -> tuple[int, int]:
    return raw.start_mark.line + 1, raw.start_mark.column + 1
