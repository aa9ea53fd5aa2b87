"""Ctrl-C and deadlines end a solver that does not listen, within about a second and without an answer."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest
from programs import endless

from procure_opt.errors import LimitReached
from procure_opt.solving.engine import Limits, open_engine
from procure_opt.solving.patience import GRACE, Task

LONG_SOLVE = """
import sys, time
from procure_opt.solving.engine import Limits, open_engine
from programs import endless
program, objective = endless()
engine = open_engine("highs", program, Limits())
print("solving", flush=True)
try:
    engine.minimise(objective, {}, gap=0.5)
except KeyboardInterrupt:
    print("interrupted", time.time(), flush=True)
    sys.exit(130)
"""


def test_the_deadline_is_kept_and_the_next_call_does_not_start() -> None:
    program, objective = endless()
    engine = open_engine("highs", program, Limits.within(1.0))
    begun = time.monotonic()
    with pytest.raises(LimitReached):
        engine.minimise(objective, {}, gap=0.5)
    assert 0.5 < time.monotonic() - begun < 2.0
    with pytest.raises(LimitReached, match="before the solver started"):
        engine.minimise(objective, {}, gap=0.5)
    assert engine.solves == 1


def test_ctrl_c_ends_a_long_solve_within_about_a_second() -> None:
    here = Path(__file__).parent
    roots = f"{here}:{here.parents[1]}"
    with subprocess.Popen(
        [sys.executable, "-c", LONG_SOLVE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": roots},
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "solving\n"
        time.sleep(1.0)
        sent = time.time()
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)
    word, when = out.split()
    assert (word, child.returncode, err) == ("interrupted", 130, "")
    assert float(when) - sent < 2.0


def test_work_that_ignores_the_request_is_left_behind_after_the_grace() -> None:
    release = Event()
    task: Task[bool] = Task(lambda: release.wait(20), Event())
    begun = time.monotonic()
    assert task.result(by=begun + 0.1) is None
    assert time.monotonic() - begun < GRACE + 1
    assert task.running
    release.set()


def test_errors_of_the_work_reach_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        Task(lambda: 1 // 0, Event()).result(by=float("inf"))


def test_limits_count_down() -> None:
    assert Limits().remaining() == float("inf")
    assert Limits.within(-1).remaining() < 0
