"""The table of a comparison says what was measured, and says so where nothing was."""

from __future__ import annotations

import sys

import pytest

from tests.benchmarks.compare import Compared, conditions, main, table

FRONT = [[1, 2], [2, 1]]
OURS = {"points": 2, "solves": 3, "nondominated": FRONT, "complete": True, "share_outside_solver": 0.05}
ONE = OURS | {"cpu_seconds": 0.5, "wall_seconds": 0.6}
TWO = OURS | {"cpu_seconds": 0.8, "wall_seconds": 0.25}
RIVAL = {"points": FRONT, "cpu_seconds": 5.0, "wall_seconds": 4.0}


def cells(row: Compared) -> list[str]:
    return [cell.strip() for cell in table([row]).splitlines()[2].strip("|").split("|")]


def test_ratios_say_how_many_times_as_much_a_rival_needs() -> None:
    row = Compared("small", 1.0, {"one": ONE, "two": TWO, "pyaugmecon": RIVAL, "pulp": RIVAL})
    assert cells(row) == [
        *("small", "2", "1.50", "0.50", "0.25", "0.05"),
        *("5.00", "10.0", "16.0", "5.00", "10.0", "1.00", "2.00", "all"),
    ]
    assert "| 10.00 (1) | 16.00 (1) |" in table([row])


def test_who_gave_no_answer_or_other_points_is_named() -> None:
    short = RIVAL | {"points": FRONT[:1]}
    row = Compared("small", None, {"one": ONE, "two": TWO, "pyaugmecon": short, "pulp": {}})
    assert cells(row)[-1] == "not pyaugmecon; pulp: none"
    assert cells(row)[9:13] == ["-", "-", "-", "-"]


def test_what_was_not_finished_is_no_figure() -> None:
    row = Compared("large", 9.0, {"one": ONE | {"complete": False}, "two": {}, "pyaugmecon": {}, "pulp": {}})
    assert cells(row)[1:5] == ["unfinished", "-", "-", "-"]


def test_conditions_name_machine_and_versions() -> None:
    said = conditions(sys.executable + "-that-is-not-there")
    assert "cores" in said
    assert "highspy" in said
    assert "pyaugmecon absent" in said


def test_a_file_that_cannot_be_used_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere.json", "--pyaugmecon", "nothing"]) == 2
    assert "nowhere.json: No such file" in capsys.readouterr().err
