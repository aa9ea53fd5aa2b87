"""One process of a crew: it is told a plan and its parts, sweeps them, and says what it found.

On the way it tells of new boxes and hears of those of the others: whatever one knows, all must better. Who
has nothing left to follow takes over what another can spare. It ends by itself when nobody listens any more.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from procure_opt.errors import LimitReached
from procure_opt.solving.boxes import Point
from procure_opt.solving.engine import Limits
from procure_opt.solving.ranking import Rank
from procure_opt.solving.sweep import Sweep, Task

EVERY = 0.2
"""Seconds between two messages on how far it is."""


class Worker:
    """Sweeps what it was told, then what others can spare, until there is nothing more."""

    def __init__(self, channel: Connection) -> None:
        plan, numbers, deadline, known = channel.recv()
        self.sweep = Sweep(plan, numbers, Limits.within(deadline - time.time()), known=known)
        self.given: set[str] = set()
        self.taken: set[str] = set()
        """Names of messages with tasks that it has given away and taken over."""
        self._channel, self._deadline = channel, deadline
        self._last = time.monotonic()
        self._known: dict[Point, tuple[Rank, int]] = {}
        """What the others know: points, and the first rank and largest score of what is worth each."""
        self._ended = False

    def work(self) -> None:
        """Do everything; what takes long raises :class:`LimitReached` when time is up."""
        self.sweep.prepare(self._tell_of_finds, improving=False)
        self._send("dived", self.sweep.findings().holders)
        self._share_events()
        self._heed(self._channel.recv())
        self.sweep.improve()
        while not self._ended:
            self.sweep.sweep(self._tell_and_hear)
            self._share_boxes()
            self._share_events()
            self._send("idle", len(self.taken))
            self._hear(self._deadline - time.time())

    def _tell(self, *how_far: int) -> None:
        """Say how far it is, if the last time is some time ago."""
        if time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            self._send("told", how_far)

    def _tell_of_finds(self, *how_far: int) -> None:
        before = self._last
        self._tell(*how_far)
        if self._last > before:
            self._share_boxes()

    def _tell_and_hear(self, *how_far: int) -> None:
        before = self._last
        self._tell(*how_far)
        if self._last > before:
            self._share_boxes()
            self._share_events()
            while self._channel.poll():
                self._heed(self._channel.recv())

    def _share_boxes(self) -> None:
        holders = self.sweep.findings().holders
        if new := {p: held for p, held in holders.items() if self._known.get(p) != (held.rank, held.score)}:
            self._send("found", new)
        self._note_known()

    def _share_events(self) -> None:
        """Tell what is done; the boxes on which that rests were told before."""
        if events := self.sweep.events:
            self._send("events", events)
            self.sweep.events = []

    def _hear(self, patience: float) -> None:
        """Wait until there is something to follow, or nothing will come any more."""
        before = len(self.taken)
        while not self._ended and len(self.taken) == before:
            if not self._channel.poll(None if patience == float("inf") else max(patience, 0.0)):
                raise LimitReached("time is up")
            self._heed(self._channel.recv())

    def _give(self, tasks: list[Task]) -> None:
        """Give tasks away, as bytes that only the taker unpacks.

        Wherever it is stopped, tasks are with both or counted as between two hands, never nowhere.
        """
        name = f"{os.getpid()} {len(self.given)}"
        names = sorted({field.name for _, field, _ in tasks})
        self._send("given", (name, pickle.dumps(tasks), names) if tasks else None)
        if tasks:
            self.given.add(name)
            self.sweep.forget(tasks)

    def _note_known(self) -> None:
        holders = self.sweep.findings().holders
        self._known |= {point: (held.rank, held.score) for point, held in holders.items()}

    def _send(self, kind: str, content: Any) -> None:
        """Send a message whole: Ctrl-C waits until it is out."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            self._channel.send((kind, content))
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _heed(self, message: tuple[str, Any]) -> None:
        kind, content = message
        if kind == "boxes":
            self.sweep.heed(content)
            self._note_known()
        elif kind == "share":
            self._give(self.sweep.spare())
        elif kind == "take":
            name, tasks = content
            self.sweep.follow_too(pickle.loads(tasks), name)
            self.taken.add(name)
        else:
            self._ended = True


def main(number: int) -> None:
    """Work on what comes in over the socket with this file number."""
    with Connection(number) as channel:
        worker = Worker(channel)
        with suppress(LimitReached, KeyboardInterrupt):
            worker.work()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sweep = worker.sweep
        channel.send(("done", (sweep.findings(), worker.given, worker.taken, sweep.events)))


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except (EOFError, OSError):
        sys.exit(1)
