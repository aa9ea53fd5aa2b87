"""A program in whole numbers only, among whose solutions is an image of every solution of the true one.

An integer column stands for itself, and so does one that is whole by definition (``Program.defined_whole``).
Any other column y becomes ``k``, the nearest whole number to ``grain * y``. Rows are scaled until their
coefficients are whole; what rounding of coefficients and columns may take away is given back at their ends,
which are rounded outwards. So if this program has no solution, the true one has none, and no tolerance is in
that. What it proposes may be a little too good: that is for the caller's judge.

Sums beyond 2^60 are refused: the solver calculates in 64 bits.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procure_opt.errors import EngineDoubt
from procure_opt.solving.program import Program, Row

LARGEST_SUM = 2**60
NEAR, NOISE = 1e-6, 1e-12
"""Given away at the ends of a row, absolutely and per unit of its size: rows have been through floats."""
FINE = 1024
"""Steps of a grid per unit of a row: rounding one column changes a row by half a step at most."""
WIDEST = 2**40
"""Most steps of a grid; a wide column has a coarser one."""
_COMMON = 10**6
"""Largest common denominator of coefficients that is looked for."""
_NO_DENOMINATOR = 2**20

Whole = tuple[list[int], list[int], int | None, int | None]
"""A row: columns, coefficients, ends (None is no end)."""


@dataclass(frozen=True)
class Lattice:
    """``low <= k <= high`` and rows, all whole; ``grain``: steps of a column per unit, 0 if k is it."""

    grain: tuple[int, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    rows: tuple[Whole, ...]

    @staticmethod
    def of(program: Program) -> Lattice:
        """Return the image of a program.

        Raises :class:`EngineDoubt` if a column has no bounds, or sums are too large.

        >>> row = Row((0, 1), (0.5, 1.0), 0.2, 1.7)
        >>> Lattice.of(Program((0.0, 0.0), (9.0, 4.0), (True, True), (row,))).rows
        (([0, 1], [1, 2], 1, 3),)
        """
        grain = _grains(program)
        ends = [_ends(*each) for each in zip(program.lower, program.upper, grain, strict=True)]
        empty = Lattice(grain, tuple(low for low, _ in ends), tuple(high for _, high in ends), ())
        return Lattice(grain, empty.low, empty.high, tuple(map(empty.row, program.rows)))

    def row(self, row: Row) -> Whole:
        """Return the image of a row."""
        grains = [self.grain[column] for column in row.columns]
        sizes = [self._size(column) for column in row.columns]
        if not any(grains) and all(a.is_integer() for a in row.coefficients):
            coefficients, scale, loss = [int(a) for a in row.coefficients], Fraction(1), Fraction(0)
            size = Fraction(_checked(sum(abs(c) * most for c, most in zip(coefficients, sizes, strict=True))))
        else:
            coefficients, scale, loss, size = _rounded(row.coefficients, grains, sizes)
        loss += scale * (Fraction(NEAR) + Fraction(NOISE) * size)
        low = None if math.isinf(row.lower) else math.ceil(Fraction(row.lower) * scale - loss)
        high = None if math.isinf(row.upper) else math.floor(Fraction(row.upper) * scale + loss)
        return list(row.columns), coefficients, low, high

    def bound(self, column: int, upper: float) -> int:
        """Return the largest value of the image of a column that is at most ``upper``."""
        return min(self.high[column], _top(min(upper, 2.0**60), self.grain[column]))

    def costs(self, objective: Mapping[int, float], gap: float) -> dict[int, int]:
        """Return whole costs whose least sum is within ``gap`` of the least objective.

        Raises :class:`EngineDoubt` if there are none below 2^60.

        >>> Lattice((0, 0), (0, 0), (9, 9), ()).costs({0: 1.0, 1: 0.01}, 0.25)
        {0: 128, 1: 1}
        """
        exact = {j: Fraction(cost) / (self.grain[j] or 1) for j, cost in objective.items() if cost}
        lost = sum((abs(cost) for j, cost in exact.items() if self.grain[j]), Fraction(0))
        scale = 1
        if any(cost.denominator > 1 for cost in exact.values()):
            room = Fraction(gap) - lost
            if room <= 0:
                raise EngineDoubt(f"an objective cannot be told to within {gap} on a grid")
            sizes = sum(self._size(j) for j in exact)
            scale = 2 ** max(math.ceil(sizes / room) - 1, 0).bit_length()
        found = {j: round(cost * scale) for j, cost in exact.items()}
        if lost > gap or sum(abs(c) * self._size(j) for j, c in found.items()) > LARGEST_SUM:
            raise EngineDoubt(f"an objective cannot be told to within {gap} in 64 bits")
        return {j: c for j, c in found.items() if c}

    def image(self, solution: Sequence[float]) -> list[int]:
        """Return the nearest values within bounds."""
        near = (
            round(min(max(x, -(2.0**60)), 2.0**60) * (grain or 1))
            for x, grain in zip(solution, self.grain, strict=True)
        )
        return [min(max(k, low), high) for k, low, high in zip(near, self.low, self.high, strict=True)]

    def values(self, image: Sequence[int]) -> tuple[float, ...]:
        """Return the columns of an image."""
        return tuple(k / (grain or 1) for k, grain in zip(image, self.grain, strict=True))

    def _size(self, column: int) -> int:
        return max(abs(self.low[column]), abs(self.high[column]))


def _rounded(
    coefficients: Sequence[float], grains: Sequence[int], sizes: Sequence[int]
) -> tuple[list[int], Fraction, Fraction, Fraction]:
    """Return whole coefficients, what they were multiplied by, what that may lose; the true row's size."""
    exact = [Fraction(a) / (g or 1) for a, g in zip(coefficients, grains, strict=True)]
    whole, scale = _scaled(exact, sizes, max(1, *grains) * _common_denominator(coefficients))
    pairs = zip(whole, exact, sizes, strict=True)
    loss = sum((abs(c - a * scale) * most for c, a, most in pairs), Fraction(0))
    loss += Fraction(sum(abs(c) for c, g in zip(whole, grains, strict=True) if g), 2)
    size = sum((abs(a) * most for a, most in zip(exact, sizes, strict=True)), Fraction(0))
    return whole, scale, loss, size


def _scaled(exact: Sequence[Fraction], sizes: Sequence[int], scale: int) -> tuple[list[int], Fraction]:
    """Return the coefficients as whole numbers, as large as 64 bits allow, and their scale."""
    while True:
        whole = [round(a * scale) for a in exact]
        size = sum(abs(c) * most for c, most in zip(whole, sizes, strict=True))
        if size <= LARGEST_SUM or scale == 1:
            _checked(size)
            return whole, Fraction(scale)
        scale = max(scale // 16, 1)


def _checked(size: int) -> int:
    """Return the size of a sum if the solver can calculate with it."""
    if size > LARGEST_SUM:
        raise EngineDoubt("a sum of the program is beyond 2^60, more than CP-SAT can calculate with")
    return size


def _grains(program: Program) -> tuple[int, ...]:
    """Return how fine the grid of each column is; 0 where it is whole as it is."""
    free = {j for j, whole in enumerate(program.integer) if not whole} - program.defined_whole
    largest = dict.fromkeys(free, 1.0)
    for row in program.rows:
        for column, coefficient in zip(row.columns, row.coefficients, strict=True):
            if column in free:
                largest[column] = max(largest[column], abs(coefficient))
    return tuple(
        _grain(largest[j], program.upper[j] - program.lower[j]) if j in free else 0
        for j in range(program.columns)
    )


def _grain(largest: float, width: float) -> int:
    fine = 1 << math.ceil(math.log2(FINE * largest))
    while fine > 1 and not fine * width <= WIDEST:
        fine //= 2
    return fine


def _ends(lower: float, upper: float, grain: int) -> tuple[int, int]:
    """Return the least and the largest image of a column between these bounds."""
    if math.isinf(lower) or math.isinf(upper):
        raise EngineDoubt(
            "CP-SAT needs a lower and an upper bound for every column; the program may be unbounded"
        )
    return -_top(-lower, grain), _top(upper, grain)


def _top(upper: float, grain: int) -> int:
    """Return the largest image of what is at most ``upper``."""
    if not grain:
        return math.floor(Fraction(upper) + Fraction(NEAR))
    return math.floor(Fraction(upper) * grain + Fraction(1, 2) + Fraction(NEAR))


def _common_denominator(coefficients: Sequence[float]) -> int:
    """Return what makes all coefficients whole; a power of two that nearly does, if nothing small does."""
    common = 1
    for a in coefficients:
        if not a.is_integer():
            near = Fraction(a).limit_denominator(_COMMON)
            common = math.lcm(common, near.denominator)
            if abs(near - Fraction(a)) > Fraction(NOISE) * abs(Fraction(a)) or common > _COMMON:
                return _NO_DENOMINATOR
    return common
