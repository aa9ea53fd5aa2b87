"""A case as a mixed-integer program: decisions, rules, and the three objectives as columns.

Everything is minimised inside: ``(-autonomy, -spin-off, cost)``. The objective columns are tied to the
accounts, so that a search zone is a set of upper bounds on three columns.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from procure_opt import rules
from procure_opt.accounts.symbols import Expression
from procure_opt.accounts.views import expressions
from procure_opt.case.model import Case
from procure_opt.solving.program import Program, Row

from . import pulp_face as pulp
from .variables import Variables


@dataclass(frozen=True)
class Formulation:
    """The program of a case; ``objectives`` are the column indices of (-autonomy, -spin-off, cost)."""

    case: Case
    variables: Variables
    objectives: tuple[int, int, int]
    sum_of_objectives: int
    """Column index of the sum of the three, for representatives of boxes."""
    reasons: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """Row name -> (why, id of the rule)."""

    @property
    def problem(self) -> Any:
        """The PuLP problem; ``problem.writeLP(path)`` shows it."""
        return self.variables.problem


def formulate(case: Case) -> Formulation:
    """State the whole case as a program."""
    x = Variables(case)
    reasons = _state_rules(x)
    points, gains, cost = expressions(case, x)
    columns = tuple(
        _objective(x, name, y) for name, y in (("A", -1 * points), ("S", -1 * gains), ("C", 1 * cost))
    )
    x.problem.setObjective(x.total([(1, columns[2])]))
    together = _objective(x, "sum", x.total((1, column) for column in columns))
    first, second, third = (x.index[column.name] for column in columns)
    return Formulation(case, x, (first, second, third), x.index[together.name], reasons)


def state_rules(case: Case) -> Variables:
    """State only what is allowed: enough to tell whether something is possible, and much smaller."""
    x = Variables(case)
    _state_rules(x)
    return x


def _state_rules(x: Variables) -> dict[str, tuple[str, str | None]]:
    """Add a row for every rule; return why, and the id of the rule, by the name of the row."""
    reasons: dict[str, tuple[str, str | None]] = {}
    for number, (family, row) in enumerate(rules.rows(x.case, x)):
        name = f"{family}_{number}"
        x.add(row.constraint, name)
        reasons[name] = (row.reason, row.id)
    return reasons


def _objective(x: Variables, name: str, expression: Expression) -> Expression:
    low, high = x.bounds(expression)
    column = x.column((name,), low, high)
    x.require(x.total([(1, column), (-1, expression)]) == 0)
    return column


def to_program(x: Variables) -> Program:
    """Return the PuLP problem as plain arrays for an engine."""
    rows = tuple(_row(x, constraint) for constraint in pulp.constraints_of(x.problem))
    lower, upper = zip(*x.limits, strict=True)
    return Program(tuple(lower), tuple(upper), tuple(x.whole), rows, x.whole_by_meaning())


def _row(x: Variables, constraint: Any) -> Row:
    terms = sorted(
        (x.index[variable.name], weight) for variable, weight in pulp.terms_of(constraint) if weight
    )
    side, sense = -pulp.constant_of(constraint), pulp.sense_of(constraint)
    low, high = (-math.inf, side) if sense < 0 else (side, math.inf) if sense > 0 else (side, side)
    return Row(tuple(index for index, _ in terms), tuple(float(weight) for _, weight in terms), low, high)
