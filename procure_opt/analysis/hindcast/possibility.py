"""What is possible in an edition, under the lines of which grades; and if it is not, what forbids it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from procure_opt.case.model import Case
from procure_opt.case.switches import switchable
from procure_opt.case.vocabulary import last_day
from procure_opt.change import changed
from procure_opt.errors import LimitReached
from procure_opt.formulation.formulation import formulate
from procure_opt.formulation.record import Item, impossible, settled
from procure_opt.study import random_structures, survey

COARSE = 1_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """Is something possible under the lines of some grades? None: not decided in time.

    ``conflict``: ids of a minimal set of rules that forbid it; ``stated``: all of them are red lines, so
    that the parties' own words forbid it, and the case explains nothing.
    """

    target: str
    grade: str
    possible: bool | None
    conflict: tuple[str, ...] | None = None
    stated: bool = False


def graded(case: Case) -> dict[str, Case]:
    """Return the case under the lines of each grade; only lines dated before the decision ever apply."""
    dated = {
        name: line
        for name, line in case.red_lines.items()
        if line.status == "in_force" and last_day(line.as_of) <= case.known_until()
    }
    soft = [name for name, line in dated.items() if line.graded() == "soft"]
    official = [name for name in soft if dated[name].speaker == "official"]
    hard = changed(case, on=())
    return {
        "hard": hard,
        "hard and soft": changed(case, on=tuple(sorted(soft))),
        "official only": changed(case, on=tuple(sorted(official))),
    }


def cells(case: Case, records: Mapping[str, Sequence[Item]], time_limit: float | None) -> Iterable[Cell]:
    """Yield a cell for every pillar and every record, under every grade."""
    targets: dict[str, tuple[Item, ...]] = {
        f"{pillar} comes about": (Item("", frozenset([("exists", pillar)])),)
        for pillar in sorted(case.pillars)
    }
    targets |= {f"as in the record {name}": tuple(items) for name, items in records.items()}
    for target, items in targets.items():
        known: tuple[str, ...] | None = None
        for grade, under in graded(case).items():
            cell = _cell(under, target, grade, items, time_limit, known)
            known = known or cell.conflict
            yield cell


def _cell(
    case: Case,
    target: str,
    grade: str,
    items: Sequence[Item],
    time_limit: float | None,
    known: tuple[str, ...] | None,
) -> Cell:
    """Return a cell; a conflict that is ``known`` from fewer lines is one among more lines, too."""
    if known and set(known) <= set(_active(case)):
        conflict: tuple[str, ...] | None = known
    else:
        possible = is_possible(case, items, time_limit)
        if possible is not False:
            return Cell(target, grade, possible)
        conflict = minimal_conflict(case, items, time_limit)
    stated = bool(conflict) and all(name in case.red_lines for name in conflict or ())
    return Cell(target, grade, False, conflict, stated)


def is_possible(case: Case, items: Sequence[Item], time_limit: float | None = None) -> bool | None:
    """Has the case a structure that agrees with all items? None if that is not decided in time."""
    known = formulate(case).variables.decisions()
    if impossible(known, items):
        return False
    within = settled(known, items)
    if random_structures(case, 1, time_limit=time_limit, within=within):
        return True
    coarse = changed(case, resolution={"autonomy": COARSE, "spinoff": COARSE, "cost": COARSE})
    front = survey(coarse, time_limit=time_limit, within=within).front
    return True if len(front) else False if front.complete else None


def minimal_conflict(
    case: Case, items: Sequence[Item], time_limit: float | None = None
) -> tuple[str, ...] | None:
    """Return ids of rules that forbid what the items ask, none of which could be dropped; None: not in time.

    QuickXplain (Junker 2004): the rules are halved until only those are left without which it is possible;
    which minimal set is found depends on the order of the ids. Empty if it is impossible without all of them.
    """
    active = _active(case)

    def impossible_with(kept: Sequence[str]) -> bool:
        dropped = set(active) - set(kept)
        less = changed(case, off=tuple(sorted({*case.off, *dropped})))
        possible = is_possible(less, items, time_limit)
        if possible is None:
            raise LimitReached("a question about a conflict was not decided in time")
        return not possible

    try:
        return () if impossible_with(()) else tuple(sorted(_least((), False, active, impossible_with)))
    except LimitReached:
        return None


def _active(case: Case) -> tuple[str, ...]:
    """Return the ids of all rules that apply and could be switched off."""
    names = (name for name in switchable(case) if case.applies(name))
    return tuple(name for name in names if name not in case.red_lines or case.enters(name))


def _least(
    background: tuple[str, ...],
    grown: bool,
    rules: Sequence[str],
    conflicts: Callable[[Sequence[str]], bool],
) -> list[str]:
    """Return a minimal part of the rules that conflicts with the background (``grown``: it just has)."""
    if grown and conflicts(background):
        return []
    if len(rules) == 1:
        return list(rules)
    first, second = rules[: len(rules) // 2], rules[len(rules) // 2 :]
    late = _least((*background, *first), bool(first), second, conflicts)
    early = _least((*background, *late), bool(late), first, conflicts)
    return early + late
