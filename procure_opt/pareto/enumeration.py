"""All nondominated points, or boxes, of an integer program that answers two questions: the main loop.

Zones after Klamroth, Lacour & Vanderpooten (2015); the choice of zone and direction after

    S. Tamby, D. Vanderpooten (2021): Enumeration of the Nondominated Set of Multiobjective Discrete
    Optimization Problems. INFORMS Journal on Computing 33(1), 72-85.

One step takes an open zone u and a direction k and minimises f_k under the bounds u_i on the other
objectives, with none on f_k itself. Whatever comes back closes something: no point, or a least value of at
least u_k, proves the zone empty; a point inside the zone is new and splits it. Nothing here relies on the
point being efficient: a dominated point splits zones too, the point that dominates it stays in one of them,
and the last filter removes it. The set of nondominated boxes is unique, so the answer does not depend on the
order of search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from procure_opt.errors import EngineDoubt, LimitReached, UsageError
from procure_opt.pareto.certificate import ascending
from procure_opt.pareto.oracle import Oracle
from procure_opt.pareto.points import Point, nondominated
from procure_opt.pareto.search import Search
from procure_opt.pareto.share import Gauge
from procure_opt.pareto.zones import Bound, Corner, bound_of

TIME_LIMIT = "time limit"
INTERRUPTED = "interrupted"
DOUBTFUL = "doubtful solver answer"


@dataclass(frozen=True, slots=True)
class Progress:
    """What a progress line can say after each step."""

    points: int
    open_zones: int
    solves: int
    proven_share: Fraction

    @property
    def text(self) -> str:
        """For people: ``9 points, 93 % of the region proven``."""
        return f"{self.points} points, {int(100 * self.proven_share)} % of the region proven"


@dataclass(frozen=True, slots=True)
class Enumeration:
    """What was found, and what backs the claim that nothing is missing.

    ``points``: the nondominated points found, or with a resolution one feasible point per nondominated box,
    sorted. ``bounds``: all local upper bounds of them, in box coordinates, sorted; None is no bound.
    ``open_bounds``: those below which nothing is proven yet. ``complete``: none is open, and no solver
    answer has contradicted another. ``reason``: why not complete ("time limit", "interrupted", "doubtful
    solver answer"), else None. ``candidates``: feasible points that a stop left unfinished, their boxes
    being neither found nor dominated (only with a resolution above 1). ``contradictions``: how many proofs of
    the oracle a later point has refuted; such proofs are dropped and their zones searched again.
    ``proven_share``: see :func:`procure_opt.pareto.share.proven_share`; 1 only if complete.
    """

    points: tuple[Point, ...]
    complete: bool
    reason: str | None
    bounds: tuple[Bound, ...]
    open_bounds: tuple[Bound, ...]
    solves: int
    proven_share: Fraction
    candidates: tuple[Point, ...] = ()
    contradictions: int = 0


def enumerate_nondominated(
    oracle: Oracle,
    *,
    resolution: tuple[int, ...] | None = None,
    progress: Callable[[Progress], None] | None = None,
    known: Iterable[Point] = (),
) -> Enumeration:
    """Return all nondominated points of ``oracle``, or all nondominated boxes at a ``resolution``.

    Parameters
    ----------
    oracle
        The feasible set; it must be bounded below in every objective.
    resolution
        Box sizes delta_i >= 1; None is 1 everywhere. With any delta_i > 1, each nondominated box
        ``floor(y_i / delta_i)`` is represented by its feasible point that is smallest by sum, then
        lexicographically, so that every feasible point has a returned one less than delta_i worse in each
        objective.
    progress
        Called after each step. Ctrl-C inside it stops the search like Ctrl-C anywhere else.
    known
        Points known to be feasible (from an earlier run); they are trusted, and save solves.

    Notes
    -----
    A stop (LimitReached, KeyboardInterrupt) or a doubt (EngineDoubt) loses no point. The points of an
    incomplete result are nondominated if the oracle's own points are (resolution 1), and always with a
    resolution above 1, as long as no answer of the oracle was wrong.

    >>> class Three:
    ...     dimension = 2
    ...     def minimise(self, k, upper):
    ...         fits = [y for y in [(1, 4), (2, 2), (4, 1)]
    ...                 if all(u is None or a <= u for a, u in zip(y, upper))]
    ...         return min(fits, key=lambda y: (y[k], sum(y)), default=None)
    >>> front = enumerate_nondominated(Three())
    >>> front.points, front.complete
    (((1, 4), (2, 2), (4, 1)), True)
    >>> front.bounds
    ((1, None), (2, 4), (4, 2), (None, 1))
    """
    search = Search(oracle, _checked(resolution, oracle.dimension))
    return enumeration_by(search, lambda: _search(search, sorted(known), progress))


def enumeration_by(search: Search, run: Callable[[], None]) -> Enumeration:
    """Let ``run`` drive a search to its end, or to a stop, and return what it found."""
    try:
        run()
    except LimitReached:
        return _result(search, TIME_LIMIT)
    except KeyboardInterrupt:
        return _result(search, INTERRUPTED)
    return _result(search, None)


def _search(search: Search, known: list[Point], progress: Callable[[Progress], None] | None) -> None:
    search.expect(known)
    for point in known:
        with suppress(EngineDoubt):
            search.settle(point)
    gauge = Gauge()
    while (question := search.next_question()) is not None:
        search.explore(question)
        if progress is not None:
            share = gauge.read(search.solves, search.share, final=not search.open)
            progress(Progress(len(search.found), len(search.open), search.solves, share))


def _checked(resolution: tuple[int, ...] | None, dimension: int) -> tuple[int, ...]:
    if resolution is None:
        return (1,) * dimension
    if len(resolution) != dimension or min(resolution) < 1:
        raise UsageError(f"resolution must be {dimension} integers of at least 1, not {resolution}")
    return tuple(resolution)


def _result(search: Search, stopped: str | None) -> Enumeration:
    if stopped or search.unfinished:
        search.make_consistent()
    boxes = nondominated(search.found)
    complete = not search.open and not search.contradictions
    return Enumeration(
        points=tuple(sorted(search.found[box] for box in boxes)),
        complete=complete,
        reason=None if complete else stopped or DOUBTFUL,
        bounds=_sorted_bounds(search.zones.corners()),
        open_bounds=_sorted_bounds(search.open),
        solves=search.solves,
        proven_share=search.share() if search.open else Fraction(complete),
        candidates=tuple(sorted(search.unfinished)),
        contradictions=search.contradictions,
    )


def _sorted_bounds(corners: Iterable[Corner]) -> tuple[Bound, ...]:
    return tuple(sorted(map(bound_of, corners), key=ascending))
