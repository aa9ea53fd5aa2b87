"""CP-SAT in a process of its own: hostile scales, a process that dies, two solvers side by side."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from math import inf
from pathlib import Path
from threading import Timer

import pytest
from engines import installed, opened, value
from programs import endless, knapsack

from procure_opt.errors import EngineDoubt, LimitReached, UsageError
from procure_opt.solving import cpsat
from procure_opt.solving.cpsat import CpsatEngine
from procure_opt.solving.cpsat_link import MOST_DEATHS, Link
from procure_opt.solving.engine import Limits, open_engine
from procure_opt.solving.program import Program, Row

TINY = knapsack([1], [1], 1)[0]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def cpsat_engine() -> str:
    """The name of the engine, where it is installed."""
    return installed("cpsat")


def _engine(program: Program = TINY, seconds: float | None = None) -> CpsatEngine:
    engine = opened("cpsat", program, seconds)
    assert isinstance(engine, CpsatEngine)
    return engine


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_without_ortools_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpsat.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"needs OR-Tools 9\.12 or later, and here is none; pip install"):
        open_engine("cpsat", TINY, Limits())


def test_an_old_ortools_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpsat.importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(cpsat, "version", lambda name: "9.9.3963")
    with pytest.raises(UsageError, match=r"here is 9\.9\.3963"):
        open_engine("cpsat", TINY, Limits())


@pytest.mark.usefixtures("cpsat_engine")
def test_costs_of_a_thousand_million_that_differ_by_one_are_told_apart() -> None:
    program = Program((0.0,) * 4, (1.0,) * 4, (True,) * 4, (Row((0, 1, 2, 3), (1.0,) * 4, 2.0, 2.0),))
    costs = {0: 1e9, 1: 1e9 + 2, 2: 1e9 + 1, 3: 1e9 + 3}
    answer = _engine(program).minimise(costs, {}, gap=0.25)
    assert answer == (1.0, 0.0, 1.0, 0.0)
    assert value(costs, answer) == 2 * 10**9 + 1


@pytest.mark.usefixtures("cpsat_engine")
def test_a_budget_missed_by_one_is_missed() -> None:
    """HiGHS may take 0.99999999 for 1, and so find the million millions that are not there."""
    weights = (999_999_999.0, 1_000_000_001.0, 999_999_937.0)
    for budget, fits in ((2_999_999_937.0, True), (2_999_999_936.0, False)):
        rows = (Row((0, 1, 2), weights, -inf, budget), Row((0, 1, 2), (1.0,) * 3, 3.0, 3.0))
        program = Program((0.0,) * 3, (1.0,) * 3, (True,) * 3, rows)
        assert (_engine(program).minimise({0: 1.0}, {}, gap=0.25) is not None) == fits


@pytest.mark.usefixtures("cpsat_engine")
def test_sums_beyond_64_bits_are_doubts() -> None:
    huge = Program((0.0,) * 2, (1e9,) * 2, (True,) * 2, (Row((0, 1), (9e14, 9e14), 0.0, 1.0),))
    with pytest.raises(EngineDoubt, match=r"beyond 2\^60"):
        _engine(huge)


@pytest.mark.usefixtures("cpsat_engine")
def test_a_process_that_dies_is_a_doubt_and_a_fresh_one_knows_all() -> None:
    program, objective = knapsack([5, 4, 3], [2, 2, 2], 4)
    engine = _engine(program)
    engine.add_row(Row((0, 1), (1.0, 1.0), -inf, 1.0))
    for _ in range(MOST_DEATHS):
        assert value(objective, engine.minimise(objective, {}, gap=0.5)) == -8
        assert engine.link.pid is not None
        os.kill(engine.link.pid, signal.SIGKILL)
        with pytest.raises(EngineDoubt, match="ended before it answered"):
            engine.minimise(objective, {}, gap=0.5)
    with pytest.raises(EngineDoubt, match="died 3 times"):
        engine.minimise(objective, {}, gap=0.5)


@pytest.mark.usefixtures("cpsat_engine")
def test_a_process_killed_in_the_middle_of_a_question() -> None:
    program, objective = endless()
    engine = _engine(program)
    engine.link.open()
    pid = engine.link.pid
    assert pid is not None
    Timer(0.4, os.kill, (pid, signal.SIGKILL)).start()
    with pytest.raises(EngineDoubt, match="ended before it answered"):
        engine.minimise(objective, {}, gap=0.5)
    assert not _is_alive(pid)


@pytest.mark.usefixtures("cpsat_engine")
def test_ctrl_c_is_heard_within_a_second_and_leaves_no_process() -> None:
    program, objective = endless()
    engine = _engine(program)
    engine.link.open()
    pid = engine.link.pid
    Timer(0.4, os.kill, (os.getpid(), signal.SIGINT)).start()
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        engine.minimise(objective, {}, gap=0.5)
    assert time.monotonic() - begun < 1.4
    assert pid is not None and not _is_alive(pid)
    small, costs = knapsack([5, 4, 3], [2, 2, 2], 4)
    assert value(costs, _engine(small).minimise(costs, {}, gap=0.5)) == -9


@pytest.mark.usefixtures("cpsat_engine")
def test_a_process_that_does_not_heed_its_time_is_ended() -> None:
    link = Link()
    link.open()
    pid = link.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(LimitReached, match="has not heeded it"):
        link.ask({"do": "who"}, by=time.monotonic() - 0.3)
    assert not _is_alive(pid)


@pytest.mark.usefixtures("cpsat_engine")
def test_all_engines_share_a_process_that_goes_with_the_last() -> None:
    first, second = _engine(), _engine()
    for engine in (first, second):
        engine.minimise({0: 1.0}, {}, gap=0.5)
    pid = first.link.pid
    assert pid is not None and pid == second.link.pid
    del first, engine
    gc.collect()
    assert _is_alive(pid) and second.minimise({0: -1.0}, {}, gap=0.5) == (1.0,)
    del second
    gc.collect()
    assert not _is_alive(pid)


@pytest.mark.usefixtures("cpsat_engine")
def test_the_process_ends_with_its_parent_even_in_the_middle_of_a_question() -> None:
    code = (
        "import os, signal, sys, threading\n"
        "from programs import endless\n"
        "from procure_opt.solving.engine import Limits, open_engine\n"
        "program, objective = endless()\n"
        "engine = open_engine('cpsat', program, Limits())\n"
        "engine.link.open()\n"
        "print(engine.link.pid, flush=True)\n"
        "threading.Timer(0.4, os.kill, (os.getpid(), signal.SIGKILL)).start()\n"
        "engine.minimise(objective, {}, gap=0.5)\n"
    )
    places = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": places},
        capture_output=True,
        timeout=30,
        check=False,
    )
    pid = int(done.stdout)
    for _ in range(100):
        if not _is_alive(pid):
            return
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the process of CP-SAT outlived its parent")


@pytest.mark.usefixtures("cpsat_engine")
def test_both_solvers_work_side_by_side_and_never_in_one_process() -> None:
    program, objective = knapsack([5, 4, 3], [2, 2, 2], 4)
    engines = [opened(name, program) for name in ("highs", "cpsat", "highs")]
    assert [value(objective, each.minimise(objective, {}, gap=0.5)) for each in engines] == [-9] * 3
    assert "highspy" in sys.modules and "ortools" not in sys.modules
    engine = _engine()
    engine.link.open()
    assert engine.link.ask({"do": "who"})["packages"] == ["ortools"]


@pytest.mark.usefixtures("cpsat_engine")
def test_the_settings_are_read_back_from_the_solver() -> None:
    settings = _engine().read_settings()
    assert settings["num_workers"] == 1 and settings["relative_gap_limit"] == 0
    assert str(settings["version"]).count(".") == 2


@pytest.mark.usefixtures("cpsat_engine")
@pytest.mark.parametrize(
    "lie",
    [
        {"status": "MODEL_INVALID", "why": "overflow"},
        {"status": "UNKNOWN"},
        {"status": "FEASIBLE"},
        {"status": "OPTIMAL", "values": [1, 1, 1], "bound": -12},
        {"status": "OPTIMAL", "values": [2, 0, 0], "bound": -10},
        {"status": "OPTIMAL", "values": [1, 0, 1], "bound": -9},
        {"status": "OPTIMAL", "values": [1, 1, 0], "bound": float("nan")},
    ],
    ids=str,
)
def test_what_is_no_proof_is_doubted(monkeypatch: pytest.MonkeyPatch, lie: dict[str, object]) -> None:
    """An answer that breaks a row, or whose bound is not its worth, among them."""
    program, objective = knapsack([5, 4, 3], [2, 2, 2], 4)
    engine = _engine(program)
    monkeypatch.setattr(Link, "_exchange", lambda *arguments: lie)
    with pytest.raises(EngineDoubt, match="CP-SAT"):
        engine.minimise(objective, {}, gap=0.5)


@pytest.mark.usefixtures("cpsat_engine")
def test_what_the_process_cannot_do_is_a_doubt() -> None:
    engine = _engine()
    engine.link.open()
    with pytest.raises(EngineDoubt, match="cannot be asked this: KeyError"):
        engine.link.ask({"do": "ask", "number": 10**9})
    assert engine.minimise({0: -1.0}, {}, gap=0.5) == (1.0,)
