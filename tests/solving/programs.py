"""Small programs with known answers, and one that no solver finishes soon."""

from __future__ import annotations

from math import inf
from random import Random

from procure_opt.solving.program import Program, Row


def knapsack(values: list[int], weights: list[int], capacity: int) -> tuple[Program, dict[int, float]]:
    """Binaries that fit the capacity; the objective is minus the value."""
    n = len(values)
    row = Row(tuple(range(n)), tuple(map(float, weights)), -inf, float(capacity))
    objective = {j: -float(value) for j, value in enumerate(values)}
    return Program((0.0,) * n, (1.0,) * n, (True,) * n, (row,)), objective


def assignment(costs: list[list[int]]) -> tuple[Program, dict[int, float]]:
    """One job per worker and one worker per job; column n*i + j gives job j to worker i."""
    n = len(costs)
    groups = [[n * i + j for j in range(n)] for i in range(n)] + [
        [n * i + j for i in range(n)] for j in range(n)
    ]
    rows = tuple(Row(tuple(group), (1.0,) * n, 1.0, 1.0) for group in groups)
    objective = {n * i + j: float(cost) for i, line in enumerate(costs) for j, cost in enumerate(line)}
    return Program((0.0,) * n**2, (1.0,) * n**2, (True,) * n**2, rows), objective


def endless(columns: int = 200, rows: int = 40, per_row: int = 120) -> tuple[Program, dict[int, float]]:
    """A dense multi-row knapsack that takes HiGHS more than a minute."""
    random = Random(0)
    picks = [tuple(sorted(random.sample(range(columns), per_row))) for _ in range(rows)]
    weights = [tuple(float(random.randint(1, 1000)) for _ in pick) for pick in picks]
    capacity = per_row * 125.0
    knapsacks = tuple(Row(pick, weight, -inf, capacity) for pick, weight in zip(picks, weights, strict=True))
    objective = {j: -float(random.randint(1, 1000)) for j in range(columns)}
    return Program((0.0,) * columns, (1.0,) * columns, (True,) * columns, knapsacks), objective
