"""The case as the search sees it: a set of integer points, asked for one at a time.

First the whole case is surveyed by arithmetic (:mod:`procure_opt.solving.survey`), after which most questions
answer themselves; parts that are too large for that are asked one by one through the exact solver
(:mod:`procure_opt.solving.remainder`). Either way every structure that is returned is judged by the plain
definitions, and only the vector that these give counts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from operator import le

from procure_opt import rules
from procure_opt.accounts.production import PRICED
from procure_opt.accounts.views import vector
from procure_opt.errors import EngineDoubt, LimitReached
from procure_opt.solving.engine import Limits, open_engine
from procure_opt.solving.matrix import Matrix
from procure_opt.solving.part import Ones
from procure_opt.solving.plan import Plan, Told
from procure_opt.solving.program import Program
from procure_opt.solving.remainder import Remainder
from procure_opt.solving.survey import Survey
from procure_opt.structure.structure import Structure

from .branches import branches
from .choices import choices
from .decode import decode
from .formulation import Formulation, to_program
from .ranks import Ranks
from .variables import Key

Point = tuple[int, ...]
Bound = tuple[int | None, ...]

HALF = 0.5
EARLY = ("regime", "cost_share", "quantity")
"""Settled first: what work a nation may have depends on what it pays."""
GRAIN = 4
"""How finely objectives are mixed in the bounds of large parts."""
NO_PROGRAM = Program((), (), (), ())
"""Enough to ask an engine who it is."""


class CaseOracle:
    """Answers the search's questions about one case; remembers a structure for every point it returned.

    ``within``: decisions that are settled beforehand (1 taken, 0 not). ``scores``: weights of decisions; of
    structures with the same values the largest sum is noted. ``grain``: another one takes other bounds, for a
    second opinion. ``apart``: only the least value of each objective by itself will be asked for.
    ``executor``: sweeps instead of processes of our own. ``limits`` bind the survey and every question. A
    stop in the survey is kept in ``stopped``; questions that what was swept until then cannot answer are
    doubts from then on.
    """

    dimension = 3

    def __init__(
        self,
        formulation: Formulation,
        resolution: tuple[int, int, int] = (1, 1, 1),
        limits: Limits | None = None,
        engine: str = "highs",
        workers: int = 1,
        within: Mapping[Key, int] | None = None,
        scores: Mapping[Key, int] | None = None,
        grain: int = GRAIN,
        apart: bool = False,
        executor: Executor | None = None,
    ) -> None:
        self.resolution = resolution
        self.formulation = formulation
        self.structures: dict[Point, Structure] = {}
        self.stopped: BaseException | None = None
        self._judged: dict[Ones, Point | None] = {}
        self._sorted: dict[int, list[Point]] = {}
        """By aim, the points known, each with its sum, the best first."""
        self._engine, self._limits = engine, limits
        self._program = to_program(formulation.variables)
        self._matrix = Matrix.of(self._program)
        decisions = formulation.variables.decisions()
        self._keys = {column: key for key, column in decisions.items()}
        self._choices = choices(decisions)
        self._watched = (*formulation.objectives, formulation.sum_of_objectives)
        asked_for = {key for key, value in (within or {}).items() if value} | set(scores or {})
        self._fixings = [
            {decisions[key]: float(value) for key, value in (settled | dict(within or {})).items()}
            for settled in branches(formulation.case, asked_for)
            if not any(settled.get(key, value) != value for key, value in (within or {}).items())
        ]
        self.ranks = Ranks(formulation)
        plan = Plan(
            self._matrix,
            self._fixings,
            self._choices,
            [choice for choice in self._choices if self._keys[choice[0]][0] == "regime"],
            formulation.objectives,
            resolution,
            self.ranks.places,
            {decisions[key]: weight for key, weight in (scores or {}).items() if key in decisions},
            frozenset(column for key, column in decisions.items() if key[0] in EARLY),
            grain,
            apart,
            [column for column, key in enumerate(formulation.variables.keys) if key[0] == PRICED],
        )
        self.survey = Survey(plan, self.judge, limits, workers, executor)
        self.remainder = self._others([])
        self._who = open_engine(engine, NO_PROGRAM, Limits())
        self._lowest = tuple(math.floor(self._program.lower[column]) for column in self._watched)
        self._highest = tuple(math.ceil(self._program.upper[column]) for column in self._watched)

    def look_round(self, told: Told | None = None) -> None:
        """Survey the case as far as it can be; a limit or Ctrl-C ends it early, and is remembered."""
        try:
            self.survey.run(told)
        except (LimitReached, KeyboardInterrupt) as stop:
            self.stopped = stop
        try:
            self.survey.points()
        except KeyboardInterrupt as stop:
            self.stopped, self.survey.findings.open = stop, None
        self.remainder = self._others(sorted(self.survey.findings.left))

    def read_settings(self) -> dict[str, bool | int | float | str]:
        """Return version and options of the exact solver as it reports them itself."""
        return self._who.read_settings()

    def rests_on_solver(self, corner: Sequence[int | None]) -> bool:
        """Does it rest on the exact solver's word, too, that no box lies strictly below a corner?"""
        steps = zip(corner, self.resolution, strict=True)
        return self.remainder.must_deny(self._filled([None if u is None else u * d - 1 for u, d in steps]))

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

    def _others(self, numbers: Sequence[int]) -> Remainder:
        """Return the parts that are not swept, before the exact solver."""
        return Remainder(
            self._matrix,
            [self._fixings[number] for number in numbers],
            self._choices,
            self._watched,
            self._judge_with_sum,
            engine=self._engine,
            limits=self._limits,
            defined_whole=self._program.defined_whole,
        )

    def _filled(self, upper: Sequence[int | None]) -> list[int]:
        bounds = [w if u is None else u for w, u in zip(self._highest, upper, strict=False)]
        return [*bounds, self._highest[self.dimension]]

    def _least(self, aim: int, upper: Sequence[int], step: int) -> Point | None:
        best = next((y for y in self._sorted_by(aim) if all(map(le, y, upper))), None)
        if self.survey.may_hold(upper, aim, None if best is None else best[aim], step):
            raise EngineDoubt("the survey of the case was stopped before this could be told")
        found = self.remainder.least(aim, upper, self._costs(aim, upper), step, best)
        return None if found is None else found[: self.dimension]

    def _sorted_by(self, aim: int) -> list[Point]:
        """Return the points known, each with its sum, those with the least value of the aim first."""
        known = self._sorted.get(aim, [])
        if len(known) < len(self.structures):
            known = [(*point, sum(point)) for point in self.structures]
            known.sort(key=lambda y: (y[aim], sum(y), y))
            self._sorted[aim] = known
        return known

    def _costs(self, aim: int, upper: Sequence[int]) -> tuple[float, ...]:
        """Weigh the other objectives so little that together they weigh less than half a step."""
        costs = [HALF / self.dimension / max(u - low, 1) for u, low in zip(upper, self._lowest, strict=True)]
        costs[self.dimension] = 0.0
        costs[aim] = 1.0
        return tuple(costs)

    def structure(self, ones: Ones) -> Structure:
        """Return the structure of an assignment."""
        return decode(self.formulation.case, {self._keys[column] for column in ones})

    def judge(self, ones: Ones) -> Point | None:
        """Return the point of an assignment, None if it breaks a rule; each is judged once."""
        if ones not in self._judged:
            self._judged[ones] = self._judge_anew(ones)
        return self._judged[ones]

    def _judge_anew(self, ones: Ones) -> Point | None:
        """Return the point of an assignment, and remember its structure; None if it breaks a rule."""
        case = self.formulation.case
        structure = self.structure(ones)
        if not rules.is_feasible(case, structure):
            return None
        autonomy, spinoff, cost = vector(case, structure)
        point = (-autonomy, -spinoff, cost)
        self.structures.setdefault(point, structure)
        return point

    def _judge_with_sum(self, ones: Ones) -> Point | None:
        point = self.judge(ones)
        return None if point is None else (*point, sum(point))
