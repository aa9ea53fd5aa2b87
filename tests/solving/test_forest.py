"""The forest against brute force: small random programs, with planes alone and with denials alone."""

from __future__ import annotations

import itertools
import math
from random import Random

import numpy as np
import pytest

from procure_opt.errors import EngineDoubt, LimitReached
from procure_opt.solving import forest as forest_module
from procure_opt.solving.engine import Limits
from procure_opt.solving.forest import Forest
from procure_opt.solving.matrix import Matrix
from procure_opt.solving.part import Ones, Part
from procure_opt.solving.plane import NOTHING, plane_of
from procure_opt.solving.program import Program, Row

Point = tuple[int, ...]
GROUPS, OPTIONS = 4, 3
CHOICES = tuple(tuple(range(g * OPTIONS, (g + 1) * OPTIONS)) for g in range(GROUPS))
WATCHED = (GROUPS * OPTIONS, GROUPS * OPTIONS + 1)
COSTS = ((1.0, 0.001), (0.001, 1.0))


class Small:
    """Four choices out of three, two sums to watch, and one row that forbids some assignments."""

    def __init__(self, seed: int) -> None:
        random = Random(seed)
        count = GROUPS * OPTIONS
        self.weights = [[random.randint(-20, 20) for _ in range(count)] for _ in WATCHED]
        self.load = [random.randint(0, 9) for _ in range(count)]
        self.most = random.randint(10, 30)
        sums = tuple(
            Row((*range(count), watched), (*map(float, weights), -1.0), 0.0, 0.0)
            for watched, weights in zip(WATCHED, self.weights, strict=True)
        )
        ones = tuple(Row(choice, (1.0,) * OPTIONS, 1.0, 1.0) for choice in CHOICES)
        load = Row(tuple(range(count)), tuple(map(float, self.load)), -math.inf, float(self.most))
        low, high = (0.0,) * count + (-99.0, -99.0), (1.0,) * count + (99.0, 99.0)
        self.program = Program(low, high, (True,) * (count + 2), (*ones, *sums, load))

    def judge(self, ones: Ones) -> Point | None:
        """Worth of an assignment; None where it is too heavy."""
        if len(ones) != GROUPS or sum(self.load[j] for j in ones) > self.most:
            return None
        return tuple(sum(weights[j] for j in ones) for weights in self.weights)

    def points(self) -> list[Point]:
        """Everything feasible."""
        every = (self.judge(frozenset(ones)) for ones in itertools.product(*CHOICES))
        return [point for point in every if point is not None]

    def forest(self, **options: Limits) -> Forest:
        """Three parts: one for each option of the first choice."""
        fixings = [{j: float(j == one) for j in CHOICES[0]} for one in CHOICES[0]]
        return Forest(Matrix.of(self.program), fixings, CHOICES, WATCHED, self.judge, **options)


def expected(points: list[Point], aim: int, upper: tuple[int, int]) -> int | None:
    """Least value of the aim under the bounds."""
    values = [p[aim] for p in points if all(y <= u for y, u in zip(p, upper, strict=True))]
    return min(values, default=None)


def questions(seed: int) -> list[tuple[int, tuple[int, int]]]:
    """Twelve questions: aim and bounds."""
    random = Random(seed)
    return [(random.randint(0, 1), (random.randint(-60, 60), random.randint(-60, 60))) for _ in range(12)]


@pytest.mark.parametrize("patience", [0, 2, 10**9])
def test_every_answer_is_that_of_brute_force(monkeypatch: pytest.MonkeyPatch, patience: int) -> None:
    """Patience 0 hands every part over to the exact solver, 10^9 none: same answers, from one forest each."""
    monkeypatch.setattr(forest_module, "PATIENCE", patience)
    found_some = found_none = asked = 0
    for seed in range(25):
        small = Small(seed)
        forest, points = small.forest(), small.points()
        for aim, upper in questions(seed):
            best = forest.least(aim, upper, COSTS[aim], 1, None)
            assert (None if best is None else best[aim]) == expected(points, aim, upper), (
                f"{seed}: {aim} {upper}"
            )
            assert best is None or best in points
            found_some, found_none = found_some + (best is not None), found_none + (best is None)
        asked += forest.solves
    assert min(found_some, found_none) > 50
    assert (asked == 0) == (patience > 2)


def test_with_a_step_the_answer_is_in_the_best_box() -> None:
    for seed in range(25):
        small = Small(seed)
        forest, points = small.forest(), small.points()
        for aim, upper in questions(seed):
            best, least = forest.least(aim, upper, COSTS[aim], 7, None), expected(points, aim, upper)
            assert (best is None) == (least is None)
            assert best is None or least is None or best[aim] // 7 == least // 7


def test_a_point_known_before_is_kept_unless_a_better_one_exists() -> None:
    small = Small(3)
    worst = max(small.points())
    best = min(point[0] for point in small.points())
    assert small.forest().least(0, (99, 99), COSTS[0], 1, worst) != worst
    ideal = next(point for point in small.points() if point[0] == best)
    assert small.forest().least(0, (99, 99), COSTS[0], 1, ideal) == ideal


def test_what_is_proven_never_denies_a_point(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a dozen questions each feasible point may still be held by the part that it is in."""
    monkeypatch.setattr(forest_module, "PATIENCE", 3)
    for seed in range(25):
        small = Small(seed)
        forest = small.forest()
        for aim, upper in questions(seed):
            forest.least(aim, upper, COSTS[aim], 1, None)
        for ones in itertools.product(*CHOICES):
            point = small.judge(frozenset(ones))
            held = [n for n, fixed in enumerate(forest.fixed) if fixed[ones[0]] == 1.0]
            assert point is None or held[0] in forest.holders(point)


def test_any_multipliers_give_a_true_plane() -> None:
    """Random multipliers, of any sign and size: no feasible point is ever on the wrong side."""
    said = 0
    for seed in range(40):
        small, rng = Small(seed), np.random.default_rng(seed)
        matrix, watched = Matrix.of(small.program), np.array(WATCHED)
        for _ in range(25):
            multipliers = rng.normal(size=len(matrix.row_low)) * 10.0 ** rng.integers(-3, 4)
            multipliers[GROUPS : GROUPS + 2] = -np.abs(multipliers[GROUPS : GROUPS + 2])
            plane = plane_of(matrix, matrix.low, matrix.high, watched, multipliers)
            said += plane.level > NOTHING and bool(np.any(plane.weights > 0))
            assert all(plane.weights @ np.array(point) >= plane.level for point in small.points())
    assert said > 900


def test_a_solver_that_lies_costs_time_but_no_point(monkeypatch: pytest.MonkeyPatch) -> None:
    """Multipliers turned into noise and values into halves: the answers stay those of brute force."""
    relax = Part.relax
    rng = np.random.default_rng(0)

    def noisy(self: Part, *args: object) -> object:
        plane, values = relax(self, *args)  # type: ignore[arg-type]
        multipliers = rng.normal(size=len(self.matrix.row_low))
        low, high = self.bounds(args[0])  # type: ignore[arg-type]
        plane = plane_of(self.matrix, low, high, self.watched, multipliers)
        return plane, None if values is None else values * 0 + 0.5

    monkeypatch.setattr(Part, "relax", noisy)
    monkeypatch.setattr(forest_module, "PATIENCE", 10**9)
    small = Small(8)
    forest, points = small.forest(), small.points()
    for aim, upper in questions(8):
        best = forest.least(aim, upper, COSTS[aim], 1, None)
        assert (None if best is None else best[aim]) == expected(points, aim, upper)


@pytest.mark.parametrize("lie", ["values", "doubt"])
def test_an_exact_solver_that_proposes_nonsense_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    """Values that are no solution, or a doubt: the search goes on with planes."""

    def nonsense(self: Part, *_: object) -> object:
        if lie == "doubt":
            raise EngineDoubt("as ordered")
        return self.matrix.low * 0.0

    monkeypatch.setattr(Part, "solve", nonsense)
    monkeypatch.setattr(forest_module, "PATIENCE", 0)
    small = Small(5)
    forest, points = small.forest(), small.points()
    for aim, upper in questions(5):
        best = forest.least(aim, upper, COSTS[aim], 1, None)
        assert (None if best is None else best[aim]) == expected(points, aim, upper)


def test_time_that_is_up_is_said() -> None:
    with pytest.raises(LimitReached):
        Small(1).forest(limits=Limits.within(-1)).least(0, (99, 99), COSTS[0], 1, None)
