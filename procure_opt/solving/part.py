"""A part of a program, in which some columns have values, before the exact solver.

Columns are those of the whole program throughout; the solver sees only what is left of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from procure_opt.solving.engine import Engine, Limits, open_engine
from procure_opt.solving.matrix import Vector
from procure_opt.solving.program import Row
from procure_opt.solving.reduction import Reduction

Ones = frozenset[int]
"""An assignment: the columns of the whole program, among those of the choices, that are 1."""
WHOLE = 1e-6
HALF = 0.5


class Part:
    """One part; the solver is opened when first needed.

    ``defined_whole``: columns as in :class:`procure_opt.solving.program.Program`.
    """

    def __init__(
        self,
        left: Reduction,
        choices: Sequence[Sequence[int]],
        engine: str,
        limits: Limits,
        defined_whole: frozenset[int] = frozenset(),
    ) -> None:
        self._left, self._defined_whole = left, defined_whole
        self._place = {int(column): k for k, column in enumerate(left.kept)}
        self._columns = [column for choice in choices for column in choice]
        self._engine_name, self._limits = engine, limits
        self._engine: Engine | None = None
        self._empty: list[Vector] = []

    @property
    def solves(self) -> int:
        """How often the solver has run."""
        return 0 if self._engine is None else self._engine.solves

    def minimise(
        self,
        objective: Mapping[int, float],
        upper: Mapping[int, float],
        *,
        gap: float,
        start: Sequence[float] | None = None,
    ) -> tuple[float, ...] | None:
        """Return a solution of the whole program within ``gap`` of the least objective; None: there is none.

        Raises :class:`EngineDoubt` if the answer is no proof, :class:`LimitReached` when time is up.
        """
        if any(j not in self._place and self._left.values[j] > bound + WHOLE for j, bound in upper.items()):
            return None
        if not len(self._left.kept) and self._engine is None:
            return tuple(self._left.values.tolist())
        costs = {self._place[j]: cost for j, cost in objective.items() if j in self._place}
        bounds = {self._place[j]: bound for j, bound in upper.items() if j in self._place}
        begin = None if start is None else [start[int(column)] for column in self._left.kept]
        answer = self._opened().minimise(costs, bounds, gap=gap, start=begin)
        return None if answer is None else tuple(self._left.expanded(np.array(answer)).tolist())

    def is_out_of_reach(self, upper: Mapping[int, float]) -> bool:
        """Is there nothing under these bounds by arithmetic alone: is a column always above its own?"""
        low = self._left.matrix.low
        least = {j: low[self._place[j]] if j in self._place else self._left.values[j] for j in upper}
        return any(least[j] > bound + WHOLE for j, bound in upper.items())

    def deny(self, upper: Vector) -> None:
        """Note that nothing is left under these bounds of the watched columns."""
        self._empty.append(upper)

    def is_denied(self, upper: Vector) -> bool:
        """Is it known that nothing is left under these bounds of the watched columns?"""
        return any(bool(np.all(upper <= box)) for box in self._empty)

    def ones(self, solution: Sequence[float]) -> Ones:
        """Return the assignment that a solution comes nearest to."""
        return frozenset(column for column in self._columns if solution[column] > HALF)

    def cut_off(self, ones: Ones) -> None:
        """Take away one assignment for good."""
        kept = [column for column in self._columns if column in self._place]
        signs = tuple(1.0 if column in ones else -1.0 for column in kept)
        most = sum(column in ones for column in kept) - 1
        self._opened().add_row(
            Row(tuple(self._place[column] for column in kept), signs, float("-inf"), float(most))
        )

    def _opened(self) -> Engine:
        if self._engine is None:
            whole = frozenset(self._place[j] for j in self._defined_whole if j in self._place)
            program = replace(self._left.matrix.program(), defined_whole=whole)
            self._engine = open_engine(self._engine_name, program, self._limits)
        return self._engine
