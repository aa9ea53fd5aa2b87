"""The tables as one workbook: a sheet each, which says by itself what it is when it is copied away."""

from __future__ import annotations

from procure_opt.claim import Claim
from procure_opt.result.sheets import harmless
from procure_opt.spreadsheet.book import book_bytes
from procure_opt.spreadsheet.sheet import Sheet, Value

from .about import about, footing
from .inputs import inputs
from .nations import nations
from .points import points
from .table import Cell, Table
from .workshare import workshare

HEADING = 3
"""Rows above the names of the columns; the units stand in the row below the names."""


def workbook_bytes(claim: Claim) -> bytes:
    """Return the workbook; the same claim gives the same bytes.

    Raises :class:`UsageError` if openpyxl is not installed (``procure-opt[excel]``).
    """
    tables = (make(claim) for make in (about, points, nations, workshare, inputs))
    return book_bytes([_sheet(claim, table) for table in tables], "to_excel")


def _sheet(claim: Claim, table: Table) -> Sheet:
    said = footing(claim)
    heading: list[list[Value]] = [
        [harmless(f"{said['marking']}; as of {said['as of']}")],
        [harmless(f"{said['title']} ({said['case']}): {table.what}; {said['completeness']}")],
        [harmless(f"view {said['view']}; data: {said['data']}")],
    ]
    names: list[Value] = [column.name for column in table.columns]
    units: list[Value] = [harmless(column.unit) for column in table.columns]
    rows: list[list[Value]] = [[_value(cell) for cell in row] for row in table.rows]
    return Sheet(table.name, [*heading, names, units, *rows], bold=(0, HEADING), grey=(1, 2, HEADING + 1),
                 frozen=(HEADING + 2, table.key), unwrapped=HEADING)  # fmt: skip


def _value(cell: Cell) -> Value:
    """Numbers stay numbers; a text that a spreadsheet would run is made harmless."""
    return harmless(cell) or None if isinstance(cell, str) else cell
