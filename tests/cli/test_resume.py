"""Runs that were ended from outside, and go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COARSE = ["eurofighter@1988", "--resolution", "autonomy=360", "spinoff=5600", "cost=13000"]


def _run(folder: Path, *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "procure_opt", "run", *COARSE, "--out", str(folder), "--workers", "2", *more],
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


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The result of a run that nobody ended, which leaves no journal."""
    folder = tmp_path_factory.mktemp("undisturbed")
    process = _run(folder)
    _, complaints = process.communicate(timeout=120)
    assert process.returncode == 0, complaints
    assert not (folder / "journal.jsonl").exists()
    return (folder / "result.json").read_bytes()


def test_killed_again_and_again_it_ends_with_the_same_bytes(tmp_path: Path, undisturbed: bytes) -> None:
    """Kill -9 at two moments; each run knows what the one before it noted."""
    kills = 0
    more: list[str] = []
    for lines in (30, 300):
        process = _run(tmp_path, *more)
        kills += _ended(process, tmp_path, lines, signal.SIGKILL)
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL and _lines(tmp_path) >= lines - 1
        more = ["--resume"]
    assert kills == 2
    process = _run(tmp_path, *more)
    _, complaints = process.communicate(timeout=120)
    assert process.returncode == 0, complaints
    assert (tmp_path / "result.json").read_bytes() == undisturbed
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "manifest.json",
        "points.csv",
        "result.json",
        "workshare.csv",
    ]


def test_sigterm_saves_what_is_found_and_says_how_to_go_on(tmp_path: Path) -> None:
    """Exit 130 as for Ctrl-C; begun anew without --resume is refused, another case as well."""
    process = _run(tmp_path)
    ended = _ended(process, tmp_path, 250, signal.SIGTERM)
    _, complaints = process.communicate(timeout=60)
    assert ended
    assert process.returncode == 130 and b"--resume" in complaints and b"Traceback" not in complaints
    assert (tmp_path / "result.json").exists()
    before = (tmp_path / "journal.jsonl").read_bytes()
    for more, said in (([], b"add --resume"), (["--resume", "--without", "E4"], b"another digest")):
        again = _run(tmp_path, *more)
        _, complaints = again.communicate(timeout=60)
        assert again.returncode == 2 and said in complaints and b"Traceback" not in complaints
    assert (tmp_path / "journal.jsonl").read_bytes() == before


def test_nothing_to_resume_is_said() -> None:
    """Without a folder there is no journal."""
    command = [sys.executable, "-m", "procure_opt", "run", "gcap@2022", "--resume"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2 and b"--resume goes with --out" in done.stderr
