"""The progress line: points, how far the search is, time elapsed; silent unless a person watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from procure_opt.cli.signals import stoppable

_EVERY = 0.1
_CLEAR = "\r\x1b[K"


class Step(Protocol):
    """What the search says after each step."""

    @property
    def text(self) -> str:
        """How far it is."""


@dataclass(frozen=True, slots=True)
class Told:
    """A step of the progress, in words."""

    text: str


class ProgressLine:
    """One line on standard error, written over again and again."""

    def __init__(self) -> None:
        self._stream = sys.stderr
        self._watched = self._stream is not None and self._stream.isatty()
        self._begun = self._last = time.monotonic()
        self._shown = False

    def __call__(self, step: Step) -> None:
        """Show where the search is, ten times a second at most."""
        now = time.monotonic()
        if self._watched and now - self._last >= _EVERY:
            self._last, self._shown = now, True
            self._write(_CLEAR + progress_text(step, now - self._begun))

    def clear(self) -> None:
        """Wipe the line away."""
        if self._shown:
            self._write(_CLEAR)

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._watched = False


def progress_text(step: Step, seconds: float) -> str:
    """``9 points, 80 of 203 parts swept, 12 s``."""
    return f"{step.text}, {seconds:.0f} s"


@contextmanager
def shown_progress() -> Iterator[ProgressLine]:
    """Give long work a line that goes when it ends, and let SIGTERM stop it as Ctrl-C does."""
    line = ProgressLine()
    try:
        with stoppable():
            yield line
    finally:
        line.clear()
