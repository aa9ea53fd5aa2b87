"""Several interpreters at one instance: this one and others, each with one single-threaded solver.

The first seat is a thread of this process (HiGHS works outside Python's lock); the others are interpreters of
their own, started afresh when the instance has proved to take longer than a start costs. They hold no state
that matters: whoever dies has its question answered with a doubt, and is not asked again.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any

from procure_opt.errors import EngineDoubt
from procure_opt.pareto.points import Point
from procure_opt.pareto.zones import Bound
from procure_opt.solving.engine import Limits
from tests.benchmarks.instance import Instance
from tests.benchmarks.oracle import InstanceOracle, Start, Zone
from tests.benchmarks.ranges import Ranges

START_AFTER = 0.2
"""Seconds of solving after which other interpreters are started; they need about as long to be ready."""
_WAKE = 0.2
ROOT = str(Path(__file__).resolve().parents[2])
Order = tuple[int, int, Sequence[Zone], Start]


class InstanceCrew:
    """An oracle with several seats; see :class:`procure_opt.pareto.together.Crew`. Use it in a ``with``."""

    def __init__(self, instance: Instance, ranges: Ranges, limits: Limits, seats: int) -> None:
        self.oracle = InstanceOracle(instance, ranges, limits)
        self.dimension, self.widest = self.oracle.dimension, self.oracle.widest
        self.solves = 0
        self._limits, self._setting = limits, (instance, ranges)
        self._answers: SimpleQueue[tuple[_Seat, Any]] = SimpleQueue()
        self._begun = monotonic()
        self._wanted = seats - 1
        self._seats: list[_Seat] = [_Here(self.oracle, self._answers)]
        self._busy: dict[_Seat, int] = {}
        self._ready: set[_Seat] = {self._seats[0]}

    def __enter__(self) -> InstanceCrew:
        """Return the crew."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop everybody and wait until they are gone."""
        for seat in self._seats:
            seat.close()

    @property
    def seconds(self) -> float:
        """Processor time inside all solvers."""
        return sum(seat.seconds for seat in self._seats)

    def minimise(self, objective: int, upper: Bound) -> Point | None:
        """Answer one question here and now."""
        return self.oracle.minimise(objective, upper)

    def minimise_any(self, objective: int, zones: Sequence[Zone]) -> Point | None:
        """Answer one question here and now."""
        return self.oracle.minimise_any(objective, zones)

    def is_free(self) -> bool:
        """Return whether a seat is ready and has nothing to do."""
        return any(seat not in self._busy for seat in self._ready)

    def ask(self, number: int, objective: int, zones: Sequence[Zone]) -> None:
        """Hand a question to the first seat that is free."""
        seat = next(seat for seat in self._seats if seat in self._ready and seat not in self._busy)
        self._busy[seat] = number
        seat.take((number, objective, zones, self.oracle.start(objective, zones)))

    def answer(self) -> tuple[int, Point | EngineDoubt | None] | None:
        """Wait for the next answer; what was found is known to all from then on. None: a seat is ready."""
        seat, answer = self._next()
        number = self._busy.pop(seat, None)
        if isinstance(answer, Gone):
            self._ready.discard(seat)
        else:
            self._ready.add(seat)
        return None if number is None else (number, self._heard(answer))

    def _heard(self, answer: Any) -> Point | EngineDoubt | None:
        self.solves += 1
        if isinstance(answer, EngineDoubt):
            return answer
        if isinstance(answer, Gone):
            return EngineDoubt("a worker ended without an answer")
        if isinstance(answer, BaseException):
            raise answer
        if answer is None:
            return None
        self.oracle.learn(*answer)
        point: Point = answer[0]
        return point

    def _next(self) -> tuple[_Seat, Any]:
        while True:
            if self._wanted > 0 and monotonic() - self._begun > START_AFTER:
                self._seats += [
                    _There(self._setting, self._limits, self._answers) for _ in range(self._wanted)
                ]
                self._wanted = 0
            try:
                return self._answers.get(timeout=_WAKE)
            except Empty:
                continue


class Gone(Exception):
    """A worker that will not answer."""


class _Seat(ABC):
    """Where a question is worked on; the answer comes through the queue."""

    seconds = 0.0

    @abstractmethod
    def take(self, order: Order) -> None:
        """Begin to work on a question."""

    @abstractmethod
    def close(self) -> None:
        """End, whatever is being worked on."""


class _Here(_Seat):
    """A thread of this process, one per question."""

    def __init__(self, oracle: InstanceOracle, answers: SimpleQueue[tuple[_Seat, Any]]) -> None:
        self._oracle, self._answers = oracle, answers
        self._thread: Thread | None = None

    def take(self, order: Order) -> None:
        self._thread = Thread(target=self._work, args=(order,), name="here")
        self._thread.start()

    def close(self) -> None:
        self._oracle.stop()
        if self._thread is not None:
            self._thread.join()

    def _work(self, order: Order) -> None:
        answer = answered(self._oracle, order)
        self.seconds = self._oracle.seconds
        self._answers.put((self, answer))


class _There(_Seat):
    """Another interpreter, with a thread here that listens to it."""

    def __init__(
        self,
        setting: tuple[Instance, Ranges],
        limits: Limits,
        answers: SimpleQueue[tuple[_Seat, Any]],
    ) -> None:
        self._answers = answers
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for this process, which then ends the others
            env=os.environ | {"PYTHONPATH": os.pathsep.join([ROOT, os.environ.get("PYTHONPATH", "")])},
        )
        self._send((*setting, limits.remaining()))
        self._thread = Thread(target=self._listen, name="there", daemon=True)
        self._thread.start()

    def take(self, order: Order) -> None:
        self._send(order)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()

    def _send(self, message: object) -> None:
        assert self._process.stdin is not None
        try:
            pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()
        except BrokenPipeError:
            self._answers.put((self, Gone()))

    def _listen(self) -> None:
        assert self._process.stdout is not None
        try:
            while True:
                answer, self.seconds = pickle.load(self._process.stdout)
                self._answers.put((self, answer))
        except (EOFError, OSError, pickle.UnpicklingError, ValueError):
            self._answers.put((self, Gone()))


def answered(oracle: InstanceOracle, order: Order) -> object:
    """Return the point and solution that answer an order, None, or the exception that came instead."""
    _, objective, zones, start = order
    try:
        return oracle.solve(objective, zones, start)
    except Exception as error:
        return error
