"""What is said of pillars, tiers, rights and cost shares that cannot be meant so."""

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

AIR = "pillars.aircraft"
FIXED = {"rule": "fixed", "percent": {"ALP": 50, "BET": 30, "GAM": 30}}
ALL_PAY = f"{AIR}.tiers.core.contribution"

ROWS = [
    failed(
        "check_somebody_may_lead",
        {f"{AIR}.tiers.core.may": ["hold"]},
        f"{AIR}.tiers",
        "no tier may lead, so the pillar can never exist",
        "core:",
    ),
    failed(
        "check_somebody_may_lead",
        {f"{AIR}.tiers.core.open_to": []},
        f"{AIR}.tiers",
        "no nation may take a tier that may lead",
        "core:",
    ),
    failed(
        "check_rights_cover_every_tier",
        {f"{AIR}.tiers.buyer": {}},
        f"{AIR}.rights.standard.levels",
        'no levels for the tier "buyer"',
        "core:",
    ),
    warned(
        "check_levels_fall_with_the_role",
        {f"{AIR}.rights.standard.levels.core": {"lead": 2, "holder": 3, "other": 2}},
        f"{AIR}.rights.standard.levels.core",
        "a lead gets 2, less than another holder (3)",
        "lead: 2",
    ),
    warned(
        "check_levels_fall_with_the_role",
        {f"{AIR}.rights.standard.levels.associate": {"holder": 1, "other": 2}},
        f"{AIR}.rights.standard.levels.associate",
        "a holder gets 1, less than a member without work (2)",
        "holder: 1",
    ),
    failed(
        "check_tier_work",
        {f"{AIR}.tiers.associate.contribution": DROP},
        f"{AIR}.tiers.associate.work",
        "at_most_contribution needs a contribution of the tier",
        "id: RET",
    ),
    failed(
        "check_tier_work",
        {f"{AIR}.tiers.core.work.max_percent": 10},
        f"{AIR}.tiers.core.work",
        "min_percent 20 is above max_percent 10",
        "id: RET",
    ),
    failed(
        "check_juste_retour",
        {f"{AIR}.juste_retour": {"id": "JR"}},
        f"{AIR}.juste_retour",
        "it asks for nothing",
        "id: JR",
    ),
    failed(
        "check_juste_retour",
        {f"{AIR}.juste_retour": {"min_percent": 120, "max_percent": 80}},
        f"{AIR}.juste_retour",
        "min_percent 120 is above max_percent 80",
        "min_percent",
    ),
    failed(
        "check_somebody_bears_the_rest",
        {ALL_PAY: 100},
        f"{AIR}.cost_sharing.development",
        "nobody bears what contributions leave",
        "rule: tier_fixed",
    ),
    failed(
        "check_somebody_bears_the_rest",
        {
            f"{AIR}.cost_sharing.development.residual": "GAM",
            "red_lines.RL4": DROP,
            f"{AIR}.tiers.core.open_to": ["ALP", "BET"],
            f"{AIR}.tiers.associate.open_to": ["BET"],
        },
        f"{AIR}.cost_sharing.development.residual",
        "GAM bears the rest but no tier is open to it",
        "GAM",
    ),
    failed(
        "check_fixed_percentages",
        {f"{AIR}.cost_sharing.development": FIXED},
        f"{AIR}.cost_sharing.development.percent",
        "shares sum to 110, must be 100 for some members",
        "ALP: 50",
    ),
    failed(
        "check_release_caps",
        {f"{AIR}.release_caps.0.nation": "ALP"},
        f"{AIR}.release_caps.0",
        "ALP caps itself",
        "id: CAP",
    ),
    warned(
        "check_release_caps",
        {
            "pillars.cloud": {
                "tiers": {"core": {"may": ["lead"]}},
                "rights": {"all": {"levels": {"core": {}}}},
                "packages": {"net": {"value": 10, "patterns": [[100]]}},
                "release_caps": [{"holder": "ALP", "nation": "BET", "function": "engine", "level": 1}],
            }
        },
        "pillars.cloud.release_caps.0",
        "no package of cloud controls engine, so the cap cuts nothing",
        "holder: ALP",
    ),
    failed(
        "check_pillars_hang_together",
        {f"{AIR}.requires_any": ["aircraft"]},
        f"{AIR}.requires_any.0",
        "aircraft requires itself",
        "aircraft",
    ),
    failed(
        "check_pillars_hang_together",
        {"links": {"L1": {"pillar": "aircraft", "needs": "aircraft"}}},
        "links.L1",
        "aircraft is linked to itself",
        "pillar: aircraft",
    ),
    failed(
        "check_pillars_hang_together",
        {"incompatible": {"X": {"nations": ["ALP", "ALP"]}}},
        "incompatible.X.nations",
        "a nation is there twice",
        "- ALP",
    ),
    warned(
        "check_tiers_are_open_to_somebody",
        {f"{AIR}.tiers.associate.open_to": []},
        f"{AIR}.tiers.associate",
        "no nation of the case may take this tier",
        "may:",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.check} {row.where}")
def test_what_cannot_be_meant_is_told(row: Row, tmp_path: Path) -> None:
    assert_row(row, tmp_path)


SILENT: dict[str, Edits] = {
    "two of three pay a hundred": {
        f"{AIR}.cost_sharing.development": {"rule": "fixed", "percent": {"ALP": 60, "BET": 40, "GAM": 30}}
    },
    "a buyer without access needs no levels": {f"{AIR}.tiers.visitor": {"has_level": False}},
    "a tier that may not hold has no holder's level": {
        f"{AIR}.tiers.buyer": {},
        f"{AIR}.rights.standard.levels.buyer": {"holder": 0, "other": 2},
    },
}


@pytest.mark.parametrize("name", SILENT)
def test_what_can_be_meant_is_not_told(name: str, tmp_path: Path) -> None:
    assert findings_about(text_of(edited(SILENT[name])), tmp_path) == ()
