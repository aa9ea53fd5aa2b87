"""A program of a case in which all decisions can be fixed to those of one structure."""

from __future__ import annotations

from collections.abc import Callable

from procure_opt.case.model import Case
from procure_opt.formulation.decode import encode
from procure_opt.formulation.formulation import to_program
from procure_opt.formulation.variables import Variables
from procure_opt.solving.engine import Limits, open_engine
from procure_opt.solving.program import Program, Row
from procure_opt.structure.structure import Structure


class Fixed:
    """A program of a case in which all decisions can be fixed to those of a structure."""

    def __init__(self, case: Case, state: Callable[[Variables], None]) -> None:
        self.case = case
        self.x = Variables(case)
        state(self.x)
        self.decisions = self.x.decisions()
        program = to_program(self.x)
        contrary = {index: program.columns + i for i, index in enumerate(sorted(self.decisions.values()))}
        rows = [Row((index, other), (1.0, 1.0), 1.0, 1.0) for index, other in contrary.items()]
        size = len(contrary)
        self.contrary = contrary
        self.engine = open_engine(
            "highs",
            Program(
                (*program.lower, *([0.0] * size)),
                (*program.upper, *([1.0] * size)),
                (*program.integer, *([True] * size)),
                (*program.rows, *rows),
            ),
            Limits(),
        )

    def solution(
        self, structure: Structure, objective: dict[int, float] | None = None
    ) -> tuple[float, ...] | None:
        """Return the columns with the decisions fixed and the objective least; None if there are none."""
        chosen = encode(self.case, self.decisions, structure)
        upper = {(self.contrary[index] if one else index): 0.0 for index, one in chosen.items()}
        return self.engine.minimise(objective or {}, upper, gap=1e-7)
