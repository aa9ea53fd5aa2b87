"""Opening a workbook that nobody vouches for: bounded, and nothing in it is run, followed or believed.

Looked at before any library opens it: sizes, names and entities. Then only cells are read. Formulas are
refused: what they stand for may be stale or missing, and a case states its numbers.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from procure_opt.errors import CaseError, Finding, printable
from procure_opt.extras import needed

from .grid import Grid, Page, Spot

MOST_BYTES = 8_000_000
MOST_UNPACKED = 64_000_000
MOST_PARTS = 300
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 400, 200_000
MOST_FINDINGS = 100

_BANNED = {
    "vbaproject": "macros",
    "macrosheets": "macros",
    "externallinks": "links to other files",
    "activex": "ActiveX controls",
    "ctrlprops": "controls",
    "embeddings": "embedded files",
    "connections.xml": "data connections",
    "querytables": "data connections",
}
_REFERENCE = re.compile(rb'\br="([A-Za-z]{1,7})?([0-9]{1,12})"')
_CELL = re.compile(rb"<(?:[A-Za-z0-9]+:)?c[ />]")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def opened(raw: bytes, name: str) -> Grid:
    """Return the cells of a workbook; ``name`` is what messages call it.

    Raises :class:`CaseError` if it is no workbook or one that is not read, with everything that is wrong.
    """
    if reasons := list(_reasons_against(raw)):
        raise CaseError([Finding(name, 0, 0, "error", "", reason) for reason in reasons])
    openpyxl = needed("openpyxl", "excel", "convert")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl says what it leaves out; only cells matter here
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, keep_links=False, keep_vba=False)
            pages, flaws = _pages(book)
            book.close()
    except Exception as error:  # whatever a broken file makes of a library, it is a broken file
        told = f"cannot be read as a workbook ({printable(type(error).__name__)}); save it anew as .xlsx"
        raise CaseError([Finding(name, 0, 0, "error", "", told)]) from None
    grid = Grid(name, pages)
    if flaws:
        raise CaseError([grid.finding(spot, sentence) for spot, sentence in flaws[:MOST_FINDINGS]])
    return grid


# -- before it is opened ---------------------------------------------------------------------------------


_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError)
# RuntimeError: zipfile's word for a password, and, as one of its kinds, for a way of packing that it lacks.
_UNREADABLE = (*_BROKEN, RuntimeError, ValueError, OSError)


def _reasons_against(raw: bytes) -> Iterator[str]:
    """Yield why the file is not opened."""
    if len(raw) > MOST_BYTES:
        yield f"larger than {MOST_BYTES // 10**6} MB, a case is smaller"
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            yield from _reasons_inside(packed)
    except _UNREADABLE:
        yield "this is no workbook: expected an .xlsx file (not .xls or .ods, and no password)"


def _reasons_inside(packed: zipfile.ZipFile) -> Iterator[str]:
    parts = packed.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS:
        yield f"it has {len(parts)} parts, at most {MOST_PARTS} are read"
    elif unpacked > MOST_UNPACKED:
        yield f"it unpacks to {unpacked // 10**6} MB, at most {MOST_UNPACKED // 10**6} are read"
    else:
        names = {part.filename.lower().replace("\\", "/") for part in parts}
        banned = {what for name in names for mark, what in _BANNED.items() if mark in name}
        yield from (f"it holds {what}: save it without them" for what in sorted(banned))
        if "xl/workbook.xml" not in names:
            yield "this is no workbook: it has no xl/workbook.xml"
        yield from _reasons_in_parts(packed, parts)


def _reasons_in_parts(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[str]:
    cells = 0
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        content = packed.read(part)  # never more than the size that was declared and looked at
        shown = printable(part.filename, 60)
        if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:200]:
            yield f"{shown} is not UTF-8"
        if _ENTITY.search(content):
            yield f"{shown} declares entities, which no spreadsheet program writes"
        if "worksheets/" in part.filename.lower():
            cells += len(_CELL.findall(content))
            if far := next(_beyond(content), None):
                most = f"at most {MOST_ROWS} rows and {MOST_COLUMNS} columns are read"
                yield f"{shown} reaches to {far}; {most}"
    if cells > MOST_CELLS:
        yield f"it has {cells} cells, at most {MOST_CELLS} are read"


def _beyond(content: bytes) -> Iterator[str]:
    """Yield places of rows and cells that are too far out."""
    for match in _REFERENCE.finditer(content):
        column = 0
        for letter in (match[1] or b"").upper():
            column = 26 * column + letter - ord("A") + 1
        if int(match[2]) > MOST_ROWS or column > MOST_COLUMNS:
            yield (match[1] or b"row ").decode("ascii") + match[2].decode("ascii")


# -- its cells -------------------------------------------------------------------------------------------

Flaws = list[tuple[Spot, str]]


def _pages(book: Any) -> tuple[list[Page], Flaws]:
    pages, flaws = [], []
    for number, sheet in enumerate(book.worksheets):
        sheet.reset_dimensions()  # what the file says of its size is not believed
        rows: dict[int, dict[int, object]] = {}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
                    continue
                spot = Spot(number, cell.row, cell.column)
                if flaw := _flaw(cell):
                    flaws.append((spot, flaw))
                rows.setdefault(spot.row, {})[spot.column] = cell.value
        pages.append(Page(sheet.title, rows))
    return pages, [flaw for flaw in flaws if not pages[flaw[0].sheet].name.startswith("_")]


def _flaw(cell: Any) -> str:
    """Return what is wrong with a cell whatever should stand in it; nothing if all is well."""
    if cell.data_type == "f":
        return "found a formula, expected a value: copy it and paste the value (a case states its numbers)"
    if cell.data_type == "e":
        return f"found the error {printable(cell.value, 20)}, expected a value"
    if cell.data_type == "n" and "%" in str(cell.number_format or ""):
        meant = f"{cell.value * 100:g} %" if isinstance(cell.value, int | float) else "percent"
        return f"found {cell.value} shown as {meant}: format it as a plain number and write what is meant"
    return ""
