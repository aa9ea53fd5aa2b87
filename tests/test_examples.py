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
        "common fighter: False - as in the record: True",
        "common fighter: True - as in the record: False",
    ),
}
"""RL3 of TRI-1 keeps just one vector away, (370, 1000, 10220); the rest was read once and looked right."""
MOST_LINES = 60


def test_every_example_is_known_here() -> None:
    assert [path.stem for path in EXAMPLES] == sorted(SAYS)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < MOST_LINES


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


def test_judging_a_structure_loads_no_solver() -> None:
    script = (
        f"import runpy, sys; runpy.run_path({str(EXAMPLES[2])!r}, run_name='__main__')\n"
        "assert not {'pulp', 'highspy', 'scipy', 'numpy'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
