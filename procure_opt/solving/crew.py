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
from queue import SimpleQueue
from threading import Thread
from typing import Any, cast

import procure_opt
from procure_opt.solving.boxes import Point
from procure_opt.solving.engine import Limits
from procure_opt.solving.ledger import Ledger
from procure_opt.solving.parts import BLOCK, shuffled
from procure_opt.solving.plan import Findings, Holders, Plan, Told

GRACE = 5.0
"""Seconds that processes have to say what they found when they are stopped."""
LOST = (EOFError, OSError, pickle.UnpicklingError)


class Member:
    """One process, and what is known of it.

    Messages to it wait in a queue, so that the crew itself never waits for one that does not listen.
    """

    def __init__(self, process: subprocess.Popen[bytes], channel: Connection) -> None:
        self.process, self.channel = process, channel
        self.dived: dict[Point, Holders] | None = None
        self.told = (0, 0, 0)
        self.done: Findings | None = None
        self.lost = False
        self.is_idle = False
        self.is_asked = False
        """Asked what it can spare, and has not answered."""
        self.is_poor = False
        """Had nothing to spare when it was last asked."""
        self.sent = 0
        """Messages with tasks of others that were sent to it."""
        self.given: set[str] = set()
        self.taken: set[str] = set()
        """Names of messages with tasks that it says it has given away and taken over."""
        self._waiting: SimpleQueue[tuple[str, Any] | None] = SimpleQueue()
        self._sender = Thread(target=self._send_all, daemon=True)
        self._sender.start()

    def say(self, kind: str, content: Any = None) -> None:
        """Send a message; one who has just ended need not hear it."""
        self._waiting.put((kind, content))

    def dismiss(self) -> None:
        """End the process."""
        self._waiting.put(None)
        self.process.kill()
        self.process.wait()
        self._sender.join(GRACE)
        self.channel.close()

    def _send_all(self) -> None:
        with suppress(OSError, ValueError):
            while (message := self._waiting.get()) is not None:
                self.channel.send(message)


class Crew:
    """Processes at work on the parts of a plan, dealt out block by block like shuffled cards."""

    def __init__(self, plan: Plan, workers: int, limits: Limits, ledger: Ledger | None = None) -> None:
        self._plan, self._ledger = plan, ledger or Ledger()
        self._members: list[Member] = []
        self._shared = False
        self._is_stopping = False
        self._deadline = limits.remaining() + time.time()
        try:
            for worker in range(workers if sys.executable else 0):
                blocks = shuffled(-(-len(plan.fixings) // BLOCK))[worker::workers]
                numbers = [n for b in blocks for n in range(b * BLOCK, (b + 1) * BLOCK)]
                numbers = [n for n in numbers if n < len(plan.fixings)]
                self._hire((plan, numbers, self._deadline, self._ledger.known))
        except BaseException as error:
            self.dismiss()
            if not isinstance(error, LOST):
                raise

    def run(self, told: Told | None) -> list[Findings] | None:
        """Return what each has found when all are done; None if one was lost.

        One that is silent well beyond the time limit leaves everything open. On Ctrl-C the processes work on
        until they are :meth:`stopped` or dismissed.
        """
        if not self._members:
            return None
        for member, kind, content in self._messages(self._deadline + GRACE):
            if member.lost:
                return None
            self._heed(member, kind, content, told)
        return self._all_findings()

    def stopped(self) -> list[Findings]:
        """Interrupt all and return what they have found; one that does not answer leaves everything open.

        What closes fields is not noted any more: it may rest on a message that Ctrl-C has swallowed.
        """
        self._is_stopping = True
        for member in self._members:
            member.process.send_signal(signal.SIGINT)
        for _ in self._messages(time.time() + GRACE):
            pass
        return self._all_findings()

    def dismiss(self) -> None:
        """End all processes."""
        for member in self._members:
            member.dismiss()
        self._members = []

    def _all_findings(self) -> list[Findings]:
        done = [member.done for member in self._members if member.done is not None]
        silent = [member for member in self._members if member.done is None]
        lost = [Findings(member.dived or {}, open=None) for member in silent]
        given = set[str]().union(*(member.given for member in self._members))
        taken = set[str]().union(*(member.taken for member in self._members))
        return [*done, *lost, *([Findings(open=None)] if given != taken else [])]

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
        self._members.append(Member(process, channel))
        channel.send(task)

    def _messages(self, deadline: float) -> Iterator[tuple[Member, str, Any]]:
        """Yield what processes say until all are done or lost, or time is up."""
        while at_work := {m.channel: m for m in self._members if m.done is None and not m.lost}:
            patience = min(1.0, deadline - time.time())
            if patience <= 0:
                return
            for channel in wait(list(at_work), patience):
                member = at_work[cast("Connection", channel)]
                try:
                    kind, content = member.channel.recv()
                    if kind == "done":
                        member.done, member.given, member.taken, events = content
                except Exception:  # whatever a broken message makes of the reader
                    member.lost = True
                    kind, content = "lost", None
                if kind == "done":
                    self._ledger.found(content[0].holders)
                    self._ledger.note(() if self._is_stopping else events)
                yield member, kind, content

    def _heed(self, member: Member, kind: str, content: Any, told: Told | None) -> None:
        if kind == "told":
            member.told, member.is_poor = content, False
            self._tell(told)
        elif kind == "dived":
            self._ledger.found(content)
            member.dived = content
        elif kind == "events":
            self._ledger.note(content)
        elif kind == "found":
            self._ledger.found(content)
            for other in self._members:
                if other is not member and other.dived is not None:
                    other.say("boxes", content)
        elif kind == "idle":
            member.is_idle = content == member.sent
        elif kind == "given":
            self._hand_over(member, content)
        if not self._shared:
            self._share()
        self._balance()

    def _share(self) -> None:
        """Tell all of what was found, once all have been on their first ways through: none listens before."""
        if any(member.dived is None and member.done is None for member in self._members):
            return
        self._shared = True
        boxes, found = self._plan.boxes(), self._ledger.known.holders
        boxes.take_all(found)
        best = {point: found[point] for point in boxes.points}
        for member in self._members:
            if member.dived is not None:
                member.say("boxes", best)

    def _balance(self) -> None:
        """Ask on behalf of those who have nothing to do; if that is everybody, it is the end."""
        open_ = [member for member in self._members if member.done is None]
        idle = [member for member in open_ if member.is_idle]
        busy = [member for member in open_ if not member.is_idle]
        if idle and not busy:
            for member in idle:
                member.is_idle = False
                member.say("end")
        asked = sum(member.is_asked for member in busy)
        able = [m for m in busy if self._shared and m.dived is not None and not (m.is_asked or m.is_poor)]
        for member in able[: max(len(idle) - asked, 0)]:
            member.is_asked = True
            member.say("share")

    def _hand_over(self, source: Member, given: tuple[str, bytes, list[str]] | None) -> None:
        """Give tasks to somebody who has none, or back if there is nobody any more."""
        source.is_asked, source.is_poor = False, given is None
        if given is not None:
            hand, tasks, names = given
            self._ledger.note(("handed", (name, hand)) for name in names)
            idle = (member for member in self._members if member.is_idle and member.done is None)
            taker = next(idle, source)
            taker.is_idle = False
            taker.sent += 1
            taker.say("take", (hand, tasks))

    def _tell(self, told: Told | None) -> None:
        if told is not None:
            said = [member.told for member in self._members]
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
