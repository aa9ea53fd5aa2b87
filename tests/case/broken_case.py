"""Cases broken on purpose: TRI-1 with a few values changed, as a file with real lines and columns."""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from procure_opt.case.document import read_document
from procure_opt.case.load import check_case
from procure_opt.errors import CaseError, Finding

ROOT = Path(__file__).parents[2]
TRI_1 = ROOT / "tests" / "oracles" / "tri1.yaml"

DROP = object()
"""As the new value: take the key away."""

Edits = Mapping[str, Any]
"""Path with dots (``pillars.aircraft.growth``; list places count from 0) -> new value."""


@dataclass(frozen=True)
class Row:
    """A broken case and one thing that is said about it: the text at its line and column, and the words."""

    check: str
    edits: Edits
    where: str
    words: str
    marked: str
    severity: str = "error"


def place(path: str) -> str:
    """Return a path with dots as messages write it: places in lists in brackets."""
    return re.sub(r"\.([0-9]+)", r"[\1]", path)


def failed(check: str, edits: Edits, where: str, words: str, marked: str) -> Row:
    """Return a row of an error."""
    return Row(check, edits, place(where), words, marked)


def warned(check: str, edits: Edits, where: str, words: str, marked: str) -> Row:
    """Return a row of a warning."""
    return Row(check, edits, place(where), words, marked, "warning")


def tri1() -> dict[str, Any]:
    """Return what TRI-1 says, to be changed."""
    return copy.deepcopy(_read())


@functools.cache
def _read() -> dict[str, Any]:
    data = _bare(read_document(TRI_1).data)
    assert isinstance(data, dict)
    return data


def _bare(data: object) -> Any:
    if isinstance(data, dict):
        return {key: _bare(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_bare(value) for value in data]
    return float(data) if isinstance(data, Decimal) else data


def edited(edits: Edits) -> dict[str, Any]:
    """Return TRI-1 with these values changed, added or dropped."""
    data = tri1()
    for path, stated in edits.items():
        value = stated if stated is DROP else copy.deepcopy(stated)
        *parents, last = (int(part) if part.isdigit() else part for part in path.split("."))
        place: Any = data
        for part in parents:
            place = place[part] if isinstance(part, int) else place.setdefault(part, {})
        if value is DROP:
            del place[last]
        elif isinstance(place, list) and last == len(place):
            place.append(value)
        else:
            place[last] = value
    return data


def text_of(data: object) -> str:
    """Return the data as YAML, a line per value."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return yaml.dump(
        data, Dumper=dumper, sort_keys=False, default_flow_style=False, allow_unicode=True, width=10_000
    )


def findings_about(text: str, folder: Path) -> tuple[Finding, ...]:
    """Return what is said about the text of a case file, errors and warnings."""
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        return check_case(path)[1]
    except CaseError as error:
        return error.findings


def marked_text(text: str, finding: Finding) -> str:
    """Return the text at the line and column of a finding."""
    return text.splitlines()[finding.line - 1][finding.column - 1 :]


def assert_row(row: Row, folder: Path) -> None:
    """Assert that the row's finding is there: severity, place, words, and what stands at line:col."""
    text = text_of(edited(row.edits))
    found = findings_about(text, folder)
    told = [each for each in found if each.where == row.where and row.words in each.message]
    assert told, f"nothing like {row.words!r} at {row.where!r} among:\n" + "\n".join(map(str, found))
    assert told[0].severity == row.severity
    assert marked_text(text, told[0]).startswith(row.marked), marked_text(text, told[0])
