"""HiGHS as an engine: right answers, proofs of infeasibility, and no memory of earlier calls."""

from __future__ import annotations

from itertools import permutations, product
from math import inf
from random import Random

import pytest
from programs import assignment, knapsack

from procure_opt.errors import EngineDoubt, UsageError
from procure_opt.solving.engine import Engine, Limits, open_engine
from procure_opt.solving.highs import SETTINGS
from procure_opt.solving.program import Program, Row


def opened(program: Program) -> Engine:
    return open_engine("highs", program, Limits())


def value(objective: dict[int, float], solution: tuple[float, ...] | None) -> int:
    assert solution is not None
    return round(sum(cost * solution[j] for j, cost in objective.items()))


def test_knapsacks_are_solved_as_by_trying_everything() -> None:
    random = Random(1)
    for _ in range(15):
        values, weights = ([random.randint(1, 30) for _ in range(8)] for _ in range(2))
        program, objective = knapsack(values, weights, sum(weights) // 2)
        plans = product((0, 1), repeat=8)
        fits = (x for x in plans if sum(a * b for a, b in zip(x, weights, strict=True)) <= sum(weights) // 2)
        best = max(sum(a * b for a, b in zip(x, values, strict=True)) for x in fits)
        assert value(objective, opened(program).minimise(objective, {}, gap=0.5)) == -best


def test_assignments_are_solved_as_by_trying_everything() -> None:
    random = Random(2)
    for _ in range(10):
        costs = [[random.randint(0, 20) for _ in range(5)] for _ in range(5)]
        program, objective = assignment(costs)
        best = min(sum(costs[i][j] for i, j in enumerate(jobs)) for jobs in permutations(range(5)))
        assert value(objective, opened(program).minimise(objective, {}, gap=0.5)) == best


def test_a_contradiction_is_proven_infeasible() -> None:
    parity = Program((0.0, 0.0), (9.0, 9.0), (True, True), (Row((0, 1), (2.0, 4.0), 7.0, 7.0),))
    assert opened(parity).minimise({0: 1.0}, {}, gap=0.5) is None


def test_an_upper_bound_below_the_column_needs_no_solver() -> None:
    engine = opened(knapsack([1], [1], 1)[0])
    assert engine.minimise({0: 1.0}, {0: -1.0}, gap=0.5) is None
    assert engine.solves == 0


def test_an_unbounded_program_is_a_doubt_not_an_answer() -> None:
    program = Program((0.0, 0.0), (inf, inf), (True, False), (Row((0, 1), (1.0, -1.0), 0.0, 0.0),))
    engine = opened(program)
    with pytest.raises(EngineDoubt, match="Unbounded"):
        engine.minimise({0: -1.0}, {}, gap=0.5)
    assert value({0: 1.0}, engine.minimise({0: 1.0}, {}, gap=0.5)) == 0


def test_bounds_and_costs_hold_for_one_call_only() -> None:
    program, objective = knapsack([5, 4, 3], [2, 2, 2], 4)
    engine = opened(program)
    assert value(objective, engine.minimise(objective, {}, gap=0.5)) == -9
    assert value(objective, engine.minimise(objective, {0: 0.0}, gap=0.5)) == -7
    assert value(objective, engine.minimise(objective, {1: 0.0, 2: 0.0}, gap=0.5)) == -5
    assert engine.minimise({2: -1.0}, {}, gap=0.5)[2] == pytest.approx(1)
    assert engine.minimise(objective, {0: -5.0}, gap=0.5) is None
    assert value(objective, engine.minimise(objective, {}, gap=0.5)) == -9


def test_a_temporary_bound_never_loosens_the_column() -> None:
    program, objective = knapsack([5, 4], [1, 1], 9)
    assert value(objective, opened(program).minimise(objective, {0: 7.0}, gap=0.5)) == -9


def test_a_cut_stays() -> None:
    program, objective = knapsack([5, 4, 3], [2, 2, 2], 4)
    engine = opened(program)
    engine.add_row(Row((0, 1), (1.0, 1.0), -inf, 1.0))
    for _ in range(2):
        assert value(objective, engine.minimise(objective, {}, gap=0.5)) == -8
    engine.add_row(Row((0, 1), (1.0, 1.0), 2.0, inf))
    assert engine.minimise(objective, {}, gap=0.5) is None


@pytest.mark.parametrize("start", [(1.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1.0, 1.0, 1.0), (0.5, 9.0, -3.0)])
def test_a_start_changes_no_answer_good_poor_or_infeasible(start: tuple[float, ...]) -> None:
    program, objective = knapsack([5, 4, 3], [2, 2, 2], 4)
    engine = opened(program)
    assert value(objective, engine.minimise(objective, {}, gap=0.5, start=start)) == -9
    assert value(objective, engine.minimise(objective, {0: 0.0}, gap=0.5, start=start)) == -7


def test_a_continuous_program_is_solved_too() -> None:
    program = Program((0.0, 0.0), (4.0, inf), (False, False), (Row((0, 1), (1.0, 2.0), 5.0, inf),))
    solution = opened(program).minimise({0: 1.0, 1: 3.0}, {}, gap=1e-6)
    assert solution == pytest.approx((4.0, 0.5))


def test_a_program_without_rows_or_costs_has_an_answer() -> None:
    assert opened(Program((2.0,), (5.0,), (True,), ())).minimise({}, {}, gap=0.5) is not None


def test_the_settings_are_read_back_from_the_solver() -> None:
    engine = opened(knapsack([1], [1], 1)[0])
    settings = engine.read_settings()
    assert settings["mip_rel_gap"] == 0
    assert {name: settings[name] for name in SETTINGS} == SETTINGS
    assert str(settings["version"]).count(".") == 2


def test_solves_and_seconds_are_counted() -> None:
    program, objective = knapsack([5, 4, 3], [2, 2, 2], 4)
    engine = opened(program)
    for _ in range(3):
        engine.minimise(objective, {}, gap=0.5)
    assert engine.solves == 3
    assert 0 < engine.seconds < 3


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    program, objective = assignment([[3, 1, 2], [2, 4, 6], [5, 5, 1]])
    engine = opened(program)
    engine.minimise(objective, {}, gap=0.5)
    engine.add_row(Row((0,), (1.0,), 1.0, 1.0))
    engine.minimise(objective, {0: 0.0}, gap=0.5)
    assert capfd.readouterr() == ("", "")


def test_an_unknown_engine_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match=r'"cplex" is not an engine of this version \(highs\)'):
        open_engine("cplex", knapsack([1], [1], 1)[0], Limits())
