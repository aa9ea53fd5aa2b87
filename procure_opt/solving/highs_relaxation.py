"""The linear relaxation of a program, asked again and again from the basis of the question before."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

import numpy as np
from highspy import Highs, HighsModelStatus, HighsStatus

from procure_opt.errors import LimitReached
from procure_opt.solving.engine import Limits
from procure_opt.solving.highs_model import accept, model_of
from procure_opt.solving.matrix import Matrix, Numbers, Vector

SETTINGS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 1,
    "presolve": "off",
    "solver": "simplex",
    "primal_feasibility_tolerance": 1e-7,
    "dual_feasibility_tolerance": 1e-7,
}
LONGEST = 3600.0


@dataclass(frozen=True, slots=True)
class Guess:
    """What the solver proposes: multipliers of the rows, and values if it found any. Neither is trusted."""

    multipliers: Vector
    values: Vector | None


class HighsRelaxation:
    """A persistent linear program; only bounds and the costs of ``watched`` change between questions."""

    def __init__(self, matrix: Matrix, watched: Numbers, limits: Limits) -> None:
        self.solves = 0
        self._rows = len(matrix.row_low)
        self._watched = watched.astype(np.int32)
        self._limits = limits
        self._low, self._high = matrix.low.copy(), matrix.high.copy()
        self._highs = Highs()  # type: ignore[no-untyped-call]
        for name, value in SETTINGS.items():
            accept(self._highs.setOptionValue(name, value), f"option {name}")
        accept(self._highs.passModel(model_of(matrix, relaxed=True)), "the relaxation")

    def solve(self, costs: Vector, low: Vector, high: Vector) -> Guess:
        """Return a guess for the least ``costs . x[watched]`` within these bounds of the columns.

        Raises :class:`LimitReached` when time is up.
        """
        self._state(costs, low, high)
        guess = self._run()
        if guess is None:
            accept(self._highs.clearSolver(), "a fresh start")
            guess = self._run()
        return guess or Guess(np.zeros(self._rows), None)

    def _state(self, costs: Vector, low: Vector, high: Vector) -> None:
        moved = np.flatnonzero((low != self._low) | (high != self._high)).astype(np.int32)
        if len(moved):
            status = self._highs.changeColsBounds(len(moved), moved, low[moved], high[moved])
            accept(status, "bounds")
        accept(self._highs.changeColsCost(len(self._watched), self._watched, costs), "costs")
        self._low, self._high = low, high

    def _run(self) -> Guess | None:
        """Solve once; None if the solver ended without an answer."""
        remaining = self._limits.remaining()
        if remaining <= 0:
            raise LimitReached("time was up before the relaxation was solved")
        self._highs.setOptionValue("time_limit", min(remaining, LONGEST))
        begun = monotonic()
        self.solves += 1
        status, model = self._highs.run(), self._highs.getModelStatus()
        if model == HighsModelStatus.kTimeLimit and monotonic() - begun >= remaining:
            raise LimitReached("time is up: the relaxation is not solved")
        if status != HighsStatus.kOk:
            return None
        if model == HighsModelStatus.kOptimal:
            solution = self._highs.getSolution()
            return Guess(np.array(solution.row_dual), np.array(solution.col_value))
        if model == HighsModelStatus.kInfeasible:
            _, known, ray = self._highs.getDualRay()  # type: ignore[attr-defined]
            return Guess(np.array(ray), None) if known else None
        return None
