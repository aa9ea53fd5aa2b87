"""What is possible in an edition, under the lines of which grades; and if it is not, what forbids it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from procure_opt.case.model import Case
from procure_opt.case.vocabulary import last_day
from procure_opt.change import changed
from procure_opt.errors import EngineDoubt, LimitReached
from procure_opt.formulation.record import Item
from procure_opt.possible import binds, example, minimal_conflict, regrets
from procure_opt.solving.engine import Limits


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
    regrets: tuple[str, ...] = ()
    """Who would rather be outside, in a structure that only participation forbids."""


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
            if cell.conflict and cell.conflict != known:
                cell = replace(cell, regrets=regrets(under, cell.conflict, items, time_limit=time_limit))
            known = known or cell.conflict
            yield cell


def is_possible(case: Case, items: Sequence[Item] = (), time_limit: float | None = None) -> bool | None:
    """Has the case a structure that agrees with all items? None if that is not decided in time."""
    try:
        return example(case, items, limits=Limits.within(time_limit)) is not None
    except (EngineDoubt, LimitReached):
        return None


def _cell(
    case: Case,
    target: str,
    grade: str,
    items: Sequence[Item],
    time_limit: float | None,
    known: tuple[str, ...] | None,
) -> Cell:
    """Return a cell; a conflict that is ``known`` from fewer lines is one among more lines, too."""
    conflict = known
    if known is None or not all(binds(case, name) for name in known):
        possible = is_possible(case, items, time_limit)
        if possible is not False:
            return Cell(target, grade, possible)
        conflict = _conflict(case, items, time_limit)
    stated = bool(conflict) and all(name in case.red_lines for name in conflict or ())
    return Cell(target, grade, False, conflict, stated)


def _conflict(case: Case, items: Sequence[Item], time_limit: float | None) -> tuple[str, ...] | None:
    try:
        return minimal_conflict(case, items, time_limit=time_limit)
    except (EngineDoubt, LimitReached):
        return None
