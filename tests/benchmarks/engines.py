"""The same questions put to both exact solvers: fronts of public instances, and of cases that are not swept.

``python -m tests.benchmarks.engines [--time-limit S] FILE...``: an instance in JSON, or a case file in YAML,
all of which is left to the exact solver. Prints one JSON line for each file and engine: ``points``,
``complete``, ``solves``, ``wall_seconds`` (CP-SAT's process has been started before), ``cut_off`` (of cases:
answers that did not stand up to the plain definitions); and whether the points are the same, if both ended.

One zone a question, without a solution to begin from: less than each solver can do.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from math import inf

from procure_opt.case.load import load_case
from procure_opt.errors import EngineDoubt
from procure_opt.formulation.formulation import formulate
from procure_opt.formulation.oracle import NO_PROGRAM, CaseOracle
from procure_opt.pareto.enumeration import Enumeration, enumerate_nondominated
from procure_opt.pareto.points import Point
from procure_opt.pareto.zones import Bound
from procure_opt.solving.augmentation import augmentation
from procure_opt.solving.engine import ENGINES, Limits, open_engine
from procure_opt.solving.program import Program, Row
from procure_opt.solving.survey import Survey
from tests.benchmarks.exact import exact_solution
from tests.benchmarks.instance import Instance
from tests.benchmarks.model import program_of
from tests.benchmarks.ranges import Ranges, ranges_of
from tests.benchmarks.reading import read

GAP = 0.25


class OneZone:
    """An instance with a column for each objective, before an engine by name."""

    def __init__(self, instance: Instance, ranges: Ranges, limits: Limits, engine: str) -> None:
        self.dimension = len(instance.objectives)
        self.instance = instance
        self._lows = ranges.lows
        self._highs = [10**6 if high is None else high for high in ranges.highs]
        self._engine = open_engine(engine, self._program(), limits)

    @property
    def solves(self) -> int:
        """How often the solver has run."""
        return self._engine.solves

    def minimise(self, objective: int, upper: Bound) -> Point | None:
        """Return a point with the least value of an objective under bounds on the others; None: none."""
        n = self.instance.columns
        bounds = [high if u is None else u for u, high in zip(upper, self._highs, strict=True)]
        bounds[objective] = self._highs[objective]
        weights = augmentation([max(b - low, 0) for b, low in zip(bounds, self._lows, strict=True)])
        costs = {n + i: 1.0 if i == objective else w for i, w in enumerate(weights)}
        answer = self._engine.minimise(costs, {n + i: float(b) for i, b in enumerate(bounds)}, gap=GAP)
        if answer is None:
            return None
        solution = exact_solution(self.instance, answer[:n])
        if solution is None:
            raise EngineDoubt("the rounded solution breaks a bound or a row")
        return self.instance.point(solution)

    def least_sum(self, upper: Bound) -> Point | None:
        """Refuse: only a resolution above 1 asks for it, and this is 1."""
        raise AssertionError("nobody asks for the least sum at resolution 1")

    def _program(self) -> Program:
        stated = program_of(self.instance, 1)
        n = self.instance.columns
        rows = stated.rows[: len(self.instance.rows)]
        for i, each in enumerate(self.instance.objectives):
            terms = [(j, float(c)) for j, c in enumerate(each.coefficients) if c] + [
                (n + i, -float(each.scale))
            ]
            rows += (Row(tuple(j for j, _ in terms), tuple(c for _, c in terms), 0.0, 0.0),)
        more = (True,) * self.dimension
        lower, upper = (*stated.lower, *map(float, self._lows)), (*stated.upper, *map(float, self._highs))
        return replace(stated, lower=lower, upper=upper, integer=(*stated.integer, *more), rows=rows)


def _leave(self: Survey, told: object = None) -> None:
    """Sweep nothing."""
    self.findings.left = set(range(len(self.plan.fixings)))
    self.findings.open = []


def _front(path: str, engine: str, limits: Limits) -> tuple[Enumeration, dict[str, int]]:
    if path.endswith((".yaml", ".yml")):
        case = load_case(path)
        cases = CaseOracle(formulate(case), case.resolution.steps, limits, engine)
        cases.look_round()
        found = enumerate_nondominated(cases, resolution=cases.resolution)
        return found, {"solves": cases.remainder.solves, "cut_off": cases.remainder.cut_off}
    instance = read(path)
    ranges = ranges_of(instance, limits)
    if ranges is None or inf in ranges.lows:
        raise SystemExit(f"{path}: no solution")
    oracle = OneZone(instance, ranges, limits, engine)
    return enumerate_nondominated(oracle), {"solves": oracle.solves}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.engines")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--time-limit", type=float, metavar="S")
    options = parser.parse_args(arguments)
    Survey.run = _leave  # type: ignore[method-assign]
    kept_open = [open_engine(engine, NO_PROGRAM, Limits()) for engine in ENGINES]
    for each in kept_open:
        each.read_settings()
    for path in options.files:
        ended: list[set[Point]] = []
        for engine in ENGINES:
            begun = time.monotonic()
            found, counts = _front(path, engine, Limits.within(options.time_limit))
            told = {"file": path.rpartition("/")[2], "engine": engine, "points": len(found.points)}
            told |= {"complete": found.complete, **counts}
            print(json.dumps(told | {"wall_seconds": round(time.monotonic() - begun, 2)}), flush=True)
            ended += [set(found.points)] if found.complete else []
        if len(ended) == len(ENGINES):
            print(json.dumps({"same_points": ended[0] == ended[1]}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
