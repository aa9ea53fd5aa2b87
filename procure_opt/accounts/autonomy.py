"""Autonomy: the weighted share of sovereign tasks that a nation can do.

``A0`` counts tasks possible with everybody's consent, ``N1`` those possible without the consent of the
worst single denier; a task needs ALL its access levels and requirements. ``A = a A0 + d N1`` with the
case's weights. Nothing here is a score: every point is a task in the case's words.
"""

from __future__ import annotations

from dataclasses import dataclass

from procure_opt.case.model import Case
from procure_opt.case.needs import OutsideOption
from procure_opt.errors import NotBuiltYet
from procure_opt.structure.structure import Structure

from .conditions import holds
from .conditions import literal as literal_of
from .contexts import Context, Supply, context_literals, contexts, scope_of, supply
from .foresight import foreseen
from .gaps import concerned
from .levels import ANYBODY, Source, lasts, sources
from .reach import Goal, good_ways, wanted
from .remembered import remembered
from .symbols import Expression, Symbols


@dataclass(frozen=True, slots=True)
class Autonomy:
    """A nation's autonomy in points: with consent (``a0``), under the worst denial (``n1``), and weighed.

    ``worst_denier`` is None where no denial takes a point away; ``tasks`` are those possible with
    consent, ``tasks_under_denial`` those left under the worst denier. Of a nation that takes an outside
    option whose value is judged as a whole only the points are known: the rest is empty.
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
    stated, given = case.tasks[task], _given(case, structure, nation)
    for function, needed in stated.needs.items():
        lasting = lasts(case, task, function)
        tolerant = stated.tolerates_undisclosed
        if max(s.left(denier, lasting=lasting, tolerant=tolerant) for s in given[function]) < needed:
            return False
    if stated.requires is None or _kept(case, structure, nation, task):
        return True
    return holds(case, structure, stated.requires, nation)


def _kept(case: Case, structure: Structure, nation: str, task: str) -> bool:
    taken = structure.taken_outside(nation)
    return any(task in case.needs[need].outside[nation][option].keeps for need, option in taken)


@remembered
def _given(case: Case, structure: Structure, nation: str) -> dict[str, tuple[Source, ...]]:
    """Return what gives the nation a level on each function."""
    return {function: tuple(sources(case, structure, nation, function)) for function in case.functions}


def deniers(case: Case, structure: Structure, nation: str) -> tuple[str, ...]:
    """Everybody who controls something that the nation's levels rest on, sorted."""
    found: set[str] = set()
    for given in _given(case, structure, nation).values():
        found = found.union(*(source.deniers for source in given))
    return tuple(sorted(found - {nation}))


@remembered
def autonomy(case: Case, structure: Structure, nation: str) -> Autonomy:
    """Return the nation's autonomy, in points of its task weights."""
    judged = [stated.vector for stated in _taken(case, structure, nation) if stated.vector is not None]
    if judged:
        points = sum(vector.autonomy.whole for vector in judged)
        return Autonomy(0, 0, counted(case, nation, points), None, (), (), ())
    weights = {task: weight for task, weight in case.nations[nation].weights().items() if weight}
    tasks = tuple(task for task in weights if possible(case, structure, nation, task))
    a0 = sum(weights[task] for task in tasks)
    left = {
        h: tuple(task for task in tasks if possible(case, structure, nation, task, h))
        for h in deniers(case, structure, nation)
    }
    planned = [h for h in left if _plans_against(case, nation, h)]
    worst = min(planned, key=lambda h: (sum(weights[t] for t in left[h]), h), default=None)
    n1 = a0 if worst is None else sum(weights[task] for task in left[worst])
    under = tasks if worst is None else left[worst]
    lost = tuple((h, tuple(t for t in tasks if t not in left[h])) for h in sorted(left))
    points = counted(case, nation, case.autonomy.consent.whole * a0 + case.autonomy.denial.whole * n1)
    return Autonomy(a0, n1, points, worst if n1 < a0 else None, tasks, under, tuple(e for e in lost if e[1]))


def _taken(case: Case, structure: Structure, nation: str) -> list[OutsideOption]:
    return [case.needs[need].outside[nation][name] for need, name in structure.taken_outside(nation)]


def _plans_against(case: Case, nation: str, denier: str) -> bool:
    planned = case.nations[nation].plans_against
    return planned is None or denier in planned


def counted(case: Case, nation: str, points: int) -> int:
    """Return the points that count: no more than are enough for the nation."""
    enough = case.nations[nation].enough
    return points if enough is None else min(points, enough.whole)


def highest_points(case: Case) -> int:
    """Stake-weighted points if every nation could do everything alone: 100 percent on the screen."""
    each = case.autonomy.consent.whole + case.autonomy.denial.whole
    return sum(
        nation.stake.whole * counted(case, name, each * sum(nation.weights().values()))
        for name, nation in case.nations.items()
    )


def autonomy_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of the points of :func:`autonomy`, bounded from above only: wanted, never forced."""
    return x.once(("autonomy", nation), lambda: _counted_points(case, x, nation))


def _counted_points(case: Case, x: Symbols, nation: str) -> Expression:
    points, enough = _points(case, x, nation), case.nations[nation].enough
    if enough is None or x.bounds(points)[1] <= enough.whole:
        return points
    counts = x.column(("counted", nation), 0, enough.whole)
    x.require(1 * counts <= points)
    return counts


def _points(case: Case, x: Symbols, nation: str) -> Expression:
    weights = {task: weight for task, weight in case.nations[nation].weights().items() if weight}
    tasks = frozenset(weights)
    functions = frozenset(f for task in tasks for f in case.tasks[task].needs)
    scope = scope_of(case, nation, functions, tasks)
    judged = _judged_points(case, x, nation)
    if contexts(case, scope) is None:
        return _points_by_task(case, x, nation, weights) + judged
    a, d = case.autonomy.consent.whole, case.autonomy.denial.whole
    parts = [
        _in_context(case, x, each, literal, weights)
        for each, literal in context_literals(case, x, scope)
        if not _is_judged(case, each)
    ]
    return x.total([(a, a0) for a0, _ in parts] + [(d, n1) for _, n1 in parts]) + judged


def _judged_points(case: Case, x: Symbols, nation: str) -> Expression:
    """Points of outside options whose value is judged as a whole."""
    return x.total(
        (stated.vector.autonomy.whole, x.outside(nation, need, name))
        for need in sorted(case.needs)
        if nation in concerned(case, need)
        for name, stated in sorted(case.needs[need].outside.get(nation, {}).items())
        if stated.vector is not None
    )


def _is_judged(case: Case, context: Context) -> bool:
    options = (case.needs[need].outside[context.nation][name] for need, name in context.options)
    return any(stated.vector is not None for stated in options)


def _in_context(
    case: Case, x: Symbols, context: Context, literal: Expression, weights: dict[str, int]
) -> tuple[Expression, Expression]:
    """Return (A0, N1) of the part of the nation that lives in this context."""

    def score(denied: dict[str, str] | None = None) -> Expression:
        able = ((w, _task(case, x, context, literal, task, denied or {})) for task, w in weights.items())
        return x.total(able)

    functions = sorted({f for task in weights for f in case.tasks[task].needs})
    given = {f: supply(case, context, f) for f in functions}
    able_to_deny = {h for f in functions for source in given[f].all_sources() for h in source.deniers}
    able_to_deny = {h for h in able_to_deny if _plans_against(case, context.nation, h)}
    a0 = score()
    if not able_to_deny:
        return a0, a0
    bounds = [score(dict.fromkeys(functions, h)) for h in sorted(able_to_deny)]
    if case.nations[context.nation].plans_against is None:
        bounds += [score({f: ANYBODY}) for f in functions if _has_one_source(given[f])]
    n1 = x.column(("n1", context.nation), 0, sum(weights.values()))
    for bound in bounds:
        x.require(1 * n1 <= bound)
    return a0, n1


def _has_one_source(given: Supply) -> bool:
    """Is there only one thing that gives a level? Then whoever controls it can deny the function.

    Implied for whole structures; in a relaxation, where many share control of every part, bounds from it
    keep the worst denial honest.
    """
    others = len(given.by_arrangement) + len(given.by_line) + len(given.by_licence)
    return sum(source.level > 0 for source in given.sure) + others <= 1


def _task(
    case: Case, x: Symbols, context: Context, literal: Expression, task: str, denied: dict[str, str]
) -> Expression:
    """Return what can be 1 only if the task is possible in the context against these deniers by function."""
    limits: list[tuple[Expression, ...]] = []
    for function, needed in sorted(case.tasks[task].needs.items()):
        denier = denied.get(function)
        lasting = denier is not None and lasts(case, task, function)
        goal = Goal(function, needed, denier, lasting, case.tasks[task].tolerates_undisclosed)
        ways = good_ways(case, x, context, goal)
        if ways is not None:
            limits.append(tuple(ways))
    requires = case.tasks[task].requires
    if requires is not None and not _kept_in(case, context, task):
        clear = foreseen(case, requires, context)
        if clear is not True:
            limits.append(() if clear is False else (literal_of(case, x, requires, context.nation),))
    key = ("task", context, task, tuple(tuple(str(way) for way in ways) for ways in limits))
    return x.once(key, lambda: wanted(x, ("task", context.nation, task), limits, literal))


def _kept_in(case: Case, context: Context, task: str) -> bool:
    return any(
        task in case.needs[need].outside[context.nation][option].keeps for need, option in context.options
    )


def _points_by_task(case: Case, x: Symbols, nation: str, weights: dict[str, int]) -> Expression:
    """The same with a smaller scope for each task: looser in a relaxation, for nations in many pillars."""
    everybody = sorted((set(case.nations) | set(case.others)) - {nation})
    everybody = [h for h in everybody if _plans_against(case, nation, h)]

    def score(denier: str | None) -> Expression:
        return x.total((w, _task_anywhere(case, x, nation, task, denier)) for task, w in weights.items())

    a0 = score(None)
    n1 = x.column(("n1", nation), 0, sum(weights.values()))
    x.require(1 * n1 <= a0)
    for denier in everybody:
        x.require(1 * n1 <= score(denier))
    return case.autonomy.consent.whole * a0 + case.autonomy.denial.whole * n1


def _task_anywhere(case: Case, x: Symbols, nation: str, task: str, denier: str | None) -> Expression:
    functions = frozenset(case.tasks[task].needs)
    scope = scope_of(case, nation, functions, frozenset({task}))
    denied = {} if denier is None else dict.fromkeys(functions, denier)
    if contexts(case, scope) is None:
        raise NotBuiltYet(
            f"the task {task} of {nation} spans more pillars and options than this version can split"
        )
    every = context_literals(case, x, scope)
    return x.total(
        (1, _task(case, x, each, literal, task, denied))
        for each, literal in every
        if not _is_judged(case, each)
    )
