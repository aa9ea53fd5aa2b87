"""The bytes of a case file, fetched so that no file can hang the program or fill its memory."""

from __future__ import annotations

import itertools
import os
import stat
import sys

from procure_opt.errors import CaseError, Finding, printable

from .events import MOST_BYTES
from .spelling import closest
from .text import too_large

STANDARD_INPUT = "-"

# NONBLOCK: should a pipe take the file's place after the look at it, opening still returns at once.
_OPEN_FLAGS = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY"))
_MOST_NEIGHBOURS = 2_000
_KINDS = (
    (stat.S_ISFIFO, "a pipe, expected a regular file (give - to read standard input)"),
    (stat.S_ISCHR, "a device, expected a regular file"),
    (stat.S_ISBLK, "a device, expected a regular file"),
    (stat.S_ISSOCK, "a socket, expected a regular file"),
)


def read_bytes(source: str, name: str) -> bytes:
    """Return what stands in ``source``, a path or ``-`` for standard input.

    Raises
    ------
    CaseError
        If it is no regular file, cannot be read, or is larger than 4 MB. A large file is refused by
        its size; of standard input no more than the limit is read.

    >>> read_bytes("/", "/")
    Traceback (most recent call last):
        ...
    procure_opt.errors.CaseError: /: error: this is a directory, expected a file
    """
    try:
        raw = _from_stdin() if source == STANDARD_INPUT else _from_file(source)
    except _Refused as refusal:
        raise CaseError([Finding(name, 0, 0, "error", "", str(refusal))]) from None
    except FileNotFoundError:
        raise CaseError([Finding(name, 0, 0, "error", "", _no_such_file(source))]) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it, a closed stdin
        reason = getattr(error, "strerror", None) or str(error)
        raise CaseError([Finding(name, 0, 0, "error", "", f"cannot be read: {reason}")]) from None
    return raw


class _Refused(Exception):
    """The sentence that becomes the finding; never leaves this module."""


def _from_stdin() -> bytes:
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise _Refused("standard input gives no bytes, expected a case file on it")
    raw = stream.read(MOST_BYTES + 1) or b""
    if len(raw) > MOST_BYTES:
        raise _Refused(too_large(None))
    return bytes(raw)


def _from_file(path: str) -> bytes:
    _refuse_by_status(os.stat(path), path)
    with open(os.open(path, _OPEN_FLAGS), "rb") as stream:
        _refuse_by_status(os.fstat(stream.fileno()), path)
        raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise _Refused(too_large(None))
    return raw


def _refuse_by_status(status: os.stat_result, path: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        inside = os.path.join(path, "case.yaml")
        hint = f", did you mean {printable(inside, 200)}?" if os.path.isfile(inside) else ", expected a file"
        raise _Refused(f"this is a directory{hint}")
    for is_kind, sentence in _KINDS:
        if is_kind(status.st_mode):
            raise _Refused(f"this is {sentence}")
    if status.st_size > MOST_BYTES:
        raise _Refused(too_large(status.st_size))


def _no_such_file(path: str) -> str:
    folder, wanted = os.path.split(path)
    try:
        with os.scandir(folder or ".") as entries:
            names = [entry.name for entry in itertools.islice(entries, _MOST_NEIGHBOURS)]
    except OSError:
        return f"no such file, and no directory {printable(folder, 200)}"
    near = closest(wanted, names)
    hint = f", did you mean {printable(os.path.join(folder, near), 200)}?" if near else ""
    return f"no such file{hint}"
