"""The one path from a case to its front; the only place that wires the rooms together."""

from __future__ import annotations

import time
from collections.abc import Callable

from procure_opt import rules
from procure_opt.accounts.values import programme_vector
from procure_opt.case.model import Case
from procure_opt.case.unbuilt import unbuilt
from procure_opt.errors import EngineDoubt, LimitReached, NotBuiltYet
from procure_opt.formulation.canonical import canonical_structure
from procure_opt.formulation.formulation import formulate
from procure_opt.formulation.oracle import CaseOracle
from procure_opt.front import EfficientStructure, Evidence, Front, Journey
from procure_opt.pareto.enumeration import Enumeration, Progress, enumerate_nondominated
from procure_opt.solving.engine import Limits
from procure_opt.structure.structure import Structure

Point = tuple[int, ...]
TIME_LIMIT, INTERRUPTED, DOUBTFUL = "time limit", "interrupted", "doubtful solver answer"


def solve(
    case: Case,
    *,
    time_limit: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    engine: str = "highs",
) -> Front:
    """Return all Pareto-efficient structures of the case, with the evidence that none is missing.

    Parameters
    ----------
    case
        The case; its ``resolution`` says how finely structures are told apart.
    time_limit
        Seconds; None is no limit. When it is reached, or on Ctrl-C, the front so far is returned with
        ``complete`` False.
    progress
        Called after each step of the search.
    engine
        Which solver proposes; what it proposes is judged by the plain definitions.

    Raises
    ------
    NotBuiltYet
        The case states something that this version cannot decide.
    """
    if missing := sorted({what for _, what in unbuilt(case)}):
        raise NotBuiltYet(f"this version does not decide yet: {', '.join(missing)}")
    started = time.monotonic()
    limits = Limits(None if time_limit is None else started + time_limit)
    formulation = formulate(case)
    steps = case.resolution
    resolution = (steps.autonomy.whole, steps.spinoff.whole, steps.cost.whole)
    oracle = CaseOracle(formulation, resolution, limits, engine)
    stated = time.monotonic()
    found = enumerate_nondominated(oracle, resolution=resolution, progress=progress)
    searched = time.monotonic()
    structures, trouble = _canonical(oracle, found)
    told = time.monotonic()
    seconds = {"state": stated - started, "search": searched - stated, "tell apart ties": told - searched}
    evidence = Evidence(
        resolution, found.bounds, found.open_bounds, found.proven_share, found.reason or trouble
    )
    settings = {name: str(value) for name, value in sorted(oracle.read_settings().items())}
    journey = Journey(engine, oracle.forest.solves, oracle.forest.relaxations, seconds, settings)
    return Front(case, _sorted(case, structures), evidence, journey)


def _canonical(oracle: CaseOracle, found: Enumeration) -> tuple[dict[Point, Structure], str | None]:
    """Return the canonical structure of every point; those found stand in where time ran out."""
    structures = {point: oracle.structures[point] for point in (*found.points, *found.candidates)}
    if found.reason in (TIME_LIMIT, INTERRUPTED):
        return structures, None
    for point in found.points:
        try:
            structures[point] = _checked(oracle.formulation.case, canonical_structure(oracle, point), point)
        except LimitReached:
            return structures, TIME_LIMIT
        except KeyboardInterrupt:
            return structures, INTERRUPTED
        except EngineDoubt:
            return structures, DOUBTFUL
    return structures, None


def _checked(case: Case, structure: Structure, point: Point) -> Structure:
    """Return the structure if the plain definitions agree that it is feasible and worth the point."""
    autonomy, spinoff, cost = programme_vector(case, structure)
    if not rules.is_feasible(case, structure) or (-autonomy, -spinoff, cost) != point:
        raise EngineDoubt(f"the canonical structure of {point} does not stand up to the plain check")
    return structure


def _sorted(case: Case, structures: dict[Point, Structure]) -> tuple[EfficientStructure, ...]:
    return tuple(
        EfficientStructure(case, (-point[0], -point[1], point[2]), structure)
        for point, structure in sorted(structures.items())
    )
