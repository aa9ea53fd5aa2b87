"""The case as the search sees it: a set of integer points, asked for one at a time.

The engine proposes in floating point; the structure is decoded, judged by the plain definitions, and only
the vector that these give is returned. An answer that breaks a rule is cut off and the question is asked
again; an answer whose value is not what the engine claimed is a doubt, never a proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from procure_opt import rules
from procure_opt.accounts.values import programme_vector
from procure_opt.errors import EngineDoubt
from procure_opt.solving.engine import Engine
from procure_opt.structure.structure import Structure

from .decode import decode
from .formulation import Formulation, excluding

Point = tuple[int, ...]
Bound = tuple[int | None, ...]

MOST_REPAIRS = 200
"""Wrong answers to one question before it is given up as doubtful."""
HALF = 0.5
TIGHT = 1e-6
"""Gap of an augmented question: small enough to choose well among equally good points; 0.25 proves as much."""


@dataclass
class Ledger:
    """What happened on the way, for the manifest: never part of the result."""

    cut_off: int = 0
    """Answers of the engine that broke a rule by the plain check."""


class CaseOracle:
    """Answers the search's questions about one case; remembers a structure for every point it returned."""

    dimension = 3

    def __init__(self, formulation: Formulation, engine: Engine) -> None:
        self.formulation = formulation
        self.engine = engine
        self.ledger = Ledger()
        self.structures: dict[Point, Structure] = {}
        self._decisions = formulation.variables.decisions()
        self._solutions: dict[Point, Sequence[float]] = {}
        self._ideal: dict[int, int] = {}
        self._worst: dict[int, int] = {}

    def minimise(self, objective: int, upper: Bound) -> Point | None:
        """Return a feasible point with the least f_objective under the other bounds; None proves none."""
        free = tuple(None if i == objective else bound for i, bound in enumerate(upper))
        weights = self._augmented(objective, free)
        return self._ask(weights, free, gap=TIGHT)

    def least_sum(self, upper: Bound) -> Point | None:
        """Return the feasible point under ``upper`` that is smallest by sum, then lexicographically."""
        point = self._ask(dict.fromkeys(range(self.dimension), 1.0), upper, gap=HALF)
        bounds = list(upper)
        for first in range(self.dimension - 1):
            if point is None:
                return None
            limit = {self.formulation.sum_of_objectives: float(sum(point))}
            least = self._ask({first: 1.0}, tuple(bounds), gap=HALF, limits=limit)
            if least is None:
                raise EngineDoubt("the engine contradicts itself about the smallest sum of a box")
            bounds[first], point = least[first], least
        return point

    def ideal(self, objective: int) -> int:
        """Return the least value of the objective over all feasible structures (a lower bound is enough)."""
        if objective not in self._ideal:
            column = self.formulation.objectives[objective]
            answer = self.engine.minimise({column: 1.0}, {}, gap=HALF)
            self._ideal[objective] = round(answer[column]) - 1 if answer is not None else 0
        return self._ideal[objective]

    def worst(self, objective: int) -> int:
        """Return a value that no efficient point exceeds in the objective."""
        if objective not in self._worst:
            column = self.formulation.objectives[objective]
            answer = self.engine.minimise({column: -1.0}, {}, gap=HALF) if objective == 2 else None
            self._worst[objective] = 0 if answer is None else round(answer[column]) + 1
        return self._worst[objective]

    def _augmented(self, objective: int, upper: Bound) -> dict[int, float]:
        """Weight the other objectives so little that together they weigh less than half a step."""
        weights = {objective: 1.0}
        for other in range(self.dimension):
            if other != objective:
                bound = upper[other]
                span = (self.worst(other) if bound is None else bound) - self.ideal(other)
                weights[other] = HALF / (self.dimension - 1) / max(span, 1)
        return weights

    def _ask(
        self, weights: Mapping[int, float], upper: Bound, gap: float, limits: Mapping[int, float] | None = None
    ) -> Point | None:
        columns = self.formulation.objectives
        objective = {columns[i]: weight for i, weight in weights.items()}
        bounds = {columns[i]: float(bound) for i, bound in enumerate(upper) if bound is not None}
        bounds |= limits or {}
        for _ in range(MOST_REPAIRS):
            answer = self.engine.minimise(objective, bounds, gap=gap, start=self._start(weights, upper))
            if answer is None:
                return None
            point = self._judge(answer)
            if point is not None:
                self._compare(point, answer, weights, upper)
                return point
        raise EngineDoubt(f"{MOST_REPAIRS} answers of the engine broke a rule")

    def _start(self, weights: Mapping[int, float], upper: Bound) -> Sequence[float] | None:
        """Return the best solution known for the question, to begin from."""
        fits = [p for p in self._solutions if all(u is None or y <= u for y, u in zip(p, upper, strict=True))]
        best = min(fits, key=lambda p: (sum(w * p[i] for i, w in weights.items()), p), default=None)
        return None if best is None else self._solutions[best]

    def _judge(self, answer: Sequence[float]) -> Point | None:
        """Return the point of the answer's structure, or cut it off if it breaks a rule."""
        case = self.formulation.case
        structure = decode(case, self._decisions, answer)
        if not rules.is_feasible(case, structure):
            self._cut_off(answer)
            return None
        autonomy, spinoff, cost = programme_vector(case, structure)
        point = (-autonomy, -spinoff, cost)
        self.structures.setdefault(point, structure)
        self._solutions.setdefault(point, answer)
        return point

    def _cut_off(self, answer: Sequence[float]) -> None:
        columns = self._decisions.values()
        ones = [column for column in columns if answer[column] > HALF]
        zeros = [column for column in columns if answer[column] <= HALF]
        self.engine.add_row(excluding(self.formulation.variables, ones, zeros))
        self.ledger.cut_off += 1

    def _compare(self, point: Point, answer: Sequence[float], weights: Mapping[int, float], upper: Bound) -> None:
        """The engine's proof is about its own value: if the plain value is worse, nothing was proved."""
        columns = self.formulation.objectives
        claimed = sum(weight * answer[columns[i]] for i, weight in weights.items())
        true = sum(weight * point[i] for i, weight in weights.items())
        fits = all(bound is None or value <= bound for value, bound in zip(point, upper, strict=True))
        if not fits or true - claimed > HALF / 2:
            raise EngineDoubt(f"the engine claims {claimed:g} for a structure that is worth {true:g}")
