"""How long the search itself takes for a front of many points that are all known beforehand.

``python tests/pareto/many_points.py [COUNT [DIMENSION]]`` prints one line; the oracle's own time is left out.
"""

from __future__ import annotations

import sys
import time
from operator import le
from random import Random

from procure_opt.pareto.enumeration import Progress, enumerate_nondominated
from procure_opt.pareto.points import Point, nondominated
from procure_opt.pareto.zones import Bound


class Sorted:
    """An oracle over mutually nondominated points, sorted by each objective; it counts its own seconds."""

    def __init__(self, points: list[Point], dimension: int) -> None:
        self.dimension = dimension
        self.seconds = 0.0
        self._orders = [sorted(points, key=lambda y: (y[k], sum(y), y)) for k in range(dimension)]
        self._by_sum = sorted(points, key=lambda y: (sum(y), y))

    def minimise(self, objective: int, upper: Bound) -> Point | None:
        return self._first(self._orders[objective], upper)

    def least_sum(self, upper: Bound) -> Point | None:
        return self._first(self._by_sum, upper)

    def _first(self, order: list[Point], upper: Bound) -> Point | None:
        begun = time.perf_counter()
        most = [float("inf") if u is None else u for u in upper]
        found = next((y for y in order if all(map(le, y, most))), None)
        self.seconds += time.perf_counter() - begun
        return found


def spread(count: int, dimension: int, length: int = 100_000) -> list[Point]:
    """Mutually nondominated points on a sphere, about ``count``."""
    random, points = Random(count), set()
    while len(points) < count:
        v = [abs(random.gauss(0, 1)) for _ in range(dimension)]
        norm = sum(x * x for x in v) ** 0.5
        points.add(tuple(int(length - length * x / norm) for x in v))
    return list(nondominated(points))


def main(count: int = 4300, dimension: int = 3) -> None:
    points, told = spread(count, dimension), list[Progress]()
    for progress in (None, told.append):
        oracle, begun = Sorted(points, dimension), time.perf_counter()
        result = enumerate_nondominated(oracle, progress=progress, known=points)
        seconds = time.perf_counter() - begun - oracle.seconds
        assert result.complete and list(result.points) == points
        name = "with progress" if progress else "without progress"
        print(f"{len(points)} points, {result.solves} questions, {name}: {seconds:.2f} s", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
