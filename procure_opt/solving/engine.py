"""What an engine promises, how long it may take, and how one is opened by name.

Another engine is one more module and one more line in ``_ENGINES``; modules are imported when asked for,
because two solvers may not survive in one process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from time import monotonic
from typing import Protocol, cast

from procure_opt.errors import UsageError
from procure_opt.solving.program import Program, Row


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop: ``deadline`` on the clock of ``time.monotonic()``; None is never.

    >>> Limits(None).remaining()
    inf
    >>> 3599 < Limits.within(3600).remaining() <= 3600
    True
    """

    deadline: float | None = None

    @classmethod
    def within(cls, seconds: float | None) -> Limits:
        """Return limits that end ``seconds`` from now; None is never."""
        return cls(None if seconds is None else monotonic() + seconds)

    def remaining(self) -> float:
        """Return the seconds left, negative when time is up, inf without a deadline."""
        return float("inf") if self.deadline is None else self.deadline - monotonic()


class Engine(Protocol):
    """A solver that holds one program and answers with proofs only."""

    solves: int
    """How often the solver has run, retries included."""
    seconds: float
    """Wall time spent inside the solver."""

    def minimise(
        self,
        objective: Mapping[int, float],
        upper: Mapping[int, float],
        *,
        gap: float,
        start: Sequence[float] | None = None,
    ) -> tuple[float, ...] | None:
        """Return the columns of a solution proven to be within ``gap`` of the least objective.

        ``objective`` gives the cost per column, 0 elsewhere; ``upper`` gives bounds that hold for this call
        only. ``start`` is a full solution to begin with, feasible if
        possible; it changes no answer's proof.
        None proves that there is no solution. Raises LimitReached (nothing was proved in time), EngineDoubt
        (the solver's answer proves nothing), KeyboardInterrupt within about a second of Ctrl-C.
        """

    def add_row(self, row: Row) -> None:
        """Add a cut for good."""

    def read_settings(self) -> dict[str, bool | int | float | str]:
        """Return version and options as the solver itself reports them, for the manifest."""


_ENGINES = {
    "cpsat": "procure_opt.solving.cpsat:CpsatEngine",
    "highs": "procure_opt.solving.highs:HighsEngine",
}
ENGINES = tuple(sorted(_ENGINES))
"""The names of all engines; "cpsat" needs OR-Tools, which not everybody has."""


def open_engine(name: str, program: Program, limits: Limits) -> Engine:
    """Return the engine called ``name``, holding ``program``.

    >>> program = Program((0.0,), (5.0,), (True,), (Row((0,), (2.0,), 3.0, 9.0),))
    >>> open_engine("highs", program, Limits()).minimise({0: 1.0}, {}, gap=0.5)
    (2.0,)

    Raises :class:`UsageError` if there is no such engine, or a package that it needs is not installed.
    """
    if name not in _ENGINES:
        raise UsageError(f'"{name}" is not an engine of this version ({", ".join(ENGINES)})')
    module, class_name = _ENGINES[name].split(":")
    maker = cast("Callable[[Program, Limits], Engine]", getattr(import_module(module), class_name))
    return maker(program, limits)
