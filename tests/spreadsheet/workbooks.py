"""Workbooks for tests: changed cell by cell, or put together from raw parts."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tri1_claim import ROOT, TRI1

from procure_opt.extras import needed
from procure_opt.spreadsheet.convert import to_workbook


@functools.cache
def tri1_workbook() -> bytes:
    """Return TRI-1 as a workbook."""
    return to_workbook(ROOT / TRI1)[0]


def loaded(raw: bytes) -> Any:
    """Return the workbook as openpyxl has it."""
    return needed("openpyxl", "excel", "tests").load_workbook(io.BytesIO(raw))


def cell(book: Any, sheet: str, column: str, first: str, item: str | None = None) -> Any:
    """Return a cell by the names of its column and row (the first key, and the item on sheets that list)."""
    page = book[sheet]
    heads = [each.value for each in page[1]]
    for row in page.iter_rows(min_row=3):
        if row[1].value == first and (item is None or row[heads.index("item")].value == item):
            return row[heads.index(column)]
    raise KeyError((sheet, column, first, item))


def changed(path: Path, change: Callable[[Any], None]) -> Path:
    """Write TRI-1 as a workbook with something changed in it; return its path."""
    book = loaded(tri1_workbook())
    change(book)
    book.save(path)
    return path


def repacked(path: Path, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> Path:
    """Write TRI-1 as a workbook with its raw parts changed, and with more parts; return its path."""
    with (
        zipfile.ZipFile(io.BytesIO(tri1_workbook())) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return path
