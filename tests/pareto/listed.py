"""A feasible set given as a list of points: the oracle and the brute-force answers of the tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from procure_opt.pareto.points import Point, box_of, nondominated
from procure_opt.pareto.zones import Bound


class Listed:
    """An oracle over a list. ``ties`` decides among the points that share the least value."""

    def __init__(
        self, points: Sequence[Point], dimension: int, ties: Callable[[Point], object] = lambda y: (sum(y), y)
    ) -> None:
        self.points = list(points)
        self.dimension = dimension
        self.ties = ties
        self.calls = 0

    def minimise(self, objective: int, upper: Bound) -> Point | None:
        self.calls += 1
        assert upper[objective] is None
        least = min((y[objective] for y in self._fitting(upper)), default=None)
        return min((y for y in self._fitting(upper) if y[objective] == least), key=self.ties, default=None)

    def least_sum(self, upper: Bound) -> Point | None:
        self.calls += 1
        return min(self._fitting(upper), key=lambda y: (sum(y), y), default=None)

    def _fitting(self, upper: Bound) -> list[Point]:
        return [y for y in self.points if all(u is None or a <= u for a, u in zip(y, upper, strict=True))]


class Failing(Listed):
    """A list that raises ``error`` at the given calls (counted from 1)."""

    def __init__(
        self, points: Sequence[Point], dimension: int, error: BaseException, at: Sequence[int]
    ) -> None:
        super().__init__(points, dimension)
        self.error = error
        self.at = frozenset(at)

    def _fitting(self, upper: Bound) -> list[Point]:
        if self.calls in self.at:
            raise self.error
        return super()._fitting(upper)


def by_brute_force(points: Sequence[Point], resolution: Sequence[int]) -> tuple[Point, ...]:
    """Each nondominated box's point with the smallest sum, then lexicographic order."""
    delta = tuple(resolution)
    boxes = nondominated(box_of(y, delta) for y in points)
    members = [[y for y in points if box_of(y, delta) == box] for box in boxes]
    return tuple(sorted(min(inside, key=lambda y: (sum(y), y)) for inside in members))


def random_points(random: Random, dimension: int) -> list[Point]:
    """A small set of one of several awkward kinds; may be empty."""
    size, width = random.randrange(20), random.choice([1, 3, 9, 40])
    draw = [tuple(random.randint(-width, width) for _ in range(dimension)) for _ in range(size)]
    match random.randrange(4):
        case 0:
            return draw + draw[: size // 2]
        case 1:
            return [(*y[:-1], -sum(y[:-1])) for y in draw]
        case 2:
            return [(*y[:-1], 0) for y in draw]
        case _:
            return draw


def on_a_sphere(random: Random, dimension: int, count: int) -> list[Point]:
    """Mutually nondominated points, ``count`` at most."""
    directions = [[abs(random.gauss(0, 1)) for _ in range(dimension)] for _ in range(count)]
    lengths = [sum(x * x for x in v) ** 0.5 for v in directions]
    cut = [tuple(int(1000 - 1000 * x / n) for x in v) for v, n in zip(directions, lengths, strict=True)]
    return list(nondominated(cut))
