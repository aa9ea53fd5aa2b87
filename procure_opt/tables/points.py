"""One row per structure: its three values, then what each nation has in it and pays for it."""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.views import EGALITARIAN, cost_parts, focal_nation
from procure_opt.case.model import Case
from procure_opt.claim import Claim, Efficient

from .roles import role
from .table import STRUCTURE, Cell, Column, Table, money, number, whole

_GAIN = "per mille of the ideal gain (smallest of all nations)"


def points(claim: Claim) -> Table:
    """Return the table; in the egalitarian view the three values are per mille, and say so in their names."""
    case = claim.case
    columns = (
        STRUCTURE,
        *_values(case),
        *(each for nation in sorted(case.nations) for each in _of(case, nation)),
    )
    rows = tuple(tuple(_row(each)) for each in claim.structures)
    return Table("points", "one row per efficient structure", columns, rows)


def _values(case: Case) -> tuple[Column, ...]:
    if case.view == EGALITARIAN:
        return (
            whole("autonomy_per_mille", _GAIN),
            number("autonomy_percent", "percent of the ideal gain"),
            whole("spinoff_per_mille", _GAIN),
            whole("cost_per_mille", "per mille of the ideal saving that is missed"),
        )
    weighed = "points" if focal_nation(case) else "stake-weighted points"
    paid = whole if cost_parts(case) == 1 else number
    return (
        whole("autonomy_points", weighed),
        number("autonomy_percent", "percent of the maximum"),
        whole("spinoff_million", money(case)),
        paid("cost_million", money(case)),
    )


def _of(case: Case, nation: str) -> tuple[Column, ...]:
    return (
        Column(f"{nation}_role", "tier in pillar, or need by outside option"),
        whole(f"{nation}_autonomy_points", "points"),
        whole(f"{nation}_spinoff_million", money(case)),
        number(f"{nation}_cost_million", money(case)),
    )


def _row(each: Efficient) -> Iterator[Cell]:
    autonomy, spinoff, _ = each.values
    yield from (each.id, autonomy, each.autonomy_percent, spinoff)
    yield int(each.cost) if cost_parts(each.case) == 1 else each.cost
    for nation in sorted(each.case.nations):
        gets = each.nation(nation)
        yield from (role(each, nation), gets.autonomy.points, gets.spinoff, gets.cost)
