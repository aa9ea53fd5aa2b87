"""Several processes: the same answer as one, whatever happens to them."""

from __future__ import annotations

import pickle
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from multiprocessing import Pipe
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from menus import CHOICES, WATCHED, Small

from procure_opt.case.load import load_case
from procure_opt.errors import LimitReached
from procure_opt.formulation.formulation import formulate
from procure_opt.formulation.oracle import CaseOracle
from procure_opt.solving import crew as crew_module
from procure_opt.solving import field as field_module
from procure_opt.solving import survey as survey_module
from procure_opt.solving import sweep as sweep_module
from procure_opt.solving.crew import Crew
from procure_opt.solving.engine import Limits
from procure_opt.solving.plan import Findings, Holders, Plan
from procure_opt.solving.survey import Survey, joined
from procure_opt.solving.sweep import Sweep

STEPS = (3, 3, 3)


@pytest.fixture(autouse=True)
def _always_a_crew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey_module, "WORTH_A_CREW", 0)


def _survey(seed: int, workers: int, limits: Limits | None = None, *, apart: bool = False) -> Survey:
    small = Small(seed)
    digits = {column: (group, place) for group, c in enumerate(CHOICES) for place, column in enumerate(c, 1)}
    plan = Plan(small.matrix, small.fixings, CHOICES, [], WATCHED, STEPS, digits, apart=apart)
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


def test_many_processes_find_the_least_values_too() -> None:
    alone, together = _survey(4, 1, apart=True), _survey(4, 2, apart=True)
    for each in (alone, together):
        each.run()
        least = [min(values) for values in zip(*each.points(), strict=True)]
        assert each.findings.finished and least == [
            min(values) for values in zip(*Small(4).points(), strict=True)
        ]


class _Enough(Exception):
    """Somebody asks for work."""


def test_what_is_given_away_is_followed_by_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """After each step half of the rest goes to a second sweep; nothing is lost, nothing is counted twice."""
    monkeypatch.setattr(sweep_module, "AT_A_TIME", 2)
    monkeypatch.setattr(field_module, "AT_ONCE", 4)
    assert sum(_given_between_two(seed) for seed in range(20)) > 20


def _given_between_two(seed: int) -> int:
    alone = _survey(seed, 1)
    alone.run()
    plan = alone.plan
    sweeps = Sweep(plan, range(len(plan.fixings))), Sweep(plan, [])
    for each in sweeps:
        each.prepare()

    def enough(*_: int) -> None:
        raise _Enough

    given = 0
    while any(not each.findings().finished for each in sweeps):
        for giver, taker in (sweeps, sweeps[::-1]):
            with suppress(_Enough):
                giver.sweep(enough)
            tasks = giver.spare()
            taker.follow_too(pickle.loads(pickle.dumps(tasks)))
            giver.forget(tasks)
            given += len(tasks)
    together = joined(plan, [each.findings() for each in sweeps])
    assert together.finished and set(together.holders) == set(alone.findings.holders)
    for point, holders in alone.findings.holders.items():
        assert together.holders[point].first == holders.first
    return given


def test_one_with_nothing_to_do_is_given_work_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """All parts to the first of two (24 of GCAP's); both have looked at something in the end."""
    hired = Crew._hire
    case = load_case("gcap@2022")
    formulation = formulate(case)
    steps = tuple(8 * getattr(case.resolution, name).whole for name in ("autonomy", "spinoff", "cost"))
    oracle = CaseOracle(formulation, steps)
    plan = replace(oracle.survey.plan, fixings=oracle.survey.plan.fixings[-24:])
    numbers = [range(len(plan.fixings)), range(0)]

    def unfair(self: Crew, task: Any) -> None:
        hired(self, (task[0], numbers[len(self._members)], *task[2:]))

    monkeypatch.setattr(Crew, "_hire", unfair)
    monkeypatch.setattr(crew_module, "shuffled", lambda count: list(range(count)))
    crew = Crew(plan, 2, Limits())
    try:
        every = crew.run(None)
    finally:
        crew.dismiss()
    assert every is not None and len(every) == 2 and all(each.finished for each in every)
    assert all(each.looked_at for each in every)
    alone = Survey(plan, oracle.judge)
    alone.run()
    assert sorted(joined(plan, every).holders) == alone.points()


def test_what_the_first_one_through_finds_meanwhile_reaches_the_others() -> None:
    """It improves its boxes while others are on their first ways through, and do not listen yet."""
    crew = Crew(_survey(4, 1).plan, 0, Limits())
    heard: list[tuple[int, str, Any]] = []
    for number in range(2):
        member = SimpleNamespace(dived=None, done=None, is_idle=False, is_asked=False, is_poor=False)
        member.say = lambda kind, content, number=number: heard.append((number, kind, content))
        crew._members.append(member)  # type: ignore[arg-type]
    first, second = crew._members
    holders = [Holders(frozenset({place}), (), frozenset({place}), 0) for place in range(3)]
    crew._heed(first, "dived", {(0, 9, 9): holders[0]}, None)
    crew._heed(first, "found", {(9, 0, 9): holders[1]}, None)
    assert not heard
    crew._heed(second, "dived", {(9, 9, 0): holders[2]}, None)
    crew._members.clear()
    told = {number: content for number, kind, content in heard if kind == "boxes"}
    assert told[0].keys() == told[1].keys() == {(0, 9, 9), (9, 0, 9), (9, 9, 0)}


def test_what_is_between_two_hands_counts_as_open() -> None:
    """Given away and never taken over, or the other way round: nothing is finished then."""
    plan = _survey(4, 1).plan
    for given, taken in (({"1 0"}, set()), (set(), {"1 0"}), ({"1 0"}, {"2 0"})):
        crew = Crew(plan, 0, Limits())
        crew._members = [SimpleNamespace(done=Findings(), dived=None, given=given, taken=taken)]  # type: ignore[list-item]
        assert not all(each.finished for each in crew._all_findings())


def test_after_ctrl_c_nothing_is_noted_as_closed() -> None:
    """A giver says that it has nothing more of a field; that it gave tasks away was swallowed."""
    events = [("closed", ("0.0", ""))]
    for stopping in (False, True):
        ours, theirs = Pipe()
        crew = Crew(_survey(4, 1).plan, 0, Limits())
        member = SimpleNamespace(channel=ours, done=None, lost=False, dived=None, given=set(), taken=set())
        member.process = SimpleNamespace(send_signal=lambda number: None)
        crew._members = [member]  # type: ignore[list-item]
        theirs.send(("done", (Findings(open=None), {"1 0"}, set(), events)))
        if stopping:
            crew.stopped()
        else:
            list(crew._messages(time.time() + 5))
        assert crew._ledger.known.is_done("0.0") is not stopping
        ours.close()
        theirs.close()


def test_a_process_that_is_lost_costs_time_but_no_point(monkeypatch: pytest.MonkeyPatch) -> None:
    hired = Crew._hire

    def unlucky(self: Crew, task: Any) -> None:
        hired(self, task)
        self._members[0].process.kill()

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
        ends.extend(sum(m.done is not None for m in self._members) for _ in self._members)
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
        Crew, "_hire", lambda self, task: (hired(self, task), processes.append(self._members[-1].process))[0]
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
