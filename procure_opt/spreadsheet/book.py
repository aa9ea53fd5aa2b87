"""A workbook as bytes: numbers as numbers, texts as texts whatever they look like, no clock inside."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from procure_opt.extras import needed

from .sheet import Sheet, Value

_NARROWEST, _WIDEST = 10, 60
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</)")


def book_bytes(sheets: Iterable[Sheet], what: str) -> bytes:
    """Return a workbook of these sheets; ``what`` is what it is for, should openpyxl not be installed.

    Raises :class:`UsageError` then.
    """
    openpyxl = needed("openpyxl", "excel", what)
    book = openpyxl.Workbook(write_only=True)
    styles = _Styles()
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet, styles)
    stream = io.BytesIO()
    book.save(stream)
    return _without_clock(stream.getvalue())


class _Styles:
    """The few ways in which a cell looks."""

    def __init__(self) -> None:
        styles = needed("openpyxl.styles", "excel", "a workbook")
        self.cell = needed("openpyxl.cell", "excel", "a workbook").WriteOnlyCell
        self.bold = styles.Font(bold=True)
        self.grey = styles.Font(italic=True, color="00595959")
        self.wrapped = styles.Alignment(wrap_text=True, vertical="top")


def _write(page: Any, sheet: Sheet, styles: _Styles) -> None:
    letter = needed("openpyxl.utils", "excel", "a workbook").get_column_letter
    for place, width in enumerate(_widths(sheet), start=1):
        page.column_dimensions[letter(place)].width = width
    rows, columns = sheet.frozen
    page.freeze_panes = f"{letter(columns + 1)}{rows + 1}"
    for number, row in enumerate(sheet.rows):
        page.append([_cell(page, value, number, sheet, styles) for value in row])


def _widths(sheet: Sheet) -> list[int]:
    body = sheet.rows[sheet.unwrapped :]
    most = max((len(row) for row in body), default=0)
    widest = [max((len(str(row[c])) for row in body if c < len(row) and row[c] is not None), default=0)
              for c in range(most)]  # fmt: skip
    return [min(_WIDEST, max(_NARROWEST, width + 1)) for width in widest]


def _cell(page: Any, value: Value, row: int, sheet: Sheet, styles: _Styles) -> Any:
    """Return the cell; a text is said to be one, for by itself ``=1`` or ``#N/A`` would be something else."""
    if isinstance(value, Fraction):
        value = int(value) if value.denominator == 1 else _nearest(value)
    cell = styles.cell(page, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    if row in sheet.bold:
        cell.font = styles.bold
    elif row in sheet.grey:
        cell.font = styles.grey
    if row >= sheet.unwrapped and isinstance(value, str):
        cell.alignment = styles.wrapped
    return cell


def _nearest(value: Fraction) -> Any:
    return float(value)


def _without_clock(raw: bytes) -> bytes:
    """Return the same workbook without the times at which it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = _CLOCK.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", old.read(name))
            new.writestr(zipfile.ZipInfo(name, _NO_DAY), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
