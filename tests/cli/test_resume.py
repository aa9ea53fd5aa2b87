"""Runs that were ended from outside, and go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

COARSE = ["eurofighter@1988", "--resolution", "autonomy=360", "spinoff=5600", "cost=13000"]
SMALL = ["tests/oracles/tri2.yaml", "--resolution", "autonomy=20", "spinoff=20", "cost=20"]


def _run(folder: Path, case: list[str], *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "procure_opt", "run", *case, "--out", str(folder), "--workers", "2", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _lines(folder: Path) -> int:
    journal = folder / "journal.jsonl"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def _ended(process: subprocess.Popen[bytes], folder: Path, lines: int, how: signal.Signals) -> bool:
    """End the run when its journal has so many lines; False if it was done before."""
    while process.poll() is None and _lines(folder) < lines:
        time.sleep(0.02)
    if process.poll() is not None:
        return False
    os.kill(process.pid, how)
    return True


def test_killed_again_and_again_it_ends_with_the_same_bytes(tmp_path: Path) -> None:
    """Kill -9 at two moments, one process; each run knows what the one before it noted."""
    alone, disturbed = tmp_path / "alone", tmp_path / "disturbed"
    process = _run(alone, SMALL)
    _, complaints = process.communicate(timeout=120)
    assert process.returncode == 0 and not (alone / "journal.jsonl").exists(), complaints
    kills = 0
    more: list[str] = []
    for lines in (3, 25):
        process = _run(disturbed, SMALL, *more)
        kills += _ended(process, disturbed, lines, signal.SIGKILL)
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL and _lines(disturbed) >= lines - 1
        more = ["--resume"]
    assert kills == 2
    process = _run(disturbed, SMALL, *more)
    _, complaints = process.communicate(timeout=120)
    assert process.returncode == 0, complaints
    for name in ("result.json", "points.csv", "workshare.csv"):
        assert (disturbed / name).read_bytes() == (alone / name).read_bytes()
    assert sorted(path.name for path in disturbed.iterdir()) == sorted(path.name for path in alone.iterdir())


def test_several_processes_sigterm_and_how_to_go_on(tmp_path: Path) -> None:
    """Exit 130 as for Ctrl-C; begun anew without --resume is refused, another case as well; then the end."""
    process = _run(tmp_path, COARSE)
    ended = _ended(process, tmp_path, 250, signal.SIGTERM)
    _, complaints = process.communicate(timeout=60)
    assert ended and process.returncode == 130
    assert b"--resume" in complaints and b"Traceback" not in complaints
    assert (tmp_path / "result.json").exists()
    before = (tmp_path / "journal.jsonl").read_bytes()
    for more, said in (([], b"add --resume"), (["--resume", "--without", "E4"], b"another digest")):
        again = _run(tmp_path, COARSE, *more)
        _, complaints = again.communicate(timeout=60)
        assert again.returncode == 2 and said in complaints and b"Traceback" not in complaints
    assert (tmp_path / "journal.jsonl").read_bytes() == before
    process = _run(tmp_path, COARSE, "--resume")
    _, complaints = process.communicate(timeout=120)
    assert process.returncode == 0 and not (tmp_path / "journal.jsonl").exists(), complaints


def test_nothing_to_resume_is_said() -> None:
    """Without a folder there is no journal."""
    command = [sys.executable, "-m", "procure_opt", "run", "gcap@2022", "--resume"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2 and b"--resume goes with --out" in done.stderr
