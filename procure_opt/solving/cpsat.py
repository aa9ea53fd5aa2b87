"""CP-SAT of OR-Tools behind the engine interface: an exact solver that has nothing in common with HiGHS.

It decides in whole numbers, so a program is first stated in whole numbers only (:mod:`.lattice`), such that
"no solution" holds for the true one without any tolerance. It runs in a process of its own
(:mod:`.cpsat_process`), because OR-Tools and highspy cannot be imported in one: one thread, a fixed seed, no
gap. What it answers is checked against every row in exact integers.
"""

from __future__ import annotations

import importlib.util
import itertools
import weakref
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from time import monotonic
from typing import Any

from procure_opt.errors import EngineDoubt, LimitReached, UsageError
from procure_opt.solving.cpsat_link import shared
from procure_opt.solving.engine import Limits
from procure_opt.solving.lattice import Lattice, Whole
from procure_opt.solving.program import Program, Row

OLDEST = (9, 12)
"""Version of OR-Tools."""
_numbers = itertools.count()


class CpsatEngine:
    """The engine "cpsat"; see :class:`procure_opt.solving.engine.Engine` for what its methods promise."""

    def __init__(self, program: Program, limits: Limits) -> None:
        _require_ortools()
        self.solves = 0
        self.seconds = 0.0
        self.link = shared()
        self._program, self._limits = program, limits
        self._lattice = Lattice.of(program)
        self._cuts: list[Whole] = []
        self._told = (0, 0)
        """Which process was told the program last, and how many of the cuts."""
        self._number = next(_numbers)
        weakref.finalize(self, self.link.forget, self._number)

    def minimise(
        self,
        objective: Mapping[int, float],
        upper: Mapping[int, float],
        *,
        gap: float,
        start: Sequence[float] | None = None,
    ) -> tuple[float, ...] | None:
        """Return a solution within ``gap`` of the least objective; None proves that there is none."""
        if any(bound < self._program.lower[column] for column, bound in upper.items()):
            return None
        costs = self._lattice.costs(objective, gap)
        bounds = {column: self._lattice.bound(column, bound) for column, bound in sorted(upper.items())}
        if any(bound < self._lattice.low[column] for column, bound in bounds.items()):
            return None
        if any(low > high for low, high in zip(self._lattice.low, self._lattice.high, strict=True)):
            return None
        begun = monotonic()
        try:
            answer = self._asked(costs, bounds, start)
        finally:
            self.seconds += monotonic() - begun
        return self._read(answer, costs, bounds)

    def add_row(self, row: Row) -> None:
        """Add a cut for good."""
        self._program.check(row)
        self._cuts.append(self._lattice.row(row))

    def read_settings(self) -> dict[str, bool | int | float | str]:
        """Return version and options as CP-SAT itself reports them."""
        self.link.open()
        settings: dict[str, bool | int | float | str] = self.link.ask({"do": "who"}, self._limits_end())[
            "settings"
        ]
        return settings

    def _asked(
        self, costs: Mapping[int, int], bounds: Mapping[int, int], start: Sequence[float] | None
    ) -> dict[str, Any]:
        """Tell the process what it does not know yet, and ask."""
        if self._limits.remaining() <= 0:
            raise LimitReached("time was up before the solver started")
        self._tell()
        self.solves += 1
        seconds = self._limits.remaining()
        question = {
            "do": "ask",
            "number": self._number,
            "columns": self._program.columns,
            "costs": sorted(costs.items()),
            "upper": sorted(bounds.items()),
            "start": None if start is None else self._lattice.image(start),
            "seconds": None if seconds == float("inf") else max(seconds, 0.0),
        }
        return self.link.ask(question, self._limits_end())

    def _tell(self) -> None:
        process, cuts = self._told
        now, end = self.link.open(), self._limits_end()
        if process != now:
            lattice, cuts = self._lattice, 0
            held = {"low": lattice.low, "high": lattice.high, "rows": lattice.rows}
            self.link.ask({"do": "hold", "number": self._number, **held}, end)
            self._told = (now, 0)
        for row in self._cuts[cuts:]:
            self.link.ask({"do": "cut", "number": self._number, "row": row}, end)
            self._told = (now, self._told[1] + 1)

    def _limits_end(self) -> float:
        return float("inf") if self._limits.deadline is None else self._limits.deadline

    def _read(
        self, answer: Mapping[str, Any], costs: Mapping[int, int], bounds: Mapping[int, int]
    ) -> tuple[float, ...] | None:
        """Return what an answer proves, or raise."""
        status = answer["status"]
        if status == "INFEASIBLE":
            return None
        if status in ("UNKNOWN", "FEASIBLE") and self._limits.deadline is not None:
            raise LimitReached("time is up: CP-SAT proved nothing")
        if status != "OPTIMAL":
            raise EngineDoubt(f"CP-SAT: {status.lower()} {answer.get('why', '')}".rstrip())
        values: list[int] = answer["values"]
        worth = sum(cost * values[column] for column, cost in costs.items())
        if costs and not worth - answer["bound"] <= 0.5 + 1e-9 * abs(worth):
            raise EngineDoubt(f"CP-SAT: optimal with an open gap: {answer['bound']!r} to {worth}")
        if not self._holds(values, bounds):
            raise EngineDoubt("CP-SAT: the answer breaks a row")
        return self._lattice.values(values)

    def _holds(self, values: Sequence[int], bounds: Mapping[int, int]) -> bool:
        lattice = self._lattice
        return (
            all(low <= k <= high for low, k, high in zip(lattice.low, values, lattice.high, strict=True))
            and all(values[column] <= bound for column, bound in bounds.items())
            and all(_keeps(values, row) for row in (*lattice.rows, *self._cuts))
        )


def _keeps(values: Sequence[int], row: Whole) -> bool:
    columns, coefficients, low, high = row
    total = sum(c * values[j] for j, c in zip(columns, coefficients, strict=True))
    return (low is None or total >= low) and (high is None or total <= high)


def _require_ortools() -> None:
    """Raise :class:`UsageError` unless OR-Tools is there; it is not imported, for it may not be here."""
    try:
        found = version("ortools") if importlib.util.find_spec("ortools") else None
    except PackageNotFoundError:
        found = None
    if found is None or tuple(int(part) for part in found.split(".")[:2]) < OLDEST:
        needed = ".".join(map(str, OLDEST))
        raise UsageError(
            f'the engine "cpsat" needs OR-Tools {needed} or later, and here is {found or "none"};'
            " pip install 'procure-opt[cpsat]' installs it"
        )
