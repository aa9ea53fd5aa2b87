"""A table as a pandas frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from procure_opt.claim import Claim
from procure_opt.extras import needed

from .about import footing
from .table import Cell, Column, Table


def frame(claim: Claim, table: Table) -> Any:
    """Return the table as a frame, its key as index; ``attrs`` holds units, marking, date and completeness.

    Whole numbers are int64, fractions float64 (the nearest), texts str; what is not there is missing.
    """
    pandas = needed("pandas", "frame", "to_frame")
    by_column = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    data = {
        column.name: _series(pandas, column, cells)
        for column, cells in zip(table.columns, by_column, strict=True)
    }
    made = pandas.DataFrame(data).set_index([column.name for column in table.columns[: table.key]])
    made.attrs = {"units": {column.name: column.unit for column in table.columns}, **footing(claim)}
    return made


def _series(pandas: Any, column: Column, cells: Sequence[Cell]) -> Any:
    if column.kind == "number":
        return pandas.Series([None if cell is None else float(cell) for cell in cells], dtype="float64")
    return pandas.Series(list(cells), dtype="int64" if column.kind == "whole" else "str")
