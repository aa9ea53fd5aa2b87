"""Errands by way of executors: the same as alone, whatever gets lost, and honest when time is up."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from menus import CHOICES, WATCHED, Point, Small

from procure_opt import load_case, solve
from procure_opt.errors import LimitReached, UsageError
from procure_opt.result.write import result_bytes
from procure_opt.solving import dispatch as dispatch_module
from procure_opt.solving import errand as errand_module
from procure_opt.solving import field as field_module
from procure_opt.solving import parts as parts_module
from procure_opt.solving import sweep as sweep_module
from procure_opt.solving.engine import Limits
from procure_opt.solving.plan import Plan
from procure_opt.solving.survey import Survey

STEPS = (3, 3, 3)
ORACLES = Path(__file__).parents[1] / "oracles"


class Desk(Executor):
    """Does everything at once, in this process; ``fails`` says which submissions get lost."""

    def __init__(self, fails: Callable[[int], bool] = lambda number: False) -> None:
        self.fails, self.submitted = fails, 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.submitted += 1
        future: Future[Any] = Future()
        if self.fails(self.submitted):
            future.set_exception(OSError("lost on the way"))
            return future
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.fixture
def little_by_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """One part a block, two sets at a time, and no patience: nearly everything comes back as a rest."""
    monkeypatch.setattr(dispatch_module, "BLOCK", 1)
    monkeypatch.setattr(parts_module, "BLOCK", 1)
    monkeypatch.setattr(dispatch_module, "PATIENCE", 1e-9)
    monkeypatch.setattr(sweep_module, "AT_A_TIME", 2)
    monkeypatch.setattr(field_module, "AT_ONCE", 4)
    monkeypatch.setattr(sweep_module.Sweep, "sweep", _one_step)


_WHOLE = sweep_module.Sweep.sweep


def _one_step(self: sweep_module.Sweep, told: Any = None, until: float = float("inf")) -> None:
    """Follow one task of an errand, as a slow machine would; all, if there is no hurry."""
    if until == float("inf"):
        _WHOLE(self, told)
        return
    stack = self._stack or []
    if stack:
        part, each, swath = stack[-1]
        followers = self._followed(part, each, swath)
        stack[-1:] = followers
        self._note(part, each, followers)


def _survey(seed: int, executor: Executor | None, limits: Limits | None = None, width: int = 3) -> Survey:
    small = Small(seed)
    digits = {column: (group, place) for group, c in enumerate(CHOICES) for place, column in enumerate(c, 1)}
    plan = Plan(small.matrix, small.fixings, CHOICES, [], WATCHED, STEPS, digits)
    return Survey(plan, small.judge, limits, width, executor)


def _same(one: Survey, other: Survey) -> None:
    assert one.points() == other.points() and one.findings.finished
    for point, held in other.findings.holders.items():
        assert one.findings.holders[point] == held


def _nothing_is_denied(stopped: Survey, true: list[Point]) -> None:
    """What a stopped survey has not found lies in what it calls open."""
    assert not stopped.findings.finished
    for point in set(true) - set(stopped.points()):
        assert stopped.may_hold((*point, sum(point)), 0, None, 1)


@pytest.mark.usefixtures("little_by_little")
def test_errands_find_what_one_process_finds() -> None:
    """Twenty programs in many hops, and in the end the ledger has every part as done."""
    hops = 0
    for seed in range(20):
        desk = Desk()
        away, alone = _survey(seed, desk), _survey(seed, None, width=1)
        away.run()
        alone.run()
        _same(away, alone)
        assert all(away.ledger.known.is_part_done(part) for part in range(3))
        hops += desk.submitted
    assert hops > 20 * 8


@pytest.mark.usefixtures("little_by_little")
def test_what_gets_lost_is_sent_again() -> None:
    """Every third errand is lost; nothing else is."""
    desk = Desk(lambda number: number % 3 == 0)
    away, alone = _survey(5, desk), _survey(5, None, width=1)
    away.run()
    alone.run()
    _same(away, alone)
    assert desk.submitted > 6


@pytest.mark.parametrize("patience", [0, 4, 7])
def test_an_executor_that_breaks_leaves_the_rest_to_us(
    patience: int, little_by_little: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    away, alone = _survey(6, Desk(lambda number: number > patience)), _survey(6, None, width=1)
    away.run()
    alone.run()
    _same(away, alone)
    assert away.processes == 1


def test_an_executor_that_is_shut_down_leaves_all_to_us() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    away = _survey(7, pool)
    away.run()
    assert away.points() == Small(7).best(STEPS)


@pytest.mark.usefixtures("little_by_little")
def test_when_time_is_up_what_was_not_brought_back_is_open() -> None:
    """Stopped after each number of errands: what is missing may lie in what is open."""
    stopped = 0
    for most in range(1, 30):
        desk = Desk()
        limits = _counted(desk, most)
        away = _survey(4, desk, limits)
        try:
            away.run()
        except LimitReached:
            stopped += 1
            _nothing_is_denied(away, Small(4).best(STEPS))
        else:
            assert away.points() == Small(4).best(STEPS)
    assert 5 < stopped < 29


def _counted(desk: Desk, most: int) -> Limits:
    """Return limits that end after so many errands."""

    class Counted(Limits):
        def remaining(self) -> float:
            return float("inf") if desk.submitted < most else -dispatch_module.GRACE - 1

    return Counted()


@pytest.mark.usefixtures("little_by_little")
def test_one_goes_on_from_what_errands_have_done() -> None:
    """Some errands, then another survey with the same ledger: nothing that is closed is followed again."""
    desk = Desk()
    begun = _survey(4, desk, _counted(desk, 12))
    with pytest.raises(LimitReached):
        begun.run()
    assert begun.ledger.known.closed
    again = _survey(4, Desk())
    again.ledger = begun.ledger
    again.run()
    assert again.points() == Small(4).best(STEPS)
    assert again.findings.finished


@pytest.mark.usefixtures("little_by_little")
@pytest.mark.parametrize("where", ["asked", "answered"])
def test_wherever_ctrl_c_falls_nothing_is_called_complete(where: str) -> None:
    """While an errand is handed over, or its report taken in: once such runs were called complete."""
    stopped = 0
    for most in range(1, 40):
        away = _survey(4, _Interrupted(where, most))
        try:
            away.run()
        except KeyboardInterrupt:
            stopped += 1
            _nothing_is_denied(away, Small(4).best(STEPS))
        else:
            assert away.points() == Small(4).best(STEPS)
    assert stopped > 5


class _Interrupted(Desk):
    """Is interrupted at one errand: before it is done, or when its report is looked at."""

    def __init__(self, where: str, most: int) -> None:
        super().__init__()
        self.where, self.most = where, most

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self.submitted + 1 < self.most:
            return super().submit(fn, *args, **kwargs)
        if self.where == "asked":
            raise KeyboardInterrupt
        future: Future[Any] = _Startled()
        future.set_result(fn(*args, **kwargs))
        return future


class _Startled(Future):  # type: ignore[type-arg]
    def exception(self, timeout: float | None = None) -> BaseException | None:
        raise KeyboardInterrupt


@pytest.mark.usefixtures("little_by_little")
@pytest.mark.parametrize("damage", ["another's", "nothing", "cut", "flipped", "interrupted there"])
def test_what_is_not_the_report_of_this_errand_counts_as_lost(damage: str) -> None:
    """A cache that answers with another's report once closed what nobody had swept."""
    for number in range(2, 16):
        away, alone = _survey(5, _Damaging(damage, number)), _survey(5, None, width=1)
        away.run()
        alone.run()
        _same(away, alone)


class _Damaging(Desk):
    """One report is not what it should be."""

    def __init__(self, damage: str, number: int) -> None:
        super().__init__()
        self.damage, self.number, self.last = damage, number, b""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = super().submit(fn, *args, **kwargs)
        report: bytes = future.result()
        before, self.last = self.last, report
        if self.submitted != self.number:
            return future
        other: Future[Any] = Future()
        if self.damage == "interrupted there":
            other.set_exception(KeyboardInterrupt())
            return other
        middle = len(report) // 2
        flipped = report[:middle] + bytes([report[middle] ^ 1]) + report[middle + 1 :]
        other.set_result(
            {"another's": before, "nothing": None, "cut": report[:-9], "flipped": flipped}[self.damage]
        )
        return other


def test_work_is_done_by_the_same_program_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errand_module, "code", lambda: "another")
    away = _survey(7, Desk())
    away.run()
    assert away.processes == 1 and away.points() == Small(7).best(STEPS)


def test_what_is_no_executor_is_refused() -> None:
    with pytest.raises(UsageError, match=r"executor: 3 is none"):
        solve(load_case(ORACLES / "tri1.yaml"), executor=3)  # type: ignore[arg-type]


def test_processes_give_the_same_bytes() -> None:
    """TRI-2 by a pool of two processes, and by one process alone."""
    case = load_case(ORACLES / "tri2.yaml")
    with ProcessPoolExecutor(2) as pool:
        away = solve(case, executor=pool, workers=2)
    assert away.complete and away.journey.workers == 2
    assert result_bytes(away.claim) == result_bytes(solve(case, workers=1).claim)
