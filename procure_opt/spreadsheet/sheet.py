"""One sheet of a workbook as plain rows, before any library knows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Value = str | int | bool | Decimal | Fraction | None

LONGEST_TEXT = 32_767
"""Characters in a cell; spreadsheet programs take no more."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of a sheet and how they look; rows and columns count from 0.

    ``frozen``: how many rows and columns stay when one scrolls. ``unwrapped``: so many rows at the top may
    run over the cells beside them.
    """

    name: str
    rows: Sequence[Sequence[Value]]
    bold: tuple[int, ...] = ()
    grey: tuple[int, ...] = ()
    frozen: tuple[int, int] = (1, 0)
    unwrapped: int = 0
