"""What is said of red lines, conditions, switches and sources that cannot be meant so."""

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

from procure_opt.case.load import check_case
from procure_opt.case.switches import switchable

AIR = "pillars.aircraft"
CLOUD = {
    "tiers": {"core": {"may": ["lead"], "buys": False}},
    "rights": {"all": {"levels": {"core": {}}}},
    "packages": {"net": {"value": 10, "patterns": [[100]]}},
}
LATE = {"decision": {"date": "2024-02-10"}}

LEADS = {"text": "Somebody leads.", "expected": "impossible", "as_of": "2024-01-05"}

ROWS = [
    failed(
        "check_red_lines_name_their_nation",
        {"falsifiers": {"X1": {**LEADS, "condition": {"leads": {"package": "mission"}}}}},
        "falsifiers.X1.condition.leads",
        "it does not say of whom: add nation (ALP, BET, GAM)",
        "package: mission",
    ),
    failed(
        "check_red_lines_name_their_nation",
        {"red_lines.RL1.then.leads.nation": DROP},
        "red_lines.RL1.then.leads",
        "it does not say of whom: add nation (ALP, BET, GAM)",
        "package: mission",
    ),
    failed(
        "check_conditions_name_their_pillar",
        {"pillars.cloud": CLOUD},
        "red_lines.RL1.then.leads",
        "the case has several pillars and it does not say which one: add pillar (aircraft, cloud)",
        "nation: ALP",
    ),
    failed(
        "check_conditions_name_their_pillar",
        {"pillars.cloud": CLOUD, "tasks.operate.requires": {"participates": {}}},
        "tasks.operate.requires.participates",
        "add pillar (aircraft, cloud)",
        "{}",
    ),
    failed(
        "check_shares_can_be_met",
        {"red_lines.RL1.then.share": {"nation": "ALP", "at_least_percent": 110}},
        "red_lines.RL1.then.share.at_least_percent",
        "found 110, a share is at most 100 percent",
        "110",
    ),
    failed(
        "check_shares_can_be_met",
        {
            "red_lines.RL1.then.not": {
                "share": {"nation": "ALP", "at_least_percent": 60, "at_most_percent": 40}
            }
        },
        "red_lines.RL1.then.not.share",
        "at_least_percent 60 is above at_most_percent 40",
        "nation: ALP",
    ),
    failed(
        "check_numbers_of_members_can_be_met",
        {"red_lines.RL1.then.members": {"at_least": 3, "at_most": 2}},
        "red_lines.RL1.then.members",
        "at_least 3 is above at_most 2",
        "at_least: 3",
    ),
    failed(
        "check_numbers_of_members_can_be_met",
        {"red_lines.RL1.then.members": {}},
        "red_lines.RL1.then.members",
        "it says nothing",
        "{}",
    ),
    failed(
        "check_tiers_of_conditions_are_open",
        {f"{AIR}.tiers.core.open_to": ["ALP", "GAM"]},
        "red_lines.RL2.if.tier.tiers",
        "core of aircraft is not open to BET",
        "- core",
    ),
    failed(
        "check_leads_can_be_had",
        {f"{AIR}.packages.mission.may_lead": ["BET", "GAM"]},
        "red_lines.RL1.then.leads",
        "ALP may never lead mission (BET, GAM may)",
        "nation: ALP",
    ),
    warned(
        "check_grades_fit_the_speakers",
        {"red_lines.RL3.grade": "soft"},
        "red_lines.RL3.grade",
        "stated as soft, but its speaker (parliament, in force) makes it hard",
        "soft",
    ),
    warned(
        "check_red_lines_were_known",
        {"red_lines.RL3.as_of": "2027"},
        "red_lines.RL3.as_of",
        "dated 2027, after the case itself (2026-11-01)",
        "'2027'",
    ),
    warned(
        "check_red_lines_enter",
        LATE,
        "red_lines.RL4.as_of",
        "dated 2024-03-01, not before the decision (2024-02-10): it does not enter",
        "'2024-03-01'",
    ),
    failed(
        "check_decision_is_past",
        {"decision": {"date": "2027-01-01"}},
        "decision.date",
        "after the knowledge in the file (as_of 2026-11-01)",
        "'2027-01-01'",
    ),
    warned(
        "check_history_sums",
        {
            "historical.h": {
                "date": "2024",
                "source": "example",
                "pillars": {"aircraft": {"packages": {"engine": {"shares": {"ALP": 60, "BET": 30}}}}},
            }
        },
        "historical.h.pillars.aircraft.packages.engine.shares",
        "recorded shares sum to 90, not 100",
        "ALP: 60",
    ),
    failed("check_what_is_off", {"off": ["RL1", "CAPS"]}, "off.1", 'did you mean "CAP"?', "CAPS"),
    warned(
        "check_nothing_is_off_and_on",
        {"off": ["RL1"], "on": ["RL1"]},
        "off.0",
        "switched on too; off wins",
        "RL1",
    ),
    warned(
        "check_red_lines_share_no_id",
        {f"{AIR}.release_caps.0.id": "RL1"},
        "red_lines.RL1",
        "the id is also that of a rule (release cap): switching it off drops both",
        "owner: ALP",
    ),
    warned(
        "check_sources_come_with_a_basis",
        {f"{AIR}.growth": {"value": 1.2, "source": "example"}},
        f"{AIR}.growth",
        "it names a source but no basis, so it counts as unsourced",
        "value: 1.2",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.check} {row.where}")
def test_what_cannot_be_meant_is_told(row: Row, tmp_path: Path) -> None:
    assert_row(row, tmp_path)


SILENT: dict[str, Edits] = {
    "a task is about the nation that wants it": {"tasks.operate.requires": {"participates": {}}},
    "the only pillar goes without saying": {"red_lines.RL1.then.members": {"at_least": 2}},
    "a late line that is switched on enters": {**LATE, "on": ["RL4"]},
    "a grade that the speaker gives": {"red_lines.RL3.grade": "hard"},
    "shared ids of policies": {f"{AIR}.release_caps.0.id": "RET"},
    "one of two tiers is open": {
        "red_lines.RL2.if.tier.tiers": ["core", "associate"],
        f"{AIR}.tiers.associate.open_to": ["BET"],
    },
}


@pytest.mark.parametrize("name", SILENT)
def test_what_can_be_meant_is_not_told(name: str, tmp_path: Path) -> None:
    assert findings_about(text_of(edited(SILENT[name])), tmp_path) == ()


def test_what_a_run_can_go_without() -> None:
    assert switchable(check_case(TRI_1)[0]) == {
        "CAP": "release cap of ALP on GAM (mission); release cap of BET on GAM (engine)",
        "IR": "participation",
        "RET": "work terms of tier associate in aircraft; work terms of tier core in aircraft",
        "RL1": "red line of ALP: Alpland joins only as lead of the mission system",
        "RL2": "red line of BET: Bethany is core only as lead of the airframe",
        "RL3": "red line of GAM: Gamma pays no more than 2200 million",
        "RL4": "red line of GAM: Gamma is core only with the right to modify the mission system",
    }
