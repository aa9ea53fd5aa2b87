"""Programs in whole numbers: an image of every solution of the true one, and none beyond 64 bits."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

import pytest

from procure_opt.errors import EngineDoubt
from procure_opt.solving.lattice import FINE, Lattice
from procure_opt.solving.program import Program, Row


def _drawn(random: Random) -> tuple[Program, list[float]]:
    """A solution, and a program that it just solves: every row is met with equality at one end or both."""
    n = random.randint(2, 6)
    whole = tuple(random.random() < 0.5 for _ in range(n))
    size = random.choice((1, 30, 10**5))
    lower = tuple(float(random.randint(-size, 0)) for _ in range(n))
    upper = tuple(float(random.randint(1, size)) for _ in range(n))
    exact = [
        Fraction(random.randint(int(low), int(high)))
        if is_whole
        else Fraction(random.randint(int(low) * 21, int(high) * 21), 21)
        for low, high, is_whole in zip(lower, upper, whole, strict=True)
    ]
    rows = []
    for _ in range(4):
        columns = tuple(sorted(random.sample(range(n), random.randint(1, n))))
        coefficients = [
            Fraction(random.randint(-9, 9) * random.choice((1, 1000)), random.choice((1, 1, 3, 700)))
            for _ in columns
        ]
        side = float(sum(a * exact[j] for a, j in zip(coefficients, columns, strict=True)))
        ends = random.choice(((side, side), (-math.inf, side), (side, math.inf)))
        rows.append(Row(columns, tuple(map(float, coefficients)), *ends))
    return Program(lower, upper, whole, tuple(rows)), list(map(float, exact))


@pytest.mark.parametrize("seed", range(5))
def test_every_solution_has_an_image(seed: int) -> None:
    random = Random(seed)
    for _ in range(60):
        program, solution = _drawn(random)
        lattice = Lattice.of(program)
        image = lattice.image(solution)
        assert all(low <= k <= high for low, k, high in zip(lattice.low, image, lattice.high, strict=True))
        for columns, coefficients, low, high in lattice.rows:
            total = sum(c * image[j] for c, j in zip(coefficients, columns, strict=True))
            assert (low is None or low <= total) and (high is None or total <= high)
        assert lattice.values(image) == pytest.approx(solution, abs=1 / FINE)


def test_whole_rows_keep_their_sides() -> None:
    """A budget of 10^9 that is missed by 1 stays missed, and a side of 7.5 is 7."""
    budget = Row((0, 1), (999_999_999.0, 1_000_000_001.0), -math.inf, 1_999_999_999.0)
    half = Row((0, 1), (1.0, 1.0), -math.inf, 1.5)
    lattice = Lattice.of(Program((0.0, 0.0), (1.0, 1.0), (True, True), (budget, half)))
    assert lattice.rows[0] == ([0, 1], [999_999_999, 1_000_000_001], None, 1_999_999_999)
    assert lattice.rows[1] == ([0, 1], [1, 1], None, 1)


def test_what_is_whole_by_meaning_needs_no_grid() -> None:
    row = Row((0, 1), (1.0, 1.0), 1.0, 1.0)
    program = Program((0.0, 0.0), (1.0, 1.0), (False, False), (row,), frozenset({1}))
    lattice = Lattice.of(program)
    assert lattice.grain == (FINE, 0) and lattice.high == (FINE, 1)


def test_weights_that_break_ties_lose_less_than_the_gap() -> None:
    """For every assignment of a cube, the whole objective orders values that differ by more than the gap."""
    random = Random(3)
    lattice = Lattice((0,) * 3, (-50,) * 3, (10**6,) * 3, ())
    cost = {0: 1.0, 1: 0.5 / 3 / 10**6, 2: 0.37 / 10**6}
    whole = lattice.costs(cost, 0.25)
    points = [tuple(random.randint(-50, 10**6) for _ in range(3)) for _ in range(200)]
    points += [(7, 10**6, 10**6), (8, -50, -50)]
    worth = [sum(cost[j] * y[j] for j in cost) for y in points]
    ranks = [sum(whole.get(j, 0) * y[j] for j in cost) for y in points]
    for a, x in zip(worth, ranks, strict=True):
        assert all(x < y for b, y in zip(worth, ranks, strict=True) if a + 0.25 < b)


@pytest.mark.parametrize(
    "program",
    [
        Program((0.0,), (math.inf,), (True,), ()),
        Program((0.0, 0.0), (1e9, 1e9), (True, True), (Row((0, 1), (1e10, 1.0), 0.0, 5.0),)),
    ],
    ids=["no bound", "a sum of 10^19"],
)
def test_what_64_bits_cannot_hold_is_refused(program: Program) -> None:
    with pytest.raises(EngineDoubt, match=r"bound|2\^60"):
        Lattice.of(program)


def test_objectives_that_64_bits_cannot_hold_are_refused() -> None:
    lattice = Lattice((0,), (0,), (10**15,), ())
    with pytest.raises(EngineDoubt, match="64 bits"):
        lattice.costs({0: 10_000.0}, 0.5)
    with pytest.raises(EngineDoubt, match="64 bits"):
        lattice.costs({0: 0.1}, 1e-9)
