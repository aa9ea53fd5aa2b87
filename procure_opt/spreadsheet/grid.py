"""What was read of a workbook: sheets of cells with their places, before anybody asks what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from procure_opt.errors import Finding, printable


class Spot(NamedTuple):
    """A cell: sheet by number, row and column from 1. Spots sort as one reads."""

    sheet: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Page:
    """The cells of a sheet that are not empty: row -> column -> what is in it."""

    name: str
    rows: Mapping[int, Mapping[int, object]]


@dataclass(frozen=True, slots=True)
class Grid:
    """The sheets of a workbook, in its order; ``name`` is what messages call the file."""

    name: str
    pages: Sequence[Page]

    def finding(self, spot: Spot, sentence: str, where: str = "", severity: str = "error") -> Finding:
        """Return what is to be said about a cell; in row 0, about the whole file."""
        place = f"{self.name}: {self.pages[spot.sheet].name}" if spot.row else self.name
        return CellFinding(place, spot.row, spot.column, severity, where, sentence)


class CellFinding(Finding):
    """A finding whose place is a cell: ``case.xlsx: nations!C5: error: ...``."""

    __slots__ = ()

    def __str__(self) -> str:
        """Return it with the cell as spreadsheet programs name it."""
        subject = f"{printable(self.where)}: " if self.where else ""
        place = (
            f"{printable(self.file)}!{letters(self.column)}{self.line}" if self.line else printable(self.file)
        )
        return f"{place}: {self.severity}: {subject}{printable(self.message, 600)}"


def letters(column: int) -> str:
    """Return the name of a column.

    >>> letters(1), letters(26), letters(27), letters(703)
    ('A', 'Z', 'AA', 'AAA')
    """
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
