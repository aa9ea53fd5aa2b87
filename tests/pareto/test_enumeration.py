"""The enumeration finds exactly the front, whatever the points look like and however the oracle behaves."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from listed import Failing, Listed, by_brute_force, on_a_sphere, random_points

from procure_opt.errors import EngineDoubt, LimitReached, UsageError
from procure_opt.pareto.certificate import covers
from procure_opt.pareto.enumeration import Enumeration, Progress, enumerate_nondominated
from procure_opt.pareto.points import Point, box_of, dominates, nondominated

STOPS = [
    (LimitReached("time"), "time limit"),
    (KeyboardInterrupt(), "interrupted"),
    (EngineDoubt("?"), "doubtful solver answer"),
]
SETS = {1: 300, 2: 900, 3: 600, 4: 160}
"""Random sets per number of objectives."""


def assert_complete(result: Enumeration, points: list[Point], resolution: tuple[int, ...]) -> None:
    assert result.points == by_brute_force(points, resolution)
    assert (result.complete, result.reason, result.open_bounds, result.candidates) == (True, None, (), ())
    assert (result.contradictions, result.proven_share) == (0, 1)
    assert covers(result.points, result.bounds, resolution)


@pytest.mark.parametrize("dimension", [1, 2, 3, 4])
def test_random_sets_give_the_brute_force_front(dimension: int) -> None:
    random = Random(dimension)
    for _ in range(SETS[dimension]):
        points = random_points(random, dimension)
        assert_complete(enumerate_nondominated(Listed(points, dimension)), points, (1,) * dimension)


@pytest.mark.parametrize("dimension", [1, 2, 3, 4])
def test_random_sets_give_the_brute_force_boxes(dimension: int) -> None:
    random = Random(10 + dimension)
    for _ in range(SETS[dimension]):
        points = random_points(random, dimension)
        resolution = tuple(random.choice([1, 2, 5, 50]) for _ in range(dimension))
        result = enumerate_nondominated(Listed(points, dimension), resolution=resolution)
        assert_complete(result, points, resolution)


@pytest.mark.parametrize("dimension", [2, 3, 4])
@pytest.mark.parametrize("most", [lambda y: (-sum(y), y), lambda y: (hash(y), y)], ids=["worst", "any"])
def test_a_weakly_efficient_answer_loses_nothing(dimension: int, most: object) -> None:
    random = Random(20 + dimension)
    for _ in range(SETS[dimension] // 4):
        points = random_points(random, dimension)
        resolution = tuple(random.choice([1, 1, 1, 4]) for _ in range(dimension))
        result = enumerate_nondominated(Listed(points, dimension, most), resolution=resolution)
        assert_complete(result, points, resolution)


def test_known_points_change_nothing_even_if_they_are_dominated() -> None:
    random = Random(30)
    for _ in range(300):
        points = random_points(random, 3)
        known = random.sample(points, len(points) // 2)
        resolution = random.choice([(1, 1, 1), (5, 1, 3)])
        result = enumerate_nondominated(Listed(points, 3), resolution=resolution, known=known)
        assert_complete(result, points, resolution)


@pytest.mark.parametrize(("error", "reason"), STOPS[:2])
@pytest.mark.parametrize("resolution", [(1, 1, 1), (7, 7, 7)])
def test_a_stop_while_known_points_are_settled_loses_none_of_them(
    error: BaseException, reason: str, resolution: tuple[int, ...]
) -> None:
    """Once 111 of the 112 points that a survey had found were gone when time was up before the search."""
    points = on_a_sphere(Random(51), 3, 12)
    whole = enumerate_nondominated(Listed(points, 3), resolution=resolution)
    for call in range(1, 2 + len(points)):
        oracle = Failing(points, 3, error, [call])
        result = enumerate_nondominated(oracle, resolution=resolution, known=points)
        assert (result.complete, result.reason) == (False, reason)
        told = {box_of(y, resolution) for y in (*result.points, *result.candidates)}
        assert told == {box_of(y, resolution) for y in whole.points}


def test_two_solves_per_point_at_three_objectives() -> None:
    random = Random(40)
    clouds = [[tuple(random.randint(0, 500) for _ in range(3)) for _ in range(900)] for _ in range(5)]
    fronts = [on_a_sphere(random, 3, 80) for _ in range(5)] + [list(nondominated(c)) for c in clouds]
    fronts = [front for front in fronts if len(front) >= 30]
    solves = [enumerate_nondominated(Listed(front, 3)).solves for front in fronts]
    assert len(fronts) >= 6
    assert sum(solves) <= 2.3 * sum(map(len, fronts))


def test_no_feasible_point_is_a_complete_answer_after_one_solve() -> None:
    result = enumerate_nondominated(Listed([], 3))
    assert (result.points, result.complete, result.solves) == ((), True, 1)
    assert result.bounds == ((None, None, None),)


@pytest.mark.parametrize(("error", "reason"), STOPS[:2])
@pytest.mark.parametrize("resolution", [(1, 1, 1), (7, 7, 7)])
def test_a_stop_at_any_call_keeps_a_part_of_the_true_front(
    error: BaseException, reason: str, resolution: tuple[int, ...]
) -> None:
    """Whatever call fails: what is stated is nondominated, and open bounds cover what is missing."""
    points = on_a_sphere(Random(50), 3, 12)
    whole = enumerate_nondominated(Listed(points, 3), resolution=resolution)
    for call in range(1, whole.solves + 1):
        result = enumerate_nondominated(Failing(points, 3, error, [call]), resolution=resolution)
        assert (result.complete, result.reason) == (False, reason)
        assert set(result.points) <= set(whole.points)
        assert result.proven_share < 1
        assert covers(result.points, result.bounds, resolution)
        assert_open_bounds_cover(result, whole, resolution)
        assert set(result.candidates) <= set(points)


def assert_open_bounds_cover(result: Enumeration, whole: Enumeration, resolution: tuple[int, ...]) -> None:
    for point in set(whole.points) - set(result.points):
        box = box_of(point, resolution)
        assert any(
            all(u is None or b < u for b, u in zip(box, bound, strict=True)) for bound in result.open_bounds
        )


def test_the_longer_the_run_the_more_is_found() -> None:
    points = on_a_sphere(Random(51), 3, 15)
    solves = enumerate_nondominated(Listed(points, 3)).solves
    stops = [Failing(points, 3, LimitReached("time"), [call]) for call in range(1, solves + 1)]
    found = [set(enumerate_nondominated(stop).points) for stop in stops]
    assert all(early <= late for early, late in pairwise(found))


@pytest.mark.parametrize("resolution", [(1, 1, 1), (7, 7, 7)])
def test_one_doubtful_answer_costs_nothing_because_another_direction_is_tried(
    resolution: tuple[int, ...],
) -> None:
    points = on_a_sphere(Random(52), 3, 12)
    whole = enumerate_nondominated(Listed(points, 3), resolution=resolution)
    for call in range(1, whole.solves + 1):
        result = enumerate_nondominated(Failing(points, 3, EngineDoubt("?"), [call]), resolution=resolution)
        assert (result.points, result.complete) == (whole.points, True)


def test_a_zone_that_stays_doubtful_stays_open_and_the_others_are_finished() -> None:
    class Moody(Listed):
        def _fitting(self, upper: tuple[int | None, ...]) -> list[Point]:
            if any(u is not None and u < 600 for u in upper):
                raise EngineDoubt("?")
            return super()._fitting(upper)

    points = on_a_sphere(Random(53), 3, 40)
    result = enumerate_nondominated(Moody(points, 3))
    whole = enumerate_nondominated(Listed(points, 3))
    assert (result.complete, result.reason) == (False, "doubtful solver answer")
    assert 3 < len(result.points) < len(whole.points)
    assert set(result.points) <= set(whole.points)
    assert_open_bounds_cover(result, whole, (1, 1, 1))


def test_an_oracle_that_doubts_everything_leaves_everything_open() -> None:
    result = enumerate_nondominated(Failing([(1, 2)], 2, EngineDoubt("?"), range(1, 99)))
    assert (result.points, result.open_bounds, result.proven_share) == ((), ((None, None),), 0)
    assert result.reason == "doubtful solver answer"


def test_a_false_proof_of_emptiness_is_noticed_when_a_point_turns_up_there() -> None:
    points = on_a_sphere(Random(54), 3, 25)
    late = [enumerate_nondominated(Liar(points, 3, call)) for call in range(1, 40)]
    caught = [result for result in late if result.contradictions]
    assert caught
    assert all(not result.complete and result.reason == "doubtful solver answer" for result in caught)
    assert all(result.proven_share < 1 for result in caught)


class Liar(Listed):
    """Says once, at the given call, that there is no point."""

    def __init__(self, points: list[Point], dimension: int, call: int) -> None:
        super().__init__(points, dimension)
        self.call = call

    def minimise(self, objective: int, upper: tuple[int | None, ...]) -> Point | None:
        answer = super().minimise(objective, upper)
        return None if self.calls == self.call else answer


def test_an_answer_outside_its_bounds_is_a_doubt_and_no_point() -> None:
    class Stray(Listed):
        def minimise(self, objective: int, upper: tuple[int | None, ...]) -> Point | None:
            return (9, 9) if any(u is not None for u in upper) else super().minimise(objective, upper)

    result = enumerate_nondominated(Stray([(0, 5), (5, 0), (2, 2)], 2))
    assert (9, 9) not in result.points
    assert result.reason == "doubtful solver answer"


def test_progress_tells_of_every_step_and_ends_at_one() -> None:
    told: list[Progress] = []
    points = on_a_sphere(Random(60), 3, 20)
    result = enumerate_nondominated(Listed(points, 3), progress=told.append)
    assert len(told) == result.solves
    assert told[-1] == Progress(len(points), 0, result.solves, Fraction(1))
    assert all(0 <= step.proven_share < 1 for step in told if step.open_zones)


def test_ctrl_c_in_the_progress_line_is_a_stop_like_any_other() -> None:
    def interrupt(step: Progress) -> None:
        if step.points == 3:
            raise KeyboardInterrupt

    result = enumerate_nondominated(Listed(on_a_sphere(Random(61), 3, 20), 3), progress=interrupt)
    assert (len(result.points), result.reason) == (3, "interrupted")


@pytest.mark.parametrize("resolution", [(1, 1), (1, 0, 1), (1, 1, 1, 1)])
def test_a_resolution_that_does_not_fit_is_refused(resolution: tuple[int, ...]) -> None:
    with pytest.raises(UsageError, match="resolution must be 3 integers of at least 1"):
        enumerate_nondominated(Listed([], 3), resolution=resolution)


def test_every_feasible_point_has_a_returned_one_less_than_delta_worse() -> None:
    random, delta = Random(70), (4, 9, 2)
    for _ in range(50):
        points = random_points(random, 3)
        returned = enumerate_nondominated(Listed(points, 3), resolution=delta).points
        for y in points:
            assert any(all(a < b + d for a, b, d in zip(r, y, delta, strict=True)) for r in returned)
        assert not any(dominates(a, b) for a in returned for b in returned)
