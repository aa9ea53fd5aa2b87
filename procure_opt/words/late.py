"""What it was worth to know red lines before something was signed, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from procure_opt.claim import Efficient
from procure_opt.errors import printable

from .explain import headline
from .names import listed, money_unit, nation_name
from .numbers import counted, percent
from .opening import completeness
from .prices import money, moved, shortened
from .standing import red_line_text

if TYPE_CHECKING:
    from procure_opt.analysis.prices import EarlyLate


def late_text(found: EarlyLate, signed: Efficient, broken: Mapping[str, str]) -> list[str]:
    """Return the lines, both fronts, and what was lost by whom; ``broken``: rule -> how it is broken."""
    return [
        f"what was signed: {headline(signed)}",
        *_lines(found, broken),
        "",
        *_fronts(found),
        *_loss(found),
    ]


def _lines(found: EarlyLate, broken: Mapping[str, str]) -> Iterator[str]:
    case = found.early.case
    yield "red lines that came after it:"
    for name in found.ids:
        yield f"  {red_line_text(case, name)}; what was signed {'breaks' if name in broken else 'keeps'} it"
    others = sorted(set(broken) - set(found.ids))
    if others:
        told = "; ".join(f"{name}: {printable(broken[name], 200)}" for name in others)
        yield f"it breaks other rules, too, which both fronts have to obey: {told}"
    owners = sorted({case.red_lines[name].owner for name in found.ids} & set(case.nations))
    whose = listed((nation_name(case, owner) for owner in owners), "nobody")
    yield f"open after it: everything of {whose}; frozen: everything else that was signed"


def _fronts(found: EarlyLate) -> Iterator[str]:
    early, late = found.early, found.late
    yield (
        f"known early, nothing signed: {counted(len(early), 'structure')},"
        f" {percent(100 * found.early_volume, 2)} of the box around both fronts"
    )
    yield f"known late: {counted(len(late), 'structure')}, {percent(100 * found.late_volume, 2)} of the box"
    if not late.complete:
        yield f"  {completeness(late.case, late.evidence, len(late))}"
    if not len(late):
        none = "no structure keeps what is frozen; more would have to be negotiated anew"
        yield f"  {none if late.complete else 'the search has found none so far'}"
    bound = "" if found.complete else " (so far: a front is not complete, and this may change)"
    yield f"knowing it early was worth {percent(100 * found.worth, 2)} of the box{bound}"


def _loss(found: EarlyLate) -> Iterator[str]:
    case = found.early.case
    count = f"{len(found.lost)} of {len(found.early)}"
    yield f"efficient early, and late nothing is as good: {count}"
    if found.lost:
        yield f"  {shortened(found.lost)}"
    more = [each for each in found.dearer if each]
    if more:
        most = f"{money(case, max(more))} {money_unit(case)}"
        yield f"  the autonomy and spin-off of {len(more)} of them can still be had, for up to {most} more"
    if len(found.late):
        yield "the best that each nation could get, early -> late:"
        yield from moved(case, found.best_early, found.best_late)
