"""Several processes: the same answer as one, whatever happens to them."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from menus import CHOICES, WATCHED, Small

from procure_opt.errors import LimitReached
from procure_opt.solving import survey as survey_module
from procure_opt.solving.crew import Crew
from procure_opt.solving.engine import Limits
from procure_opt.solving.plan import Plan
from procure_opt.solving.survey import Survey

STEPS = (3, 3, 3)


@pytest.fixture(autouse=True)
def _always_a_crew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey_module, "WORTH_A_CREW", 0)


def _survey(seed: int, workers: int, limits: Limits | None = None) -> Survey:
    small = Small(seed)
    digits = {column: (group, place) for group, c in enumerate(CHOICES) for place, column in enumerate(c, 1)}
    plan = Plan(small.matrix, small.fixings, CHOICES, [], WATCHED, STEPS, digits)
    return Survey(plan, small.judge, limits, workers)


@pytest.mark.parametrize("workers", [2, 5])
def test_many_processes_find_what_one_finds(workers: int) -> None:
    """Points, holders and their number; five processes have more hands than parts."""
    alone, together = _survey(4, 1), _survey(4, workers)
    alone.run()
    together.run()
    assert together.points() == alone.points() == Small(4).best(STEPS)
    assert together.findings.finished and not together.doubted
    for point, holders in alone.findings.holders.items():
        assert together.findings.holders[point] == holders


def test_a_process_that_is_lost_costs_time_but_no_point(monkeypatch: pytest.MonkeyPatch) -> None:
    hired = Crew._hire

    def unlucky(self: Crew, task: Any) -> None:
        hired(self, task)
        self._members[0][0].kill()

    monkeypatch.setattr(Crew, "_hire", unlucky)
    survey = _survey(5, 2)
    survey.run()
    assert survey.findings.finished and survey.points() == Small(5).best(STEPS)


def test_no_interpreter_to_be_found_is_no_disaster(monkeypatch: pytest.MonkeyPatch) -> None:
    """An embedding program may have no ``sys.executable``."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    survey = _survey(6, 2)
    survey.run()
    assert survey.points() == Small(6).best(STEPS)


def test_what_lies_in_the_current_folder_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder with a ``numpy.py`` and a ``procure_opt`` of its own: the processes do not even notice."""
    (tmp_path / "procure_opt").mkdir()
    for name in ("numpy.py", "signal.py", "procure_opt/__init__.py"):
        (tmp_path / name).write_text("raise SystemExit(7)\n")
    monkeypatch.chdir(tmp_path)
    ends: list[int | None] = []
    dismissed = Crew.dismiss

    def noted(self: Crew) -> None:
        ends.extend(len(self._done) for _ in self._members)
        dismissed(self)

    monkeypatch.setattr(Crew, "dismiss", noted)
    survey = _survey(9, 2)
    survey.run()
    assert ends == [2, 2] and survey.points() == Small(9).best(STEPS)


def test_time_that_is_up_leaves_everything_open() -> None:
    survey = _survey(7, 2, Limits.within(0.001))
    with pytest.raises(LimitReached):
        survey.run()
    assert not survey.findings.finished
    assert all(survey.may_hold((99, 99, 99, 999), aim, None, 1) for aim in range(3))


def test_ctrl_c_ends_all_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pressed as soon as somebody has something to say."""
    crews: list[Crew] = []
    stopped = Crew.stopped

    def pressed(self: Crew, deadline: float) -> Any:
        crews.append(self)
        monkeypatch.setattr(Crew, "_messages", messages)
        raise KeyboardInterrupt

    messages = Crew._messages
    monkeypatch.setattr(Crew, "_messages", pressed)
    monkeypatch.setattr(Crew, "stopped", lambda self: stopped(self))
    survey = _survey(8, 2)
    processes: list[subprocess.Popen[bytes]] = []
    hired = Crew._hire
    monkeypatch.setattr(
        Crew, "_hire", lambda self, task: (hired(self, task), processes.append(self._members[-1][0]))[0]
    )
    with pytest.raises(KeyboardInterrupt):
        survey.run()
    assert len(processes) == 2 and all(process.returncode is not None for process in processes)
    assert set(survey.points()) <= set(Small(8).points())


def test_a_worker_ends_when_nobody_listens() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        worker = subprocess.Popen(
            [sys.executable, "-m", "procure_opt.solving.worker", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stderr=subprocess.DEVNULL,
        )
    ours.close()
    assert worker.wait(20) == 1
