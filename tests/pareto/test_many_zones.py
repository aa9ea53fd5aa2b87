"""Several zones in one question, and several questions at once, find the same front with fewer solves."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from listed import Listed, by_brute_force, on_a_sphere, random_points

from procure_opt.errors import EngineDoubt, LimitReached
from procure_opt.pareto.certificate import covers
from procure_opt.pareto.enumeration import enumerate_nondominated
from procure_opt.pareto.points import Point
from procure_opt.pareto.together import enumerate_together
from procure_opt.pareto.zones import Bound

Zone = tuple[Bound, int]


class Several(Listed):
    """A list that answers for up to ``widest`` zones at once; ``doubtful``: calls without an answer."""

    def __init__(
        self, points: Sequence[Point], dimension: int, widest: int = 3, doubtful: Sequence[int] = ()
    ) -> None:
        super().__init__(points, dimension)
        self.widest = widest
        self.doubtful = frozenset(doubtful)
        self.most = 0

    def minimise(self, objective: int, upper: Bound) -> Point | None:
        return self.minimise_any(objective, [(upper, 0)])

    def minimise_any(self, objective: int, zones: Sequence[Zone]) -> Point | None:
        self.calls += 1
        self.most = max(self.most, len(zones))
        if self.calls in self.doubtful:
            raise EngineDoubt("?")
        assert all(upper[objective] is None for upper, _ in zones)
        found = [(y[objective] - level, sum(y), y) for upper, level in zones for y in self._fitting(upper)]
        return min(found)[2] if found else None


class Late(Several):
    """Takes up to three questions and answers them in a random order."""

    def __init__(self, points: Sequence[Point], dimension: int, seed: int, stop: int = 10**9) -> None:
        super().__init__(points, dimension)
        self.random = Random(seed)
        self.waiting: list[tuple[int, int, Sequence[Zone]]] = []
        self.stop = stop

    def is_free(self) -> bool:
        return len(self.waiting) < 3

    def ask(self, number: int, objective: int, zones: Sequence[Zone]) -> None:
        self.waiting.append((number, objective, zones))

    def answer(self) -> tuple[int, Point | EngineDoubt | None] | None:
        if self.random.random() < 0.1:
            return None
        number, objective, zones = self.waiting.pop(self.random.randrange(len(self.waiting)))
        if self.calls >= self.stop:
            raise LimitReached("time")
        if self.random.random() < 0.02:
            return number, EngineDoubt("?")
        return number, self.minimise_any(objective, zones)


@pytest.mark.parametrize("dimension", [1, 2, 3, 4])
def test_zones_asked_about_together_give_the_brute_force_front(dimension: int) -> None:
    random = Random(80 + dimension)
    for _ in range(40):
        points = random_points(random, dimension)
        result = enumerate_nondominated(Several(points, dimension, random.choice([2, 3, 9])))
        assert result.points == by_brute_force(points, (1,) * dimension)
        assert (result.complete, result.open_bounds, result.contradictions) == (True, (), 0)
        assert covers(result.points, result.bounds, (1,) * dimension)


def test_three_zones_at_once_need_fewer_than_sixteen_solves_for_ten_points() -> None:
    points = on_a_sphere(Random(81), 3, 80)
    one, three = Several(points, 3, 1), Several(points, 3, 3)
    assert enumerate_nondominated(one).points == enumerate_nondominated(three).points
    assert (one.most, three.most) == (1, 3)
    assert three.calls < 1.6 * len(points) < 1.9 * len(points) < one.calls


def test_zones_whose_common_answer_is_doubtful_are_asked_about_alone() -> None:
    points = on_a_sphere(Random(82), 3, 12)
    whole = enumerate_nondominated(Several(points, 3))
    for call in range(1, whole.solves + 1):
        result = enumerate_nondominated(Several(points, 3, 3, [call]))
        assert (result.points, result.complete) == (whole.points, True)


def test_with_a_resolution_zones_are_asked_about_one_by_one() -> None:
    points = on_a_sphere(Random(83), 3, 20)
    oracle = Several(points, 3)
    result = enumerate_nondominated(oracle, resolution=(7, 7, 7))
    assert result.points == by_brute_force(points, (7, 7, 7))
    assert oracle.most == 1


@pytest.mark.parametrize("dimension", [1, 2, 3, 4])
def test_answers_in_any_order_give_the_brute_force_front(dimension: int) -> None:
    random = Random(90 + dimension)
    for seed in range(25):
        points = random_points(random, dimension)
        result = enumerate_together(Late(points, dimension, seed))
        if result.complete:
            assert result.points == by_brute_force(points, (1,) * dimension)
            assert covers(result.points, result.bounds, (1,) * dimension)
        else:
            assert result.reason == "doubtful solver answer"


def test_a_stop_while_several_are_asked_keeps_a_part_of_the_front() -> None:
    points = on_a_sphere(Random(91), 3, 20)
    whole = by_brute_force(points, (1, 1, 1))
    for stop in range(1, 20):
        result = enumerate_together(Late(points, 3, stop, stop))
        assert (result.complete, result.reason) == (False, "time limit")
        assert set(result.points) <= set(whole)
