"""Planes below a program: weighted sums of its rows that bound a mixture of objectives from below.

The multipliers come from a linear relaxation that HiGHS solves; what they prove is arithmetic. Whatever the
multipliers are, rows weighed with their signs add up to a row that holds for every solution, and good
multipliers make its bound that of the relaxation. So nothing rests on the solver's word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from highspy import Highs, HighsModelStatus

from procure_opt.solving.highs_model import accept, indices, model_of, numbers
from procure_opt.solving.matrix import Matrix, Vector

MOST_SECONDS = 5.0
"""For one relaxation; beyond that its plane is done without."""
SETTINGS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "presolve": "off",
    "time_limit": MOST_SECONDS,
}
ROUNDING = 1e-12
"""Given away of the terms of a sum."""


@dataclass(frozen=True)
class Plane:
    """``costs @ x >= constant + weights @ x`` for every solution x."""

    constant: float
    weights: Vector
    """By column."""


class Relaxation:
    """The linear relaxation of a program, solved for one objective after the other."""

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        self._highs = Highs()  # type: ignore[no-untyped-call]
        for name, value in SETTINGS.items():
            accept(self._highs.setOptionValue(name, value), f"option {name}")
        self._highs.passModel(model_of(matrix, relaxed=True))
        self._costed: list[int] = []

    def plane(self, costs: Mapping[int, float]) -> Plane | None:
        """Return the plane that the multipliers of the best relaxed solution give; None if there are none.

        >>> from procure_opt.solving.program import Program, Row
        >>> row = Row((0, 1), (2.0, 2.0), 3.0, 9.0)
        >>> matrix = Matrix.of(Program((0.0,) * 2, (5.0,) * 2, (True,) * 2, (row,)))
        >>> plane = Relaxation(matrix).plane({0: 1.0, 1: 2.0})
        >>> round(plane.constant, 9), plane.weights.tolist()
        (1.5, [0.0, 1.0])
        """
        changed = dict.fromkeys(self._costed, 0.0) | dict(costs)
        self._costed = sorted(costs)
        columns = sorted(changed)
        values = numbers(changed[column] for column in columns)
        self._highs.changeColsCost(len(columns), indices(columns), values)
        self._highs.run()
        if self._highs.getModelStatus() != HighsModelStatus.kOptimal:
            return None
        weights = np.zeros(len(self._matrix.low))
        weights[columns] = [changed[column] for column in columns]
        return self._weighed(np.array(self._highs.getSolution().row_dual), weights)

    def _weighed(self, multipliers: Vector, weights: Vector) -> Plane:
        """Add up the rows, each with the side that its multiplier's sign allows."""
        matrix = self._matrix
        sides = np.where(multipliers > 0, matrix.row_low, matrix.row_high)
        used = np.isfinite(sides) & (multipliers != 0)
        multipliers = np.where(used, multipliers, 0.0)
        sums = np.bincount(matrix.columns, matrix.entries * multipliers[matrix.rows], len(weights))
        products = multipliers[used] * sides[used]
        rounding = ROUNDING * (np.abs(products).sum() + self._largest(np.abs(multipliers)))
        return Plane(float(products.sum() - rounding), weights - sums)

    def _largest(self, multipliers: Vector) -> float:
        """Return how large the terms of the sum can be, one by one."""
        matrix = self._matrix
        by_entry = np.abs(matrix.entries) * multipliers[matrix.rows]
        used = by_entry > 0
        ranges = np.maximum(np.abs(matrix.low), np.abs(matrix.high))[matrix.columns]
        return float(by_entry[used] @ ranges[used])
