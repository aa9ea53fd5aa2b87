"""From what a solver proposes to an exact solution: integers rounded, continuous columns found in fractions.

When the integer columns are fixed, the continuous ones need not be optimal, only exist. What the solver
found is tried first, with shorter and shorter fractions; if that breaks a row, the simplex method in
fractions decides (phase 1 with Bland's rule, which cannot cycle).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tests.benchmarks.instance import Instance, Limit, Number

_DENOMINATORS = (10**9, 10**6, 1000, 1)
Solution = tuple[Number, ...]
Inequality = tuple[list[Fraction], Fraction]
"""Coefficients and the right-hand side of ``a x <= b``."""


def exact_solution(instance: Instance, values: Sequence[float]) -> Solution | None:
    """Return an exactly feasible solution with the rounded integer columns; None if there is none."""
    whole = [round(v) if flag else v for v, flag in zip(values, instance.integer, strict=True)]
    if all(instance.integer):
        return tuple(whole) if instance.is_feasible(whole) else None
    for denominator in _DENOMINATORS:
        tried = tuple(v if isinstance(v, int) else Fraction(v).limit_denominator(denominator) for v in whole)
        if instance.is_feasible(tried):
            return tried
    return _completed(instance, whole)


def _completed(instance: Instance, whole: Sequence[float]) -> Solution | None:
    """Return a solution with the given integer columns, found in fractions; None if there is none."""
    free = [j for j, flag in enumerate(instance.integer) if not flag]
    fixed = [0 if j in set(free) else Fraction(v) for j, v in enumerate(whole)]
    inequalities = [*_bounds(instance, free)]
    for row in instance.rows:
        constant = sum(c * fixed[j] for j, c in zip(row.columns, row.coefficients, strict=True))
        terms = dict(zip(row.columns, row.coefficients, strict=True))
        inequalities += _two_sided([Fraction(terms.get(j, 0)) for j in free], row.lower, row.upper, constant)
    found = feasible_point(inequalities, len(free))
    if found is None:
        return None
    values = dict(zip(free, found, strict=True))
    solution = tuple(values.get(j, int(fixed[j])) for j in range(instance.columns))
    return solution if instance.is_feasible(solution) else None


def _bounds(instance: Instance, free: Sequence[int]) -> list[Inequality]:
    found: list[Inequality] = []
    for place, j in enumerate(free):
        unit = [Fraction(int(i == place)) for i in range(len(free))]
        found += _two_sided(unit, instance.lower[j], instance.upper[j], Fraction(0))
    return found


def _two_sided(a: list[Fraction], lower: Limit, upper: Limit, constant: Number) -> list[Inequality]:
    above = [] if upper is None else [(a, Fraction(upper - constant))]
    below = [] if lower is None else [([-c for c in a], Fraction(constant - lower))]
    return above + below


def feasible_point(inequalities: Sequence[Inequality], count: int) -> list[Fraction] | None:
    """Return some x of any sign with ``a x <= b`` for every inequality, exactly; None if there is none.

    The dual form keeps it short: x = y - z t with y, t >= 0, one slack a row, and one artificial column that
    is driven out.

    >>> feasible_point([([Fraction(1)], Fraction(-2)), ([Fraction(-1)], Fraction(3))], 1) in ([-2], [-3])
    True
    >>> feasible_point([([Fraction(1)], Fraction(-4)), ([Fraction(-1)], Fraction(3))], 1)
    """
    if not inequalities:
        return [Fraction(0)] * count
    width = count + 1
    table = [[*a, -sum(a, Fraction(0)), Fraction(-1), b] for a, b in inequalities]
    basis = [width + 1 + i for i in range(len(table))]
    outside = [*range(width), width]
    worst = min(range(len(table)), key=lambda i: table[i][-1])
    if table[worst][-1] < 0:
        _pivot(table, basis, outside, worst, width)
        if not _driven_out(table, basis, outside, width):
            return None
    values = dict(zip(basis, (row[-1] for row in table), strict=True))
    return [values.get(j, Fraction(0)) - values.get(count, Fraction(0)) for j in range(count)]


def _driven_out(table: list[list[Fraction]], basis: list[int], outside: list[int], artificial: int) -> bool:
    """Minimise the artificial column by Bland's rule; return whether it reaches 0."""
    while artificial in basis:
        row = table[basis.index(artificial)]
        if row[-1] == 0:
            return True
        entering = min((j for j, a in zip(outside, row, strict=False) if a > 0), default=None)
        if entering is None:
            return False
        column = outside.index(entering)
        ratios = [(r[-1] / r[column], basis[i], i) for i, r in enumerate(table) if r[column] > 0]
        least = min(ratio for ratio, _, _ in ratios)
        ties = [(b != artificial, b, i) for ratio, b, i in ratios if ratio == least]
        _pivot(table, basis, outside, min(ties)[2], column)
    return True


def _pivot(table: list[list[Fraction]], basis: list[int], outside: list[int], row: int, column: int) -> None:
    """Exchange a basic and a nonbasic column; the table keeps only nonbasic columns and the right side."""
    pivot = table[row][column]
    table[row] = [a / pivot for a in table[row]]
    table[row][column] = 1 / pivot
    for i, other in enumerate(table):
        if i != row and other[column]:
            factor = other[column]
            table[i] = [a - factor * b for a, b in zip(other, table[row], strict=True)]
            table[i][column] = -factor / pivot
    basis[row], outside[column] = outside[column], basis[row]
