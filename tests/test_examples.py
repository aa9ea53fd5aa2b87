"""The numbered examples run as they are, stay short, and say what they should."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
SAYS = {
    "1_planner": ("complete at resolution", "core"),
    "2_analyst": (
        "with every red line: 9 efficient structures",
        "rules out autonomy 370, spin-off 1000, cost 10220",
    ),
    "3_programmer": ("breaks red_lines [N1]", "  feasible"),
    "4_notebook": ("a notebook shows", "structures, a table and a picture: True"),
    "5_wargame": (
        "as in the record phase_1b: 24 of 24; other: []",
        "as in the record june_2026: 5 of 5; other: []",
        "as in the record june_2026: 4 of 5; other: ['ngf does not come about']",
        "cost at home of FRA: F2, forgiven",
        "cost at home of DEU: D14, stands",
    ),
}
"""RL3 of TRI-1 keeps just one vector away, (370, 1000, 10220); the rest was read once and looked right."""
MOST_LINES = {"5_wargame": 80}
"""A whole game takes more than the usual 60."""


def test_every_example_is_known_here() -> None:
    assert [path.stem for path in EXAMPLES] == sorted(SAYS)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < MOST_LINES.get(path.stem, 60)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs_and_says_what_it_should(path: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", str(path)], capture_output=True, text=True, cwd=tmp_path, timeout=240,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for words in SAYS[path.stem]:
        assert words in done.stdout


@pytest.mark.parametrize("place", [2, 4])
def test_judging_a_structure_loads_no_solver(place: int) -> None:
    script = (
        f"import runpy, sys; runpy.run_path({str(EXAMPLES[place])!r}, run_name='__main__')\n"
        "assert not {'pulp', 'highspy', 'scipy', 'numpy'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
