"""The one place that knows how PuLP 3 (Python 3.11) and PuLP 4 (3.12 and later) differ.

Both versions: ``LpProblem``, ``add_variable``, comparison operators, ``addConstraint``, ``setObjective``.
PuLP's own solvers and statuses are never used: a status of it is no proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pulp

INTEGER, CONTINUOUS = "Integer", "Continuous"
Variable = pulp.LpVariable
Affine = pulp.LpAffineExpression


def new_problem(name: str) -> Any:
    """Return an empty minimisation problem."""
    return pulp.LpProblem(name, pulp.LpMinimize)


def affine(terms: Iterable[tuple[Any, float]], constant: float) -> Any:
    """Return ``sum(coefficient * variable) + constant``."""
    if hasattr(Affine, "from_list"):
        expression = Affine.from_list(list(terms))
        return expression + constant if constant else expression
    return Affine(dict(terms), constant)


def terms_of(expression: Any) -> Iterator[tuple[Any, float]]:
    """Yield (variable, coefficient) of a variable, an expression or a constraint."""
    if isinstance(expression, Variable):
        yield expression, 1
    else:
        yield from expression.items()


def constant_of(expression: Any) -> float:
    """Return the constant of an expression or a constraint (``terms + constant <= 0``)."""
    if isinstance(expression, Variable):
        return 0
    constant = expression.constant
    return float(constant() if callable(constant) else constant)


def constraints_of(problem: Any) -> list[Any]:
    """Return the problem's constraints in the order in which they were added."""
    stored = problem.constraints() if callable(problem.constraints) else problem.constraints
    return list(stored.values()) if isinstance(stored, dict) else list(stored)


def sense_of(constraint: Any) -> int:
    """-1 for <=, 0 for ==, 1 for >=."""
    sense = constraint.sense
    return int(sense() if callable(sense) else sense)
