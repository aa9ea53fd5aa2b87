"""An instance as the search sees it: each question is one solve, each answer is recomputed in integers."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np

from procure_opt.errors import EngineDoubt
from procure_opt.pareto.points import Point
from procure_opt.pareto.zones import Bound
from procure_opt.solving.augmentation import augmentation, tie_gap
from procure_opt.solving.engine import Limits
from procure_opt.solving.highs import QUICK, HighsEngine
from tests.benchmarks.exact import Solution, exact_solution
from tests.benchmarks.instance import Instance
from tests.benchmarks.model import costs_of, is_moderate, program_of
from tests.benchmarks.ranges import Ranges

ZONES = 3
"""How many zones one solve may decide; more are seldom near enough to each other."""
CLOSE = 0.01
"""How far a claimed objective may lie from the recomputed one, in steps."""
Zone = tuple[Bound, int]
Start = tuple[Solution, int] | None
"""A known solution and the number of the zone it lies in."""


class InstanceOracle:
    """Answers the search's questions; ``share`` gives it points found elsewhere to start from."""

    def __init__(self, instance: Instance, ranges: Ranges, limits: Limits, widest: int = ZONES) -> None:
        self.instance = instance
        self.dimension = len(instance.objectives)
        self.widest = widest
        self.limits = limits
        self._ranges = ranges
        quick = all(instance.integer) and is_moderate(instance)
        program = program_of(instance, widest)
        self._engine = HighsEngine(program, limits, **({"settings": QUICK} if quick else {}))
        self._second: HighsEngine | None = None
        self._first_row = len(instance.rows)
        self._points = np.empty((0, self.dimension))
        self._solutions: list[Solution] = []

    @property
    def seconds(self) -> float:
        """Processor time inside the solver."""
        return self._engine.cpu_seconds + (self._second.cpu_seconds if self._second else 0.0)

    @property
    def solves(self) -> int:
        """How often the solver has run."""
        return self._engine.solves + (self._second.solves if self._second else 0)

    def minimise(self, objective: int, upper: Bound) -> Point | None:
        """Return a feasible point with the least value of an objective under bounds; None proves none."""
        return self.minimise_any(objective, [(upper, 0)])

    def minimise_any(self, objective: int, zones: Sequence[Zone]) -> Point | None:
        """Return a feasible point that is lowest below the level of a zone whose bounds it keeps."""
        found = self.solve(objective, zones, self.start(objective, zones))
        if found is None:
            return None
        self.learn(*found)
        return found[0]

    def solve(self, objective: int, zones: Sequence[Zone], start: Start) -> tuple[Point, Solution] | None:
        """Return the point and a solution for it; ``start`` is a known solution and its zone, or None."""
        weights = self._weights(objective, zones)
        answer = self._run(self._engine, objective, zones, weights, start)
        if answer is None and start is not None:
            raise EngineDoubt("HiGHS denied a point that is known")
        if answer is None:
            answer = self._run(self._unhurried(), objective, zones, weights, None)
        return None if answer is None else self._checked(answer, weights)

    def learn(self, point: Point, solution: Solution) -> None:
        """Remember a feasible point, to start from."""
        self._points = np.vstack([self._points, np.array([point], dtype=float)])
        self._solutions.append(solution)

    def stop(self) -> None:
        """End a call that runs in another thread soon, with LimitReached."""
        self._engine.stop()
        if self._second:
            self._second.stop()

    def _unhurried(self) -> HighsEngine:
        """Return the engine without presolve: "infeasible", with no known point against it, needs two."""
        if self._second is None:
            self._second = HighsEngine(program_of(self.instance, self.widest), self.limits)
        return self._second

    def _run(
        self,
        engine: HighsEngine,
        objective: int,
        zones: Sequence[Zone],
        weights: tuple[float, ...],
        start: Start,
    ) -> tuple[float, ...] | None:
        self._state(engine, objective, zones)
        n = self.instance.columns
        costs = dict(enumerate(costs_of(self.instance, weights)))
        costs |= {n + j: float(zones[0][1] - level) for j, (_, level) in enumerate(zones[1:])}
        unused = {n + j: 0.0 for j in range(len(zones) - 1, self.widest - 1)}
        gap = tie_gap([w for i, w in enumerate(weights) if i != objective])
        return engine.minimise(costs, unused, gap=gap, start=self._columns(start))

    def _columns(self, start: Start) -> tuple[float, ...] | None:
        if start is None:
            return None
        solution, zone = start
        return (*map(float, solution), *(float(j + 1 == zone) for j in range(self.widest - 1)))

    def _state(self, engine: HighsEngine, objective: int, zones: Sequence[Zone]) -> None:
        """Write the bounds of the zones into the rows of the objectives."""
        n = self.instance.columns
        for i, stated in enumerate(self.instance.objectives):
            bounds = [inf if i == objective or b[i] is None else float(b[i]) for b, _ in zones]
            bounds += [bounds[0]] * (self.widest - len(zones))
            wider = {n + j: _less(bounds[0], b) * stated.scale for j, b in enumerate(bounds[1:])}
            engine.change_row(self._first_row + i, wider, bounds[0] * stated.scale)

    def _weights(self, objective: int, zones: Sequence[Zone]) -> tuple[float, ...]:
        """Weigh the other objectives so little, over these zones, that together they stay below 1/2."""
        extents = [0 if i == objective else self._extent(i, zones) for i in range(self.dimension)]
        known = augmentation([extent or 0 for extent in extents])
        weights = [0.0 if extent is None else w for w, extent in zip(known, extents, strict=True)]
        return (*weights[:objective], 1.0, *weights[objective + 1 :])

    def _extent(self, i: int, zones: Sequence[Zone]) -> int | None:
        highs = [b[i] if b[i] is not None else self._ranges.highs[i] for b, _ in zones]
        finite = [high for high in highs if high is not None]
        return max(max(finite) - self._ranges.lows[i], 0) if len(finite) == len(highs) else None

    def start(self, objective: int, zones: Sequence[Zone]) -> Start:
        """Return the known solution that lies lowest below the level of a zone, and the zone's number."""
        best: tuple[float, int, int] | None = None
        for j, (upper, level) in enumerate(zones):
            found = self._lowest(objective, upper)
            if found is not None:
                drop = float(self._points[found, objective]) - level
                best = min(best or (drop, j, found), (drop, j, found))
        return None if best is None else (self._solutions[best[2]], best[1])

    def _lowest(self, objective: int, upper: Bound) -> int | None:
        """Return the number of the known point that is least in an objective under bounds, then by sum."""
        bounds = np.array([inf if u is None else u for u in upper])
        fits = (self._points <= bounds).all(axis=1).nonzero()[0]
        if not len(fits):
            return None
        points = self._points[fits]
        return int(fits[np.lexsort((points.sum(axis=1), points[:, objective]))[0]])

    def _checked(self, answer: Sequence[float], weights: Sequence[float]) -> tuple[Point, Solution]:
        """Return the point of an answer, recomputed exactly; EngineDoubt if it is not what it claims."""
        proposed = answer[: self.instance.columns]
        solution = exact_solution(self.instance, proposed)
        if solution is None:
            raise EngineDoubt("the rounded solution breaks a bound or a row")
        point = self.instance.point(solution)
        costs = costs_of(self.instance, weights)
        claimed = sum(c * v for c, v in zip(costs, proposed, strict=True))
        worth = sum(w * y for w, y in zip(weights, point, strict=True))
        if abs(worth - claimed) > CLOSE:
            raise EngineDoubt(f"the solver's objective {claimed} is {worth} when recomputed")
        return point, solution


def _less(first: float, other: float) -> float:
    """Return ``first - other``; bounds that are both infinite do not differ."""
    return 0.0 if first == other else first - other
