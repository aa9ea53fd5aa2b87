"""The program as the shell sees it: start-up, signals, pipes, streams, and the same bytes everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tri1_claim import ROOT, tri1_claim

from procure_opt.case.template import template_text
from procure_opt.result.write import save_result

PROGRAM = [sys.executable, "-m", "procure_opt"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("process")
    save_result(tri1_claim(), path / "result.json")
    (path / "pair.yaml").write_text(template_text("pair"))
    return path


def test_help_is_fast_and_imports_nothing_heavy() -> None:
    script = (
        "import sys; from procure_opt.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pydantic', 'yaml', 'pulp', 'highspy', 'numpy', 'scipy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    started = time.process_time()
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=ENVIRONMENT, check=True
    )
    assert done.stderr == "[]\n" and "usage: procure-opt" in done.stdout
    assert time.process_time() - started < 1


def test_the_public_face_is_lazy_and_complete() -> None:
    script = (
        "import sys, procure_opt as po\n"
        "assert not {'pydantic', 'pulp', 'numpy'} & set(sys.modules)\n"
        "print([name for name in po.__all__ if getattr(po, name) is None], po.UsageError.exit_code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=ENVIRONMENT, check=True
    )
    assert done.stdout == "[] 2\n"


def test_ctrl_c_saves_what_was_found(folder: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "from procure_opt.cli import main\n"
        "from procure_opt.cli.progress import ProgressLine\n"
        "def press(self, step):\n"
        "    if step.points >= 2: os.kill(os.getpid(), signal.SIGINT)\n"
        "ProgressLine.__call__ = press\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "sys.exit(main(['run', sys.argv[1], '--out', sys.argv[2]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(ROOT / "tests/oracles/tri1.yaml"), str(folder / "partial")],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=False,
    )
    assert done.returncode == 130 and "Traceback" not in done.stderr
    assert "incomplete (interrupted)" in done.stdout and (folder / "partial" / "result.json").is_file()


def test_a_reader_that_leaves_early_is_no_error(folder: Path) -> None:
    command = " ".join([*PROGRAM, "schema", "|", "head", "-n", "1"])
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        cwd=folder,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_standard_output_that_is_closed_or_full_is_said(folder: Path) -> None:
    for where, word in ((">&-", "closed"), (">/dev/full", "No space left on device")):
        command = f"{' '.join(PROGRAM)} show result.json {where}"
        done = subprocess.run(
            ["bash", "-c", command], capture_output=True, text=True, env=ENVIRONMENT, cwd=folder, check=False
        )
        assert done.returncode == 2 and word in done.stderr and "Traceback" not in done.stderr


def test_the_same_case_gives_the_same_bytes_everywhere(folder: Path) -> None:
    reversed_keys = folder / "elsewhere" / "other_name.yaml"
    reversed_keys.parent.mkdir()
    reversed_keys.write_text(_blocks_reversed((folder / "pair.yaml").read_text()))
    setups = [
        ({"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"}, folder, folder / "pair.yaml"),
        (
            {"PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Apia"},
            reversed_keys.parent,
            reversed_keys,
        ),
    ]
    results = []
    for setting, cwd, case in setups:
        done = subprocess.run(
            [*PROGRAM, "run", str(case), "--json"],
            capture_output=True,
            env={**ENVIRONMENT, **setting},
            cwd=cwd,
            check=True,
        )
        results.append(done.stdout)
    assert results[0] == results[1] and results[0].startswith(b"{")


def _blocks_reversed(text: str) -> str:
    """Return the YAML text with its top-level blocks in the opposite order."""
    blocks: list[list[str]] = []
    for line in text.splitlines(keepends=True):
        if line[0] not in " \n#" or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    return "".join("".join(block) for block in reversed(blocks))
