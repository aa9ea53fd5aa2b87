"""The handbook's page on games is right: its Python runs, its dialogue is what is said, its client works."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tri1_claim import ROOT

import procure_opt
from procure_opt.accounts.values import programme_vector
from procure_opt.case.load import load_case
from procure_opt.claim import Efficient, Evidence
from procure_opt.front import EfficientStructure, StatedFront
from procure_opt.structure.structure import Structure
from procure_opt.wargame.clock import unseen
from procure_opt.wargame.sessions.desk import Desk
from procure_opt.wargame.sessions.orders import KINDS
from procure_opt.wargame.sessions.protocol import OPERATIONS

PAGE = (ROOT / "procure_opt" / "handbook" / "wargame.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)


def small_front() -> StatedFront:
    """Return a front of FCAS of the two structures that the example proposes."""
    case = load_case("fcas")
    stated = json.loads((ROOT / "examples" / "5_wargame.json").read_text(encoding="utf-8"))
    structures = [Structure.from_json(stated["structures"][name]) for name in ("apart", "together")]
    points = [Efficient(case, programme_vector(case, each), each) for each in structures]
    kept = tuple(EfficientStructure(case, each.values, each.structure) for each in points)
    return StatedFront(case, kept, Evidence((1, 1, 1), (), (), Fraction(0), "time limit"))


def test_what_a_facilitator_types_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    front = small_front()
    monkeypatch.setattr(procure_opt, "read_result", lambda source: front)
    no_time = lambda case, **limits: SimpleNamespace(front=unseen(case))  # noqa: E731
    monkeypatch.setattr("procure_opt.wargame.effect.survey", no_time)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for number, block in enumerate(blocks("python")):
        exec(compile(block, f"wargame.md, block {number}", "exec"), names)
    told = capsys.readouterr().out
    assert "2 efficient structures are left; 2 of them suit all" in told
    assert "FRA would accept" in told and "\nP2\n" in told and "two years late" in told
    assert "so far, the front is not complete" in told
    assert names["state"].table.deal().id == "P2"


def test_the_dialogue_is_what_is_said() -> None:
    """Ids of states hang on the case; on the page they are W-1 and W-2, in the order of their coming."""
    (dialogue,) = blocks("text")
    desk, ids = Desk(), dict[str, str]()
    turns = re.findall(r"((?:^> .*\n)+)((?:^< .*\n)+)", dialogue, flags=re.MULTILINE)
    assert len(turns) == 5
    for asked, answered in turns:
        request = re.sub(r"W-\d", lambda found: ids[found[0]], re.sub(r"^> *", "", asked, flags=re.MULTILINE))
        answer = desk.answer(json.loads(request.replace("\n", " ")))
        state = answer.get("result", {}).get("state")
        if state is not None and state not in ids.values():
            ids[f"W-{len(ids) + 1}"] = state
        wanted = re.sub(
            r"W-\d", lambda found: ids[found[0]], re.sub(r"^< *", "", answered, flags=re.MULTILINE)
        )
        assert answer == json.loads(wanted.replace("\n", " "))


def test_every_order_and_operation_stands_in_its_table() -> None:
    fields = PAGE.index("| field | means |")
    fields_end = PAGE.index("\n\n", fields)
    listed = re.findall(r"^\| `(\w+)` \|", PAGE[:fields] + PAGE[fields_end:], flags=re.MULTILINE)
    assert listed == [*KINDS, *OPERATIONS]
    for name, operation in OPERATIONS.items():
        row = next(line for line in reversed(PAGE.splitlines()) if line.startswith(f"| `{name}` |"))
        told = {each for cell in row.split("|")[2:4] for each in re.findall(r"`(\w+)`", cell)}
        assert told == {*operation.needs, *operation.takes}, name


def test_the_client_in_another_language_works(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node.js: the client of the page is written for it")
    program = tmp_path / "procure-opt"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m procure_opt "$@"\n')
    program.chmod(0o755)
    (tmp_path / "client.js").write_text(blocks("js")[0], encoding="utf-8")
    env = {"PATH": f"{tmp_path}:/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [node, "client.js"], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "P1 waits for ITA and JPN\n"
