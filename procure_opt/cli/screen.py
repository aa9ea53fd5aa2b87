"""Standard output and error: safe characters only, no colour, no traceback when the reader leaves."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable
from typing import TextIO

from procure_opt.errors import UsageError, printable

_LONGEST_LINE = 100_000


def say(lines: Iterable[str]) -> None:
    """Print lines on standard output; whatever a terminal would obey is shown instead."""
    text = "".join(f"{printable(line, _LONGEST_LINE)}\n" for line in lines)
    _write(lambda stream: stream.write(text))


def say_bytes(content: bytes) -> None:
    """Print a document on standard output as it is."""
    _write(lambda stream: stream.write(content.decode("utf-8")))


def warn(lines: Iterable[str]) -> None:
    """Print lines on standard error; if nobody listens there, nothing is lost but the words."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        for line in lines:
            sys.stderr.write(f"{printable(line, _LONGEST_LINE)}\n")
        sys.stderr.flush()


def _write(write: Callable[[TextIO], object]) -> None:
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise UsageError("cannot write to standard output: it is closed")
    try:
        write(stream)
        stream.flush()
    except BrokenPipeError:
        _abandon()
    except (OSError, ValueError) as error:
        _abandon()
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"cannot write to standard output: {reason}") from None


def _abandon() -> None:
    """Let nothing more be written, also not when Python flushes its streams at the end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def make_robust() -> None:
    """Let characters that the terminal's encoding lacks become escapes instead of errors."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
