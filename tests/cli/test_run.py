"""The verb run: what it prints, what it writes, and how every ending becomes an exit code."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tri1_claim import TRI1, VECTORS, call, matches_golden, tri1_claim

from procure_opt.case.template import template_text
from procure_opt.cli.progress import ProgressLine, progress_text
from procure_opt.pareto.enumeration import Progress
from procure_opt.result.write import result_bytes
from procure_opt.study import Surveyed


class Run(NamedTuple):
    """One run of TRI-1 that the tests share."""

    folder: Path
    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("run") / "new" / "folder"
    return Run(folder, *call("run", TRI1, "--out", str(folder)))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the path of a small case."""
    path = tmp_path_factory.mktemp("pair") / "pair.yaml"
    path.write_text(template_text("pair"))
    return str(path)


def data_of(text: str) -> Any:
    return json.loads(text)


def vectors(data: Any) -> list[tuple[int, int, int]]:
    return [
        tuple(point["values"][name] for name in ("autonomy", "spinoff", "cost")) for point in data["points"]
    ]


def test_tri1_is_printed_as_a_table(run: Run) -> None:
    assert (run.code, run.err) == (0, "")
    assert matches_golden("cli/run.txt", run.out.replace(str(run.folder), "OUT"))


def test_the_result_has_exactly_the_nine_vectors(run: Run) -> None:
    data = data_of((run.folder / "result.json").read_text())
    assert vectors(data) == VECTORS and data["status"]["complete"] is True


def test_the_solver_finds_the_structures_and_bounds_that_are_known(run: Run) -> None:
    assert (run.folder / "result.json").read_bytes() == result_bytes(tri1_claim())


def test_exactly_our_files_are_written_and_the_manifest_knows_the_result(run: Run) -> None:
    files = ["manifest.json", "points.csv", "report.html", "result.json", "workshare.csv"]
    assert sorted(os.listdir(run.folder)) == files
    manifest = data_of((run.folder / "manifest.json").read_text())
    digest = hashlib.sha256((run.folder / "result.json").read_bytes()).hexdigest()
    assert manifest["result_sha256"] == digest and manifest["journey"]["looked_at"] > 0


def test_a_second_run_replaces_its_own_files_and_json_is_the_same_document(pair: str, tmp_path: Path) -> None:
    words = ("run", pair, "--out", str(tmp_path / "out"))
    assert call(*words)[0] == 0
    before = (tmp_path / "out" / "result.json").read_bytes()
    code, out, err = call(*words, "--json")
    assert (code, err) == (0, "")
    assert out.encode() == before == (tmp_path / "out" / "result.json").read_bytes()


def test_files_of_others_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text('{"mine": 1}')
    code, _, err = call("run", TRI1, "--out", str(tmp_path))
    assert code == 2 and "did not write it" in err
    assert (tmp_path / "result.json").read_text() == '{"mine": 1}' and os.listdir(tmp_path) == ["result.json"]


def test_a_folder_that_is_a_file_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    code, _, err = call("run", TRI1, "--out", str(tmp_path / "out"))
    assert code == 2 and "cannot write into" in err


def test_a_full_disk_leaves_the_old_result(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from procure_opt.result.write import save_result

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = (run.folder / "result.json").read_bytes()
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Exception, match="No space left on device"):
        save_result(tri1_claim(), run.folder / "result.json")
    assert (run.folder / "result.json").read_bytes() == before
    assert not list(run.folder.glob(".*"))
    code, _, err = call("run", TRI1, "--out", str(run.folder))
    assert code == 2 and "No space left on device" in err


def test_no_structure_is_exit_4_with_one_minimal_conflict() -> None:
    wish = ("--require", "pillar aircraft", "GAM tier core")
    code, out, err = call("run", TRI1, *wish)
    assert (code, err) == (4, "")
    assert matches_golden("cli/conflict.txt", out)
    code, out, err = call("run", TRI1, *wish, "--json")
    data = data_of(out)
    assert code == 4 and data["points"] == [] and data["status"]["complete"] is True
    assert data["case"]["required"] == ["pillar aircraft", "GAM tier core"] and "REQ2" in err


def test_a_time_limit_is_exit_3_with_a_valid_incomplete_result(tmp_path: Path) -> None:
    code, out, _ = call("run", TRI1, "--time-limit", "0.001", "--out", str(tmp_path))
    assert code == 3 and "incomplete (time limit)" in out
    data = data_of((tmp_path / "result.json").read_text())
    assert data["status"]["complete"] is False and data["status"]["reason"] == "time limit"
    code, out, _ = call("verify", str(tmp_path))
    assert code == 0 and "incomplete" in out


def test_a_result_of_another_case_is_not_overwritten(pair: str, tmp_path: Path) -> None:
    assert call("run", TRI1, "--out", str(tmp_path))[0] == 0
    before = (tmp_path / "result.json").read_bytes()
    code, out, err = call("run", pair, "--out", str(tmp_path))
    assert (code, out) == (2, "") and "holds a result of tri1, and this is" in err
    assert (tmp_path / "result.json").read_bytes() == before


def test_an_incomplete_result_goes_beside_a_complete_one(tmp_path: Path) -> None:
    folder = tmp_path / "front"
    assert call("run", TRI1, "--out", str(folder))[0] == 0
    before = (folder / "result.json").read_bytes()
    code, out, err = call("run", TRI1, "--time-limit", "0.001", "--out", str(folder))
    assert code == 3 and "keeps its complete result" in err and f"written to {folder}.incomplete" in out
    assert "stopped before a structure was found" in out
    assert (folder / "result.json").read_bytes() == before
    code, out, _ = call("verify", f"{folder}.incomplete")
    assert code == 0 and "claims nothing yet" in out


def test_an_interrupt_saves_what_was_found_and_is_exit_130(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impatient(self: ProgressLine, step: Surveyed) -> None:
        if step.points >= 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(ProgressLine, "__call__", impatient)
    code, out, err = call("run", TRI1, "--out", str(tmp_path))
    assert code == 130 and "incomplete (interrupted)" in out and "what was found is in" in err
    assert len(data_of((tmp_path / "result.json").read_text())["points"]) >= 3
    assert call("verify", str(tmp_path))[0] == 0


def test_an_interrupt_before_the_search_is_exit_130_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def impatient(source: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("procure_opt.case.load.load_case", impatient)
    assert call("run", TRI1) == (130, "", "\ninterrupted; nothing was found yet\n")


def test_a_coarser_resolution_and_a_rule_less_are_verified_against_the_case(
    pair: str, tmp_path: Path
) -> None:
    words = ("--resolution", "cost=50", "autonomy=100", "--without", "IR", "--require", "NOD in")
    code, out, _ = call("run", pair, *words, "--out", str(tmp_path))
    assert code == 0 and "resolution 100 points of autonomy, 1 million EUR of spin-off, 50 million" in out
    assert "switched off: IR" in out and "REQ1" in out
    code, out, _ = call("verify", str(tmp_path), "--case", pair)
    assert code == 0 and "the result stands" in out


def test_the_resolution_goes_along_with_the_view(tmp_path: Path) -> None:
    """Steps of a programme mean nothing in per mille; what is stated or exact stays."""
    path = tmp_path / "pair.yaml"
    stated = "resolution: {autonomy: 1, spinoff: 1, cost: 1}"
    assert stated in template_text("pair")
    path.write_text(template_text("pair").replace(stated, "resolution: {autonomy: 1, spinoff: 40, cost: 40}"))
    _, out, _ = call("run", str(path), "--view", "egalitarian", "--resolution", "cost=3")
    assert "resolution 1, 10 and 3 per mille" in out
    _, out, _ = call("run", str(path), "--view", "nation:NOD")
    assert "resolution 1 point of autonomy, 20 million EUR of spin-off" in out


def test_progress_is_silent_unless_a_person_watches(capsys: pytest.CaptureFixture[str]) -> None:
    from fractions import Fraction

    step = Progress(9, 4, 41, Fraction(933, 1009))
    line = ProgressLine()
    line(step)
    line.clear()
    assert capsys.readouterr().err == ""
    assert progress_text(step, 12.3) == "9 points, 92 % of the region proven, 12 s"
    assert progress_text(Surveyed(9, 80, 203), 3.9) == "9 points, 80 of 203 parts swept, 4 s"
    assert progress_text(Surveyed(0, 0, 17), 0.2) == "17 parts to sweep, 0 s"
