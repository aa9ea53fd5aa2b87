"""The one path from a case to its front; the only place that wires the rooms together."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

from procure_opt import rules
from procure_opt.accounts.values import Vector
from procure_opt.accounts.views import EGALITARIAN, vector
from procure_opt.case.model import Case
from procure_opt.change import changed
from procure_opt.errors import EngineDoubt, LimitReached, UsageError, printable
from procure_opt.formulation.canonical import canonical_structure
from procure_opt.formulation.decode import taken
from procure_opt.formulation.formulation import Formulation, formulate
from procure_opt.formulation.ideals import ideals
from procure_opt.formulation.oracle import GRAIN, CaseOracle
from procure_opt.formulation.variables import Key
from procure_opt.front import Bound, EfficientStructure, Evidence, Front, Journey
from procure_opt.pareto.enumeration import Enumeration, Progress, enumerate_nondominated
from procure_opt.solving.engine import Limits
from procure_opt.solving.journal import look_at
from procure_opt.solving.sample import sample
from procure_opt.structure.structure import Structure

Point = tuple[int, ...]
MOST_WORKERS = 4
OTHER_GRAIN = 5
"""How finely goals are mixed for a second opinion: no mixture but the pure ones is the same."""
TIME_LIMIT, INTERRUPTED, DOUBTFUL = "time limit", "interrupted", "doubtful solver answer"


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What a progress line can say while the case is swept: points found, parts begun, parts in all."""

    points: int
    begun: int
    parts: int

    @property
    def text(self) -> str:
        """For people: ``9 points, 80 of 203 parts swept``."""
        if not self.begun:
            return f"{self.parts} parts to sweep"
        return f"{self.points} points, {self.begun} of {self.parts} parts swept"


@dataclass(frozen=True)
class Found:
    """A front, and the largest score of a structure that has a vector of it, where it is known."""

    front: Front
    scores: Mapping[Vector, int]


def solve(
    case: Case,
    *,
    time_limit: float | None = None,
    progress: Callable[[Progress | Surveyed], None] | None = None,
    engine: str = "highs",
    workers: int | None = None,
    journal: str | os.PathLike[str] | None = None,
    resume: bool = False,
    executor: Executor | None = None,
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
        Which exact solver is asked about parts that are too large to be swept, "highs" or "cpsat" (which
        needs ``procure-opt[cpsat]``); the plain definitions judge what it proposes.
    workers
        How many processes share the work on a large case; None is one for each processor, at most four. The
        result does not depend on it.
    journal
        A file to which everything found and done is appended before it counts; it must not be there yet,
        unless ``resume`` says that the run goes on from it, after whatever ended the earlier one. The front
        is the same as that of a run that nobody disturbed. When all is done the file may go.
    resume
        Go on from the journal.
    executor
        Any ``concurrent.futures.Executor`` (processes, Dask, MPI) that sweeps the case instead of processes
        that are started here, ``workers`` errands at a time. Those who work need this package. The result
        is the same; should the executor break, the rest is done here.

    Raises
    ------
    NotBuiltYet
        The case is larger than this version can decide.
    UsageError
        The journal cannot be written or resumed.
    """
    return survey(
        case,
        time_limit=time_limit,
        progress=progress,
        engine=engine,
        workers=workers,
        journal=journal,
        resume=resume,
        executor=executor,
    ).front


def survey(
    case: Case,
    *,
    time_limit: float | None = None,
    progress: Callable[[Progress | Surveyed], None] | None = None,
    engine: str = "highs",
    workers: int | None = None,
    within: Mapping[Key, int] | None = None,
    scores: Mapping[Key, int] | None = None,
    journal: str | os.PathLike[str] | None = None,
    resume: bool = False,
    expected: Sequence[Structure] = (),
    executor: Executor | None = None,
) -> Found:
    """Solve a case within some settled decisions, and note how close its structures come to something.

    ``within``: decision -> 1 taken, 0 not; the front is that of the structures which agree.
    ``scores``: weights of decisions; for each efficient vector the largest sum over all structures that share
    it is noted. ``expected``: feasible structures said to be all; the case is solved by other means then
    (other mixtures of the goals in the bounds, no search for good structures beforehand). The rest is as in
    :func:`solve`.
    """
    if executor is not None and not callable(getattr(executor, "submit", None)):
        raise UsageError(f"executor: {executor!r} is none; give a concurrent.futures.Executor, or None")
    started = time.monotonic()
    limits = Limits.within(time_limit)
    look_at(journal, resume=resume)
    if case.view == EGALITARIAN and not case.ideals:
        scaled = _with_ideals(case, limits, engine, workers, executor)
        if isinstance(scaled, str):
            return Found(_nothing_yet(case, engine, scaled), {})
        case = scaled
    formulated = formulate(case)
    oracle = CaseOracle(
        formulated,
        case.resolution.steps,
        limits,
        engine,
        workers or _processors(),
        known_decisions(formulated, within),
        scores,
        OTHER_GRAIN if expected else GRAIN,
        executor=executor,
    )
    if expected:
        oracle.survey.expect(_assignments(oracle, expected))
    stated = time.monotonic()
    about = {"case": case.id, "version": version("procure-opt"), "digest": case.digest}
    path = None if journal is None else Path(journal)
    with oracle.survey.noting(path, about, resume=resume):
        oracle.look_round(None if progress is None else lambda *told: progress(Surveyed(*told)))
    surveyed = time.monotonic()
    found = enumerate_nondominated(
        oracle, resolution=oracle.resolution, progress=progress, known=_efficient(oracle)
    )
    searched = time.monotonic()
    clock = {"state": stated - started, "sweep": surveyed - stated, "search": searched - surveyed}
    front = _front(oracle, found, engine, clock)
    return Found(front, _scores(oracle, front))


def _efficient(oracle: CaseOracle) -> list[Point]:
    """Return the points judged that no other's box dominates, the smallest by sum of each box."""
    boxes = oracle.survey.plan.boxes()
    boxes.take_all(oracle.structures)
    return boxes.points


def _scores(oracle: CaseOracle, front: Front) -> dict[Vector, int]:
    """Return the largest score of each vector of the front; none if a part was left to the exact solver."""
    findings = oracle.survey.findings
    holders = {} if findings.left else findings.holders
    known = {(-p[0], -p[1], p[2]): held.score for p, held in holders.items()}
    return {vector: known[vector] for vector in front.vectors if vector in known}


def _assignments(oracle: CaseOracle, structures: Iterable[Structure]) -> Iterator[frozenset[int]]:
    """Yield the columns that each structure takes."""
    case, columns = oracle.formulation.case, oracle.formulation.variables.decisions()
    for structure in structures:
        yield frozenset(columns[key] for key in taken(case, structure) if key in columns)


def _front(oracle: CaseOracle, found: Enumeration, engine: str, clock: dict[str, float]) -> Front:
    """Return the front of what was enumerated; ``clock``: seconds by phase, to which the last is added."""
    begun = time.monotonic()
    case = oracle.formulation.case
    reason = None if found.complete else _stopped(oracle) or found.reason
    structures, trouble = _canonical(oracle, found, reason)
    clock["tell apart ties"] = time.monotonic() - begun
    evidence = Evidence(
        oracle.resolution, found.bounds, found.open_bounds, found.proven_share, reason or trouble
    )
    closed = set(found.bounds) - set(found.open_bounds)
    return Front(case, _sorted(case, structures), evidence, _journey(oracle, engine, clock, closed))


def _with_ideals(
    case: Case, limits: Limits, engine: str, workers: int | None, executor: Executor | None
) -> Case | str:
    """Return the case with the best that each nation could get, goal by goal; why not, if it was stopped."""
    try:
        known = ideals(case, limits, engine, workers or _processors(), executor)
        return changed(case, ideals=known)
    except LimitReached:
        return TIME_LIMIT
    except KeyboardInterrupt:
        return INTERRUPTED
    except EngineDoubt:
        return DOUBTFUL


def _nothing_yet(case: Case, engine: str, reason: str) -> Front:
    """Return a front of which nothing is known: it was stopped before the view had its scale."""
    everything = ((None, None, None),)
    evidence = Evidence(case.resolution.steps, everything, everything, Fraction(0), reason)
    return Front(case, (), evidence, Journey(engine, 1, 0, 0, 0))


def _journey(
    oracle: CaseOracle, engine: str, seconds: dict[str, float], closed: Collection[Bound]
) -> Journey:
    """Return how the result came about; the exact solver is named only if it was asked."""
    asked = oracle.remainder.solves > 0
    settings = oracle.read_settings() if asked else {}
    return Journey(
        f"sweep, then {engine}" if asked else "sweep",
        oracle.survey.processes,
        oracle.survey.findings.looked_at,
        oracle.remainder.solves,
        oracle.remainder.cut_off,
        seconds,
        {name: str(value) for name, value in sorted(settings.items())},
        len(closed),
        sum(oracle.rests_on_solver(corner) for corner in closed),
    )


def _processors() -> int:
    return min(MOST_WORKERS, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


def _stopped(oracle: CaseOracle) -> str | None:
    if oracle.stopped is None:
        return None
    return TIME_LIMIT if isinstance(oracle.stopped, LimitReached) else INTERRUPTED


def _canonical(
    oracle: CaseOracle, found: Enumeration, reason: str | None
) -> tuple[dict[Point, Structure], str | None]:
    """Return the canonical structure of every point; those found stand in where time ran out."""
    structures = {point: oracle.structures[point] for point in (*found.points, *found.candidates)}
    if reason in (TIME_LIMIT, INTERRUPTED):
        return structures, None
    for point in found.points:
        try:
            if oracle.survey.may_equal(point):
                return structures, _stopped(oracle)
            first = canonical_structure(oracle, point)
            if first != structures[point]:
                structures[point] = _checked(oracle.formulation.case, first, point)
        except LimitReached:
            return structures, TIME_LIMIT
        except KeyboardInterrupt:
            return structures, INTERRUPTED
        except EngineDoubt:
            return structures, DOUBTFUL
    return structures, None


def _checked(case: Case, structure: Structure, point: Point) -> Structure:
    """Return the structure if the plain definitions agree that it is feasible and worth the point."""
    autonomy, spinoff, cost = vector(case, structure)
    if not rules.is_feasible(case, structure) or (-autonomy, -spinoff, cost) != point:
        raise EngineDoubt(f"the canonical structure of {point} does not stand up to the plain check")
    return structure


def _sorted(case: Case, structures: dict[Point, Structure]) -> tuple[EfficientStructure, ...]:
    return tuple(
        EfficientStructure(case, (-point[0], -point[1], point[2]), structure)
        for point, structure in sorted(structures.items())
    )


def random_structures(
    case: Case,
    count: int = 2000,
    *,
    seed: int = 1,
    time_limit: float | None = None,
    within: Mapping[Key, int] | None = None,
) -> list[tuple[Structure, Vector]]:
    """Return feasible structures drawn at random, with their vectors: what chance finds.

    First who sits where is drawn (of nations that may work, if the ways are very many), uniformly among the
    ways that can be completed; then everything else, choice by choice. Fewer than ``count`` come back if
    chance finds no more, or time is up. ``within``: decisions that are settled beforehand.
    """
    limits = Limits.within(time_limit)
    formulation = formulate(case)
    oracle = CaseOracle(formulation, (1, 1, 1), limits, within=known_decisions(formulation, within))
    found = sample(oracle.survey.plan, count, oracle.judge, seed, limits)
    return [(oracle.structure(ones), (-point[0], -point[1], point[2])) for ones, point in found]


def known_decisions(formulation: Formulation, within: Mapping[Key, int] | None) -> dict[Key, int]:
    """Return the settled decisions that the case has; one that it lacks is never taken.

    Raises :class:`UsageError` if one should be taken that the case has not.
    """
    known = formulation.variables.decisions()
    if lacking := sorted(str(key) for key, value in (within or {}).items() if value and key not in known):
        raise UsageError(f"the case has no such decision: {printable(lacking[0], 200)}")
    return {key: value for key, value in (within or {}).items() if key in known}
