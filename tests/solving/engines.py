"""The engines that tests are run with: "cpsat" where its extra is installed."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from procure_opt.solving.engine import Engine, Limits, open_engine
from procure_opt.solving.program import Program

# Reason: OR-Tools is the extra [cpsat], which weighs eighty megabytes and which a user need not install;
# ``.ci/run`` installs it and lets nothing be skipped.
needs_cpsat = pytest.mark.skipif(
    not find_spec("ortools"),
    reason="the engine cpsat needs OR-Tools: the extra [cpsat]",
)
ENGINES = ("highs", pytest.param("cpsat", marks=needs_cpsat))


def opened(engine: str, program: Program, seconds: float | None = None) -> Engine:
    """Open an engine by name."""
    return open_engine(engine, program, Limits.within(seconds))


def value(objective: dict[int, float], solution: tuple[float, ...] | None) -> int:
    """What a solution is worth."""
    assert solution is not None
    return round(sum(cost * solution[j] for j, cost in objective.items()))
