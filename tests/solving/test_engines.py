"""Every engine gives right answers, proves that there is none, and remembers nothing of earlier calls."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product
from math import inf
from random import Random

import pytest
from engines import ENGINES, installed, opened, value
from programs import assignment, endless, knapsack

from procure_opt.errors import LimitReached, UsageError
from procure_opt.solving.engine import Engine, Limits, open_engine
from procure_opt.solving.program import Program, Row

TINY = knapsack([1], [1], 1)[0]


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of an engine; one is kept open, so that CP-SAT's process starts once."""
    keeps_it_open: Engine = opened(installed(request.param), TINY)
    keeps_it_open.minimise({}, {}, gap=0.5)
    yield request.param


def test_knapsacks_are_solved_as_by_trying_everything(engine: str) -> None:
    random = Random(1)
    for _ in range(15):
        values, weights = ([random.randint(1, 30) for _ in range(8)] for _ in range(2))
        program, objective = knapsack(values, weights, sum(weights) // 2)
        plans = product((0, 1), repeat=8)
        fits = (x for x in plans if sum(a * b for a, b in zip(x, weights, strict=True)) <= sum(weights) // 2)
        best = max(sum(a * b for a, b in zip(x, values, strict=True)) for x in fits)
        assert value(objective, opened(engine, program).minimise(objective, {}, gap=0.5)) == -best


def test_assignments_are_solved_as_by_trying_everything(engine: str) -> None:
    random = Random(2)
    for _ in range(10):
        costs = [[random.randint(0, 20) for _ in range(5)] for _ in range(5)]
        program, objective = assignment(costs)
        best = min(sum(costs[i][j] for i, j in enumerate(jobs)) for jobs in permutations(range(5)))
        assert value(objective, opened(engine, program).minimise(objective, {}, gap=0.5)) == best


def test_a_contradiction_is_proven_infeasible(engine: str) -> None:
    parity = Program((0.0, 0.0), (9.0, 9.0), (True, True), (Row((0, 1), (2.0, 4.0), 7.0, 7.0),))
    assert opened(engine, parity).minimise({0: 1.0}, {}, gap=0.5) is None


def test_an_upper_bound_below_the_column_needs_no_solver(engine: str) -> None:
    opened_one = opened(engine, TINY)
    assert opened_one.minimise({0: 1.0}, {0: -1.0}, gap=0.5) is None
    assert opened_one.solves == 0


def test_bounds_and_costs_hold_for_one_call_only(engine: str) -> None:
    program, objective = knapsack([5, 4, 3], [2, 2, 2], 4)
    held = opened(engine, program)
    assert value(objective, held.minimise(objective, {}, gap=0.5)) == -9
    assert value(objective, held.minimise(objective, {0: 0.0}, gap=0.5)) == -7
    assert value(objective, held.minimise(objective, {1: 0.0, 2: 0.0}, gap=0.5)) == -5
    other = held.minimise({2: -1.0}, {}, gap=0.5)
    assert other is not None and other[2] == pytest.approx(1)
    assert held.minimise(objective, {0: -5.0}, gap=0.5) is None
    assert value(objective, held.minimise(objective, {}, gap=0.5)) == -9


def test_a_temporary_bound_never_loosens_the_column(engine: str) -> None:
    program, objective = knapsack([5, 4], [1, 1], 9)
    assert value(objective, opened(engine, program).minimise(objective, {0: 7.0}, gap=0.5)) == -9


def test_a_cut_stays(engine: str) -> None:
    program, objective = knapsack([5, 4, 3], [2, 2, 2], 4)
    held = opened(engine, program)
    held.add_row(Row((0, 1), (1.0, 1.0), -inf, 1.0))
    for _ in range(2):
        assert value(objective, held.minimise(objective, {}, gap=0.5)) == -8
    held.add_row(Row((0, 1), (1.0, 1.0), 2.0, inf))
    assert held.minimise(objective, {}, gap=0.5) is None


@pytest.mark.parametrize("start", [(1.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1.0, 1.0, 1.0), (0.5, 9.0, -3.0)])
def test_a_start_changes_no_answer_good_poor_or_infeasible(engine: str, start: tuple[float, ...]) -> None:
    program, objective = knapsack([5, 4, 3], [2, 2, 2], 4)
    held = opened(engine, program)
    assert value(objective, held.minimise(objective, {}, gap=0.5, start=start)) == -9
    assert value(objective, held.minimise(objective, {0: 0.0}, gap=0.5, start=start)) == -7


def test_a_continuous_program_is_solved_too(engine: str) -> None:
    program = Program((0.0, 0.0), (4.0, 9.0), (False, False), (Row((0, 1), (1.0, 2.0), 5.0, inf),))
    solution = opened(engine, program).minimise({0: 1.0, 1: 3.0}, {}, gap=0.01)
    assert solution == pytest.approx((4.0, 0.5), abs=0.01)


def test_a_program_without_rows_or_costs_has_an_answer(engine: str) -> None:
    assert opened(engine, Program((2.0,), (5.0,), (True,), ())).minimise({}, {}, gap=0.5) is not None


def test_solves_and_seconds_are_counted(engine: str) -> None:
    program, objective = knapsack([5, 4, 3], [2, 2, 2], 4)
    held = opened(engine, program)
    for _ in range(3):
        held.minimise(objective, {}, gap=0.5)
    assert held.solves == 3
    assert 0 < held.seconds < 3


def test_nothing_is_printed(engine: str, capfd: pytest.CaptureFixture[str]) -> None:
    program, objective = assignment([[3, 1, 2], [2, 4, 6], [5, 5, 1]])
    held = opened(engine, program)
    held.minimise(objective, {}, gap=0.5)
    held.add_row(Row((0,), (1.0,), 1.0, 1.0))
    held.minimise(objective, {0: 0.0}, gap=0.5)
    assert capfd.readouterr() == ("", "")


def test_time_that_is_up_proves_nothing(engine: str) -> None:
    program, objective = endless()
    with pytest.raises(LimitReached):
        opened(engine, program, 0.3).minimise(objective, {}, gap=0.5)
    with pytest.raises(LimitReached):
        opened(engine, program, -1.0).minimise(objective, {}, gap=0.5)


def _random_program(random: Random) -> tuple[Program, list[list[int]], list[int]]:
    """Four whole columns and a sum of thirds that the last column stands for; rows that often contradict."""
    n, most = 4, 3
    rows = [[random.randint(-4, 5) for _ in range(n)] for _ in range(3)]
    sides = [random.randint(-3, 8) for _ in rows]
    thirds = [random.randint(-5, 5) for _ in range(n)]
    stated = [
        Row(tuple(range(n)), tuple(a / 7 for a in row), -inf, side / 7)
        for row, side in zip(rows, sides, strict=True)
    ]
    stated.append(Row((*range(n), n), (*(a / 3 for a in thirds), -1.0), 0.0, 0.0))
    bounds = (0.0,) * n + (-99.0,), (float(most),) * n + (99.0,)
    program = Program(*bounds, (True,) * n + (False,), tuple(stated))
    return program, [*rows, thirds], sides


@pytest.mark.parametrize("seed", range(3))
def test_random_programs_are_solved_as_by_trying_everything(engine: str, seed: int) -> None:
    """With coefficients that no float has exactly, and sides that are just met."""
    random, none = Random(seed), 0
    for _ in range(12):
        program, (*rows, thirds), sides = _random_program(random)
        plans = [
            x
            for x in product(range(4), repeat=4)
            if all(
                sum(a * b for a, b in zip(row, x, strict=True)) <= side
                for row, side in zip(rows, sides, strict=True)
            )
        ]
        least = min((sum(a * b for a, b in zip(thirds, x, strict=True)) for x in plans), default=None)
        answer = opened(engine, program).minimise({4: 1.0}, {}, gap=0.1)
        assert (answer is None) == (least is None)
        none += answer is None
        if answer is not None and least is not None:
            assert answer[4] == pytest.approx(least / 3, abs=0.11)
            assert tuple(map(round, answer[:4])) in plans
            below = opened(engine, program).minimise({4: 1.0}, {4: least / 3 - 0.3}, gap=0.1)
            assert below is None
    assert none


def test_an_unknown_engine_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match=r'"cplex" is not an engine of this version \(cpsat, highs\)'):
        open_engine("cplex", TINY, Limits())
