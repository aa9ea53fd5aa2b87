"""The case as the search sees it: a set of integer points, asked for one at a time.

The solvers propose in floating point; every structure is judged by the plain definitions, and only the vector
that these give is returned. Questions are answered branch by branch (:mod:`.branches`,
:mod:`procure_opt.solving.forest`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from procure_opt import rules
from procure_opt.accounts.values import programme_vector
from procure_opt.errors import EngineDoubt
from procure_opt.solving.engine import Limits, open_engine
from procure_opt.solving.forest import Forest
from procure_opt.solving.matrix import Matrix
from procure_opt.solving.part import Ones
from procure_opt.solving.program import Program
from procure_opt.structure.structure import Structure

from .branches import branches
from .choices import choices
from .decode import decode
from .formulation import Formulation, to_program

Point = tuple[int, ...]
Bound = tuple[int | None, ...]

HALF = 0.5
NO_PROGRAM = Program((), (), (), ())
"""Enough to ask an engine who it is."""


class CaseOracle:
    """Answers the search's questions about one case; remembers a structure for every point it returned."""

    dimension = 3

    def __init__(
        self,
        formulation: Formulation,
        resolution: tuple[int, int, int] = (1, 1, 1),
        limits: Limits | None = None,
        engine: str = "highs",
    ) -> None:
        self.resolution = resolution
        self.formulation = formulation
        self.structures: dict[Point, Structure] = {}
        program = to_program(formulation.variables)
        decisions = formulation.variables.decisions()
        self._keys = {column: key for key, column in decisions.items()}
        watched = (*formulation.objectives, formulation.sum_of_objectives)
        self.forest = Forest(
            Matrix.of(program),
            [
                {decisions[key]: float(value) for key, value in settled.items()}
                for settled in branches(formulation.case)
            ],
            choices(decisions),
            watched,
            self._judge,
            engine=engine,
            limits=limits,
        )
        self._settings = open_engine(engine, NO_PROGRAM, Limits()).read_settings()
        self._lowest = tuple(math.floor(program.lower[column]) for column in watched)
        self._highest = tuple(math.ceil(program.upper[column]) for column in watched)

    def read_settings(self) -> dict[str, bool | int | float | str]:
        """Return version and options of the exact solver as it reports them itself."""
        return self._settings

    def minimise(self, objective: int, upper: Bound) -> Point | None:
        """Return a feasible point with the least f_objective under the other bounds; None proves none.

        Least up to the resolution: no feasible point is in a better box of the objective.
        """
        free = tuple(None if i == objective else bound for i, bound in enumerate(upper))
        return self._least(objective, self._filled(free), self.resolution[objective])

    def least_sum(self, upper: Bound) -> Point | None:
        """Return the feasible point under ``upper`` that is smallest by sum, then lexicographically."""
        bounds = list(self._filled(upper))
        point = self._least(self.dimension, bounds, 1)
        for first in range(self.dimension - 1):
            if point is None:
                return None
            bounds[self.dimension] = sum(point)
            point = self._least(first, bounds, 1)
            if point is None:
                raise EngineDoubt("the smallest sum of a box was found and then denied")
            bounds[first] = point[first]
        return point

    def _filled(self, upper: Bound) -> list[int]:
        bounds = [w if u is None else u for w, u in zip(self._highest, upper, strict=False)]
        return [*bounds, self._highest[self.dimension]]

    def _least(self, aim: int, upper: Sequence[int], step: int) -> Point | None:
        known = ((*point, sum(point)) for point in self.structures)
        fits = (y for y in known if all(value <= bound for value, bound in zip(y, upper, strict=True)))
        best = min(fits, key=lambda y: (y[aim], sum(y), y), default=None)
        found = self.forest.least(aim, upper, self._costs(aim, upper), step, best)
        return None if found is None else found[: self.dimension]

    def _costs(self, aim: int, upper: Sequence[int]) -> tuple[float, ...]:
        """Weigh the other objectives so little that together they weigh less than half a step."""
        costs = [HALF / self.dimension / max(u - low, 1) for u, low in zip(upper, self._lowest, strict=True)]
        costs[self.dimension] = 0.0
        costs[aim] = 1.0
        return tuple(costs)

    def _judge(self, ones: Ones) -> Point | None:
        """Return the point of an assignment, and remember its structure; None if it breaks a rule."""
        case = self.formulation.case
        structure = decode(case, {self._keys[column] for column in ones})
        if not rules.is_feasible(case, structure):
            return None
        autonomy, spinoff, cost = programme_vector(case, structure)
        point = (-autonomy, -spinoff, cost)
        self.structures.setdefault(point, structure)
        return (*point, sum(point))
