"""One instance enumerated and measured: what the command line prints, as a dictionary."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from time import monotonic

from procure_opt.errors import EngineDoubt, LimitReached, UsageError
from procure_opt.pareto.enumeration import DOUBTFUL, INTERRUPTED, TIME_LIMIT, enumerate_nondominated
from procure_opt.pareto.points import Point, nondominated
from procure_opt.pareto.together import enumerate_together
from procure_opt.solving.engine import Limits
from tests.benchmarks.crew import InstanceCrew
from tests.benchmarks.instance import Instance
from tests.benchmarks.listing import listed_front
from tests.benchmarks.model import is_moderate
from tests.benchmarks.oracle import InstanceOracle
from tests.benchmarks.ranges import Ranges, ranges_of
from tests.benchmarks.swept import swept_front

Record = dict[str, object]
SWEEP, HIGHS, INTEGERS, AUTO = "sweep", "highs", "integers", "auto"
ENGINES = (AUTO, SWEEP, HIGHS)


@dataclass(frozen=True, slots=True)
class Found:
    """Points, minimised and in steps; ``complete`` only if they are proven to be all."""

    points: tuple[Point, ...]
    complete: bool
    reason: str | None
    solves: int
    solver_seconds: float
    """Processor time inside the engine."""
    engine: str
    """Who found them: one of :data:`ENGINES`, or ``integers`` where every assignment was tried."""


def measured(
    instance: Instance,
    *,
    workers: int = 1,
    seconds: float | None = None,
    points: bool,
    engine: str = AUTO,
) -> Record:
    """Enumerate an instance and return what there is to say of it; see the command's help for the fields.

    Raises UsageError if the front may be infinite, or the engine that is asked for cannot do it.
    """
    begun, used = monotonic(), _processor_time()
    found = enumerated(instance, Limits.within(seconds), workers, engine)
    cpu, wall = _processor_time() - used, monotonic() - begun
    front = sorted(instance.original(y) for y in found.points)
    return {
        "name": instance.name,
        "points": len(found.points),
        **({"nondominated": front} if points else {}),
        "complete": found.complete,
        "reason": found.reason,
        "engine": found.engine,
        "solves": found.solves,
        "cpu_seconds": round(cpu, 3),
        "wall_seconds": round(wall, 3),
        "share_outside_solver": round(min(max(1 - found.solver_seconds / cpu, 0.0), 1.0), 4) if cpu else 0.0,
        "peak_memory_mb": round(_peak_memory(), 1),
        "workers": workers,
    }


def enumerated(instance: Instance, limits: Limits, workers: int = 1, engine: str = AUTO) -> Found:
    """Return the nondominated points of an instance, and whether they are proven to be all."""
    if instance.contradicts_itself():
        return Found((), True, None, 0, 0.0, INTEGERS)
    if not is_moderate(instance):
        return _without_solver(instance, limits)
    if engine != HIGHS and (found := _by_sweep(instance, limits, forced=engine == SWEEP)) is not None:
        return found
    if engine == SWEEP:
        raise UsageError(f"{instance.name}: cannot be swept: not all columns are bounded and integer")
    return _by_solver(instance, limits, workers)


def _by_sweep(instance: Instance, limits: Limits, *, forced: bool) -> Found | None:
    found = swept_front(instance, limits, forced=forced)
    if found is None:
        return None
    return Found(found.points, found.reason is None, found.reason, 0, found.seconds, SWEEP)


def _by_solver(instance: Instance, limits: Limits, workers: int) -> Found:
    try:
        ranges = ranges_of(instance, limits)
    except LimitReached:
        return Found((), False, TIME_LIMIT, 0, 0.0, HIGHS)
    except EngineDoubt:
        return Found((), False, DOUBTFUL, 0, 0.0, HIGHS)
    except KeyboardInterrupt:
        return Found((), False, INTERRUPTED, 0, 0.0, HIGHS)
    if ranges is None:
        ranges = Ranges((0,) * len(instance.objectives), (None,) * len(instance.objectives), 0.0)
    return _by_one(instance, ranges, limits) if workers == 1 else _by_many(instance, ranges, limits, workers)


def _by_one(instance: Instance, ranges: Ranges, limits: Limits) -> Found:
    oracle = InstanceOracle(instance, ranges, limits)
    result = enumerate_nondominated(oracle)
    return Found(
        nondominated(result.points),
        result.complete,
        result.reason,
        oracle.solves,
        oracle.seconds + ranges.seconds,
        HIGHS,
    )


def _by_many(instance: Instance, ranges: Ranges, limits: Limits, workers: int) -> Found:
    with InstanceCrew(instance, ranges, limits, workers) as crew:
        result = enumerate_together(crew)
    seconds = crew.seconds + ranges.seconds
    return Found(nondominated(result.points), result.complete, result.reason, crew.solves, seconds, HIGHS)


def _without_solver(instance: Instance, limits: Limits) -> Found:
    """Try every assignment: at coefficients of this size no floating-point answer is a proof."""
    points, reason = listed_front(instance, limits)
    return Found(points, reason is None, reason, 0, 0.0, INTEGERS)


def _processor_time() -> float:
    """Return the seconds that this process and its ended children have used."""
    parts = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in parts)


def _peak_memory() -> float:
    """Return the largest memory of this process plus that of its largest child so far, in MB."""
    parts = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_maxrss for part in parts) / 1024
