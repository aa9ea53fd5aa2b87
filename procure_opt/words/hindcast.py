"""A hindcast in words: what was possible, what forbade it, how close the record comes, what was falsified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from procure_opt.case.model import Case
from procure_opt.case.switches import switchable
from procure_opt.errors import printable

from .case import edition
from .conflict import regret_lines
from .names import listed
from .numbers import percent
from .standing import red_line_text

_LONGEST = 300
NO_CLAIM = 20
"""Percent of random structures beyond which closeness says nothing."""
_SAID = {True: "yes", False: "no", None: "unknown"}


def told(cast: Any) -> list[str]:
    """Return a hindcast (see :mod:`procure_opt.analysis.hindcast`) as lines."""
    lines = [*heading(cast.case), *matrix(cast.case, cast.cells)]
    for each in cast.records:
        lines += record(each)
    return [*lines, *falsifiers(cast.verdicts)]


def heading(case: Case) -> list[str]:
    """Return which edition it is about."""
    return [f"{printable(case.title, _LONGEST)} ({case.id})", edition(case), ""]


def matrix(case: Case, cells: Sequence[Any]) -> list[str]:
    """Return what is possible under which lines, and what forbids the rest."""
    found = list(_conflicts(case, cells))
    return [*_matrix(cells), *([""] if found else []), *found]


def record(told_of: Any) -> list[str]:
    """Return what became of a record."""
    return ["", *_record(told_of)]


def falsifiers(verdicts: Sequence[Any]) -> list[str]:
    """Return what was expected, and whether it holds."""
    return ["", *_falsifiers(verdicts)]


def _matrix(cells: Sequence[Any]) -> Iterator[str]:
    grades = list(dict.fromkeys(cell.grade for cell in cells))
    targets = list(dict.fromkeys(cell.target for cell in cells))
    width = max((len(target) for target in targets), default=0)
    yield f"{'possible under the lines that are'.ljust(width)}  {'  '.join(grades)}"
    found = {(cell.target, cell.grade): cell for cell in cells}
    for target in targets:
        row = (_SAID[found[target, grade].possible].ljust(len(grade)) for grade in grades)
        yield f"{target.ljust(width)}  {'  '.join(row)}".rstrip()


def _conflicts(case: Case, cells: Sequence[Any]) -> Iterator[str]:
    """Yield, once each, the minimal conflicts in the case's words."""
    what, seen = switchable(case), set()
    for cell in cells:
        if cell.possible is not False or (cell.target, cell.conflict) in seen:
            continue
        seen.add((cell.target, cell.conflict))
        head = f"{cell.target}, lines {cell.grade}: impossible"
        if cell.conflict is None:
            yield f"{head}; which rules forbid it was not found out in time"
        elif not cell.conflict:
            yield f"{head} even without every rule that can be switched off"
        else:
            yield f"{head}; forbidden by{' the parties' + chr(39) + ' own words' if cell.stated else ''}"
            for name in cell.conflict:
                yield f"  {red_line_text(case, name) if name in case.red_lines else f'{name}: {what[name]}'}"
            yield from regret_lines(cell.regrets)
            if cell.stated:
                yield "  stated, not explained: the lines exclude it by themselves"


def _record(told_of: Any) -> Iterator[str]:
    near, agreed = told_of.closeness, told_of.agreement
    yield f"record {told_of.record}: {agreed.items} known items"
    if not near.decided:
        yield "  how far it lies from the front was not decided in time"
    elif near.best is None:
        yield "  no structure agrees with all of them, so its distance from the front is not defined"
    else:
        yield f"  at its best it lies {percent(near.best)} of the ranges from the front"
    if near.by_chance is not None and near.as_close is not None:
        share = percent(100 * near.as_close, 0)
        weak = " (no claim of closeness: chance does as well)" if 100 * near.as_close > NO_CLAIM else ""
        yield f"  completed by chance it lies {percent(near.by_chance)} from it; of {near.drawn:,} structures"
        yield f"  drawn at random {share} are at least as close{weak}"
    best = "none" if agreed.best is None else f"{agreed.best} of {agreed.items} items"
    best = best if agreed.decided else "not decided in time"
    chance = "-" if agreed.chance is None else _count(agreed.chance)
    yield f"  best match among efficient structures: {best}; a structure drawn at random: {chance}"
    for name, count in agreed.naive:
        yield f"  naive rule ({name}): {_count(count)}"
    if agreed.unmet:
        yield f"  nothing on offer in the case agrees with: {listed(agreed.unmet)}"


def _count(value: Fraction) -> str:
    return f"{float(value):.1f}"


def _falsifiers(verdicts: Sequence[Any]) -> Iterator[str]:
    if not verdicts:
        yield "the case states no falsifiers"
        return
    yield "what would falsify the case, written before any result:"
    for each in verdicts:
        said = {True: "holds", False: "FALSIFIED", None: "not decided in time"}[each.holds]
        yield f"  {each.name} ({each.expected.replace('_', ' ')}): {said}: {printable(each.text, _LONGEST)}"
