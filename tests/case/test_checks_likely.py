"""What is probably not meant so: bases without source or note, fractions for percents, contradictions."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from broken_case import DROP, Edits, Row, assert_row, edited, findings_about, text_of, warned

AIR = "pillars.aircraft"
THEN = "red_lines.RL1.then"
LEADS = {"leads": {"nation": "ALP", "package": "mission"}}
NEED = "needs.combat_aircraft"


def record(**stated: object) -> dict[str, object]:
    """Return a record of what became of the pillar."""
    return {"date": "2024", "source": "example", "pillars": {"aircraft": stated}}


def contradiction(then: object, where: str, words: str, marked: str) -> Row:
    """Return the row of a red line that asks for opposites."""
    check = "check_conditions_do_not_contradict_themselves"
    return warned(check, {THEN: then}, f"{THEN}.{where}", words, marked)


ROWS = [
    warned(
        "check_retrieved_numbers_name_their_source",
        {f"{AIR}.growth": {"value": 1.2, "basis": "retrieved"}},
        f"{AIR}.growth",
        "it is retrieved but names no source: add source",
        "value: 1.2",
    ),
    warned(
        "check_own_numbers_say_why",
        {
            f"{AIR}.growth": {"value": 1.2, "basis": "derived", "source": "example"},
            f"{AIR}.packages.engine.value": {"value": 900, "low": 1, "high": 999, "basis": "assumed"},
        },
        f"{AIR}.growth",
        "it is derived or assumed without a note (as is 1 more number): add note",
        "value: 1.2",
    ),
    warned(
        "check_percents_are_no_fractions",
        {f"{AIR}.juste_retour": {"min_percent": 0.66}},
        f"{AIR}.juste_retour.min_percent",
        "found 0.66, that is 0.66 percent: write 66",
        "0.66",
    ),
    warned(
        "check_percents_are_no_fractions",
        {f"{AIR}.packages.engine.cost_index_percent": {"ALP": 0.95, "BET": 0.9, "GAM": 1.3}},
        f"{AIR}.packages.engine.cost_index_percent.ALP",
        "found 0.95, that is 0.95 percent (as is 1 more number): write 95",
        "0.95",
    ),
    warned(
        "check_nobody_is_captive",
        {f"{NEED}.outside.ALP": DROP},
        NEED,
        "ALP has no outside option, so there must be a pillar of this need in every structure",
        "text:",
    ),
    warned(
        "check_records_agree_with_themselves",
        {"historical.h": record(exists=False, tiers={"ALP": "core"})},
        "historical.h.pillars.aircraft.exists",
        "it says that aircraft did not come about and records its tiers: drop one",
        "false",
    ),
    contradiction(
        {"all_of": [LEADS, {"does_not_lead": {"nation": "ALP", "package": "mission"}}]},
        "all_of.1.does_not_lead",
        "leads and does_not_lead contradict each other",
        "nation: ALP",
    ),
    contradiction(
        LEADS | {"does_not_lead": {"nation": "ALP", "pillar": "aircraft"}},
        "leads",
        "does_not_lead and leads contradict each other",
        "nation: ALP",
    ),
    contradiction(
        LEADS | {"not": copy.deepcopy(LEADS)}, "not", "leads and leads contradict each other", "leads:"
    ),
    contradiction(
        {"tier": {"nation": "BET", "tiers": ["core"]}, "excludes": {"nation": "BET"}},
        "tier",
        "excludes and tier contradict each other",
        "nation: BET",
    ),
    contradiction(
        {"any_of": [{"exists": {"pillar": "aircraft", "exists": False}, "participates": {"nation": "ALP"}}]},
        "any_of.0.participates",
        "exists and participates contradict each other",
        "nation: ALP",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.check} {row.where}")
def test_what_is_probably_not_meant_is_told(row: Row, tmp_path: Path) -> None:
    assert_row(row, tmp_path)


SILENT: dict[str, Edits] = {
    "a source of its own": {f"{AIR}.growth": {"value": 1.2, "basis": "retrieved", "source": "example"}},
    "the source of the package": {
        f"{AIR}.packages.engine.value": {"value": 900, "basis": "retrieved"},
        f"{AIR}.packages.engine.source": "example",
    },
    "a note": {f"{AIR}.growth": {"value": 1.2, "basis": "derived", "note": "three programmes"}},
    "recalled needs neither": {f"{AIR}.growth": {"value": 1.2, "basis": "recalled"}},
    "a premium of half a percent": {f"{AIR}.packages.engine.split_premium_percent": 0.5},
    "a small share of the work": {THEN: {"share": {"nation": "ALP", "at_least_percent": 0.5}}},
    "one percent and nothing": {f"{AIR}.juste_retour": {"min_percent": 0, "max_percent": 1}},
    "a record of what did not come about": {"historical.h": record(exists=False)},
    "a record of what did": {"historical.h": record(exists=True, tiers={"ALP": "core"})},
    "either of two opposites": {THEN: {"any_of": [LEADS, {"not": copy.deepcopy(LEADS)}]}},
    "two leads": {THEN: LEADS | {"does_not_lead": {"nation": "BET", "package": "mission"}}},
    "one tier and not another": {
        "red_lines.RL2.then": {
            "tier": {"nation": "BET", "tiers": ["core"]},
            "excludes": {"nation": "BET", "tiers": ["associate"]},
        }
    },
    "not both at once": {THEN: LEADS | {"not": {"leads": {"nation": "ALP", "package": "engine"}}}},
}


@pytest.mark.parametrize("name", SILENT)
def test_what_is_probably_meant_is_not_told(name: str, tmp_path: Path) -> None:
    assert findings_about(text_of(edited(SILENT[name])), tmp_path) == ()
