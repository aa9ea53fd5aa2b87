"""The verbs that read: check, show, explain, compare, verify, cases, init, schema, doctor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tri1_claim import ROOT, TRI1, call, matches_golden, tri1_claim, tri1_data

from procure_opt.result.write import result_bytes, save_result

HANDBOOK = Path(ROOT) / "procure_opt" / "handbook"


@pytest.fixture
def result(tmp_path: Path) -> Path:
    save_result(tri1_claim(), tmp_path / "result.json")
    return tmp_path


def test_show_prints_every_structure_and_the_extremes(result: Path) -> None:
    code, out, err = call("show", str(result))
    assert (code, err) == (0, "") and matches_golden("cli/show.txt", out)


def test_show_prints_only_those_asked_for(result: Path) -> None:
    code, out, _ = call("show", str(result / "result.json"), "9d65", "S-60")
    assert code == 0 and "S-9d653466d418" in out and "S-60f97aeb378f" in out and "S-f2c4677b7db4" not in out


def test_explain_says_who_leads_pays_wins_and_gives_up(result: Path) -> None:
    code, out, _ = call("explain", str(result), "S-40a5")
    assert code == 0 and matches_golden("cli/explain.txt", out)


def test_compare_says_what_changes_for_whom(result: Path) -> None:
    code, out, _ = call("compare", str(result), "f2c4", "40a5")
    assert code == 0 and matches_golden("cli/compare.txt", out)


def test_compare_of_two_results(result: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    save_result(tri1_claim(), other)
    code, out, _ = call("compare", str(result), str(other))
    assert code == 0 and "9 structures in both" in out and "the same" in out


def test_a_result_can_come_from_standard_input() -> None:
    code, out, _ = call("show", "-", "9d65", stdin=result_bytes(tri1_claim()))
    assert code == 0 and "S-9d653466d418" in out


def test_check_says_what_the_case_states_and_on_which_data() -> None:
    code, out, err = call("check", TRI1)
    assert (code, err) == (0, "")
    lines = [line for line in out.splitlines() if not line.startswith("sha256")]
    assert matches_golden("cli/check.txt", "\n".join(lines) + "\n")


def test_verify_says_what_is_proven_and_what_is_not(result: Path) -> None:
    code, out, err = call("verify", str(result), "--case", TRI1)
    assert (code, err) == (0, "") and matches_golden("cli/verify.txt", out)


def test_verify_lists_every_finding_and_exits_5(result: Path) -> None:
    path = result / "result.json"
    data = json.loads(path.read_text())
    del data["points"][3]
    data["points"][0]["values"]["cost"] -= 1
    path.write_text(json.dumps(data))
    code, out, err = call("verify", str(result))
    assert code == 5 and out == "" and "stated as 9300" in err and "not the final bounds" in err


def test_verify_against_another_case_is_rejected(result: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text((ROOT / TRI1).read_text().replace("million: 2200", "million: 2300"))
    code, _, err = call("verify", str(result), "--case", str(other))
    assert code == 5 and "case.sha256" in err


def test_a_result_that_is_none_is_exit_2(tmp_path: Path) -> None:
    for content in (b"", b"{}", b"[1]", b'{"schema": {"name": "x", "version": 1}}', b"\xff\xfe", b"nul"):
        path = tmp_path / "r.json"
        path.write_bytes(content)
        code, out, err = call("verify", str(path))
        assert (code, out) == (2, "") and "Traceback" not in err and err.startswith("procure-opt: error: ")


def test_cases_lists_the_bundled_cases() -> None:
    code, out, _ = call("cases")
    assert code == 0 and "gcap" in out


def test_init_writes_a_case_that_checks_and_never_overwrites(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tri1_claim.ROOT", tmp_path)
    code, out, _ = call("init", "patrol")
    assert code == 0 and "patrol.yaml written" in out
    assert call("check", "patrol.yaml")[0] == 0
    code, _, err = call("init", "patrol")
    assert code == 2 and "is there already" in err
    assert call("init", "../evil")[0] == 2
    code, _, err = call("init", "other", "--template", "gcpa")
    assert code == 2 and 'did you mean "gcap"?' in err
    assert call("init", "other", "--template", "gcap")[0] == 0
    assert "\nid: other\n" in (tmp_path / "other.yaml").read_text()


def test_schema_prints_draft_7_for_both_files() -> None:
    for kind in ("case", "result"):
        code, out, _ = call("schema", kind)
        assert code == 0 and json.loads(out)["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_doctor_knows_the_answer() -> None:
    code, out, _ = call("doctor")
    assert code == 0 and "solver self-test: (2.0, 3.0), as it must be" in out


def test_text_from_a_case_never_commands_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "evil.yaml"
    text = (ROOT / TRI1).read_text()
    path.write_text(
        text.replace("title: Three nations", 'title: "red \u202e" # Three nations'), encoding="utf-8"
    )
    _, out, err = call("check", str(path))
    assert "\u202e" not in out + err and "\\u202e" in out + err


def test_text_from_a_forged_result_never_commands_the_terminal(result: Path) -> None:
    data = tri1_data()
    evil = "\x1b[31m \x07 \u202e \r\n complete"
    data["case"]["stated"]["title"] = data["case"]["stated"]["red_lines"]["RL1"]["text"] = evil
    data["case"]["stated"]["nations"]["ALP"]["name"] = data["case"]["stated"]["tasks"]["operate"]["text"] = (
        evil
    )
    path = result / "result.json"
    path.write_text(json.dumps(data))
    for words in (
        ["show", str(path)],
        ["explain", str(path), "40"],
        ["compare", str(path), "40", "f2"],
        ["verify", str(path)],
    ):
        _, out, err = call(*words)
        assert not set("\x1b\x07\r\u202e") & set(out + err) and "\\x1b[31m" in (out or "\\x1b[31m")


def test_the_handbook_is_read_page_by_page() -> None:
    code, out, err = call("handbook")
    listed = [line.split()[0] for line in out.splitlines() if line and not line.startswith("procure-opt ")]
    shipped = {path.relative_to(HANDBOOK).with_suffix("").as_posix() for path in HANDBOOK.rglob("*.md")}
    assert (code, err) == (0, "") and set(listed) == shipped and listed[0] == "reading"
    for page in listed:
        code, out, err = call("handbook", page)
        assert (code, err) == (0, "") and out == (HANDBOOK / f"{page}.md").read_text(encoding="utf-8")


def test_a_page_that_is_not_there_names_a_near_one() -> None:
    code, out, err = call("handbook", "caseformat")
    assert (code, out) == (2, "") and 'did you mean "case_format"?' in err
