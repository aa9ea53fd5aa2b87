"""One process of a crew: it is told a plan and its parts, sweeps them, and says what it found.

On the way it tells of new boxes and hears of those of the others: whatever one knows, all must better.
It ends by itself when nobody listens any more.
"""

from __future__ import annotations

import signal
import sys
import time
from multiprocessing.connection import Connection

from procure_opt.errors import LimitReached
from procure_opt.solving.boxes import Point
from procure_opt.solving.engine import Limits
from procure_opt.solving.sweep import Sweep

EVERY = 0.2
"""Seconds between two messages on how far it is."""


def main(number: int) -> None:
    """Work on what comes in over the socket with this file number."""
    with Connection(number) as channel:
        plan, numbers, deadline = channel.recv()
        sweep = Sweep(plan, numbers, Limits.within(deadline - time.time()))
        last = time.monotonic()
        known: set[Point] | None = None

        def told(*how_far: int) -> None:
            nonlocal last
            if time.monotonic() - last < EVERY:
                return
            last = time.monotonic()
            channel.send(("told", how_far))
            if known is not None:
                if new := {p: held for p, held in sweep.findings().holders.items() if p not in known}:
                    channel.send(("found", new))
                while channel.poll():
                    sweep.heed(channel.recv())
                known.update(sweep.boxes.points)

        try:
            sweep.prepare(told)
            channel.send(("dived", sweep.findings().holders))
            sweep.heed(channel.recv())
            known = set(sweep.boxes.points)
            sweep.sweep(told)
        except (LimitReached, KeyboardInterrupt):
            pass
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        channel.send(("done", sweep.findings()))


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except (EOFError, OSError):
        sys.exit(1)
