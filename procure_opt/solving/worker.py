"""One process of a crew: it is told a plan and its parts, sweeps them, and says what it found.

On the way it tells of new boxes and hears of those of the others: whatever one knows, all must better. Who
has nothing left to follow takes over what another can spare. It ends by itself when nobody listens any more.
"""

from __future__ import annotations

import signal
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from procure_opt.errors import LimitReached
from procure_opt.solving.boxes import Point
from procure_opt.solving.engine import Limits
from procure_opt.solving.sweep import Sweep

EVERY = 0.2
"""Seconds between two messages on how far it is."""


class Worker:
    """Sweeps what it was told, then what others can spare, until there is nothing more."""

    def __init__(self, channel: Connection) -> None:
        plan, numbers, deadline = channel.recv()
        self.sweep = Sweep(plan, numbers, Limits.within(deadline - time.time()))
        self.taken = 0
        """How many messages with tasks of others it has taken over."""
        self._channel, self._deadline = channel, deadline
        self._last = time.monotonic()
        self._known: set[Point] = set()
        self._ended = False

    def work(self) -> None:
        """Do everything; what takes long raises :class:`LimitReached` when time is up."""
        self.sweep.prepare(self._tell)
        self._channel.send(("dived", self.sweep.findings().holders))
        self._heed(self._channel.recv())
        while not self._ended:
            self.sweep.sweep(self._tell_and_hear)
            self._share_boxes()
            self._channel.send(("idle", None))
            self._hear(self._deadline - time.time())

    def _tell(self, *how_far: int) -> None:
        """Say how far it is, if the last time is some time ago."""
        if time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            self._channel.send(("told", how_far))

    def _tell_and_hear(self, *how_far: int) -> None:
        before = self._last
        self._tell(*how_far)
        if self._last > before:
            self._share_boxes()
            while self._channel.poll():
                self._heed(self._channel.recv())

    def _share_boxes(self) -> None:
        holders = self.sweep.findings().holders
        if new := {point: held for point, held in holders.items() if point not in self._known}:
            self._channel.send(("found", new))
        self._known.update(self.sweep.boxes.points)

    def _hear(self, patience: float) -> None:
        """Wait until there is something to follow, or nothing will come any more."""
        before = self.taken
        while not self._ended and self.taken == before:
            if not self._channel.poll(None if patience == float("inf") else max(patience, 0.0)):
                raise LimitReached("time is up")
            self._heed(self._channel.recv())

    def _heed(self, message: tuple[str, Any]) -> None:
        kind, content = message
        if kind == "boxes":
            self.sweep.heed(content)
            self._known.update(self.sweep.boxes.points)
        elif kind == "share":
            tasks = self.sweep.spare()
            self._channel.send(("given", tasks))
            self.sweep.forget(tasks)
        elif kind == "take":
            self.sweep.follow_too(content)
            self.taken += 1
        else:
            self._ended = True


def main(number: int) -> None:
    """Work on what comes in over the socket with this file number."""
    with Connection(number) as channel:
        worker = Worker(channel)
        with suppress(LimitReached, KeyboardInterrupt):
            worker.work()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        channel.send(("done", (worker.sweep.findings(), worker.taken)))


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except (EOFError, OSError):
        sys.exit(1)
