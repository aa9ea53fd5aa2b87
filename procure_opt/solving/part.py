"""A part of a program, in which some columns have values, with an engine of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from procure_opt.solving.engine import Engine, Limits, Relaxation, open_engine
from procure_opt.solving.program import Row
from procure_opt.solving.reduction import Matrix, reduced


class Part:
    """Answers for the whole program's columns, asked of the reduced one; it keeps its own cuts."""

    def __init__(self, engine: str, matrix: Matrix, fixed: Mapping[int, float], limits: Limits) -> None:
        self._name = engine
        self._limits = limits
        self._left = reduced(matrix, fixed)
        self._place = {} if self._left is None else {column: k for k, column in enumerate(self._left.kept)}
        self._engine: Engine | None = None

    @property
    def solves(self) -> int:
        """How often the engine has run."""
        return 0 if self._engine is None else self._engine.solves

    @property
    def is_empty(self) -> bool:
        """Is it proven already that the part has no solution?"""
        return self._left is None

    def minimise(
        self,
        objective: Mapping[int, float],
        upper: Mapping[int, float],
        *,
        gap: float,
        start: Sequence[float] | None = None,
    ) -> tuple[float, ...] | None:
        """Return a solution of the whole program; None proves that this part has none."""
        if self._left is None or (bounds := self._bounds(upper)) is None:
            return None
        begin = None if start is None else [start[column] for column in self._left.kept]
        answer = self._opened().minimise(self._costs(objective), bounds, gap=gap, start=begin)
        return None if answer is None else self._left.expanded(answer)

    def relax(self, objective: Mapping[int, float], upper: Mapping[int, float]) -> Relaxation | None:
        """Return what the linear relaxation of the part proves; None proves that it is empty."""
        if self._left is None or (bounds := self._bounds(upper)) is None:
            return None
        given = sum(c * self._left.values[j] for j, c in objective.items() if j not in self._place)
        bound = self._opened().relax(self._costs(objective), bounds)
        if bound is None:
            return None
        slopes = {j: bound.slopes[self._place[j]] for j in upper if j in self._place}
        return Relaxation(bound.value + given, slopes)

    def add_row(self, row: Row) -> None:
        """Add a cut for good."""
        if self._left is None:
            return
        pairs = list(zip(row.columns, row.coefficients, strict=True))
        given = sum(a * self._left.values[j] for j, a in pairs if j not in self._place)
        kept = [(self._place[j], a) for j, a in pairs if j in self._place]
        columns, coefficients = tuple(j for j, _ in kept), tuple(a for _, a in kept)
        self._opened().add_row(Row(columns, coefficients, row.lower - given, row.upper - given))

    def _opened(self) -> Engine:
        if self._engine is None:
            assert self._left is not None
            self._engine = open_engine(self._name, self._left.program, self._limits)
        return self._engine

    def _costs(self, objective: Mapping[int, float]) -> dict[int, float]:
        return {self._place[j]: c for j, c in objective.items() if j in self._place}

    def _bounds(self, upper: Mapping[int, float]) -> dict[int, float] | None:
        """Return the bounds on open columns; None if a settled column breaks one."""
        assert self._left is not None
        if any(j not in self._place and self._left.values[j] > bound + 1e-6 for j, bound in upper.items()):
            return None
        return {self._place[j]: bound for j, bound in upper.items() if j in self._place}
