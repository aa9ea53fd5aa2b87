"""The case as the search sees it: a set of integer points, asked for one at a time.

The engine proposes in floating point; the structure is decoded, judged by the plain definitions, and only
the vector that these give is returned. An answer that breaks a rule is cut off and the question is asked
again; an answer whose value is not what the engine claimed is a doubt, never a proof.

Questions are answered branch by branch (:mod:`.branches`), the most promising first. A branch is left
alone once its proven bound says that it holds nothing better than what is known.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from procure_opt import rules
from procure_opt.accounts.values import programme_vector
from procure_opt.errors import EngineDoubt
from procure_opt.solving.engine import Limits, open_engine
from procure_opt.solving.part import Part
from procure_opt.solving.reduction import Matrix
from procure_opt.structure.structure import Structure

from .branch import INFEASIBLE, SLACK, Answer, Bound, Branch, Weights, plane_of
from .branches import branches
from .decode import decode
from .formulation import Formulation, excluding, to_program

Point = tuple[int, ...]

MOST_REPAIRS = 200
"""Wrong answers to one question before it is given up as doubtful."""
HALF = 0.5
TIGHT = 1e-6
"""Gap of an augmented question: it chooses well among equally good points; 0.25 would prove as much."""
ALL: Weights = (1.0, 1.0, 1.0)


@dataclass
class Ledger:
    """What happened on the way, for the manifest: never part of the result."""

    cut_off: int = 0
    """Answers of the engine that broke a rule by the plain check."""
    relaxations: int = 0


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
        self.ledger = Ledger()
        self.structures: dict[Point, Structure] = {}
        self._decisions = formulation.variables.decisions()
        self._ideal: dict[int, int] = {}
        program = to_program(formulation.variables)
        matrix = Matrix.of(program)
        given = limits or Limits()
        self._whole = open_engine(engine, program, given)
        fixings = (
            {self._decisions[key]: float(value) for key, value in settled.items()}
            for settled in branches(formulation.case)
        )
        self.branches = tuple(Branch(fixed, Part(engine, matrix, fixed, given)) for fixed in fixings)

    @property
    def solves(self) -> int:
        """How often the exact solver has run."""
        return sum(branch.program().solves for branch in self.branches)

    def read_settings(self) -> dict[str, bool | int | float | str]:
        """Return version and options of the solver as it reports them itself."""
        return self._whole.read_settings()

    def minimise(self, objective: int, upper: Bound) -> Point | None:
        """Return a feasible point with the least f_objective under the other bounds; None proves none.

        Least up to the resolution: no feasible point is in a better box of the objective.
        """
        free = tuple(None if i == objective else bound for i, bound in enumerate(upper))
        return self._least(_only(objective), free, self._augmented(objective, free))

    def least_sum(self, upper: Bound) -> Point | None:
        """Return the feasible point under ``upper`` that is smallest by sum, then lexicographically."""
        point = self._least(ALL, upper, ALL)
        bounds = list(upper)
        for first in range(self.dimension - 1):
            if point is None:
                return None
            least = self._least(_only(first), tuple(bounds), _only(first), most=sum(point))
            if least is None:
                raise EngineDoubt("the engine contradicts itself about the smallest sum of a box")
            bounds[first], point = least[first], least
        return point

    def ideal(self, objective: int) -> int:
        """Return a number that no feasible value of the objective is below."""
        if objective not in self._ideal:
            column = self.formulation.objectives[objective]
            bound = self._whole.relax({column: 1.0}, {})
            self._ideal[objective] = 0 if bound is None else math.floor(bound.value - SLACK)
        return self._ideal[objective]

    def worst(self, objective: int) -> int:
        """Return a number that no feasible value of the objective is above."""
        upper = self.formulation.variables.limits[self.formulation.objectives[objective]][1]
        return math.ceil(upper)

    def _augmented(self, objective: int, upper: Bound) -> Weights:
        """Weight the other objectives so little that together they weigh less than half a step."""
        weights = []
        for each, bound in enumerate(upper):
            span = (self.worst(each) if bound is None else bound) - self.ideal(each)
            weights.append(1.0 if each == objective else HALF / (self.dimension - 1) / max(span, 1))
        return tuple(weights)

    def _least(self, weights: Weights, upper: Bound, asked: Weights, most: int | None = None) -> Point | None:
        """Return the best known point by ``weights`` once no branch can hold a better one.

        ``asked`` is the same objective with tie-breaking weights; ``most`` bounds the sum of the three.
        Without ``most`` a single objective is told apart only as finely as the resolution.
        """
        step = self.resolution[_which(weights)] if most is None and weights != ALL else 1
        best = self._known(weights, upper, most)
        queue = [(branch.least(weights, upper), 0, number) for number, branch in enumerate(self.branches)]
        heapq.heapify(queue)
        while queue:
            bound, relaxed, number = heapq.heappop(queue)
            if bound == INFEASIBLE or (
                best is not None and _whole(bound) >= _value(weights, best) // step * step
            ):
                break
            branch = self.branches[number]
            if not relaxed:
                self._relax(branch, weights, upper)
                heapq.heappush(queue, (max(bound, branch.least(weights, upper)), 1, number))
                continue
            found = self._solve(
                branch,
                weights,
                upper,
                asked,
                None if best is None else _value(weights, best) // step * step,
                most,
            )
            best = best if found is None else found
        return best

    def _known(self, weights: Weights, upper: Bound, most: int | None) -> Point | None:
        fits = (p for p in self.structures if _fits(p, upper) and (most is None or sum(p) <= most))
        return min(fits, key=lambda p: (_value(weights, p), sum(p), p), default=None)

    def _relax(self, branch: Branch, weights: Weights, upper: Bound) -> None:
        """Learn a bound of the branch from its relaxation."""
        columns = self.formulation.objectives
        objective = {columns[i]: w for i, w in enumerate(weights) if w}
        bounds = {columns[i]: float(u) for i, u in enumerate(upper) if u is not None}
        self.ledger.relaxations += 1
        relaxation = branch.program().relax(objective, bounds)
        if relaxation is None:
            branch.answers.append(Answer(weights, upper, INFEASIBLE))
            return
        slopes = [relaxation.slopes.get(column, 0.0) for column in columns]
        branch.planes.append(plane_of(weights, relaxation.value, slopes, upper))

    def _solve(
        self,
        branch: Branch,
        weights: Weights,
        upper: Bound,
        asked: Weights,
        known: int | None,
        most: int | None,
    ) -> Point | None:
        """Return a point of the branch with a value below ``known``, proven least in it; None proves none."""
        limits = {}
        if most is not None:
            limits[self.formulation.sum_of_objectives] = float(most)
        if known is not None:
            row = (
                self.formulation.sum_of_objectives
                if weights == ALL
                else self.formulation.objectives[_which(weights)]
            )
            limits[row] = float(known - 1)
        point = self._ask(branch, asked, upper, limits, TIGHT if asked != weights else HALF)
        least = known if point is None else _value(weights, point)
        if most is None:
            branch.answers.append(Answer(weights, upper, INFEASIBLE if least is None else least))
        return point

    def _ask(
        self, branch: Branch, asked: Weights, upper: Bound, limits: Mapping[int, float], gap: float
    ) -> Point | None:
        columns = self.formulation.objectives
        objective = {columns[i]: weight for i, weight in enumerate(asked) if weight}
        bounds = {columns[i]: float(bound) for i, bound in enumerate(upper) if bound is not None}
        for column, limit in limits.items():
            bounds[column] = min(bounds.get(column, limit), limit)
        for _ in range(MOST_REPAIRS):
            answer = branch.program().minimise(objective, bounds, gap=gap)
            if answer is None:
                return None
            point = self._judge(branch, answer)
            if point is not None:
                self._compare(point, answer, asked, upper)
                return point
        raise EngineDoubt(f"{MOST_REPAIRS} answers of the engine broke a rule")

    def _judge(self, branch: Branch, answer: Sequence[float]) -> Point | None:
        """Return the point of the answer's structure, or cut it off if it breaks a rule."""
        case = self.formulation.case
        structure = decode(case, self._decisions, answer)
        if not rules.is_feasible(case, structure):
            self._cut_off(branch, answer)
            return None
        autonomy, spinoff, cost = programme_vector(case, structure)
        point = (-autonomy, -spinoff, cost)
        self.structures.setdefault(point, structure)
        return point

    def _cut_off(self, branch: Branch, answer: Sequence[float]) -> None:
        columns = self._decisions.values()
        ones = [column for column in columns if answer[column] > HALF]
        zeros = [column for column in columns if answer[column] <= HALF]
        branch.program().add_row(excluding(self.formulation.variables, ones, zeros))
        self.ledger.cut_off += 1

    def _compare(self, point: Point, answer: Sequence[float], asked: Weights, upper: Bound) -> None:
        """The engine's proof is about its own value: if the plain value is worse, nothing was proved."""
        columns = self.formulation.objectives
        claimed = sum(weight * answer[columns[i]] for i, weight in enumerate(asked))
        true = sum(weight * point[i] for i, weight in enumerate(asked))
        if not _fits(point, upper) or true - claimed > HALF / 2:
            raise EngineDoubt(f"the engine claims {claimed:g} for a structure that is worth {true:g}")


def _only(objective: int) -> Weights:
    return tuple(float(i == objective) for i in range(CaseOracle.dimension))


def _which(weights: Weights) -> int:
    return weights.index(1.0)


def _value(weights: Weights, point: Point) -> int:
    return sum(y for w, y in zip(weights, point, strict=True) if w)


def _whole(bound: float) -> float:
    """Return the least whole number that a bound from floating point leaves possible."""
    return bound if math.isinf(bound) else math.ceil(bound - SLACK * max(1.0, abs(bound) * 1e-4))


def _fits(point: Point, upper: Bound) -> bool:
    return all(bound is None or value <= bound for value, bound in zip(point, upper, strict=True))
