"""Running something that does not listen: Ctrl-C and a deadline reach the caller all the same.

A solver in compiled code blocks Python's signal handling and looks at a stop request only now and then (at
large linear relaxations after several seconds). So it runs in a thread of its own and the caller waits. If it
does not heed the request within ``GRACE`` seconds it is left behind to finish alone; the thread is not a
daemon, because ending the interpreter under compiled code that still runs may crash it.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from time import monotonic
from typing import Generic, TypeVar

GRACE = 0.5
_WAKE = 0.1

T = TypeVar("T")


class Task(Generic[T]):
    """One run of ``work``, which should look at ``stop`` as often as it can.

    >>> Task(lambda: 6 * 7, Event()).result(by=float("inf"))
    42
    """

    def __init__(self, work: Callable[[], T], stop: Event) -> None:
        self._work = work
        self._stop = stop
        self._ended = Event()
        self._results: list[T] = []
        self._errors: list[Exception] = []

    def result(self, by: float) -> T | None:
        """Return what ``work`` returns, or None if it is still running ``GRACE`` after ``by`` (monotonic).

        KeyboardInterrupt (after the same grace) and the exceptions of ``work`` pass through.
        """
        Thread(target=self._run, name="solver").start()
        try:
            self._wait(by)
        finally:
            self._stop.set()
            self._ended.wait(GRACE)
        if self._errors:
            raise self._errors[0]
        return self._results[0] if self._results else None

    @property
    def running(self) -> bool:
        """Whether the work was left behind and is still at it."""
        return not self._ended.is_set()

    def _wait(self, by: float) -> None:
        """Wait on an event: in Python 3.11, Ctrl-C during ``Thread.join`` marks the thread as ended."""
        while not self._ended.is_set() and monotonic() < by:
            self._ended.wait(_WAKE)

    def _run(self) -> None:
        try:
            self._results.append(self._work())
        except Exception as error:
            self._errors.append(error)
        finally:
            self._ended.set()
