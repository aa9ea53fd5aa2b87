"""The numbers of the case, each with range, basis and source: what everything else rests on."""

from __future__ import annotations

from typing import Any

from procure_opt.case.model import Case
from procure_opt.case.number import Number
from procure_opt.case.paths import dotted
from procure_opt.case.provenance import as_stated, stated_numbers
from procure_opt.errors import printable


def inputs(case: Case) -> list[dict[str, Any]]:
    """Return every number that the case states, in the order of its file's names."""
    rows = [_row(case, dotted(path), number) for path, number in stated_numbers(as_stated(case))]
    return sorted(rows, key=lambda row: str(row["where"]))


def _row(case: Case, where: str, number: Number) -> dict[str, Any]:
    return {
        "where": where,
        "value": str(number.value),
        "unit": number.unit or "",
        "low": "" if number.low is None else str(number.low),
        "high": "" if number.high is None else str(number.high),
        "basis": number.basis or "unsourced",
        "source": _source(case, number),
        "note": printable(number.note or "", 2000),
    }


def _source(case: Case, number: Number) -> str:
    """Return the source in words: publisher, title, date."""
    if not number.source:
        return ""
    stated = case.sources.get(number.source.partition("/")[0])
    if stated is None:
        return number.source
    told = [stated.publisher, stated.title, stated.date]
    return ", ".join(str(part) for part in told if part)
