"""Where the values of each objective lie: two linear relaxations each. Tight ranges make good weights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor

from procure_opt.errors import EngineDoubt, UsageError
from procure_opt.solving.engine import Limits
from procure_opt.solving.highs import HighsEngine
from tests.benchmarks.instance import Instance
from tests.benchmarks.model import costs_of, program_of

_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Ranges:
    """``lows[k] <= f_k <= highs[k]`` for every feasible solution; None is unknown."""

    lows: tuple[int, ...]
    highs: tuple[int | None, ...]
    seconds: float
    """Processor time inside the solver."""


def ranges_of(instance: Instance, limits: Limits) -> Ranges | None:
    """Return the ranges of all objectives, or None if the relaxation has no solution.

    Raises UsageError if an objective has no least value: its front may be infinite.
    """
    program = replace(program_of(instance, 1), integer=(False,) * instance.columns)
    engine = HighsEngine(program, limits)
    lows: list[int] = []
    highs: list[int | None] = []
    for k in range(len(instance.objectives)):
        low, high = (_least(engine, instance, k, sign) for sign in (1, -1))
        if low is None or high is None:
            return None
        if low == float("-inf"):
            raise UsageError(
                f"{instance.name}: objective {k + 1} improves without limit, so the front may be infinite"
            )
        lows.append(ceil(low - _SLACK * max(1.0, abs(low))))
        highs.append(None if high == float("-inf") else floor(-high + _SLACK * max(1.0, abs(high))))
    return Ranges(tuple(lows), tuple(highs), engine.cpu_seconds)


def _least(engine: HighsEngine, instance: Instance, k: int, sign: int) -> float | None:
    """Return the least value of ``sign * f_k`` in the relaxation; None if it is empty."""
    weights = [float(sign * (i == k)) for i in range(len(instance.objectives))]
    costs = costs_of(instance, weights)
    try:
        answer = engine.minimise(dict(enumerate(costs)), {}, gap=0.0)
    except EngineDoubt as doubt:
        if "Unbounded" in str(doubt):
            return float("-inf")
        raise
    return None if answer is None else sum(c * v for c, v in zip(costs, answer, strict=True))
