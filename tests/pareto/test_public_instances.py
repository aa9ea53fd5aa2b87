"""Public multi-objective integer programs, solved with HiGHS and compared with their published fronts."""

from __future__ import annotations

import json
from itertools import pairwise
from math import inf
from pathlib import Path

import pytest

from procure_opt.errors import EngineDoubt
from procure_opt.pareto.certificate import covers
from procure_opt.pareto.enumeration import enumerate_nondominated
from procure_opt.pareto.points import Point, box_of, nondominated
from procure_opt.pareto.zones import Bound
from procure_opt.solving.augmentation import augmentation, tie_gap
from procure_opt.solving.engine import Engine, Limits, open_engine
from procure_opt.solving.program import Program, Row

SMALL = ("AIRA_3AP05", "KS_ILP3_n10_1", "AIRA_4AP05")


class Instance:
    """One instance, all objectives minimised: columns x, then one per objective, then their sum."""

    def __init__(self, path: Path) -> None:
        data = json.loads(path.read_text())
        self.signs = tuple(1 if sense == "min" else -1 for sense in data["sense"])
        costs = zip(self.signs, data["objectives"], strict=True)
        self.costs = [[sign * c for c in row] for sign, row in costs]
        self.matrix = _rows(data["A_ub"], data["b_lower"], data["b_upper"])
        self.lower, self.upper, self.integer = data["lb"], data["ub"], data["integer"]
        self.front = nondominated(self.minimised(y) for y in data["nondominated"])

    def minimised(self, point: list[int]) -> Point:
        return tuple(sign * y for sign, y in zip(self.signs, point, strict=True))

    def program(self) -> Program:
        n, p = len(self.lower), len(self.costs)
        sums = [_defined(n + k, list(enumerate(row))) for k, row in enumerate(self.costs)]
        sums.append(_defined(n + p, [(n + k, 1) for k in range(p)]))
        free = (inf,) * (p + 1)
        return Program(
            (*(_number(v, -inf) for v in self.lower), *(-v for v in free)),
            (*(_number(v, inf) for v in self.upper), *free),
            (*map(bool, self.integer), *(False,) * (p + 1)),
            (*self.matrix, *sums),
        )

    def point(self, x: list[int]) -> Point:
        """Recompute the objectives in integers, after an exact check of bounds and rows."""
        bounds = [
            (_number(a, -inf), v, _number(b, inf)) for a, v, b in zip(self.lower, x, self.upper, strict=True)
        ]
        sums = [sum(c * x[j] for j, c in zip(r.columns, r.coefficients, strict=True)) for r in self.matrix]
        bounds += [(row.lower, total, row.upper) for row, total in zip(self.matrix, sums, strict=True)]
        if not all(low <= value <= high for low, value, high in bounds):
            raise EngineDoubt("the rounded solution breaks a row")
        return tuple(sum(c * v for c, v in zip(row, x, strict=True)) for row in self.costs)


def _rows(matrix: dict, lower: list, upper: list) -> list[Row]:
    entries: list[list[tuple[int, float]]] = [[] for _ in lower]
    for row, column, value in zip(matrix["rows"], matrix["cols"], matrix["vals"], strict=True):
        entries[row].append((column, value))
    return [
        Row(tuple(j for j, _ in terms), tuple(float(c) for _, c in terms), _number(a, -inf), _number(b, inf))
        for terms, a, b in zip(entries, lower, upper, strict=True)
    ]


def _defined(column: int, terms: list[tuple[int, int]]) -> Row:
    kept = [(j, c) for j, c in terms if c]
    return Row((*(j for j, _ in kept), column), (*(float(c) for _, c in kept), -1.0), 0.0, 0.0)


def _number(value: float | None, missing: float) -> float:
    return missing if value is None else float(value)


class HighsOracle:
    """The instance as the search sees it; every answer is recomputed in integers."""

    def __init__(self, instance: Instance, engine: Engine | None = None) -> None:
        self.instance = instance
        self.dimension = len(instance.costs)
        self.engine = engine or open_engine("highs", instance.program(), Limits())
        self.columns = [len(instance.lower) + k for k in range(self.dimension + 1)]
        self.solutions: dict[Point, tuple[float, ...]] = {}
        extremes = [[self._best({k: sign}, (), 0.5) for sign in (1.0, -1.0)] for k in range(self.dimension)]
        self.weights = augmentation([high[k] - low[k] for k, (low, high) in enumerate(extremes)])
        self.gap = tie_gap(self.weights)

    def minimise(self, objective: int, upper: Bound) -> Point | None:
        return self._best(dict(enumerate(self.weights)) | {objective: 1.0}, upper, self.gap)

    def least_sum(self, upper: Bound) -> Point | None:
        upper = (*upper, None)
        for k in (self.dimension, *range(self.dimension)):
            point = self._best({k: 1.0}, upper, 0.5)
            if point is None:
                return None
            reached = (*point, sum(point))[k]
            upper = (*upper[:k], reached, *upper[k + 1 :])
        return point

    def _best(self, weights: dict[int, float], upper: Bound, gap: float) -> Point | None:
        bounds = {self.columns[k]: float(u) for k, u in enumerate(upper) if u is not None}
        objective = {self.columns[k]: weight for k, weight in weights.items()}
        values = self.engine.minimise(objective, bounds, gap=gap, start=self._start(weights, upper))
        if values is None:
            return None
        point = self.instance.point([round(v) for v in values[: len(self.instance.lower)]])
        self.solutions[point] = values
        return point

    def _start(self, weights: dict[int, float], upper: Bound) -> tuple[float, ...] | None:
        full = [(*point, sum(point)) for point in self.solutions]
        fits = [y for y in full if all(u is None or a <= u for a, u in zip(y, upper, strict=False))]
        best = min(fits, key=lambda y: sum(w * y[k] for k, w in weights.items()), default=None)
        return None if best is None else self.solutions[best[: self.dimension]]


@pytest.mark.parametrize("name", SMALL)
def test_the_published_front_is_found(name: str, instances: Path) -> None:
    instance = Instance(instances / f"{name}.json")
    result = enumerate_nondominated(HighsOracle(instance))
    assert (result.points, result.complete, result.contradictions) == (instance.front, True, 0)
    assert covers(result.points, result.bounds, (1,) * len(instance.signs))


def test_a_resolution_of_ten_keeps_one_point_per_nondominated_box_of_the_published_front(
    instances: Path,
) -> None:
    instance, tens = Instance(instances / "AIRA_3AP05.json"), (10, 10, 10)
    result = enumerate_nondominated(HighsOracle(instance), resolution=tens)
    boxes = nondominated(box_of(y, tens) for y in instance.front)
    assert nondominated(box_of(y, tens) for y in result.points) == boxes
    assert len(result.points) == len(boxes)
    assert covers(result.points, result.bounds, tens)
    assert all(a < b for a, b in pairwise(result.points))
