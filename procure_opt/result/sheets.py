"""Two sheets for spreadsheet programs: the points, and who does which work.

A cell that a spreadsheet would run as a formula is made harmless; numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from procure_opt.accounts.remembered import remembered
from procure_opt.case.model import Case
from procure_opt.claim import Claim, Efficient
from procure_opt.structure.arrangements import Arrangement
from procure_opt.words.names import roles

from .document import named

Cell = str | int | Fraction

_RUNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")


def harmless(cell: Cell) -> str:
    """Return the cell as text that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("-5"), harmless(Fraction(-1, 3)), harmless("@x"), harmless("ALP")
    ("'=1+1", '-5', '-0.333333', "'@x", 'ALP')
    """
    text = decimal(cell) if isinstance(cell, Fraction) else str(cell)
    return f"'{text}" if text.startswith(_RUNS) and not _NUMBER.fullmatch(text) else text


def decimal(value: Fraction) -> str:
    """Return an exact decimal where there is a short one, else six digits after the point.

    >>> decimal(Fraction(9)), decimal(Fraction(9, 2)), decimal(Fraction(-1, 3))
    ('9', '4.5', '-0.333333')
    """
    if value.denominator == 1:
        return str(value.numerator)
    scaled = round(value * 10**6)
    whole, rest = divmod(abs(scaled), 10**6)
    text = f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
    return f"-{text}" if scaled < 0 else text


def points_sheet(claim: Claim) -> bytes:
    """Return one row per structure: its values, then what each nation pays and gets."""
    nations = sorted(claim.case.nations)
    each_nation = ("role", "autonomy_points", "spinoff_million", "cost_million")
    head = ["structure", "autonomy_points", "autonomy_percent", "spinoff_million", "cost_million"]
    head += [f"{nation}_{what}" for nation in nations for what in each_nation]
    return _sheet([head, *(_point(each, nations) for each in claim.structures)])


def _point(each: Efficient, nations: Iterable[str]) -> list[Cell]:
    values = named(each.values)
    row: list[Cell] = [each.id, values["autonomy"], each.autonomy_percent, values["spinoff"], each.cost]
    for nation in nations:
        gets = each.nation(nation)
        row += ["; ".join(roles(each.structure, nation)), gets.autonomy.points, gets.spinoff, gets.cost]
    return row


def workshare_sheet(claim: Claim) -> bytes:
    """Return one row per structure, package and nation that works on it."""
    head = ["structure", "pillar", "package", "nation", "owner", "role", "share_percent", "work_million"]
    return _sheet([head, *(row for each in claim.structures for row in _work(each))])


def _work(each: Efficient) -> Iterator[tuple[Cell, ...]]:
    for pillar, plan in sorted(each.structure.pillars.items()):
        for package, arrangement in sorted(plan.packages.items()):
            for row in _shares(each.case, pillar, package, arrangement):
                yield each.id, *row


@remembered
def _shares(case: Case, pillar: str, package: str, arrangement: Arrangement) -> tuple[tuple[Cell, ...], ...]:
    """Return who does what of a package done in this way: few ways, and thousands of structures with them."""
    value = case.pillars[pillar].packages[package].value.exact
    return tuple(
        (
            *(pillar, package, place, arrangement.owner(place)),
            *("lead" if place in arrangement.leads else "holder", share, decimal(value * share / 100)),
        )
        for place, share in arrangement.shares
    )


def _sheet(rows: Iterable[Iterable[Cell]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8")
