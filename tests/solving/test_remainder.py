"""Parts before the exact solver, against brute force: every question, strict judges, lying solvers."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from engines import ENGINES, installed, opened
from menus import CHOICES, TOGETHER, WATCHED, Point, Small
from programs import knapsack

from procure_opt.errors import LimitReached
from procure_opt.solving.engine import Limits
from procure_opt.solving.part import Part
from procure_opt.solving.remainder import Remainder

COSTS = ((1.0, 0.0005, 0.0005, 0.0), (0.0005, 1.0, 0.0005, 0.0), (0.0005, 0.0005, 1.0, 0.0))


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of an engine; one is kept open, so that CP-SAT's process starts once."""
    keeps_it_open = opened(installed(request.param), knapsack([1], [1], 1)[0])
    keeps_it_open.minimise({}, {}, gap=0.5)
    yield request.param


def _remainder(small: Small, limits: Limits | None = None, engine: str = "highs") -> Remainder:
    watched = (*WATCHED, TOGETHER)
    return Remainder(
        small.matrix, small.fixings, CHOICES, watched, small.judge_with_sum, limits=limits, engine=engine
    )


def _questions(seed: int) -> list[tuple[int, Point]]:
    random = Random(seed)
    return [(random.randint(0, 2), (*(random.randint(-50, 50) for _ in range(3)), 600)) for _ in range(8)]


def _least(small: Small, aim: int, upper: Point) -> int | None:
    fits = (p for p in small.points() if all(y <= u for y, u in zip(p, upper, strict=False)))
    return min((p[aim] for p in fits), default=None)


def test_every_answer_is_that_of_brute_force(engine: str) -> None:
    """And asking again asks the solver nothing."""
    some = none = 0
    for seed in range(12):
        small, remainder = Small(seed), _remainder(Small(seed), engine=engine)
        for aim, upper in _questions(seed):
            best = remainder.least(aim, upper, COSTS[aim], 1, None)
            assert (None if best is None else best[aim]) == _least(small, aim, upper)
            some, none = some + (best is not None), none + (best is None)
        for aim, upper in _questions(seed):
            best = remainder.least(aim, upper, COSTS[aim], 1, None)
            before = remainder.solves
            assert remainder.least(aim, upper, COSTS[aim], 1, best) == best
            assert remainder.solves == before
    assert min(some, none) > 10


def test_with_a_step_the_answer_is_in_the_best_box() -> None:
    for seed in range(12):
        small, remainder = Small(seed), _remainder(Small(seed))
        for aim, upper in _questions(seed):
            best, least = remainder.least(aim, upper, COSTS[aim], 7, None), _least(small, aim, upper)
            assert (None if best is None else best[aim] // 7) == (None if least is None else least // 7)


def test_an_answer_that_the_judge_refuses_is_cut_off_and_asked_again(engine: str) -> None:
    """The rows know nothing of a forbidden pair, nor of a surcharge; the answers do, and it is counted."""

    class Stricter(Small):
        def judge(self, ones: frozenset[int]) -> Point | None:
            point = super().judge(ones)
            if point is None or {4, 7} <= ones:
                return None
            return (point[0] + 3, point[1], point[2]) if 5 in ones else point

    cut_off = 0
    for seed in range(12):
        small = Stricter(seed)
        remainder = _remainder(small, engine=engine)
        for aim, upper in _questions(seed):
            best = remainder.least(aim, upper, COSTS[aim], 1, None)
            assert (None if best is None else best[aim]) == _least(small, aim, upper)
        cut_off += remainder.cut_off
    assert cut_off > 0


def test_what_is_denied_never_holds_a_point(engine: str) -> None:
    for seed in range(12):
        small, remainder = Small(seed), _remainder(Small(seed), engine=engine)
        for aim, upper in _questions(seed):
            remainder.least(aim, upper, COSTS[aim], 1, None)
        for point, assignments in small.points().items():
            held = [
                number
                for number, fixed in enumerate(remainder.fixed)
                if any(fixed[j] == 1.0 for ones in assignments for j in ones if j in fixed)
            ]
            assert set(held) & set(remainder.holders((*point, sum(point))))


def test_values_that_are_no_solution_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that answers with zeros is cut off once, and the second answer counts."""
    honest = Part.minimise
    lies: list[Part] = []

    def nonsense(self: Part, *args: object, **options: object) -> object:
        if self in lies:
            return honest(self, *args, **options)  # type: ignore[arg-type]
        lies.append(self)
        return (0.0,) * (TOGETHER + 1)

    monkeypatch.setattr(Part, "minimise", nonsense)
    small = Small(5)
    remainder = _remainder(small)
    for aim, upper in _questions(5):
        best = remainder.least(aim, upper, COSTS[aim], 1, None)
        assert (None if best is None else best[aim]) == _least(small, aim, upper)
    assert remainder.cut_off >= len(lies) > 0


def test_time_that_is_up_is_said() -> None:
    with pytest.raises(LimitReached):
        _remainder(Small(1), Limits.within(-1)).least(0, (99, 99, 99, 600), COSTS[0], 1, None)


def test_what_bounds_alone_show_needs_no_solver() -> None:
    """Objectives lie between -200 and 200: below that the solver's word is not needed, above it is."""
    remainder = _remainder(Small(1))
    assert not remainder.must_deny((200, -201, 200, 600))
    assert remainder.must_deny((200, -199, 200, 600))
    assert not Remainder(Small(1).matrix, [], CHOICES, (*WATCHED, TOGETHER), lambda ones: None).must_deny(
        (0, 0, 0, 0)
    )
