"""The inputs of a case: its numbers that have a range, and the case with one of them at an end of it.

Numbers that are stated alike in several places (the same value, unit, range, basis, source and note) are one
input: a case file has no anchors, so that what is one assumption may have to be written several times.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import reduce
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from procure_opt.errors import UsageError, printable

from .model import Case
from .number import Number
from .paths import Path, dotted
from .provenance import stated_numbers
from .shapes import field_of

End = Literal["low", "high"]

IDLE = frozenset(
    {"editions", "falsifiers", "historical", "ideals", "injects", "resolution", "seats", "sources"}
)
"""Parts of a case whose numbers decide nothing."""


@dataclass(frozen=True, slots=True)
class Movable:
    """A number with a range, and every place of the case that states it alike."""

    paths: tuple[Path, ...]
    number: Number

    @property
    def where(self) -> tuple[str, ...]:
        """The places as messages write them."""
        return tuple(dotted(path) for path in self.paths)


def inputs(case: Case) -> tuple[Movable, ...]:
    """Return every input with a range that decides something, by the first of its places.

    >>> from procure_opt.case.load import load_case
    >>> "nations.GBR.stake" in {each.where[0] for each in inputs(load_case("gcap"))}
    True
    """
    alike: dict[Hashable, list[tuple[Path, Number]]] = {}
    for path, number in stated_numbers(case):
        ranges = number.low is not None and number.high is not None and number.low < number.high
        if ranges and decides(case, path):
            alike.setdefault(_as_stated(case, path, number), []).append((path, number))
    found = (sorted(group, key=lambda each: dotted(each[0])) for group in alike.values())
    together = (Movable(tuple(path for path, _ in group), group[0][1]) for group in found)
    return tuple(sorted(together, key=lambda each: each.where))


def decides(case: Case, path: Path) -> bool:
    """Can the number at this place decide anything? (Not in a red line that does not apply, say.)"""
    if path[0] == "red_lines":
        return case.applies(str(path[1])) and case.enters(str(path[1]))
    if "exchange_rates" in path:
        return case.participation.sense == "cone"
    return path[0] not in IDLE


def _as_stated(case: Case, path: Path, number: Number) -> Hashable:
    """Return what two statements of one number share; with no source and no note also the field."""
    said = (number.source, number.note) if number.source or number.note else _field(case, path)
    return (number.value, number.unit, number.low, number.high, number.basis, said)


def _field(case: Case, path: Path) -> tuple[str, str]:
    """Return the model and the field that hold the number, whatever the keys of maps on the way."""
    at: Any = case
    held = ("", "")
    for part in path:
        if isinstance(at, BaseModel):
            held = (type(at).__name__, _name(at, part))
            at = getattr(at, held[1])
        else:
            at = at[part]
    return held


def _name(model: BaseModel, key: str | int) -> str:
    field = field_of(type(model), key)
    if field is None:
        raise KeyError(key)
    return field[0]


def at_end(case: Case, movable: Movable, end: End) -> Case:
    """Return the case with the input at its low or high end (inside it, where only whole numbers count).

    Raises :class:`UsageError` if the format refuses that end.
    """
    stated: Decimal = getattr(movable.number, end)
    inside = stated.to_integral_value(ROUND_CEILING if end == "low" else ROUND_FLOOR)
    for value in (stated, inside):
        try:
            return reduce(lambda so_far, path: _put(so_far, path, value), movable.paths, case)
        except ValidationError as error:
            told = error.errors(include_url=False, include_context=False, include_input=False)[0]["msg"]
    raise UsageError(f"{movable.where[0]} cannot be {stated}: {printable(told, 200)}")


def _put(node: Any, path: Path, value: Decimal) -> Any:
    """Return a copy in which the number at the path has the value, validated on the way."""
    if isinstance(node, Number):
        return node.model_copy(update={"value": value})
    key, *rest = path
    if isinstance(node, BaseModel):
        name = _name(node, key)
        stated = {each: getattr(node, each) for each in node.model_fields_set}
        return type(node).model_validate(stated | {name: _put(getattr(node, name), tuple(rest), value)})
    if isinstance(node, dict):
        return node | {key: _put(node[key], tuple(rest), value)}
    return tuple(
        _put(below, tuple(rest), value) if place == key else below for place, below in enumerate(node)
    )
