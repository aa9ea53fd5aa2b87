"""The best that each nation could get, goal by goal: what the egalitarian view measures gains by."""

from __future__ import annotations

import math
from concurrent.futures import Executor
from fractions import Fraction

from procure_opt.accounts.views import cost_parts, ideal_parts
from procure_opt.case.model import Case
from procure_opt.change import changed
from procure_opt.solving.engine import Limits

from .formulation import formulate
from .oracle import CaseOracle

IDEALS = ("autonomy", "spinoff", "cost_parts")
PURE = 1
"""Goals are looked for one by one, so their mixtures bound nothing."""


def ideals(
    case: Case, limits: Limits, engine: str, workers: int, executor: Executor | None = None
) -> dict[str, dict[str, int]]:
    """Return nation -> goal -> its ideal, each found by itself; all 0 if the case has no structure.

    Costs are in the parts of a million of :func:`ideal_parts`, rounded up. One survey for each nation.

    Raises :class:`LimitReached` when time is up, :class:`EngineDoubt` if an answer is no proof,
    ``KeyboardInterrupt`` on Ctrl-C.
    """
    nations = sorted(case.nations)
    found: dict[str, dict[str, int]] = {}
    for nation in nations:
        alone = changed(case, view=f"nation:{nation}")
        best = _bests(alone, limits, engine, workers, executor)
        if best is None:
            return {each: dict.fromkeys(IDEALS, 0) for each in nations}
        autonomy, spinoff, cost = best
        cost = math.ceil(cost * Fraction(ideal_parts(case), cost_parts(alone)))
        found[nation] = dict(zip(IDEALS, (-autonomy, -spinoff, cost), strict=True))
    return found


def _bests(
    alone: Case, limits: Limits, engine: str, workers: int, executor: Executor | None
) -> tuple[int, ...] | None:
    """Return the least value of each objective, whatever the others are; None if nothing is feasible."""
    oracle = CaseOracle(
        formulate(alone),
        limits=limits,
        engine=engine,
        workers=workers,
        grain=PURE,
        apart=True,
        executor=executor,
    )
    oracle.look_round()
    if oracle.stopped is not None:
        raise oracle.stopped
    every = (None,) * oracle.dimension
    least = [oracle.minimise(place, every) for place in range(oracle.dimension)]
    return None if least[0] is None else tuple(y[i] for i, y in enumerate(least) if y is not None)
