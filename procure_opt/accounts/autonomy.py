"""Autonomy: the weighted share of sovereign tasks that a nation can do.

``A0`` counts tasks possible with everybody's consent, ``N1`` those possible without the consent of the
worst single denier; a task needs ALL its access levels and requirements. ``A = a A0 + d N1`` with the
case's weights. Nothing here is a score: every point is a task in the case's words.
"""

from __future__ import annotations

from dataclasses import dataclass

from procure_opt.case.model import Case
from procure_opt.errors import NotBuiltYet
from procure_opt.structure.structure import Structure

from .conditions import holds
from .conditions import literal as literal_of
from .contexts import Context, Supply, context_literals, contexts, scope_of, supply
from .foresight import foreseen
from .levels import ANYBODY, lasts, sources
from .reach import Goal, good_ways, wanted
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


def autonomy_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of the points of :func:`autonomy`, bounded from above only: wanted, never forced."""
    return x.once(("autonomy", nation), lambda: _points(case, x, nation))


def _points(case: Case, x: Symbols, nation: str) -> Expression:
    weights = {task: weight for task, weight in case.nations[nation].weights().items() if weight}
    tasks = frozenset(weights)
    functions = frozenset(f for task in tasks for f in case.tasks[task].needs)
    scope = scope_of(case, nation, functions, tasks)
    if contexts(case, scope) is None:
        return _points_by_task(case, x, nation, weights)
    a, d = case.autonomy.consent.whole, case.autonomy.denial.whole
    parts = [
        _in_context(case, x, each, literal, weights) for each, literal in context_literals(case, x, scope)
    ]
    return x.total([(a, a0) for a0, _ in parts] + [(d, n1) for _, n1 in parts])


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
    a0 = score()
    if not able_to_deny:
        return a0, a0
    bounds = [score(dict.fromkeys(functions, h)) for h in sorted(able_to_deny)]
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
    return sum(source.level > 0 for source in given.sure) + len(given.by_arrangement) <= 1


def _task(
    case: Case, x: Symbols, context: Context, literal: Expression, task: str, denied: dict[str, str]
) -> Expression:
    """Return what can be 1 only if the task is possible in the context against these deniers by function."""
    limits: list[tuple[Expression, ...]] = []
    for function, needed in sorted(case.tasks[task].needs.items()):
        denier = denied.get(function)
        goal = Goal(function, needed, denier, denier is not None and lasts(case, task, function))
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
    return x.total((1, _task(case, x, each, literal, task, denied)) for each, literal in every)
