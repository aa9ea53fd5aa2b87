"""A case file as a workbook and back: what is written has been read back, and says the same."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path as File
from tempfile import TemporaryDirectory

from procure_opt.case.document import Document, parse_document, read_document
from procure_opt.case.editions import MARK
from procure_opt.case.load import case_file, check_editions
from procure_opt.case.paths import Path
from procure_opt.errors import CaseError, Finding, UsageError

from .book import book_bytes
from .flow import flow
from .fold import Folded, folded
from .grid import Grid, Spot
from .opening import MOST_BYTES, opened
from .unfold import sheets
from .yaml_text import yaml_text


def to_workbook(source: str | os.PathLike[str]) -> tuple[bytes, tuple[Finding, ...]]:
    """Return the workbook of a case file, and what there is to say about the case.

    Raises :class:`CaseError` if the case cannot be used, in any of its editions, and :class:`UsageError` for
    standard input, which cannot be read twice.
    """
    text, path = os.fspath(source), case_file(source)
    if MARK in text and not os.path.lexists(text):
        raise UsageError("convert takes a whole case file with all its editions: leave out what follows @")
    if path is None:
        raise UsageError("convert reads a file or a bundled case, not standard input")
    said = tuple(finding for _, findings in check_editions(path) for finding in findings)
    data = read_document(path).data
    assert isinstance(data, dict)
    raw = book_bytes(sheets(data), "convert")
    again = folded(opened(raw, "the workbook")).data
    assert alike(again, data), "the workbook does not say what the case file says"
    return raw, said


def from_workbook(source: str | os.PathLike[str]) -> tuple[str, tuple[Finding, ...]]:
    """Return the case file (YAML) of a workbook, and what there is to say about the case.

    Raises :class:`CaseError` if it cannot be used; its findings name sheets and cells.
    """
    name = os.fspath(source)
    grid = opened(_bytes(name), name)
    found = folded(grid)
    text = yaml_text(found.data)
    document = _parsed(text, name)
    assert alike(document.data, found.data), "the case file does not say what the workbook says"
    with TemporaryDirectory() as folder:
        written = File(folder, "case.yaml")
        written.write_text(text, encoding="utf-8")
        paths = {
            place: path
            for each in (document.positions, document.key_positions)
            for path, place in each.items()
        }
        try:
            checked = check_editions(written)
        except CaseError as error:
            raise CaseError(_at_cells(error.findings, grid, found, paths)) from None
    said = (finding for _, findings in checked for finding in findings)
    return text, tuple(_at_cells(said, grid, found, paths))


def _parsed(text: str, name: str) -> Document:
    """Return the document; what can still be wrong (too large, too long a key) has a path but no cell."""
    try:
        return parse_document(text.encode("utf-8"), name)
    except CaseError as error:
        raise CaseError(replace(each, line=0, column=0) for each in error.findings) from None


def alike(first: object, second: object) -> bool:
    """Do two documents say the same? 40 and 40.0 do not: a case keeps its digits; the order of keys is free.

    >>> alike({"a": 1, "b": [2]}, {"b": [2], "a": 1}), alike({"a": 1}, {"a": True})
    (True, False)
    """
    if isinstance(first, dict) and isinstance(second, dict):
        return first.keys() == second.keys() and all(alike(first[key], second[key]) for key in first)
    if isinstance(first, list) and isinstance(second, list):
        return len(first) == len(second) and all(alike(a, b) for a, b in zip(first, second, strict=True))
    return type(first) is type(second) and flow(first) == flow(second)


def _bytes(name: str) -> bytes:
    """Return the file, no more of it than is read."""
    path = File(name)
    if not path.is_file():
        told = "this is a folder, expected a workbook" if path.is_dir() else "no such file"
        raise CaseError([Finding(name, 0, 0, "error", "", told)])
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        told = f"cannot be read: {error.strerror or error}"
        raise CaseError([Finding(name, 0, 0, "error", "", told)]) from None


def _at_cells(
    findings: Iterable[Finding], grid: Grid, found: Folded, paths: dict[tuple[int, int], Path]
) -> list[Finding]:
    """Return the findings about the case file at the cells that say it."""
    told = []
    for each in findings:
        path = paths.get((each.line, each.column), ())
        spot = _spot(found, path)
        told.append(grid.finding(spot, each.message, each.where, each.severity))
    return told


def _spot(found: Folded, path: Path) -> Spot:
    """Return the cell of a path, or of what is nearest above it; in a workbook lists count from 1."""
    counted = tuple(part + 1 if isinstance(part, int) else part for part in path)
    for length in range(len(counted), 0, -1):
        if counted[:length] in found.spots:
            return found.spots[counted[:length]]
    return Spot(0, 0, 0)
