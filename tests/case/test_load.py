"""A case is found by path, by name or on standard input, and means the same in any order of keys."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from broken_case import DROP, TRI_1, edited, text_of, tri1

from procure_opt.case.load import check_case, check_editions, load_case
from procure_opt.case.template import template_text
from procure_opt.errors import CaseError, UsageError


def _message(source: str | Path) -> str:
    with pytest.raises(CaseError) as caught:
        load_case(source)
    return str(caught.value)


def test_a_case_is_loaded_by_path_as_text_or_as_a_path() -> None:
    assert load_case(TRI_1) == load_case(str(TRI_1))
    assert load_case(TRI_1).id == "tri1"


def test_a_case_is_read_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TRI_1.read_bytes())))
    assert load_case("-") == load_case(TRI_1)


def test_an_unknown_name_tells_the_bundled_cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "no such file and no bundled case (" in _message("gcaq")
    assert 'did you mean "gcap"?' in _message("gcaq")


def test_a_missing_path_is_told_as_a_path() -> None:
    assert _message("no/such/case.yaml") == "no/such/case.yaml: error: no such file, and no directory no/such"


def _upside_down(data: object) -> object:
    if isinstance(data, dict):
        return {key: _upside_down(data[key]) for key in reversed(data)}
    return [_upside_down(each) for each in data] if isinstance(data, list) else data


def test_the_order_of_keys_and_the_form_of_the_file_mean_nothing(tmp_path: Path) -> None:
    as_yaml, as_json = tmp_path / "case.yaml", tmp_path / "case.json"
    as_yaml.write_text(text_of(_upside_down(tri1())), encoding="utf-8")
    as_json.write_text(json.dumps(tri1()), encoding="utf-8")
    assert load_case(as_yaml).digest == load_case(as_json).digest == load_case(TRI_1).digest


def test_errors_of_checks_have_their_line_in_json_too(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(edited({"red_lines.RL1.owner": "ALPP"}), indent=1), encoding="utf-8")
    line = next(number for number, text in enumerate(path.read_text().splitlines(), 1) if '"ALPP"' in text)
    assert _message(path).startswith(f"{path}:{line}:13: error: red_lines.RL1.owner:")


def test_errors_and_warnings_are_told_together_and_sorted(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        text_of(edited({"pillars.aircraft.growth": 0.9, "red_lines.RL1.owner": "ALPP"})), encoding="utf-8"
    )
    with pytest.raises(CaseError) as caught:
        load_case(path)
    findings = caught.value.findings
    assert sorted(each.severity for each in findings) == ["error", "warning"]
    assert [each.line for each in findings] == sorted(each.line for each in findings)


def test_warnings_alone_do_not_stop_a_case(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(text_of(edited({"pillars.aircraft.growth": 0.9})), encoding="utf-8")
    case, findings = check_case(path)
    assert case.id == "tri1"
    assert [each.severity for each in findings] == ["warning"]


EDITIONS = """
edition: "2024"
editions:
  "2022":
    title: Two years before
    nations: {GAM: {stake: 2}}
    red_lines: {RL3: null}
  "2026":
    nations: {GAM: {stake: -1}}
"""


def test_an_edition_states_only_what_differs(tmp_path: Path) -> None:
    """RFC 7386: mappings are merged, other values replace, null removes; the rest is that of the file."""
    path = tmp_path / "case.yaml"
    path.write_text(text_of(edited({})) + EDITIONS, encoding="utf-8")
    base, earlier = load_case(path), load_case(f"{path}@2022")
    assert (base.edition, earlier.edition) == ("2024", "2022")
    assert earlier.title == "Two years before"
    assert earlier.nations["GAM"].stake.whole == 2
    assert sorted(earlier.red_lines) == ["RL1", "RL2", "RL4"]
    assert earlier.pillars == base.pillars and not earlier.editions
    assert load_case(f"{path}@2024") == base


def test_every_edition_is_checked_and_its_errors_stand_at_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    text = text_of(edited({})) + EDITIONS
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        check_editions(path)
    finding, note = caught.value.findings
    assert (note.severity, note.line) == ("note", finding.line)
    assert text.splitlines()[finding.line - 1].strip() == "nations: {GAM: {stake: -1}}"
    assert "found -1, must be at least 0" in finding.message


def _of_editions(text: str, folder: Path) -> list[str]:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        found = [finding for _, findings in check_editions(path) for finding in findings]
    except CaseError as error:
        found = list(error.findings)
    lines = text.splitlines()
    return [f"{each.severity}: {lines[each.line - 1].strip()}: {each.message}" for each in found]


TWO = """
edition: "2024"
editions:
  "2022":
    pillars: {aircraft: {text: an earlier aircraft}}
"""


def test_a_warning_names_its_edition(tmp_path: Path) -> None:
    text = text_of(edited({"pillars.aircraft.growth": 0.9})) + TWO
    said = "warning: growth: 0.9: found 0.9: development is expected to cost less than planned"
    assert _of_editions(text, tmp_path) == [f"{said} (edition 2024)", f"{said} (edition 2022)"]


def test_a_mistake_of_all_editions_is_told_once_and_not_at_a_patch(tmp_path: Path) -> None:
    text = text_of(edited({"pillars.aircraft.tiers": DROP, "pillars.aircraft.text": "x"})) + TWO
    error, note = _of_editions(text, tmp_path)
    assert error == 'error: text: x: missing "tiers" (Roles in the pillar)'
    assert note.startswith("note: text: x: ")


def test_a_mistake_of_one_edition_names_it(tmp_path: Path) -> None:
    text = text_of(edited({})) + TWO.replace("an earlier aircraft", "x, growth: 200")
    error = _of_editions(text, tmp_path)[0]
    assert error.endswith("found 200, must be at most 100 (edition 2022)")


def test_a_patch_of_the_edition_outside_is_never_used(tmp_path: Path) -> None:
    text = text_of(edited({})) + TWO.replace("2022", "2024")
    (error,) = _of_editions(text, tmp_path)
    assert error.startswith('error: "2024":: "2024" is the name of the edition outside `editions` already')


def test_null_for_what_is_not_there_is_an_error_with_what_is(tmp_path: Path) -> None:
    text = text_of(edited({})) + TWO + "    red_lines: {RL2: null, RLL3: null}\n"
    (error,) = _of_editions(text, tmp_path)
    assert 'null removes "RLL3", which is not there outside `editions` (RL1, RL2, RL3, RL4); did you' in error


def test_an_edition_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(text_of(edited({})) + EDITIONS, encoding="utf-8")
    assert 'no edition "2023" in this file; it has 2024, 2022, 2026' in _message(f"{path}@2023")


def test_the_template_is_a_case_that_nothing_is_said_of(tmp_path: Path) -> None:
    path = tmp_path / "frigate.yaml"
    path.write_text(template_text("frigate"), encoding="utf-8")
    case, findings = check_case(path)
    assert (case.id, findings) == ("frigate", ())
    assert (len(case.nations), len(case.pillars["aircraft"].packages)) == (2, 2)


@pytest.mark.parametrize("name", ["null", "true", "NO", "on", "a-b_c", "x" * 40])
def test_a_template_takes_any_id(name: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(template_text(name), encoding="utf-8")
    assert load_case(path).id == name


@pytest.mark.parametrize("name", ["", "1st", "two words", "x: y", "x" * 41, "a\nview: b", "a\x1b[2J"])
def test_a_template_refuses_what_is_no_id(name: str) -> None:
    with pytest.raises(UsageError, match="cannot name a case") as caught:
        template_text(name)
    assert str(caught.value).isprintable()
