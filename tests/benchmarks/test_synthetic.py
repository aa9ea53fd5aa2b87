"""Synthetic cases are cases: they pass every check, and small ones have the front that enumeration finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from brute_force import enumerate_case

from procure_opt import load_case, solve
from procure_opt.case.load import check_case
from tests.benchmarks import synthetic


@pytest.mark.parametrize(
    ("nations", "leads", "packages", "patterns"), [(2, 1, 1, 1), (4, 2, 3, 6), (8, 3, 5, 4)]
)
def test_every_size_passes_every_check(
    nations: int, leads: int, packages: int, patterns: int, tmp_path: Path
) -> None:
    for seed in range(5):
        path = tmp_path / f"{seed}.json"
        path.write_text(json.dumps(synthetic.synthetic_case(nations, leads, packages, patterns, seed)))
        case, findings = check_case(str(path))
        assert len(case.nations) == nations and not [each for each in findings if each.severity == "error"]


def test_the_front_of_a_small_one_is_that_of_enumeration(tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    path.write_text(json.dumps(synthetic.synthetic_case(3, 1, 2, 2)))
    case = load_case(path)
    every = enumerate_case(case).feasible
    front = solve(case, workers=1)
    worse = {v for v in every for w in every if w != v and w[0] >= v[0] and w[1] >= v[1] and w[2] <= v[2]}
    assert front.complete and sorted(front.vectors) == sorted(set(every) - worse)


def test_the_command_prints_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert synthetic.main(["2", "3", "--packages", "2", "--workers", "1"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["name"] == "synthetic-2-2-2-3-1" and first["complete"] and second["structures"] > 0


def test_ranges_that_are_not_found_are_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(synthetic, "SECONDS", 0)
    assert synthetic.main(["3"]) == 2
    assert "its ranges were not found in 0 seconds" in capsys.readouterr().err
