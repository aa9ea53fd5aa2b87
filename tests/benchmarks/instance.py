"""An instance in integers: what a benchmark file states, scaled exactly, with every objective minimised.

An objective on integer columns takes values on a lattice whose step is the greatest common divisor of its
coefficients; its values here are counted in that step. An objective that touches continuous columns is
counted in the step of the grid that the file declares for it, and it is the file's word that it stays on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, gcd, lcm

from procure_opt.errors import UsageError
from procure_opt.pareto.points import Point

Number = int | Fraction
Limit = int | Fraction | None
"""A bound; None is none."""


@dataclass(frozen=True, slots=True)
class Objective:
    """``sum of coefficients[j] * x[j] / scale``, minimised, in steps of ``unit`` (signed)."""

    coefficients: tuple[int, ...]
    scale: int
    unit: Fraction

    def value(self, x: Sequence[Number]) -> Fraction:
        """Return the value at a solution, in steps; an integer if all is well.

        >>> Objective((1, -2), 1, Fraction(5)).value((3, 1))
        Fraction(1, 1)
        """
        total = sum(c * v for c, v in zip(self.coefficients, x, strict=True) if c)
        return Fraction(total) / self.scale


@dataclass(frozen=True, slots=True)
class Span:
    """``lower <= sum of coefficients[i] * x[columns[i]] <= upper`` with integer coefficients."""

    columns: tuple[int, ...]
    coefficients: tuple[int, ...]
    lower: Limit
    upper: Limit

    def holds(self, x: Sequence[Number]) -> bool:
        """Return whether a solution keeps the row, exactly.

        >>> Span((0, 1), (2, 3), None, 7).holds((2, 1)), Span((0,), (2,), 5, None).holds((2,))
        (True, False)
        """
        return within(
            self.lower,
            sum(c * x[j] for j, c in zip(self.columns, self.coefficients, strict=True)),
            self.upper,
        )


@dataclass(frozen=True, slots=True)
class Instance:
    """What an enumeration needs to know of a file; ``expected`` is the number of points it states."""

    name: str
    objectives: tuple[Objective, ...]
    rows: tuple[Span, ...]
    lower: tuple[Limit, ...]
    upper: tuple[Limit, ...]
    integer: tuple[bool, ...]
    expected: int | None = None
    published_seconds: float | None = None

    @property
    def columns(self) -> int:
        """The number of columns."""
        return len(self.lower)

    def is_feasible(self, x: Sequence[Number]) -> bool:
        """Return whether a solution keeps all bounds and rows, exactly."""
        inside = all(within(a, v, b) for a, v, b in zip(self.lower, x, self.upper, strict=True))
        return inside and all(row.holds(x) for row in self.rows)

    def point(self, x: Sequence[Number]) -> Point:
        """Return the objectives of a solution in steps, minimised.

        Raises UsageError if one lies off its declared grid: then nothing says that the front is finite.
        """
        values = [objective.value(x) for objective in self.objectives]
        for k, value in enumerate(values):
            if value.denominator != 1:
                off = float(value * self.objectives[k].unit)
                raise UsageError(
                    f"{self.name}: objective {k + 1} takes the value {off}, off its declared grid"
                )
        return tuple(int(value) for value in values)

    def original(self, point: Point) -> list[int | float]:
        """Return a point in the file's sense and units."""
        values = [y * objective.unit for y, objective in zip(point, self.objectives, strict=True)]
        return [int(v) if v.denominator == 1 else float(v) for v in values]

    def contradicts_itself(self) -> bool:
        """Return whether some lower bound lies above its upper bound, or a row without columns fails."""
        pairs = [*zip(self.lower, self.upper, strict=True), *((row.lower, row.upper) for row in self.rows)]
        crossed = any(a is not None and b is not None and a > b for a, b in pairs)
        return crossed or any(not row.columns and not within(row.lower, 0, row.upper) for row in self.rows)


def within(lower: Limit, value: Number, upper: Limit) -> bool:
    """Return whether a value keeps two bounds.

    >>> within(None, 3, 3), within(Fraction(7, 2), 3, None)
    (True, False)
    """
    return (lower is None or lower <= value) and (upper is None or value <= upper)


def objective_of(
    costs: Sequence[Number], integer: Sequence[bool], *, largest: bool, grid: Number | None
) -> Objective | None:
    """Return the objective minimised and in its steps; None if its values may lie anywhere.

    >>> objective_of((6, 0, 9), (True, False, True), largest=True, grid=None)
    Objective(coefficients=(-2, 0, -3), scale=1, unit=Fraction(-3, 1))
    >>> objective_of((Fraction(1, 2), 1), (True, False), largest=False, grid=5)
    Objective(coefficients=(1, 2), scale=10, unit=Fraction(5, 1))
    >>> objective_of((1, 1), (True, False), largest=False, grid=None)
    """
    sign = -1 if largest else 1
    signed = [Fraction(sign * c) for c in costs]
    if all(whole or not c for whole, c in zip(integer, signed, strict=True)):
        step = _step(signed)
        return Objective(tuple(int(c / step) for c in signed), 1, sign * step)
    if not grid:
        return None
    counted = [c / abs(grid) for c in signed]
    scale = lcm(*(c.denominator for c in counted))
    return Objective(tuple(int(c * scale) for c in counted), scale, Fraction(sign * abs(grid)))


def span_of(terms: Sequence[tuple[int, Number]], lower: Limit, upper: Limit, integer: Sequence[bool]) -> Span:
    """Return a row with coprime integer coefficients; among integer columns only, with the tightest bounds.

    >>> span_of([(0, 4), (1, 6)], None, Fraction(23, 2), (True, True))
    Span(columns=(0, 1), coefficients=(2, 3), lower=None, upper=5)
    >>> span_of([(0, Fraction(1, 5)), (1, 1)], 0, None, (False, True)).coefficients
    (1, 5)
    """
    kept = [(j, Fraction(c)) for j, c in terms if c]
    step = _step([c for _, c in kept])
    low, high = (None if bound is None else bound / step for bound in (lower, upper))
    if all(integer[j] for j, _ in kept):
        low, high = (None if low is None else ceil(low)), (None if high is None else floor(high))
    return Span(tuple(j for j, _ in kept), tuple(int(c / step) for _, c in kept), low, high)


def _step(numbers: Sequence[Fraction]) -> Fraction:
    """Return the largest number of which all are integer multiples; 1 if all are 0."""
    scale = lcm(*(c.denominator for c in numbers))
    divisor = gcd(*(int(c * scale) for c in numbers))
    return Fraction(divisor, scale) if divisor else Fraction(1)
