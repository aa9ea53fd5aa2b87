"""What is said of sharing, lines, licences and menus that cannot be meant so."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_case import Row, assert_row, failed, warned

AIR = "pillars.aircraft"
DEV = f"{AIR}.cost_sharing.development"
LINE = f"{AIR}.lines.configurations.both"
DEAL = f"{AIR}.licences.deal"
NEGOTIATED = {"rule": "negotiated", "step_percent": 30}
LICENCE = {"nation": "GAM", "function": "engine", "holder": "BET", "level": 3, "fee": 20}

ROWS = [
    failed(
        "check_negotiated_grids", {DEV: NEGOTIATED}, f"{DEV}.step_percent", "found 30, must divide 100", "30"
    ),
    failed(
        "check_negotiated_grids",
        {
            DEV: {
                **NEGOTIATED,
                "step_percent": 10,
                "tiers": {"core": {"min_percent": 50, "max_percent": 40}},
            }
        },
        f"{DEV}.tiers.core",
        "min_percent 50 is above max_percent 40",
        "min_percent:",
    ),
    failed(
        "check_development_is_not_by_own_quantity",
        {DEV: {"rule": "own_quantity"}},
        f"{DEV}.rule",
        'found "own_quantity", expected offtake',
        "own_quantity",
    ),
    warned(
        "check_later_sharing_is_used",
        {f"{AIR}.cost_sharing.support": {"rule": "equal"}},
        f"{AIR}.cost_sharing.support",
        "no package is of the phase support",
        "rule:",
    ),
    failed(
        "check_sole_bearers_can_sit",
        {
            DEV: {"rule": "tier_fixed", "residual": "GAM"},
            f"{AIR}.tiers.core.open_to": ["ALP", "BET"],
            f"{AIR}.tiers.associate.open_to": ["ALP", "BET"],
        },
        f"{DEV}.residual",
        "no tier of aircraft is open to GAM",
        "GAM",
    ),
    failed(
        "check_line_hosts",
        {f"{AIR}.lines": {"configurations": {"both": {"hosts": ["ALP", "ALP"]}}}},
        f"{LINE}.hosts",
        "a host is there twice",
        "- ALP",
    ),
    failed(
        "check_line_hosts",
        {f"{AIR}.lines": {"configurations": {"both": {"hosts": ["ALP"], "assembles_for": {"GAM": "BET"}}}}},
        f"{LINE}.assembles_for.GAM",
        '"BET" is not a host of this line (ALP)',
        "BET",
    ),
    failed(
        "check_line_hosts",
        {f"{AIR}.lines": {"configurations": {"both": {"hosts": ["ALP"], "premium_by_host": {"BET": 3}}}}},
        f"{LINE}.premium_by_host.BET",
        '"BET" is not a host of this line (ALP)',
        "3",
    ),
    failed(
        "check_licences_mean_something",
        {f"{AIR}.licences": {"deal": {**LICENCE, "holder": "GAM"}}},
        f"{DEAL}.holder",
        "GAM would sell to itself",
        "GAM",
    ),
    warned(
        "check_menus_offer_a_choice",
        {f"{AIR}.quantities.GAM": {"menu": [20, 20]}},
        f"{AIR}.quantities.GAM",
        "a quantity is on the menu twice",
        "menu:",
    ),
    failed(
        "check_ideals_are_of_all",
        {"ideals": {"ALP": {"autonomy": 1, "spinoff": 1, "cost_parts": 1}}},
        "ideals",
        "no ideal of BET, GAM; state all or none",
        "ALP:",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.check} {row.words[:30]}")
def test_the_check_says_so_at_the_line(row: Row, tmp_path: Path) -> None:
    assert_row(row, tmp_path)
