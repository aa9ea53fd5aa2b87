"""How a program is handed to HiGHS."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import numpy as np
from highspy import HighsLp, HighsStatus, HighsVarType, MatrixFormat
from numpy.typing import NDArray

from procure_opt.errors import EngineDoubt
from procure_opt.solving.program import Program


def model_of(program: Program, *, relaxed: bool = False) -> HighsLp:
    """Return the program as HiGHS takes it; ``relaxed``: without integrality."""
    lp = HighsLp()
    lp.num_col_, lp.num_row_ = program.columns, len(program.rows)
    lp.col_cost_ = np.zeros(program.columns)
    lp.col_lower_, lp.col_upper_ = numbers(program.lower), numbers(program.upper)
    if not relaxed:
        lp.integrality_ = [HighsVarType.kInteger if i else HighsVarType.kContinuous for i in program.integer]
    lp.row_lower_ = numbers(row.lower for row in program.rows)
    lp.row_upper_ = numbers(row.upper for row in program.rows)
    lp.a_matrix_.format_ = MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row.columns) for row in program.rows)], dtype=np.int32)
    lp.a_matrix_.index_ = indices(chain.from_iterable(row.columns for row in program.rows))
    lp.a_matrix_.value_ = numbers(chain.from_iterable(row.coefficients for row in program.rows))
    return lp


def indices(columns: Iterable[int]) -> NDArray[np.int32]:
    """Return column indices as HiGHS takes them."""
    return np.fromiter(columns, dtype=np.int32)


def numbers(values: Iterable[float]) -> NDArray[np.float64]:
    """Return numbers as HiGHS takes them."""
    return np.fromiter(values, dtype=np.float64)


def accept(status: HighsStatus, what: str) -> None:
    """Raise :class:`EngineDoubt` if HiGHS did not do what it was told."""
    if status != HighsStatus.kOk:
        raise EngineDoubt(f"HiGHS did not accept {what}: {status.name}")
