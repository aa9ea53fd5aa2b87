"""What rules cost, in a table and in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from procure_opt.accounts.views import cost_parts
from procure_opt.case.model import Case
from procure_opt.claim import Efficient

from .names import listed, money_unit, nation_name
from .numbers import amount, counted, percent
from .opening import completeness
from .standing import red_line_text

if TYPE_CHECKING:
    from procure_opt.analysis.prices import Best, Price, PriceTable

HEADS = (
    "without",
    "structures",
    "more hypervolume",
    "cheaper at",
    "by at most",
    "freed",
    "no longer efficient",
)
MOST_IDS = 6


def prices_text(table: PriceTable, what: Mapping[str, str]) -> list[str]:
    """Return the table and, for each rule, who it costs what; ``what``: id -> what it switches off."""
    front = table.front
    if not table.prices:
        return ["no rule that can be switched off binds in this case"]
    lines = [
        f"the front as it is: {counted(len(front), 'structure')}; it dominates {percent(100 * table.volume)}"
    ]
    lines[0] += " of the box around it and all fronts with one rule less"
    lines += ["", *_table(table), "", *_legend(front.case)]
    for price in table.prices:
        lines += ["", *_one(table, price, what)]
    return [*lines, "stopped early: other rules were not looked at"] if table.stopped else lines


def _table(table: PriceTable) -> list[str]:
    rows = [HEADS, *(_row(table, price) for price in table.prices)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
    return ["  ".join(_set(row, widths)).rstrip() for row in rows]


def _set(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.ljust(width) if place == 0 else cell.rjust(width)


def _row(table: PriceTable, price: Price) -> tuple[str, ...]:
    saved = [each for each in price.savings if each]
    so_far = "" if price.complete else " so far"
    return (
        " + ".join(price.ids),
        f"{len(price.front)}{so_far}",
        percent(100 * price.gain, 2),
        f"{len(saved)} of {len(price.savings)}",
        money(table.front.case, max(saved, default=0)) if saved else "-",
        str(len(price.freed)),
        str(len(price.made)),
    )


def money(case: Case, value: int) -> str:
    """Return a cost of the view in million."""
    return amount(Fraction(value, cost_parts(case)))


def _legend(case: Case) -> list[str]:
    unit = money_unit(case)
    return [
        f"cheaper at: efficient structures whose autonomy and spin-off could be had for less ({unit});",
        "freed: efficient only if the rule goes, and forbidden by it; no longer efficient: efficient only",
        "because of the rule. Prices of several rules do not add up (--pairs).",
    ]


def _one(table: PriceTable, price: Price, what: Mapping[str, str]) -> Iterator[str]:
    case = table.front.case
    for name in price.ids:
        yield red_line_text(case, name) if name in case.red_lines else f"{name}: {what[name]}"
    if not price.complete:
        told = completeness(price.front.case, price.front.evidence, len(price.front))
        yield f"  {told}: it costs at least this"
    if price.freed:
        yield f"  frees {shortened(price.freed)}"
    yield from moved(case, table.best, price.best)


def shortened(structures: Sequence[Efficient]) -> str:
    """Return the first ids, and how many more there are."""
    shown = [each.id for each in structures[:MOST_IDS]]
    more = f" and {len(structures) - len(shown)} more" if len(structures) > len(shown) else ""
    return f"{', '.join(shown)}{more}"


def moved(case: Case, before: Mapping[str, Best], after: Mapping[str, Best]) -> list[str]:
    """Return what nations could get at best before and after, where that differs."""
    lines = [line for nation, had in before.items() for line in _moved(case, nation, had, after.get(nation))]
    return lines or ["  no nation could get more or less of anything"]


def _moved(case: Case, nation: str, before: Best, after: Best | None) -> Iterator[str]:
    """Yield what a nation could get at best before and after, where that differs."""
    if after is None:
        return
    unit = money_unit(case)
    told = []
    if before.autonomy != after.autonomy:
        told.append(f"most autonomy {before.autonomy} -> {after.autonomy} points")
    if before.spinoff != after.spinoff:
        told.append(f"most spin-off {amount(before.spinoff)} -> {amount(after.spinoff)} {unit}")
    if before.pays != after.pays:
        told.append(f"least payment {amount(before.pays)} -> {amount(after.pays)} {unit}")
    if told:
        yield f"  {nation_name(case, nation)}: {listed(told)}"
