"""The linear relaxation of a program: bounds in milliseconds, from the basis of the question before."""

from __future__ import annotations

from collections.abc import Mapping

from highspy import Highs, HighsModelStatus, HighsStatus

from procure_opt.errors import EngineDoubt
from procure_opt.solving.engine import Relaxation
from procure_opt.solving.highs_model import accept, indices, model_of, numbers
from procure_opt.solving.program import Program

SETTINGS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 1,
    "presolve": "off",
    "solver": "simplex",
    "primal_feasibility_tolerance": 1e-7,
    "dual_feasibility_tolerance": 1e-7,
}


class HighsRelaxation:
    """A persistent linear program; only bounds and costs change between questions."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._changed: set[int] = set()
        self._costed: set[int] = set()
        self._highs = Highs()  # type: ignore[no-untyped-call]
        for name, value in SETTINGS.items():
            accept(self._highs.setOptionValue(name, value), f"option {name}")
        accept(self._highs.passModel(model_of(program, relaxed=True)), "the relaxation")

    def solve(
        self, objective: Mapping[int, float], upper: Mapping[int, float], fixed: Mapping[int, float]
    ) -> Relaxation | None:
        """Return the least value and its slopes in the bounded columns; None proves that there is none."""
        if any(bound < self._program.lower[column] for column, bound in upper.items()):
            return None
        self._state(objective, upper, fixed)
        status, model = self._highs.run(), self._highs.getModelStatus()
        if status == HighsStatus.kOk and model == HighsModelStatus.kInfeasible:
            return None
        if status != HighsStatus.kOk or model != HighsModelStatus.kOptimal:
            accept(self._highs.clearSolver(), "a fresh start")
            raise EngineDoubt(f"HiGHS on the relaxation: {status.name}, {model.name}")
        solution = self._highs.getSolution()
        slopes = {column: min(solution.col_dual[column], 0.0) for column in upper}
        return Relaxation(self._highs.getInfo().objective_function_value, slopes)

    def _state(
        self, objective: Mapping[int, float], upper: Mapping[int, float], fixed: Mapping[int, float]
    ) -> None:
        program = self._program
        bounds = {j: (program.lower[j], program.upper[j]) for j in self._changed}
        bounds |= {j: (program.lower[j], min(bound, program.upper[j])) for j, bound in upper.items()}
        bounds |= {j: (value, value) for j, value in fixed.items()}
        costs = dict.fromkeys(self._costed, 0.0) | dict(objective)
        columns, costed = sorted(bounds), sorted(costs)
        lower, higher = numbers(bounds[j][0] for j in columns), numbers(bounds[j][1] for j in columns)
        accept(self._highs.changeColsBounds(len(columns), indices(columns), lower, higher), "bounds")
        accept(
            self._highs.changeColsCost(len(costed), indices(costed), numbers(costs[j] for j in costed)),
            "costs",
        )
        self._changed, self._costed = {*upper, *fixed}, set(objective)
