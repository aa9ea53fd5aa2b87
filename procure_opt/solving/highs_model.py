"""How a program is handed to HiGHS."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from highspy import HighsLp, HighsStatus, HighsVarType, MatrixFormat
from numpy.typing import NDArray

from procure_opt.errors import EngineDoubt
from procure_opt.solving.matrix import Matrix


def model_of(matrix: Matrix, *, relaxed: bool = False) -> HighsLp:
    """Return the program as HiGHS takes it; ``relaxed``: without integrality."""
    lp = HighsLp()
    lp.num_col_, lp.num_row_ = len(matrix.low), len(matrix.row_low)
    lp.col_cost_ = np.zeros(len(matrix.low))
    lp.col_lower_, lp.col_upper_ = matrix.low, matrix.high
    if not relaxed:
        lp.integrality_ = [HighsVarType.kInteger if i else HighsVarType.kContinuous for i in matrix.whole]
    lp.row_lower_, lp.row_upper_ = matrix.row_low, matrix.row_high
    lp.a_matrix_.format_ = MatrixFormat.kRowwise
    lp.a_matrix_.start_ = matrix.starts.astype(np.int32)
    lp.a_matrix_.index_ = matrix.columns.astype(np.int32)
    lp.a_matrix_.value_ = matrix.entries
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
