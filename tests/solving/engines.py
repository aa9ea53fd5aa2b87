"""The engines that tests are run with: "cpsat" where its extra is installed."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from procure_opt.solving.engine import Engine, Limits, open_engine
from procure_opt.solving.program import Program

ENGINES = ("highs", "cpsat")


def installed(engine: str) -> str:
    """Return the name of an engine; the test that asks is left out where it is not installed.

    OR-Tools is the extra [cpsat], eighty megabytes that a user need not have; ``.ci/run`` installs it, and
    lets nothing be left out then.
    """
    if engine == "cpsat" and not find_spec("ortools"):
        pytest.skip("the engine cpsat needs OR-Tools: the extra [cpsat]")
    return engine


def opened(engine: str, program: Program, seconds: float | None = None) -> Engine:
    """Open an engine by name."""
    return open_engine(engine, program, Limits.within(seconds))


def value(objective: dict[int, float], solution: tuple[float, ...] | None) -> int:
    """What a solution is worth."""
    assert solution is not None
    return round(sum(cost * solution[j] for j, cost in objective.items()))
