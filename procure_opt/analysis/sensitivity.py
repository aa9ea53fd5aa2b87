"""How the verdicts on a case change when one thing about it is stated otherwise, and solved anew.

Verdicts: is the front complete, which pillars exist on it, the best value of each goal, what is left of the
third goal when two are held (the trilemma), who sits in the cheapest and in the most autonomous structure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from procure_opt import rules
from procure_opt.accounts.values import Vector
from procure_opt.accounts.views import cost_parts, maximum, vector
from procure_opt.case.checks import remarks
from procure_opt.case.model import Case
from procure_opt.case.paths import dotted
from procure_opt.change import OBJECTIVES
from procure_opt.claim import Efficient
from procure_opt.errors import NotBuiltYet, UsageError
from procure_opt.front import Front
from procure_opt.pareto.enumeration import Progress
from procure_opt.structure.structure import Structure
from procure_opt.study import INTERRUPTED, Surveyed, solve

if TYPE_CHECKING:
    from .variations import Variation

Third = tuple[str, str, str, Fraction | None]
Thirds = Callable[[Sequence[Vector]], tuple[Third, ...]]
Watch = Callable[[Progress | Surveyed], None]
Seats = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Pillar -> nation -> tier, as sorted pairs."""

AUTONOMY, COST = 0, 2
MARKED_POINTS = 10
"""A third of the trilemma counts as changed from so many percent of its range on."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a front says. ``best`` and those after it are None if it has no structure.

    ``pillars``: share of the structures in which each exists; ``best``: most autonomy, most spin-off, least
    cost, each by itself, in the view's units; ``thirds``: see the trilemma; ``extremes``: the most autonomous
    structure and the cheapest, ``case``: as it was solved.
    """

    case: Case
    complete: bool
    reason: str | None
    structures: int
    pillars: tuple[tuple[str, Fraction], ...]
    best: tuple[int, int, int] | None
    thirds: tuple[Third, ...]
    cheapest: Seats | None
    autonomous: Seats | None
    extremes: tuple[Structure, Structure] | None


@dataclass(frozen=True, slots=True)
class Run:
    """A variation with its verdicts (None if refused), and the names of those that differ from the base."""

    variation: Variation
    verdicts: Verdicts | None
    changed: tuple[str, ...] = ()


def runs(
    base: Variation,
    front: Front,
    varied: Sequence[Variation],
    thirds: Thirds,
    *,
    time_limit: float | None = None,
    workers: int | None = None,
    watch: Callable[[Variation], Watch] | None = None,
) -> Iterator[Run]:
    """Yield the base with what its front says, then every variation, solved; an interrupted one is the last.

    ``time_limit`` in seconds holds for each run; ``watch`` gives the progress function of a run.
    """
    first = Run(base, verdicts(front, thirds))
    yield first
    for each in varied:
        told = None if watch is None else watch(each)
        try:
            found = verdicts(_solved(each, time_limit, workers, told), thirds)
        except (UsageError, NotBuiltYet) as error:
            yield Run(replace(each, case=None, refused=str(error)), None)
            continue
        yield Run(each, found, differences(first, Run(each, found)))
        if found.reason == INTERRUPTED:
            return


def _solved(each: Variation, time_limit: float | None, workers: int | None, progress: Watch | None) -> Front:
    if each.case is None:
        raise UsageError(each.refused)
    wrong = next((remark for remark in remarks(each.case) if remark.severity == "error"), None)
    if wrong is not None:
        raise UsageError(f"{dotted(wrong.path)}: {wrong.message}")
    return solve(each.case, time_limit=time_limit, workers=workers, progress=progress)


def verdicts(front: Front, thirds: Thirds) -> Verdicts:
    """Return what a front says."""
    best = front.claim.extremes
    autonomy, spinoff, cost = (best[name] for name in OBJECTIVES)
    several = len(front) or 1
    return Verdicts(
        front.case,
        front.complete,
        front.evidence.reason,
        len(front),
        tuple(
            (pillar, Fraction(sum(pillar in each.structure.pillars for each in front), several))
            for pillar in sorted(front.case.pillars)
        ),
        (autonomy.values[0], spinoff.values[1], cost.values[2]) if autonomy and spinoff and cost else None,
        thirds(front.vectors),
        _seated(cost),
        _seated(autonomy),
        (autonomy.structure, cost.structure) if autonomy and cost else None,
    )


def _seated(each: Efficient | None) -> Seats | None:
    return None if each is None else seats(each.structure)


def seats(structure: Structure) -> Seats:
    """Return who sits at which tier, pillar by pillar.

    >>> seats(Structure({}, {}))
    ()
    """
    return tuple(
        (name, tuple(sorted(plan.tiers.items()))) for name, plan in sorted(structure.pillars.items())
    )


def differences(base: Run, run: Run) -> tuple[str, ...]:
    """Return the names of the verdicts that differ from those of the base run.

    Values count if they differ by a step of the base run, in the same view: less may be due to the coarse
    resolution. For the same reason who is cheapest or most autonomous has changed only if the structure of
    the base breaks a rule now, or is a step away from the best. Thirds count from :data:`MARKED_POINTS` on;
    pillars if one is on all, some or none of the structures as it was not before. Of an incomplete run
    nothing is compared but that it is incomplete.
    """
    before, after = base.verdicts, run.verdicts
    if before is None or after is None or _standing(before) != _standing(after):
        return ("front",)
    if not before.complete or before.best is None or after.best is None:
        return ()
    names = [*_values_changed(base, run)]
    names += ["pillars"] if _presence(before) != _presence(after) else []
    names += [_third_name(b) for b, a in zip(before.thirds, after.thirds, strict=True) if _apart(b[3], a[3])]
    names += ["cheapest"] if _would_not_do(before, after, COST) else []
    return (*names, "autonomous") if _would_not_do(before, after, AUTONOMY) else tuple(names)


def _would_not_do(before: Verdicts, after: Verdicts, place: int) -> bool:
    """Is the structure that was best at a goal no longer, by a step or for a rule?"""
    if before.extremes is None or after.best is None:
        return False
    structure, case = before.extremes[place == COST], after.case
    if not rules.is_feasible(case, structure):
        return True
    lost: int = abs(vector(case, structure)[place] - after.best[place])
    step: int = getattr(case.resolution, OBJECTIVES[place]).whole
    return lost >= step


def _standing(found: Verdicts) -> tuple[bool, bool]:
    """Return whether the front is complete, and whether there is a structure at all."""
    return found.complete, found.best is not None


def _values_changed(base: Run, run: Run) -> Iterator[str]:
    """Compare autonomy in percent of its maximum, for with other weights it has another."""
    case, now = base.variation.case, run.variation.case
    if case is None or now is None or case.view != now.view:
        return
    before, after = _units(case), _units(now)
    for place, name in enumerate(OBJECTIVES):
        step = getattr(case.resolution, name).whole / before[place]
        if abs(best(run)[place] / after[place] - best(base)[place] / before[place]) >= step:
            yield name


def _units(case: Case) -> tuple[Fraction, Fraction, Fraction]:
    return Fraction(maximum(case) or 1), Fraction(1), Fraction(cost_parts(case))


def best(run: Run) -> tuple[int, int, int]:
    """Return the best values of a run that has a structure."""
    if run.verdicts is None or run.verdicts.best is None:
        raise ValueError(f"{run.variation.name} has no structure")
    return run.verdicts.best


def _presence(found: Verdicts) -> list[str]:
    """Return for each pillar whether all, some or none of the structures have it."""
    return ["all" if share == 1 else "some" if share else "none" for _, share in found.pillars]


def _third_name(third: Third) -> str:
    return f"third {third[2]}"


def _apart(before: Fraction | None, after: Fraction | None) -> bool:
    if before is None or after is None:
        return before is not after
    return abs(before - after) >= MARKED_POINTS
