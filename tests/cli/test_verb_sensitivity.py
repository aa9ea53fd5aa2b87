"""The verb sensitivity: the table, the ranking beside the case, and what check makes of it."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from ranged import long_form, ranged
from tri1_claim import TRI1, call, matches_golden, tri1_claim

from procure_opt.cli.ranking import command
from procure_opt.result.influence import influence_file
from procure_opt.result.write import save_result

EDITS = {
    "{price: 49": f"{{price: {long_form('49', '48', '51', 'Offer.')}",
    "value: 100, patterns": f"value: {long_form('100', '100', '120', 'Estimate.', 'derived')}, patterns",
}


@pytest.fixture
def patrol(tmp_path: Path) -> Path:
    """Return the file of a case with two inputs; BET's offer decides whether there is a jet."""
    return ranged("staying_out", EDITS, tmp_path)[1]


def test_the_table_marks_what_changed(patrol: Path, tmp_path: Path) -> None:
    code, out, err = call("sensitivity", str(patrol), "--coarser", "1", "--out", str(tmp_path / "out"))
    assert (code, err) == (0, "")
    assert matches_golden("cli/sensitivity.txt", out.replace(str(tmp_path), "TMP"))
    assert (tmp_path / "out" / "sensitivity.md").read_text() == out.rpartition("\nwritten to")[0]
    data = json.loads((tmp_path / "out" / "sensitivity.json").read_text())
    kinds = [run["kind"] for run in data["runs"]]
    assert kinds == ["base", *["input"] * 2, *["weights"] * 2, *["view"] * 3]
    jet = [run for run in data["runs"] if run["name"].endswith("= 51 (high; stated 49)")]
    assert jet[0]["verdicts"]["pillars"] == {"jet": "1"} and "pillars" in jet[0]["changed"]


def test_json_is_one_document_and_the_same_bytes_again(patrol: Path) -> None:
    first, second = (call("sensitivity", str(patrol), "--json") for _ in range(2))
    assert first == second and first[0] == 0
    data = json.loads(first[1])
    assert data["schema"] == {"name": "procure_opt.sensitivity", "version": 1} and data["coarser"] == 4
    assert data["runs"][0]["case"]["resolution"] == {"autonomy": 4, "cost": 4, "spinoff": 4}


def test_check_tells_none_then_the_ranking_then_that_it_is_stale(patrol: Path) -> None:
    def last() -> list[str]:
        return str(call("check", str(patrol))[1]).splitlines()[7:]

    again = f"procure-opt sensitivity {patrol} --influence"
    assert last()[-1] == f"inputs that move the front most: no ranking is stored; this makes one: {again}"
    code, out, err = call("sensitivity", str(patrol), "--influence")
    assert (code, err) == (0, "") and f"written to {influence_file(patrol)}" in out
    # nobody joins, so BET's offer, with its range of 3, moves the cost of 99, and the jet's value does not
    assert any(line.split()[:3] == ["1", "30", "assumed"] for line in last())
    assert "1 of these 1 are assumed (at most 0 should be)" in last()
    patrol.write_text(patrol.read_text().replace("price: 50", "price: 51"))
    assert (
        last()[-1] == f"inputs that move the front most: the stored ranking is stale; this renews it: {again}"
    )


def test_a_stored_ranking_is_used_while_it_fits(patrol: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("sensitivity", str(patrol), "--influence")[0] == 0
    monkeypatch.setattr("procure_opt.analysis.influence.influence", lambda *_, **__: 1 // 0)
    code, out, _ = call("sensitivity", str(patrol))
    assert code == 0 and "BET.alone.price = 51" in out
    patrol.write_text(patrol.read_text().replace("price: 50", "price: 51"))
    assert call("sensitivity", str(patrol))[0] == 1, "found anew, which this test does not let it"


def test_every_edition_has_a_ranking_of_its_own(patrol: Path) -> None:
    patrol.write_text(patrol.read_text() + "editions: {late: {title: Later}}\n")
    assert call("sensitivity", f"{patrol}@late", "--influence")[0] == 0
    _, out, _ = call("check", str(patrol))
    assert f"this makes one: procure-opt sensitivity {patrol} --influence" in out
    assert out.count("1 of these 1 are assumed") == 1
    assert call("sensitivity", str(patrol), "--influence")[0] == 0
    assert call("check", str(patrol))[1].count("1 of these 1 are assumed") == 2
    patrol.write_text(patrol.read_text().replace("Later", "Latest"))
    _, out, _ = call("check", str(patrol))
    assert f"is stale; this renews it: procure-opt sensitivity {patrol}@late --influence" in out
    assert out.count("1 of these 1 are assumed") == 1


def test_a_damaged_ranking_does_not_stop_a_check(patrol: Path) -> None:
    influence_file(patrol).write_text('{"name": "procure_opt.influence"}')
    code, out, _ = call("check", str(patrol))
    assert code == 0 and "is no stored ranking" in out and "remove it" in out


def test_from_standard_input_the_ranking_needs_a_folder(patrol: Path, tmp_path: Path) -> None:
    text = patrol.read_bytes()
    code, _, err = call("sensitivity", "-", "--influence", stdin=text)
    assert code == 2 and "--out DIR" in err
    folder = tmp_path / "ranked"
    code, out, _ = call("sensitivity", "-", "--influence", "--out", str(folder), "--json", stdin=text)
    assert code == 0 and json.loads(out)["inputs"] and (folder / "influence.json").is_file()
    assert "inputs that move" not in call("check", "-", stdin=text)[1]


def test_the_front_of_a_result_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_result(tri1_claim(), tmp_path / "result.json")
    _, path = ranged("tri1", {}, tmp_path)
    monkeypatch.setattr("procure_opt.study.solve", lambda *_, **__: 1 // 0)
    code, out, _ = call("sensitivity", str(path), "--influence", "--front", str(tmp_path))
    assert code == 0 and "none does; the case has 0 inputs with a range" in out
    _, other = ranged("tri1", {"value: 600": "value: 700"}, tmp_path)
    code, _, err = call("sensitivity", str(other), "--influence", "--front", str(tmp_path))
    assert code == 2 and "stated otherwise" in err


def test_runs_that_are_stopped_are_shown_and_exit_3(patrol: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from procure_opt.study import solve

    def late(case: Any, *, time_limit: float, **others: Any) -> Any:
        return solve(case, time_limit=0.000001, **others)

    monkeypatch.setattr("procure_opt.analysis.sensitivity.solve", late)
    code, out, _ = call("sensitivity", str(patrol))
    assert (
        code == 3 and "**incomplete (time limit), 0 so far**" in out and "Incomplete: 7; refused: 0." in out
    )


def test_what_is_stopped_keeps_the_runs_before(
    patrol: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By SIGTERM in the third run; and kill -9 would find the same files."""
    from procure_opt.study import solve

    calls: list[int] = []
    kept: list[int] = []

    def stopped(*given: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            kept.append(len(json.loads((tmp_path / "sensitivity.json").read_text())["runs"]))
            signal.raise_signal(signal.SIGTERM)
        return solve(*given, **named)

    monkeypatch.setattr("procure_opt.analysis.sensitivity.solve", stopped)
    code, out, err = call("sensitivity", str(patrol), "--coarser", "1", "--out", str(tmp_path))
    assert code == 130 and "interrupted" in err and kept == [3]
    assert "Stopped after 2 of 7 runs." in out
    assert (tmp_path / "sensitivity.md").read_text().endswith("Stopped after 2 of 7 runs.\n")


def test_a_front_that_is_not_found_in_time_is_exit_3() -> None:
    code, out, err = call("sensitivity", TRI1, "--time-limit", "0.000001")
    assert (code, out) == (3, "") and "--time-limit above 1e-06 s" in err and "nothing to vary" in err


def test_no_structure_is_exit_4(tmp_path: Path) -> None:
    _, path = ranged("tri1", {"million: 2200": "million: 1"}, tmp_path)
    code, out, err = call("sensitivity", str(path))
    assert (code, out) == (4, "") and "procure-opt run says which rules conflict" in err


def test_an_interrupt_tells_the_runs_before_it(patrol: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from procure_opt.study import solve

    seen = []

    def interrupted(case: Any, **others: Any) -> Any:
        seen.append(case)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return solve(case, **others)

    monkeypatch.setattr("procure_opt.analysis.sensitivity.solve", interrupted)
    code, out, err = call("sensitivity", str(patrol))
    assert code == 130 and "Changed in 2 complete runs" in out and "interrupted" in err


def test_a_file_of_somebody_else_stays(patrol: Path, tmp_path: Path) -> None:
    (tmp_path / "sensitivity.md").write_text("my notes")
    code, _, err = call("sensitivity", str(patrol), "--out", str(tmp_path))
    assert code == 2 and "did not write it" in err and (tmp_path / "sensitivity.md").read_text() == "my notes"


def test_an_edition_is_named_in_the_command() -> None:
    case = tri1_claim().case
    named = case.model_copy(update={"edition": "2022"})
    assert command("gcap", case) == "procure-opt sensitivity gcap --influence"
    assert command("gcap", named) == command("gcap@2022", named)
    assert command("gcap", named) == "procure-opt sensitivity gcap@2022 --influence"


def test_a_ranking_costs_a_check_no_time(patrol: Path) -> None:
    assert call("sensitivity", str(patrol), "--influence")[0] == 0
    begun = time.monotonic()
    call("check", str(patrol))
    assert time.monotonic() - begun < 1
