"""What is said of work packages that cannot be done so, and how many ways there are to do the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_case import DROP, Edits, Row, assert_row, edited, failed, text_of, warned

from procure_opt.case.checks.packages import arrangements_of, places
from procure_opt.case.load import check_case
from procure_opt.structure.arrangements import arrangements

AIR = "pillars.aircraft"
ENGINE = f"{AIR}.packages.engine"
EVERYTHING = {"step": 1, "max_holders": 3}

ROWS = [
    failed(
        "check_packages_can_be_done", {f"{ENGINE}.may_lead": []}, ENGINE, "nobody may lead it", "value: 900"
    ),
    failed(
        "check_packages_can_be_done",
        {f"{ENGINE}.may_lead": ["ALP"], f"{ENGINE}.may_hold": ["ALP"], f"{ENGINE}.patterns": [[60, 40]]},
        ENGINE,
        "no pattern fits the 1 that may hold work (1 may lead)",
        "value: 900",
    ),
    warned(
        "check_patterns_fit",
        {f"{ENGINE}.patterns.2": [40, 20, 20, 20]},
        f"{ENGINE}.patterns.2",
        "it takes 4 holders with 1 in the lead, but only 3 may hold work",
        "- 40",
    ),
    warned(
        "check_patterns_differ",
        {f"{ENGINE}.patterns.2": [60, 40]},
        f"{ENGINE}.patterns.2",
        "the same shares are there already",
        "- 60",
    ),
    failed(
        "check_grids",
        {f"{ENGINE}.grid": {"step": 30, "max_holders": 2}},
        f"{ENGINE}.grid.step",
        "found 30, must divide 100",
        "30",
    ),
    failed(
        "check_grids",
        {f"{AIR}.cost_sharing.development": {"rule": "negotiated", "step_percent": 15}},
        f"{AIR}.cost_sharing.development.step_percent",
        "found 15, must divide 100",
        "15",
    ),
    failed(
        "check_listed_holders",
        {
            f"{ENGINE}.listed": [{"leads": ["ALP"], "shares": {"ALP": 60, "GAM": 40}}],
            "red_lines.RL4": DROP,
            f"{AIR}.tiers.core.open_to": ["ALP", "BET"],
            f"{AIR}.tiers.associate.open_to": ["ALP"],
        },
        f"{ENGINE}.listed.0",
        "GAM holds work but no tier of aircraft is open to it",
        "leads:",
    ),
    failed(
        "check_number_of_arrangements",
        {f"{ENGINE}.grid": EVERYTHING, f"{AIR}.packages.mission.grid": EVERYTHING},
        ENGINE,
        "up to 15159 arrangements here and 30327 in the case, must be at most 20000: list fewer",
        "value: 900",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.check} {row.where}")
def test_what_cannot_be_meant_is_told(row: Row, tmp_path: Path) -> None:
    assert_row(row, tmp_path)


WAYS: dict[str, Edits] = {
    "plain patterns": {},
    "equal holders are one way, not two": {f"{ENGINE}.patterns": [[40, 30, 30]]},
    "joint leads": {
        f"{ENGINE}.patterns": [
            {"shares": [50, 50], "joint_leads": 2},
            {"shares": [40, 40, 20], "joint_leads": 2},
        ]
    },
    "the same joint lead in another order": {
        f"{ENGINE}.patterns": [{"shares": s, "joint_leads": 2} for s in ([60, 40], [40, 60])]
    },
    "a grid": {
        f"{ENGINE}.grid": {"step": 10, "max_holders": 3, "lead_min": 40, "holder_min": 15},
        f"{ENGINE}.patterns": [],
    },
    "named leads and holders": {f"{ENGINE}.may_lead": ["ALP"], f"{ENGINE}.may_hold": ["ALP", "BET"]},
    "a pattern that fits nobody": {f"{ENGINE}.patterns": [[100], [40, 20, 20, 20]]},
}


@pytest.mark.parametrize("name", WAYS)
def test_arrangements_are_counted_as_they_will_be_listed(name: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(text_of(edited(WAYS[name])), encoding="utf-8")
    case, _ = check_case(path)
    counted = {place.path[-1]: arrangements_of(place) for place in places(case)}
    packages = case.pillars["aircraft"].packages
    assert counted == {package: len(arrangements(case, "aircraft", package)) for package in packages}
