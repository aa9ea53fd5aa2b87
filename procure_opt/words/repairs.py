"""Why something is impossible, and what would have to go or to move, in the words of the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from procure_opt.case.model import Case
from procure_opt.case.thresholds import Threshold

from .names import listed
from .numbers import counted
from .standing import red_line_text

if TYPE_CHECKING:
    from procure_opt.analysis.repairs import Move, Repairs


def repairs_text(case: Case, found: Repairs, what: Mapping[str, str]) -> list[str]:
    """Return all conflicts rule by rule, then the repairs; ``what``: id -> what it switches off."""
    if found.possible:
        return ["possible: some structure obeys every rule that applies"]
    if found.possible is None:
        return ["there was no time to find out whether it is possible"]
    if () in found.conflicts:
        moved = " or numbers moved" if found.numbers else ""
        return [f"impossible, whatever rules are dropped{moved}: it contradicts what cannot be switched off"]
    told = {**what} | {each.name: _as_stated(each) for each in found.numbers}
    lines = ["impossible" if found.complete else "impossible; there was no time or place for all reasons"]
    for number, conflict in enumerate(found.conflicts, start=1):
        lines += [f"conflict {number}: these cannot hold together with it", *_told(case, conflict, told)]
    return [*lines, "", *_ways(found)]


def _told(case: Case, names: Iterable[str], what: Mapping[str, str]) -> list[str]:
    return [
        f"  {red_line_text(case, name) if name in case.red_lines else f'{name}: {what[name]}'}"
        for name in names
    ]


def _as_stated(number: Threshold) -> str:
    ends = number.number
    return f"a number that may move, at {plainly(ends.value)} ({plainly(ends.low)} to {plainly(ends.high)})"


def _ways(found: Repairs) -> list[str]:
    """Return the repairs: in a line where nothing moves, else one by one."""
    count = counted(len(found.repairs), "smallest way", "smallest ways")
    head = f"{count} to make it possible{'' if found.complete else ' found so far; there may be others'}"
    if any(found.moves):
        return [f"{head}:", *(f"  {way_text(found, place)}" for place in range(len(found.repairs)))]
    either = "; or ".join(listed(repair) for repair in found.repairs)
    return [f"{head}: drop {either or 'nothing known'}"]


def way_text(found: Repairs, place: int) -> str:
    """Return what one repair drops and moves: ``drop RL1, and raise ... from 30 to 40 ...``."""
    dropped, moves = found.dropped_in(place), found.moved_in(place)
    parts = [f"drop {listed(dropped)}"] if dropped else []
    parts += [_moved(each) for each in moves]
    together = " (none of these numbers could move less, given the others)"
    several = len(moves) > 1 and all(each.smallest for each in moves)
    return ", and ".join(parts) + (together if several else "")


def repair_text(found: Repairs, place: int) -> str:
    """Return what a front goes without, and what it has otherwise: ``without RL1, with X at 40``."""
    dropped, moves = found.dropped_in(place), found.moved_in(place)
    parts = [f"without {', '.join(dropped)}"] if dropped else []
    parts += [f"with {listed(each.number.where)} at {plainly(each.to)}" for each in moves]
    return ", ".join(parts)


def _moved(move: Move) -> str:
    up = move.number.eases == "high"
    stated = move.number.number
    verb, least = ("raise", "at least ") if up else ("lower", "at most ")
    told = f"{verb} {listed(move.number.where)} from {plainly(stated.value)} to "
    ranges = f"(range {plainly(stated.low)} to {plainly(stated.high)}"
    if not move.smallest:
        return f"{told}{plainly(move.to)} {ranges}; there was no time to see whether less would do)"
    return f"{told}{least}{plainly(move.to)} {ranges})"


def plainly(value: Decimal | None) -> str:
    """Return a number without exponent and needless zeros.

    >>> plainly(Decimal("2.50")), plainly(Decimal("1E+3"))
    ('2.5', '1000')
    """
    return "-" if value is None else _without_zeros(f"{value:f}")


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
