"""Several processes that sweep one plan, each its own parts first; boxes are shared, and later the work.

Each is a fresh interpreter that runs :mod:`.worker`, with a socket to talk over. Forked processes could
inherit locks of a solver's threads, and those of ``multiprocessing`` need a guarded main module, which people
who type into a notebook do not have.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import procure_opt
from procure_opt.solving.boxes import Boxes, Point
from procure_opt.solving.engine import Limits
from procure_opt.solving.parts import BLOCK, shuffled
from procure_opt.solving.plan import Findings, Holders, Plan, Told

GRACE = 5.0
"""Seconds that processes have to say what they found when they are stopped."""
LOST = (EOFError, OSError, pickle.UnpicklingError)


class Crew:
    """Processes at work on the parts of a plan, dealt out block by block like shuffled cards."""

    def __init__(self, plan: Plan, workers: int, limits: Limits) -> None:
        self._plan = plan
        self._members: list[tuple[subprocess.Popen[bytes], Connection]] = []
        self._done: dict[Connection, Findings] = {}
        self._dived: dict[Connection, dict[Point, Holders]] = {}
        self._told: dict[Connection, tuple[int, int, int]] = {}
        self._shared = False
        self._idle: list[Connection] = []
        self._asked: set[Connection] = set()
        """Those who were asked what they can spare, and have not answered."""
        self._loose = 0
        """Messages with tasks that nobody has taken over yet, as far as is known."""
        self._deadline = limits.remaining() + time.time()
        try:
            for worker in range(workers if sys.executable else 0):
                blocks = shuffled(-(-len(plan.fixings) // BLOCK))[worker::workers]
                numbers = [n for b in blocks for n in range(b * BLOCK, (b + 1) * BLOCK)]
                self._hire((plan, [n for n in numbers if n < len(plan.fixings)], self._deadline))
        except LOST:
            self.dismiss()

    def run(self, told: Told | None) -> list[Findings] | None:
        """Return what each has found when all are done; None if one was lost.

        One that is silent well beyond the time limit leaves everything open. On Ctrl-C the processes work on
        until they are :meth:`stopped` or dismissed.
        """
        if not self._members:
            return None
        try:
            for channel, (kind, content) in self._messages(self._deadline + GRACE):
                if kind == "told":
                    self._told[channel] = content
                    self._tell(told)
                elif kind == "dived":
                    self._dived[channel] = content
                elif kind == "found":
                    self._pass_on(channel, content)
                elif kind == "idle":
                    self._idle.append(channel)
                elif kind == "given":
                    self._hand_over(channel, content)
                if not self._shared:
                    self._share()
                self._balance()
        except LOST:
            return None
        return self._all_findings()

    def stopped(self) -> list[Findings]:
        """Interrupt all and return what they have found; one that does not answer leaves everything open."""
        for process, _ in self._members:
            process.send_signal(signal.SIGINT)
        try:
            for _ in self._messages(time.time() + GRACE):
                pass
        except LOST:
            pass
        return self._all_findings()

    def dismiss(self) -> None:
        """End all processes."""
        for process, channel in self._members:
            channel.close()
            process.kill()
            process.wait()
        self._members = []

    def _all_findings(self) -> list[Findings]:
        silent = [channel for _, channel in self._members if channel not in self._done]
        lost = [Findings(self._dived.get(channel, {}), open=None) for channel in silent]
        astray = [Findings(open=None)] if self._loose else []
        return [*self._done.values(), *lost, *astray]

    def _hire(self, task: Any) -> None:
        ours, theirs = socket.socketpair()
        channel = Connection(ours.detach())
        with theirs, _closing_on_failure(channel):
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "procure_opt.solving.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._members.append((process, channel))
        channel.send(task)

    def _messages(self, deadline: float) -> Iterator[tuple[Connection, tuple[str, Any]]]:
        """Yield what processes say until all are done or time is up."""
        while len(self._done) < len(self._members):
            at_work = [channel for _, channel in self._members if channel not in self._done]
            patience = min(1.0, deadline - time.time())
            if patience <= 0:
                return
            for channel in wait(at_work, patience):
                if isinstance(channel, Connection):
                    kind, content = channel.recv()
                    if kind == "done":
                        self._done[channel], taken = content
                        self._loose -= taken
                    elif kind == "given" and content:
                        self._loose += 1
                    yield channel, (kind, content)

    def _balance(self) -> None:
        """Ask on behalf of those who have nothing to do; if that is everybody, it is the end."""
        self._idle = [c for c in self._idle if c not in self._done]
        at_work = [c for _, c in self._members if c not in self._done and c not in self._idle]
        if self._idle and not at_work:
            for channel in self._idle:
                self._say(channel, ("end", None))
            self._idle = []
        for channel in at_work[: len(self._idle)] if len(self._dived) == len(self._members) else ():
            if channel not in self._asked:
                self._asked.add(channel)
                self._say(channel, ("share", None))

    def _hand_over(self, source: Connection, tasks: list[Any]) -> None:
        """Give tasks to somebody who has none, or back if there is nobody any more."""
        self._asked.discard(source)
        if tasks:
            self._say(self._idle.pop(0) if self._idle else source, ("take", tasks))

    def _say(self, channel: Connection, message: tuple[str, Any]) -> None:
        """Send a message; one who has just ended need not hear it."""
        with suppress(OSError):
            channel.send(message)

    def _share(self) -> None:
        """Tell all of what was found on the first ways through, once all have told of theirs."""
        self._shared = len(self._dived.keys() | self._done.keys()) == len(self._members)
        if not self._shared:
            return
        boxes = Boxes(self._plan.steps)
        found = {point: each for content in self._dived.values() for point, each in content.items()}
        boxes.take_all(found)
        best = {point: found[point] for point in boxes.points}
        for channel in self._dived:
            if channel not in self._done:
                self._say(channel, ("boxes", best))

    def _pass_on(self, source: Connection, found: dict[Point, Holders]) -> None:
        """Let the others know of boxes; one that has just ended need not."""
        for channel in self._dived:
            if channel is not source and channel not in self._done:
                self._say(channel, ("boxes", found))

    def _tell(self, told: Told | None) -> None:
        if told is not None:
            said = list(self._told.values())
            told(max(each[0] for each in said), sum(each[1] for each in said), sum(each[2] for each in said))


@contextmanager
def _closing_on_failure(channel: Connection) -> Iterator[None]:
    """Close the channel if what is done with it fails."""
    try:
        yield
    except BaseException:
        channel.close()
        raise


def _environment() -> dict[str, str]:
    """Return an environment in which the same package is found, and one thread does for arithmetic."""
    here = str(Path(procure_opt.__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH", "")]))
    return os.environ | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
