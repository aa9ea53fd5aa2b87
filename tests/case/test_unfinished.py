# ruff: noqa: E501 - findings are quoted whole
"""What is said of a case that has errors: its unknown names at once, and that the rest has to wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_case import DROP, Edits, edited, findings_about, text_of

AIR = "pillars.aircraft"
WRONG = {f"{AIR}.packages.engine.value": "many"}
"""An error of the form, so that no check of the whole case can run."""


def told(edits: Edits, folder: Path) -> list[tuple[str, str, str]]:
    findings = findings_about(text_of(edited(edits)), folder)
    return [(each.severity, each.where, each.message.partition(",")[0]) for each in findings]


def names(edits: Edits, folder: Path) -> list[str]:
    """Return where a name is called unknown beside an error of the form."""
    said = findings_about(text_of(edited(WRONG | edits)), folder)
    return [each.where for each in said if " is not " in each.message]


def test_unknown_names_are_told_together_with_errors_of_the_form(tmp_path: Path) -> None:
    findings = findings_about(text_of(edited(WRONG | {"red_lines.RL1.owner": "ALPP"})), tmp_path)
    assert [(each.severity, each.where) for each in findings] == [
        ("error", f"{AIR}.packages.engine.value"),
        ("error", "red_lines.RL1.owner"),
        ("note", ""),
    ]
    assert 'did you mean "ALP"?' in findings[1].message
    assert "what the parts mean together (sums, tiers) is checked once" in findings[2].message
    assert findings[2].line == findings[1].line


@pytest.mark.parametrize(
    "edits",
    [
        {f"{AIR}.packages.engine": 3},
        {f"{AIR}.packages.engine": None},
        {f"{AIR}.tiers": DROP},
        {f"{AIR}.tiers": ["core"]},
        {f"{AIR}.rights.standard.levels": 3},
        {"nations.ALP": "Alpland"},
        {"needs.combat_aircraft": None},
        {"red_lines.RL1": []},
        {"sources": {}},
        {"tasks": DROP},
    ],
)
def test_what_is_wrong_where_a_name_is_stated_makes_no_name_unknown(edits: Edits, tmp_path: Path) -> None:
    assert names(edits, tmp_path) == []


@pytest.mark.parametrize(
    "edits",
    [
        {"other": {}, "others": DROP},
        {"others": ["vendor_x"]},
        {"pillars.aircraft": 3},
        {f"{AIR}.packges": {}},
    ],
)
def test_where_names_may_be_stated_under_a_wrong_key_none_is_looked_up(edits: Edits, tmp_path: Path) -> None:
    found = told(WRONG | edits | {"red_lines.RL1.owner": "ALPP"}, tmp_path)
    assert ("note", "", "names") in found
    assert not [each for each in found if " is not " in each[2]]


def test_a_sound_case_has_no_note(tmp_path: Path) -> None:
    assert told({}, tmp_path) == []
    assert [each[0] for each in told({"red_lines.RL1.owner": "ALPP"}, tmp_path)] == ["error"]


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ({"view": "program"}, 'found the text "program", expected programme, egalitarian or nation:CODE; did you mean "programme"?'),
        ({"as_of": "16.05.2000"}, 'found the text "16.05.2000", expected a date as YYYY-MM-DD, YYYY-MM or YYYY (such as 2024-12-13)'),
        ({"money.currency": "euro"}, 'found the text "euro", expected three capital letters (such as EUR)'),
        ({"id": "two words"}, 'found the text "two words", expected a letter, then letters, digits, _ or -, at most 40 (such as gcap)'),
        ({f"{AIR}.packages.engine.patterns.0": 80}, "found 80, expected a list of percents by rank such as [60, 40] or a mapping (shares, joint_leads)"),
    ],
)  # fmt: skip
def test_forms_are_told_in_words(edits: Edits, message: str, tmp_path: Path) -> None:
    findings = findings_about(text_of(edited(edits)), tmp_path)
    assert findings[0].message == message
