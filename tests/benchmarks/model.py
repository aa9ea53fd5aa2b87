"""The program that answers questions about an instance: its rows, a row per objective, and a choice of zones.

Columns: those of the instance, then one binary per zone after the first. Rows: those of the instance, one per
objective, and one that lets at most one of the binaries be 1. A question about the zones j = 0, 1, ... with
bounds b_j states ``f_i - sum of (b_ji - b_0i) d_j <= b_0i``, so that the solver chooses the zone as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from procure_opt.solving.program import Program, Row
from tests.benchmarks.instance import Instance, Limit, Objective, Span

TRUSTED = 5_000_000
"""Sum of a row's coefficients up to which rounding cannot hide half a unit at a tolerance of 1e-7."""


def program_of(instance: Instance, zones: int) -> Program:
    """Return the program for questions about up to ``zones`` zones at once."""
    n, more = instance.columns, zones - 1
    rows = [_row(span) for span in instance.rows]
    rows += [_free(objective) for objective in instance.objectives]
    rows += [Row(tuple(range(n, n + more)), (1.0,) * more, -inf, 1.0)] if more else []
    return Program(
        (*(low_end(v) for v in instance.lower), *(0.0,) * more),
        (*(high_end(v) for v in instance.upper), *(1.0,) * more),
        (*instance.integer, *(True,) * more),
        tuple(rows),
    )


def is_moderate(instance: Instance) -> bool:
    """Return whether all coefficients are small enough for the solver's tolerances to decide correctly."""
    rows: list[Sequence[int]] = [row.coefficients for row in instance.rows]
    rows += [objective.coefficients for objective in instance.objectives]
    return all(sum(map(abs, row)) < TRUSTED for row in rows)


def costs_of(instance: Instance, weights: Sequence[float]) -> list[float]:
    """Return the cost of each column in a weighted sum of objectives."""
    weighed = [
        [w / o.scale * c for c in o.coefficients] for w, o in zip(weights, instance.objectives, strict=True)
    ]
    return [sum(costs) for costs in zip(*weighed, strict=True)]


def _row(span: Span) -> Row:
    return Row(span.columns, tuple(map(float, span.coefficients)), low_end(span.lower), high_end(span.upper))


def _free(objective: Objective) -> Row:
    terms = [(j, float(c)) for j, c in enumerate(objective.coefficients) if c]
    return Row(tuple(j for j, _ in terms), tuple(c for _, c in terms), -inf, inf)


def low_end(bound: Limit) -> float:
    """Return a lower bound as a solver wants it."""
    return -inf if bound is None else float(bound)


def high_end(bound: Limit) -> float:
    """Return an upper bound as a solver wants it."""
    return inf if bound is None else float(bound)
