"""One row per structure, package and nation that works on it."""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.claim import Claim, Efficient

from .table import STRUCTURE, Cell, Column, Table, money, number, whole


def workshare(claim: Claim) -> Table:
    """Return the table; packages that nobody among the parties works on have no row."""
    columns = (
        STRUCTURE,
        Column("pillar", "id"),
        Column("package", "id"),
        Column("nation", "id: where the work is"),
        Column("owner", "id: who owns the firm there"),
        Column("role", "lead or holder"),
        Column("mode", "shared among members, or effect"),
        whole("share_percent", "percent of the package"),
        number("work_million", f"{money(claim.case)}: reference value"),
    )
    rows = tuple(row for each in claim.structures for row in _rows(each))
    return Table("workshare", "one row per structure, package and nation", columns, rows, key=4)


def _rows(each: Efficient) -> Iterator[tuple[Cell, ...]]:
    for pillar, plan in sorted(each.structure.pillars.items()):
        for package, way in sorted(plan.packages.items()):
            value = each.case.pillars[pillar].packages[package].value.exact
            for place, share in way.shares:
                role = "lead" if place in way.leads else "holder"
                work = value * share / 100
                yield each.id, pillar, package, place, way.owner(place), role, way.mode, share, work
