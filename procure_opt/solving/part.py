"""A part of a program, in which some columns have values: what is left of it, with its two solvers.

The relaxation proposes multipliers, from which arithmetic makes planes; the exact solver is asked where
planes lead nowhere. Both are opened when first needed. Columns are those of the reduced program, except in
:meth:`Part.minimise` and in assignments, which speak of the whole one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from procure_opt.solving.engine import Engine, Limits, open_engine
from procure_opt.solving.highs_relaxation import HighsRelaxation
from procure_opt.solving.matrix import Matrix, Numbers, Vector
from procure_opt.solving.plane import NOTHING, Plane, plane_of
from procure_opt.solving.reduction import Reduction
from procure_opt.solving.tree import WHOLE, Choice, Node, Split

Ones = frozenset[int]
"""An assignment: the columns of the whole program, among those of the choices, that are 1."""
HALF = 0.5


class Part:
    """One part; ``choices`` and ``watched`` are columns of the whole program."""

    def __init__(
        self,
        left: Reduction,
        choices: Sequence[Sequence[int]],
        watched: Sequence[int],
        engine: str,
        limits: Limits,
    ) -> None:
        self._left = left
        self._place = {int(column): k for k, column in enumerate(left.kept)}
        self._limits = limits
        self._engine_name = engine
        self._relaxation: HighsRelaxation | None = None
        self._engine: Engine | None = None
        self.watched = np.array([self._place[column] for column in watched], dtype=np.int64)
        placed = ([self._place[c] for c in choice if c in self._place] for choice in choices)
        self.choices = [np.array(columns, dtype=np.int64) for columns in placed if columns]
        self.every: Choice = np.concatenate([np.array([], dtype=np.int64), *self.choices])
        """The columns of all choices."""
        settled = {c for choice in choices for c in choice if c not in self._place}
        self._ones = frozenset(c for c in settled if left.values[c] > HALF)
        self.switches = _switches(left.matrix, self.every)
        self.empty: list[Vector] = []
        """Upper bounds of the watched columns within which the exact solver denies that there is a point."""

    @property
    def matrix(self) -> Matrix:
        """The rows and columns that are left."""
        return self._left.matrix

    @property
    def relaxations(self) -> int:
        """How many relaxations were solved."""
        return 0 if self._relaxation is None else self._relaxation.solves

    @property
    def solves(self) -> int:
        """How often the exact solver has run."""
        return 0 if self._engine is None else self._engine.solves

    def relax(self, node: Node, upper: Vector, costs: Vector) -> tuple[Plane, Vector | None]:
        """Return a plane that holds in the node, and the values that the relaxation proposes."""
        if self._relaxation is None:
            self._relaxation = HighsRelaxation(self.matrix, self.watched, self._limits)
        low, high = self.bounds(node)
        under = high.copy()
        under[self.watched] = np.minimum(high[self.watched], upper)
        if np.any(under < low):
            return Plane(np.zeros(len(upper)), NOTHING), None
        guess = self._relaxation.solve(costs, low, under)
        return plane_of(self.matrix, low, high, self.watched, guess.multipliers), guess.values

    def solve(self, upper: Vector, costs: Vector) -> Vector | None:
        """Return the exact solver's cheapest solution; None: it denies that there is one.

        Raises :class:`EngineDoubt` if its answer is no proof, :class:`LimitReached` when time is up.
        """
        costed = {int(j): float(c) for j, c in zip(self.watched, costs, strict=True) if c}
        bounds = {int(j): float(u) for j, u in zip(self.watched, upper, strict=True)}
        answer = self._opened().minimise(costed, bounds, gap=HALF / 2)
        return None if answer is None else np.array(answer)

    def minimise(
        self, objective: Mapping[int, float], upper: Mapping[int, float], start: Sequence[float] | None = None
    ) -> tuple[float, ...] | None:
        """Return a solution of the whole program with the least objective; None denies that there is one."""
        if any(j not in self._place and self._left.values[j] > bound + WHOLE for j, bound in upper.items()):
            return None
        costs = {self._place[j]: c for j, c in objective.items() if j in self._place}
        bounds = {self._place[j]: bound for j, bound in upper.items() if j in self._place}
        begin = None if start is None else [start[int(column)] for column in self._left.kept]
        answer = self._opened().minimise(costs, bounds, gap=HALF, start=begin)
        return None if answer is None else tuple(self._left.expanded(np.array(answer)).tolist())

    def covers(self, upper: Vector) -> bool:
        """Has the exact solver denied that there is a point under these bounds?"""
        return any(bool(np.all(upper <= box)) for box in self.empty)

    def bounds(self, node: Node) -> tuple[Vector, Vector]:
        """Return the bounds of all columns in a node."""
        return node.bounds(self.matrix.low, self.matrix.high)

    def assignment(self, node: Node) -> Ones | None:
        """Return the only assignment that is left in a node; None if some choice is open."""
        low, high = self.bounds(node)
        return None if np.any(low[self.every] < high[self.every]) else self.proposed(low)

    def proposed(self, values: Vector) -> Ones | None:
        """Return the assignment that the values amount to; None if a choice is split between columns."""
        taken = values[self.every]
        if np.any(np.abs(taken - np.round(taken)) > WHOLE):
            return None
        return self._ones | {int(self._left.kept[j]) for j in self.every[taken > HALF]}

    def name(self, split: Split) -> tuple[str, int]:
        """Return what a split decides, in terms of the whole program."""
        kind, number = split.name
        return kind, int(self._left.kept[self.choices[number][0] if kind == "choice" else number])

    def _opened(self) -> Engine:
        if self._engine is None:
            self._engine = open_engine(self._engine_name, self.matrix.program(), self._limits)
        return self._engine


def _switches(matrix: Matrix, every: Choice) -> Numbers:
    """Return the 0/1 columns that are no choice but follow from the choices."""
    other = matrix.whole & (matrix.low == 0) & (matrix.high == 1)
    other[every] = False
    return np.flatnonzero(other)
