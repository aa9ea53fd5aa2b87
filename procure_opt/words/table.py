"""The front as a table, its extremes, and the sentence on the trilemma."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from procure_opt.case.model import Case
from procure_opt.claim import Claim, Efficient

from .names import leads, members
from .numbers import percent
from .values import cells, table_units, value_texts

WIDE = 118
"""Above this width the leads get a line of their own."""

Third = tuple[str, str, str, Fraction | None]
"""Two goals held near their ideal, the third, and the best it can be in percent of its range."""

WORDS = {"autonomy": "autonomy", "spinoff": "spin-off", "cost": "cost"}
_HEADS = ("structure", "autonomy", "points", "spin-off", "cost")
_EXTREMES = {"autonomy": "most autonomy", "spinoff": "most spin-off", "cost": "least cost"}


def table(case: Case, structures: Sequence[Efficient]) -> list[str]:
    """Return one row per structure: id, values, members with tiers, who leads what."""
    rows = [_HEADS, *(_cells(each) for each in structures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    left = [_aligned(row, widths) for row in rows]
    return [table_units(case), *_joined(left, _who_does_what(case, structures))]


def _who_does_what(case: Case, structures: Sequence[Efficient]) -> list[tuple[str, str]]:
    """Return members and leads; of structures that would look alike, with the other holders and shares."""
    short = [(members(case, each.structure), leads(case, each.structure)) for each in structures]
    alike = {row for row, several in Counter(short).items() if several > 1}
    return [
        (row[0], leads(case, each.structure, holders=True)) if row in alike else row
        for row, each in zip(short, structures, strict=True)
    ]


def _cells(each: Efficient) -> tuple[str, ...]:
    return each.id, *cells(each.case, each.values)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    return "  ".join([first.strip().ljust(widths[0]), *others])


def _joined(left: Sequence[str], right: Sequence[tuple[str, str]]) -> list[str]:
    """Put members and leads beside the values; leads below where lines would be too long."""
    width = max((len(who) for who, _ in right), default=0)
    narrow = len(left[0]) + width + 4 + max((len(what) for _, what in right), default=0) <= WIDE
    if narrow:
        bodies = [f"{who.ljust(width)}  {what}" for who, what in right]
        return [
            f"{a}  {b}".rstrip()
            for a, b in zip(left, [f"{'members'.ljust(width)}  leads", *bodies], strict=True)
        ]
    lines = [f"{left[0]}  members, and below them who leads what"]
    for values, (who, what) in zip(left[1:], right, strict=True):
        lines += [f"{values}  {who}", f"{'':{len(left[0])}}    {what}"]
    return lines


def extremes(claim: Claim) -> list[str]:
    """Return the best structure by each single objective."""
    lines = []
    for name, each in claim.extremes.items():
        if each is not None:
            autonomy, spinoff, cost = value_texts(claim.case, each.values)
            values = f"autonomy {autonomy}, spin-off {spinoff}, cost {cost}"
            lines.append(f"{_EXTREMES[name] + ':':<15} {each.id}  {values}")
    return lines


def trilemma(thirds: Sequence[Third], level: int, so_far: int | None = None) -> list[str]:
    """Return what is left of the third goal when two are held near their ideal.

    ``so_far``: of how many structures that is known, should others be missing.
    """
    known = "" if so_far is None else f" (of the {so_far} found so far; others may change all of this)"
    head = (
        f"With two goals at {level} % of their ideal, the third gets so far from its worst to its best value"
    )
    nobody = "no structure reaches both" if so_far is None else f"none of the {so_far} reaches both"
    return [f"{head}{known}:", *(f"  {_third(*third, nobody)}" for third in thirds)]


def _third(first: str, second: str, third: str, best: Fraction | None, nobody: str) -> str:
    held = f"{WORDS[first]} and {WORDS[second]} held"
    return f"{held}: {nobody}" if best is None else f"{held}: {WORDS[third]} {percent(best, 0)}"
