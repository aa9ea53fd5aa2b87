"""Is something possible at all, and if not, which rules forbid it?

Only the rules are stated, no accounts, so the answer takes a second where a front takes minutes. The solver
proposes a structure and the plain rules judge it; that there is none is shown by propagation alone, or by a
status of the solver that is a proof.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from procure_opt import rules
from procure_opt.case.model import Case
from procure_opt.case.switches import switchable
from procure_opt.change import changed, without
from procure_opt.errors import EngineDoubt, LimitReached
from procure_opt.formulation.decode import chosen_in, decode, taken
from procure_opt.formulation.formulation import state_rules, to_program
from procure_opt.formulation.record import Item
from procure_opt.formulation.variables import Key
from procure_opt.rules import participation
from procure_opt.solving.engine import Limits
from procure_opt.solving.matrix import Matrix
from procure_opt.solving.part import Part
from procure_opt.solving.program import Row
from procure_opt.solving.reduction import reduced
from procure_opt.structure.structure import Structure

MOST_REPAIRS = 200
"""Proposals that break a rule before the solver is doubted."""
_HALF = 0.5


def example(
    case: Case, items: Sequence[Item] = (), *, limits: Limits | None = None, engine: str = "highs"
) -> Structure | None:
    """Return a structure that obeys every rule of the case and agrees with all items; None proves none.

    Raises :class:`LimitReached` when time is up, :class:`EngineDoubt` if the solver's answer is no proof.

    >>> from procure_opt.case.load import load_case
    >>> item = Item("the fighter comes about", frozenset([("exists", "fighter")]))
    >>> sorted(example(load_case("gcap"), [item]).pillars)
    ['fighter']
    """
    x = state_rules(case)
    known = x.decisions()
    program = to_program(x)
    asked = tuple(_row(known, item) for item in items)
    left = reduced(Matrix.of(replace(program, rows=program.rows + asked)), {})
    if left is None:
        return None
    part = Part(left, [list(known.values())], engine, limits or Limits())
    for _ in range(MOST_REPAIRS):
        if (answer := part.minimise({}, {}, gap=_HALF)) is None:
            return None
        structure = decode(case, chosen_in(known, answer))
        decided = frozenset(taken(case, structure))
        if rules.is_feasible(case, structure) and all(item.agrees(decided) for item in items):
            return structure
        part.cut_off(part.ones(answer))
    raise EngineDoubt(f"{MOST_REPAIRS} answers of the engine broke a rule")


def minimal_conflict(
    case: Case,
    items: Sequence[Item] = (),
    *,
    keep: Collection[str] = (),
    time_limit: float | None = None,
    engine: str = "highs",
) -> tuple[str, ...]:
    """Return the ids of a minimal set of rules that forbids what the items ask, sorted.

    Without any single one of them it would be possible, given what cannot be switched off and the rules to
    ``keep``; empty if it is impossible even without all others. Which of several minimal sets is found
    depends on the order of the ids only. QuickXplain (Junker 2004).

    ``time_limit`` in seconds holds for all questions together. Raises :class:`LimitReached` beyond it,
    ValueError if it is possible.
    """
    limits = Limits.within(time_limit)
    active = [name for name in switchable(case) if binds(case, name) and name not in keep]

    def conflicts(kept: Iterable[str]) -> bool:
        dropped = set(active) - set(kept)
        less = changed(case, off=tuple(sorted({*case.off, *dropped})))
        return example(less, items, limits=limits, engine=engine) is None

    if not conflicts(active):
        raise ValueError("it is possible, so there is no conflict")
    if conflicts(()):
        return ()
    return tuple(sorted(_least((), False, active, conflicts)))


def regrets(
    case: Case,
    conflict: Sequence[str],
    items: Sequence[Item] = (),
    *,
    time_limit: float | None = None,
    engine: str = "highs",
) -> tuple[str, ...]:
    """Return who would rather be outside, and where, in some structure that only participation forbids.

    Sentences such as "ITA is better off with keep_old"; none if participation is not in the conflict, if all
    else forbids it too, or if time was up.
    """
    name = case.participation.id
    if name is None or name not in conflict:
        return ()
    less = without(case, [name])
    try:
        structure = example(less, items, limits=Limits.within(time_limit), engine=engine)
    except (EngineDoubt, LimitReached):
        return ()
    return () if structure is None else tuple(each.text for each in participation.violations(case, structure))


def _row(known: Mapping[Key, int], item: Item) -> Row:
    """Return what an item asks of the decisions: one of its keys, or none."""
    columns = tuple(sorted(known[key] for key in item.keys if key in known))
    return Row(columns, (1.0,) * len(columns), *((1.0, math.inf) if item.wanted else (-math.inf, 0.0)))


def binds(case: Case, name: str) -> bool:
    """Tell whether the rule with this id applies in the case as it is."""
    return case.applies(name) and (name not in case.red_lines or case.enters(name))


def _least(
    background: tuple[str, ...],
    grown: bool,
    names: Sequence[str],
    conflicts: Callable[[Iterable[str]], bool],
) -> list[str]:
    """Return a minimal part of the rules that conflicts with the background (``grown``: it just has)."""
    if grown and conflicts(background):
        return []
    if len(names) == 1:
        return list(names)
    first, second = names[: len(names) // 2], names[len(names) // 2 :]
    late = _least((*background, *first), bool(first), second, conflicts)
    early = _least((*background, *late), bool(late), first, conflicts)
    return early + late
