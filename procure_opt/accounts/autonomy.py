"""Autonomy: the weighted share of sovereign tasks that a nation can do.

``A0`` counts tasks possible with everybody's consent, ``N1`` those possible without the consent of the
worst single denier; a task needs ALL its access levels and requirements. ``A = a A0 + d N1`` with the
case's weights. Nothing here is a score: every point is a task in the case's words.
"""

from __future__ import annotations

from dataclasses import dataclass

from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure

from .conditions import holds, literal
from .levels import ANYBODY, lasts, sources
from .logic import disjunction
from .reach import Goal, deniers_of, has_one_source, reach_limit
from .symbols import Expression, Symbols


@dataclass(frozen=True, slots=True)
class Autonomy:
    """A nation's autonomy in points: with consent (``a0``), under the worst denial (``n1``), and weighed.

    ``worst_denier`` is None where no denial takes a point away; ``tasks`` are those possible with
    consent, ``tasks_under_denial`` those left under the worst denier.
    """

    a0: int
    n1: int
    points: int
    worst_denier: str | None
    tasks: tuple[str, ...]
    tasks_under_denial: tuple[str, ...]
    lost_under: tuple[tuple[str, tuple[str, ...]], ...]


def possible(case: Case, structure: Structure, nation: str, task: str, denier: str | None = None) -> bool:
    """Can the nation do the task (although ``denier`` denies)?"""
    stated = case.tasks[task]
    for function, needed in stated.needs.items():
        lasting = lasts(case, task, function)
        left = (s.left(denier, lasting=lasting) for s in sources(case, structure, nation, function))
        if max(left) < needed:
            return False
    if stated.requires is None or _kept(case, structure, nation, task):
        return True
    return holds(case, structure, stated.requires, nation)


def _kept(case: Case, structure: Structure, nation: str, task: str) -> bool:
    taken = structure.taken_outside(nation)
    return any(task in case.needs[need].outside[nation][option].keeps for need, option in taken)


def deniers(case: Case, structure: Structure, nation: str) -> tuple[str, ...]:
    """Everybody who controls something that the nation's levels rest on, sorted."""
    found: set[str] = set()
    for function in case.functions:
        for source in sources(case, structure, nation, function):
            found |= source.deniers
    return tuple(sorted(found - {nation}))


def autonomy(case: Case, structure: Structure, nation: str) -> Autonomy:
    """Return the nation's autonomy, in points of its task weights."""
    weights = {task: weight for task, weight in case.nations[nation].weights().items() if weight}
    tasks = tuple(task for task in weights if possible(case, structure, nation, task))
    a0 = sum(weights[task] for task in tasks)
    left = {
        h: tuple(task for task in tasks if possible(case, structure, nation, task, h))
        for h in deniers(case, structure, nation)
    }
    worst = min(left, key=lambda h: (sum(weights[t] for t in left[h]), h), default=None)
    n1 = a0 if worst is None else sum(weights[task] for task in left[worst])
    under = tasks if worst is None else left[worst]
    lost = tuple((h, tuple(t for t in tasks if t not in left[h])) for h in sorted(left))
    points = case.autonomy.consent.whole * a0 + case.autonomy.denial.whole * n1
    return Autonomy(a0, n1, points, worst if n1 < a0 else None, tasks, under, tuple(e for e in lost if e[1]))


def highest_points(case: Case) -> int:
    """Stake-weighted points if every nation could do everything alone: 100 percent on the screen."""
    each = case.autonomy.consent.whole + case.autonomy.denial.whole
    return sum(each * nation.stake.whole * sum(nation.weights().values()) for nation in case.nations.values())


def task_expression(case: Case, x: Symbols, nation: str, task: str, denier: str | None = None) -> Expression:
    """Symbolic twin of :func:`possible`, bounded from above only: it is wanted, never forced."""
    goals = tuple(
        Goal(nation, function, needed, *_against(case, nation, task, function, denier))
        for function, needed in sorted(case.tasks[task].needs.items())
    )
    return x.once(("task", nation, task, goals), lambda: _task(case, x, nation, task, goals))


def _without(case: Case, x: Symbols, nation: str, task: str, function: str) -> Expression:
    """1 if the task is possible even if whoever controls the nation's only source of the function denies.

    Implied for whole structures, where the source has some controller or none; in a relaxation, where many
    share control of every part, it keeps the worst denial honest.
    """
    needs = sorted(case.tasks[task].needs.items())
    against = {f: (ANYBODY, lasts(case, task, f)) if f == function else (None, False) for f, _ in needs}
    goals = tuple(Goal(nation, f, needed, *against[f]) for f, needed in needs)
    return x.once(("task", nation, task, goals), lambda: _task(case, x, nation, task, goals))


def _against(case: Case, nation: str, task: str, function: str, denier: str | None) -> tuple[str | None, bool]:
    """Denier and stocks as far as they matter for the function."""
    if denier not in deniers_of(case, nation, function):
        return None, False
    return denier, lasts(case, task, function)


def _task(case: Case, x: Symbols, nation: str, task: str, goals: tuple[Goal, ...]) -> Expression:
    limits = [reach_limit(case, x, goal) for goal in goals]
    requires = case.tasks[task].requires
    if requires is not None:
        kept = [
            x.outside(nation, need, option)
            for need in sorted(case.needs)
            for option, stated in sorted(case.needs[need].outside.get(nation, {}).items())
            if task in stated.keeps
        ]
        limits.append(disjunction(x, [literal(case, x, requires, nation), *kept]))
    free = [limit for limit in limits if not isinstance(limit, int)]
    if any(isinstance(limit, int) and limit == 0 for limit in limits):
        return 0
    if not free:
        return 1
    if len(free) == 1 and x.bounds(free[0])[1] <= 1:
        return free[0]
    able = x.column(("task", nation, task, *(goal.denier for goal in goals)), 0, 1)
    for limit in free:
        x.require(able <= limit)
    return able


def autonomy_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of the points of :func:`autonomy`, bounded from above only."""
    return x.once(("autonomy", nation), lambda: _points(case, x, nation))


def _points(case: Case, x: Symbols, nation: str) -> Expression:
    weights = {task: weight for task, weight in case.nations[nation].weights().items() if weight}
    a0 = x.total((weight, task_expression(case, x, nation, task)) for task, weight in weights.items())
    possible_deniers = set[str]().union(*(deniers_of(case, nation, function) for function in case.functions))
    n1 = x.column(("n1", nation), 0, sum(weights.values()))
    x.require(n1 <= a0)
    for denier in sorted(possible_deniers - {nation}):
        x.require(n1 <= x.total((w, task_expression(case, x, nation, task, denier)) for task, w in weights.items()))
    for function in sorted(case.functions):
        if has_one_source(case, nation, function):
            x.require(n1 <= x.total((w, _without(case, x, nation, task, function)) for task, w in weights.items()))
    return case.autonomy.consent.whole * a0 + case.autonomy.denial.whole * n1
