"""One instance by the same enumeration, but with a PuLP model that is built anew for each solve.

``python -m tests.benchmarks.rival_pulp FILE SECONDS`` prints one line of JSON. Same search, same solver and
zero gaps; no persistent model, no start, one zone for each solve: what a program in PuLP would do at first.
"""

from __future__ import annotations

import json
import resource
import sys
from time import monotonic

import pulp

from procure_opt.errors import EngineDoubt, LimitReached, UsageError
from procure_opt.pareto.enumeration import enumerate_nondominated
from procure_opt.pareto.points import Point
from procure_opt.pareto.zones import Bound
from procure_opt.solving.augmentation import augmentation, tie_gap
from procure_opt.solving.engine import Limits
from tests.benchmarks.exact import exact_solution
from tests.benchmarks.instance import Instance
from tests.benchmarks.ranges import ranges_of
from tests.benchmarks.reading import read


class Rebuilt:
    """An oracle that states the whole model in PuLP for every question."""

    def __init__(self, instance: Instance, limits: Limits) -> None:
        self.instance, self.limits = instance, limits
        self.dimension = len(instance.objectives)
        self.solves = 0
        ranges = ranges_of(instance, limits)
        pairs = [] if ranges is None else list(zip(ranges.lows, ranges.highs, strict=True))
        self.weights = augmentation([0 if high is None else high - low for low, high in pairs])

    def minimise(self, objective: int, upper: Bound) -> Point | None:
        """Return a feasible point with the least value of an objective under bounds; None: there is none."""
        model, columns = self._model(objective, upper)
        left = self.limits.remaining()
        if left <= 0:
            raise LimitReached("time is up")
        gap = tie_gap([w for i, w in enumerate(self.weights) if i != objective])
        options = {"threads": 1, "gapRel": 0.0, "mip_abs_gap": gap, "timeLimit": left}
        solver = pulp.HiGHS(msg=False, **options)  # noqa: TID251
        self.solves += 1
        model.solve(solver)
        status = model.solverModel.getModelStatus().name
        if status == "kInfeasible":
            return None
        if status != "kOptimal":
            raise LimitReached(status) if self.limits.remaining() <= 0 else EngineDoubt(status)
        solution = exact_solution(self.instance, [column.varValue for column in columns])
        if solution is None:
            raise EngineDoubt("the rounded solution breaks a row")
        return self.instance.point(solution)

    def least_sum(self, upper: Bound) -> Point | None:
        """Refuse: it is asked for only with a resolution above 1."""
        raise UsageError("the comparison is made at resolution 1, where no sum is asked for")

    def _model(self, objective: int, upper: Bound) -> tuple[pulp.LpProblem, list[pulp.LpVariable]]:
        model = pulp.LpProblem("instance", pulp.LpMinimize)
        bounds = zip(self.instance.lower, self.instance.upper, self.instance.integer, strict=True)
        columns = [
            pulp.LpVariable(f"x{j}", _float(a), _float(b), "Integer" if whole else "Continuous")
            for j, (a, b, whole) in enumerate(bounds)
        ]
        values = [
            pulp.lpSum(c / o.scale * x for c, x in zip(o.coefficients, columns, strict=True) if c)
            for o in self.instance.objectives
        ]
        weights = [1.0 if i == objective else w for i, w in enumerate(self.weights)]
        model += pulp.lpSum(w * value for w, value in zip(weights, values, strict=True))
        for row in self.instance.rows:
            total = pulp.lpSum(c * columns[j] for j, c in zip(row.columns, row.coefficients, strict=True))
            if row.lower is not None:
                model += total >= float(row.lower)
            if row.upper is not None:
                model += total <= float(row.upper)
        for value, bound in zip(values, upper, strict=True):
            if bound is not None:
                model += value <= bound
        return model, columns


def main(path: str, seconds: float) -> None:
    """Solve and print what was measured."""
    instance = read(path)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    begun, used = monotonic(), usage.ru_utime + usage.ru_stime
    oracle = Rebuilt(instance, Limits.within(seconds))
    result = enumerate_nondominated(oracle)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    record = {
        "points": sorted(instance.original(y) for y in result.points),
        "complete": result.complete,
        "cpu_seconds": usage.ru_utime + usage.ru_stime - used,
        "wall_seconds": monotonic() - begun,
        "solves": oracle.solves,
        "version": pulp.__version__,
    }
    print(json.dumps(record))


def _float(bound: object) -> float | None:
    return None if bound is None else float(bound)  # type: ignore[arg-type]


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
