"""What is said of nations, tasks and needs that cannot be meant so."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_case import (
    DROP,
    Edits,
    Row,
    assert_row,
    edited,
    failed,
    findings_about,
    text_of,
    warned,
)

from procure_opt.case.iso3166 import ALPHA_2, CODES, WRITTEN_INSTEAD, probably_meant

OUT = "needs.combat_aircraft.outside"
NOBODY_UPGRADES = {"operate": 40, "mission_data": 30, "engine_depth": 30, "upgrade": 0}

ROWS = [
    failed(
        "check_nation_codes",
        {"fictional": False},
        "nations.ALP",
        '"ALP" is not an ISO 3166-1 alpha-3 code',
        "name: Alpland",
    ),
    failed(
        "check_nation_codes",
        {"fictional": DROP, "nations.GER": {"name": "Germany", "task_weights": {"operate": 100}}},
        "nations.GER",
        '"GER" is not an ISO 3166-1 alpha-3 code; did you mean "DEU"?',
        "name: Germany",
    ),
    failed(
        "check_holders_are_told_apart",
        {"others.ALP": {"name": "Alpland"}},
        "others.ALP",
        "is a nation already",
        "name: Alp",
    ),
    failed("check_stakes", {"nations.ALP.stake": 0}, "nations.ALP.stake", "found 0, must be at least 1", "0"),
    failed(
        "check_stakes",
        {"nations.ALP.stake": 998},
        "nations",
        "stakes sum to 1001, must be at most 1000",
        "ALP:",
    ),
    failed(
        "check_task_weights",
        {"nations.BET.task_weights.operate": 30},
        "nations.BET.task_weights",
        "weights sum to 90, must be 100",
        "operate: 30",
    ),
    failed(
        "check_task_classes",
        {
            "nations.BET.task_weights": DROP,
            "nations.BET.task_classes": {"must": ["operate"], "nice": ["operate"]},
        },
        "nations.BET.task_classes",
        'the task "operate" is there 2 times',
        "must:",
    ),
    failed(
        "check_task_classes",
        {"nations.BET.task_weights": DROP, "nations.BET.task_classes": {"must": []}},
        "nations.BET.task_classes",
        "no task in any class",
        "must:",
    ),
    failed(
        "check_exchange_rates",
        {"nations.BET.exchange_rates": {"autonomy": {"low": 9, "high": 4}, "spinoff": {"low": 1, "high": 3}}},
        "nations.BET.exchange_rates.autonomy",
        "low 9 is above high 4",
        "low: 9",
    ),
    failed(
        "check_cone",
        {"participation.sense": "cone", "nations.GAM.note": "states none"},
        "nations.GAM",
        "no exchange_rates, which participation by the cone needs",
        "name: Gamma",
    ),
    warned(
        "check_absorptive_caps",
        {"nations.BET.absorptive_caps": {"engine": 2}, "nations.BET.own_capability": {"engine": 3}},
        "nations.BET.own_capability.engine",
        "level 3 by itself is above its absorptive cap 2",
        "3",
    ),
    failed(
        "check_view",
        {"view": "nation:ALB"},
        "view",
        '"ALB" is not a nation of this case (ALP, BET, GAM); did you mean "ALP"?',
        "nation:ALB",
    ),
    failed(
        "check_view",
        {"view": "nation:ALP", "participation.sense": "off"},
        "view",
        "a nation's view needs participation, for the others must accept",
        "nation:ALP",
    ),
    # tasks
    failed(
        "check_tasks_need_something",
        {"tasks.upgrade.needs": {}},
        "tasks.upgrade",
        "it needs nothing, so everybody can do it",
        "text:",
    ),
    warned(
        "check_tasks_are_wanted",
        {f"nations.{nation}.task_weights": NOBODY_UPGRADES for nation in ("ALP", "BET", "GAM")},
        "tasks.upgrade",
        "no nation gives it any weight",
        "text:",
    ),
    failed(
        "check_tasks_can_be_done",
        {f"nations.{nation}.absorptive_caps": {"mission": 2} for nation in ("ALP", "BET", "GAM")},
        "tasks.mission_data",
        "no nation that weighs it can ever do it: level 3 on mission is out of reach, ALP gets 2",
        "text:",
    ),
    warned(
        "check_tasks_can_be_done",
        {"nations.GAM.absorptive_caps": {"mission": 2}},
        "nations.GAM.task_weights.mission_data",
        "GAM can never do mission_data: level 3 on mission is out of reach, GAM gets 2 at best",
        "20",
    ),
    # needs
    failed(
        "check_needs_can_be_filled",
        {OUT: {}, "pillars.aircraft.tiers.core.buys": False, "pillars.aircraft.tiers.associate.buys": False},
        "needs.combat_aircraft",
        "nobody can fill it",
        "text:",
    ),
    failed(
        "check_needs_can_be_filled",
        {
            f"{OUT}.GAM": DROP,
            "pillars.aircraft.tiers.core.open_to": ["ALP", "BET"],
            "pillars.aircraft.tiers.associate.open_to": ["ALP"],
            "red_lines.RL4": DROP,
        },
        "needs.combat_aircraft",
        "GAM cannot fill it",
        "text:",
    ),
    failed(
        "check_outside_options_are_for_those_concerned",
        {"needs.combat_aircraft.nations": ["ALP", "BET"]},
        f"{OUT}.GAM",
        "GAM does not have this need (but ALP, BET) and takes no option",
        "off_the_shelf:",
    ),
    warned(
        "check_needs_concern_somebody",
        {"needs.tank": {"nations": []}},
        "needs.tank.nations",
        "nobody has this need",
        "[]",
    ),
    warned(
        "check_gaps_cost_something",
        {"needs.combat_aircraft.required_from": {"GAM": 2035}},
        "needs.combat_aircraft.required_from.GAM",
        "a gap of GAM costs nothing: give gap_cost_per_year",
        "2035",
    ),
    failed(
        "check_years_of_stopgaps",
        {
            "needs.combat_aircraft.stopgap_years": {"GAM": -1},
            "needs.combat_aircraft.gap_cost_per_year": {"GAM": 3},
        },
        "needs.combat_aircraft.stopgap_years.GAM",
        "found -1, must be from 0 to 100 years",
        "-1",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.check} {row.where}")
def test_what_cannot_be_meant_is_told(row: Row, tmp_path: Path) -> None:
    assert_row(row, tmp_path)


SILENT: dict[str, Edits] = {
    "levels from own capability count": {
        "nations.GAM.own_capability": {"mission": 3},
        "pillars.aircraft.rights.standard.levels.core": {"lead": 2, "holder": 2, "other": 2},
        "nations.ALP.own_capability": {"mission": 3, "airframe": 3, "engine": 3},
        "nations.BET.own_capability": {"mission": 3, "airframe": 3, "engine": 3},
        "nations.GAM.own_capability.airframe": 3,
        "nations.GAM.own_capability.engine": 3,
    },
    "an outside option fills a need": {
        "pillars.aircraft.tiers.associate.buys": False,
        "pillars.aircraft.tiers.core.buys": False,
    },
    "a view of a nation of the case is known": {"view": "egalitarian"},
}


@pytest.mark.parametrize("name", SILENT)
def test_what_can_be_meant_is_not_told(name: str, tmp_path: Path) -> None:
    told = findings_about(text_of(edited(SILENT[name])), tmp_path)
    assert [each for each in told if "this version does not decide" not in each.message] == []


def test_there_are_249_codes_and_each_has_its_own_alpha_2_code() -> None:
    assert len(ALPHA_2) == len(CODES) == 249
    assert set(WRITTEN_INSTEAD.values()) <= CODES
    assert not set(WRITTEN_INSTEAD) & CODES


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("GER", "DEU"),
        ("UK", "GBR"),
        ("gbr", "GBR"),
        ("FR", "FRA"),
        ("Japan", "JPN"),
        ("KSA", "SAU"),
        ("GBX", "GBR"),
        ("ZZ9", None),
    ],
)
def test_the_code_that_was_meant(written: str, meant: str | None) -> None:
    assert probably_meant(written) == meant


def test_the_name_of_a_nation_tells_its_code() -> None:
    assert probably_meant("N1", "United Kingdom") == "GBR"
