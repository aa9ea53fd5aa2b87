"""One row per structure and nation: what it is, what it can do, gets and pays, and for what."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from procure_opt.accounts.cost import cost_items
from procure_opt.accounts.workshare import work_in_hundredths
from procure_opt.case.model import Case
from procure_opt.claim import Claim, Efficient
from procure_opt.errors import printable

from .roles import led, role
from .table import STRUCTURE, Cell, Column, Table, money, number, together, whole

ITEMS = {
    "development": "common development",
    "production": "common production",
    "support": "common support",
    "own": "own access, licences, effects and lines",
    "units": "own units and their support",
    "outside": "outside options and gaps",
    "levies": "levies on exports (received: below 0)",
}
"""Item of a nation's cost -> what it is; the items of a row sum to its cost."""


def nations(claim: Claim) -> Table:
    """Return the table."""
    rows = tuple(
        tuple(_row(each, nation)) for each in claim.structures for nation in sorted(claim.case.nations)
    )
    return Table("nations", "one row per structure and nation", _columns(claim.case), rows, key=2)


def _columns(case: Case) -> tuple[Column, ...]:
    paid = money(case)
    return (
        STRUCTURE,
        Column("nation", "id"),
        Column("name", "text"),
        Column("role", "tier in pillar, or need by outside option"),
        Column("leads", "pillar.package"),
        whole("autonomy_points", "points"),
        whole("with_consent_points", "points of 100: tasks possible with everybody's consent"),
        whole("under_denial_points", "points of 100: tasks left under the worst single denial"),
        Column("worst_denier", "id; empty: nobody takes anything away"),
        Column("tasks", "task ids, with everybody's consent"),
        Column("tasks_under_denial", "task ids, under the worst single denial"),
        whole("spinoff_million", paid),
        number("cost_million", paid),
        Column("cost_exact", f"fraction of {paid}"),
        *(number(f"cost_{item}_million", f"{paid}: {words}") for item, words in ITEMS.items()),
        number("work_million", f"{paid}: reference value of the work located there"),
    )


def _row(each: Efficient, nation: str) -> Iterator[Cell]:
    gets, items = each.nation(nation), dict(cost_items(each.case, each.structure, nation))
    has = gets.autonomy
    yield from (each.id, nation, printable(each.case.nations[nation].name, 300))
    yield from (role(each, nation), led(each, nation), has.points, has.a0, has.n1, has.worst_denier)
    yield from (together(sorted(has.tasks)), together(sorted(has.tasks_under_denial)))
    yield from (gets.spinoff, gets.cost, str(gets.cost))
    yield from (items.get(item, Fraction(0)) for item in ITEMS)
    plans = each.structure.pillars.items()
    yield Fraction(sum(work_in_hundredths(each.case, name, plan, nation) for name, plan in plans), 100)
