"""One row per number that the case states: what it is, its range, and on what it rests."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from procure_opt.case.number import Number
from procure_opt.case.paths import Path, dotted
from procure_opt.case.provenance import as_stated, stated_numbers
from procure_opt.claim import Claim
from procure_opt.errors import printable

from .table import Cell, Column, Table, number

_LONGEST = 2000
UNSOURCED = "unsourced"


def inputs(claim: Claim) -> Table:
    """Return the table, sorted by place; numbers that say what silence would mean are left out."""
    columns = (
        Column("input", "place in the case"),
        number("value", "see unit, or the name of the input"),
        Column("unit", "as the source gives it"),
        number("low", "as the value"),
        number("high", "as the value"),
        Column("basis", "retrieved, recalled, derived, assumed or unsourced"),
        Column("source", "id among the sources of the case"),
        Column("note", "how it was read or derived, or why it was assumed"),
    )
    found = sorted(stated_numbers(as_stated(claim.case)), key=lambda pair: dotted(pair[0]))
    rows = tuple(_row(path, stated) for path, stated in found)
    return Table("inputs", "one row per number that the case states", columns, rows)


def _row(path: Path, stated: Number) -> tuple[Cell, ...]:
    texts = (stated.basis or UNSOURCED, stated.source, stated.note)
    basis, source, note = (text and printable(text, _LONGEST) for text in texts)
    unit = stated.unit and printable(stated.unit, _LONGEST)
    return dotted(path), stated.exact, unit, _exact(stated.low), _exact(stated.high), basis, source, note


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
