"""Our end of the pipes to the process in which CP-SAT runs: one for all who ask, started when needed.

The process does not outlive those who ask, nor a question that was given up. If it dies by itself that is a
doubt; a fresh one is started, some times.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import weakref
from collections.abc import Mapping
from pathlib import Path
from threading import RLock
from time import monotonic
from typing import Any

import procure_opt
from procure_opt.errors import EngineDoubt, LimitReached

GRACE = 0.5
"""Seconds beyond its time limit that the solver is given to say so."""
MOST_DEATHS = 3
_AT_ONCE = 1 << 16
_WAKE = 0.5


class Link:
    """A process, or none, and who it is told about; whatever ends a question early ends the process."""

    def __init__(self) -> None:
        self.started = 0
        """How many processes were started; a new one knows nothing of what the one before was told."""
        self._process: subprocess.Popen[bytes] | None = None
        self._end: weakref.finalize[Any, Any] | None = None
        self._deaths = 0
        self._gone: list[int] = []
        self._lock = RLock()

    @property
    def pid(self) -> int | None:
        """The number of the process."""
        return None if self._process is None else self._process.pid

    def forget(self, number: int) -> None:
        """Let the process forget a program, when it is next asked something."""
        self._gone.append(number)

    def open(self) -> int:
        """Make sure that there is a process; return how many there have been.

        Raises :class:`EngineDoubt` if they keep dying.
        """
        with self._lock:
            if self._process is None:
                if self._deaths >= MOST_DEATHS:
                    raise EngineDoubt(
                        f"the process of CP-SAT died {self._deaths} times, and is not started again"
                    )
                self._process = _started()
                self._end = weakref.finalize(self, _ended, self._process)
                self.started += 1
                self._gone.clear()
            return self.started

    def ask(self, message: Mapping[str, Any], by: float = float("inf")) -> dict[str, Any]:
        """Return the answer to a message, that of the process that is open.

        Raises :class:`LimitReached` when there is none ``GRACE`` after ``by`` (monotonic), and
        :class:`EngineDoubt` if the process dies or cannot do it.
        """
        with self._lock:
            numbers, self._gone = self._gone, []
            if numbers:
                self._exchange({"do": "forget", "numbers": numbers}, by)
            return self._exchange(message, by)

    def close(self) -> None:
        """End the process; the next question starts another."""
        if self._end is not None:
            self._end()
        self._process = self._end = None

    def _exchange(self, message: Mapping[str, Any], by: float) -> dict[str, Any]:
        process = self._process
        if process is None:
            raise EngineDoubt("there is no process of CP-SAT to ask")
        try:
            line = _said(process, json.dumps(message).encode() + b"\n", by + GRACE)
        except OSError:
            line = b""
        except BaseException:  # Ctrl-C, above all: the process is busy with what nobody wants any more
            self.close()
            raise
        if line is None:
            self.close()
            raise LimitReached("time is up, and CP-SAT has not heeded it")
        return self._read(line)

    def _read(self, line: bytes) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = json.loads(line)
        except ValueError:
            self._deaths += 1
            self.close()
            raise EngineDoubt("the process of CP-SAT ended before it answered") from None
        if "error" in answer:
            raise EngineDoubt(f"CP-SAT cannot be asked this: {answer['error']}")
        return answer


_shared: weakref.ref[Link] | None = None


def shared() -> Link:
    """Return the link that all in this process use, for as long as anybody does."""
    global _shared
    link = None if _shared is None else _shared()
    if link is None:
        link = Link()
        _shared = weakref.ref(link)
    return link


def _started() -> subprocess.Popen[bytes]:
    here = str(Path(procure_opt.__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH", "")]))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "procure_opt.solving.cpsat_process"],
        env=os.environ | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue  # what was still to be written need not be


def _said(process: subprocess.Popen[bytes], message: bytes, by: float) -> bytes | None:
    """Send a message and return the line that comes back; None if there is none in time, short if it died."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(message)
    process.stdin.flush()
    parts: list[bytes] = []
    while not parts or not parts[-1].endswith(b"\n"):
        patience = min(_WAKE, by - monotonic())
        if patience <= 0:
            return None
        if select.select([process.stdout], [], [], patience)[0]:
            part = os.read(process.stdout.fileno(), _AT_ONCE)
            if not part:
                break
            parts.append(part)
    return b"".join(parts)
