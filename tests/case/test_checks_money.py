"""What is said of budgets, prices, tables, quantities and premiums that cannot be meant so."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_case import (
    DROP,
    TRI_1,
    Edits,
    Row,
    assert_row,
    edited,
    failed,
    findings_about,
    text_of,
    warned,
)

from procure_opt.case.checks.premium import implied_premium
from procure_opt.case.load import check_case

AIR = "pillars.aircraft"
BANDS = f"{AIR}.production.bands"
TABLE = f"{AIR}.coordination.table"
POOR = {f"{AIR}.tiers.core.open_to": ["ALP", "BET"], "red_lines.RL4": DROP}

ROWS = [
    failed(
        "check_budgets",
        {**POOR, "nations.GAM.budget": {"development": 299}},
        "nations.GAM.budget.development",
        "299 million is below the smallest contribution to aircraft open to GAM (300)",
        "299",
    ),
    failed(
        "check_bands_begin",
        {f"{BANDS}.0.from_quantity": 5},
        f"{BANDS}.0.from_quantity",
        "the first band begins at 5, must begin at 0",
        "5",
    ),
    failed(
        "check_bands_begin",
        {f"{BANDS}.2.from_quantity": 50},
        f"{BANDS}.2.from_quantity",
        "two bands begin at 50",
        "50",
    ),
    warned(
        "check_unit_prices_fall",
        {f"{BANDS}.2.unit_price": 54},
        f"{BANDS}.2.unit_price",
        "the unit price rises from 53 to 54 million from 90 units on",
        "54",
    ),
    # 80 units at 53 are 4 240, 100 units at 42 are 4 200
    warned(
        "check_total_cost_rises",
        {f"{BANDS}.2.unit_price": 42, f"{BANDS}.3.unit_price": 42},
        f"{BANDS}.2",
        "the total cost falls as the quantity grows: 80 units cost 4240 million, 100 units 4200",
        "from_quantity: 90",
    ),
    failed(
        "check_tables_by_partners",
        {f"{TABLE}.2.partners": 1.5},
        f"{TABLE}.2.partners",
        "two steps for 1.5 partners",
        "1.5",
    ),
    warned(
        "check_tables_by_partners",
        {f"{TABLE}.4.million": 600},
        f"{TABLE}.4",
        "the coordination cost falls from 696 to 600 million as partners grow from 2.5 to 3",
        "partners: 3",
    ),
    warned(
        "check_tables_by_partners",
        {
            f"{AIR}.service": {
                "year": 2035,
                "delays": [{"partners": 2, "months": 9}, {"partners": 3, "months": 6}],
            }
        },
        f"{AIR}.service.delays.1",
        "the delay falls from 9 to 6 months as partners grow from 2 to 3",
        "partners: 3",
    ),
    warned(
        "check_growth",
        {f"{AIR}.growth": 0.9},
        f"{AIR}.growth",
        "found 0.9: development is expected to cost less",
        "0.9",
    ),
    warned(
        "check_governance",
        {f"{AIR}.coordination": {"gamma": 0.3}},
        f"{AIR}.coordination.gamma",
        "found 0.3; beside split premiums gamma is governance alone, 0 to 0.25",
        "0.3",
    ),
    warned(
        "check_quantities",
        {f"{AIR}.quantities.GAM": DROP},
        f"{AIR}.quantities",
        "GAM may buy but has no quantity",
        "ALP: 60",
    ),
    failed(
        "check_quantities",
        {f"{AIR}.quantities.GAM": -20},
        f"{AIR}.quantities.GAM",
        "found -20, must be a whole number of units",
        "-20",
    ),
    failed(
        "check_quantities",
        {f"{AIR}.quantities.GAM": 2.5},
        f"{AIR}.quantities.GAM",
        "found 2.5, must be a whole number",
        "2.5",
    ),
    failed(
        "check_units_have_a_price",
        {f"{AIR}.production": {}},
        f"{AIR}.quantities",
        "units without a price: give production.bands",
        "ALP: 60",
    ),
    failed("check_resolution", {"resolution.cost": 0}, "resolution.cost", "found 0, must be at least 1", "0"),
    warned(
        "check_implied_premium",
        {f"{TABLE}.4.million": 4000},
        f"{AIR}.coordination",
        "the widest cooperation costs 2.53 times what the cheapest nation would alone, expected 1.0 to 2.0",
        "table:",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.check} {row.where}")
def test_what_cannot_be_meant_is_told(row: Row, tmp_path: Path) -> None:
    assert_row(row, tmp_path)


SILENT: dict[str, Edits] = {
    "a tier that bears the rest may cost nothing": {"nations.GAM.budget": {"development": 299}},
    "a budget that is switched off does not bind": {
        **POOR,
        "off": ["B"],
        "nations.GAM.task_weights": {"operate": 100},
        "nations.GAM.budget": {"id": "B", "total": 1},
    },
    "an edge that no quantities straddle matters to nobody": {
        f"{BANDS}.1.unit_price": 42.0,
        f"{BANDS}.2.unit_price": 42.0,
        f"{BANDS}.3.unit_price": 42.0,
    },
    "bands and tables need no order": {
        BANDS: [{"from_quantity": 50, "unit_price": 53}, {"from_quantity": 0, "unit_price": 62}]
    },
}


@pytest.mark.parametrize("name", SILENT)
def test_what_can_be_meant_is_not_told(name: str, tmp_path: Path) -> None:
    assert findings_about(text_of(edited(SILENT[name])), tmp_path) == ()


def test_the_implied_premium_of_tri_1() -> None:
    # alone ALP is cheapest: 1200 + 990 + 600 = 2790. Together, at mean indexes: 1200 x 1.083 + 900 x 1.133
    # + 600 x 1.0167 = 2930, one extra holder at 5 % of 2700 = 135, governance of three 852: 3917.
    case, _ = check_case(TRI_1)
    assert implied_premium(case, "aircraft") == pytest.approx(3917 / 2790)
