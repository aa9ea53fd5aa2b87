"""A file to which a run appends what it has done, and from which another goes on, whatever ended the first.

One record per line, as JSON, each with a sum over itself and all before it. The last line may be torn (the
machine stopped while it was written): it is left out. Anything else that does not fit is refused, because a
proof must not rest on a file that somebody changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from procure_opt.errors import UsageError, printable

FORMAT = 1
EVERY = 1.0
"""Seconds after which what was appended is made to survive a crash of the machine, too."""
_SUM = 16
Record = dict[str, Any]


class Journal:
    """An open journal; only one run at a time has it."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        self._sum, self._end = "", 0
        """The sum of the last line, and where it ends."""
        self._settled = time.monotonic()

    @classmethod
    def begin(cls, path: Path, about: Mapping[str, Any]) -> Journal:
        """Begin a journal with what the run is about.

        Raises :class:`UsageError` if there is one already, or the file cannot be written.
        """
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o666)
        except FileExistsError:
            raise UsageError(_why_not(path)) from None
        except OSError as error:
            raise _unwritable(path, error) from None
        journal = cls(path, descriptor)
        with journal._closed_on_failure():
            journal._lock()
            journal.append({"journal": FORMAT, **about})
        return journal

    @classmethod
    def resume(cls, path: Path, about: Mapping[str, Any]) -> tuple[Journal, list[Record]]:
        """Open a journal and return its records; a torn last line is cut off.

        Raises :class:`UsageError` if there is none, it is damaged, another run has it, or it is about
        something else.
        """
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_APPEND)
        except FileNotFoundError:
            raise UsageError(_missing(path)) from None
        except OSError as error:
            raise _unwritable(path, error) from None
        journal = cls(path, descriptor)
        with journal._closed_on_failure():
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UsageError(_why_not(path))
            journal._lock()
            records = journal._read()
            _same(path, records[0], about)
            with _failing_clearly(path):
                os.ftruncate(descriptor, journal._end)
        return journal, records[1:]

    def append(self, record: Record) -> None:
        """Append a record; it is in the file, whatever happens to the process, when this returns.

        Should anything come between, Ctrl-C or a full disk, the file is as it was before.
        """
        text = json.dumps(record, sort_keys=True, ensure_ascii=True)
        before = self._sum, self._end
        try:
            with _failing_clearly(self.path):
                self._append(text)
        except BaseException:
            self._sum, self._end = before
            with suppress(OSError):
                os.ftruncate(self._descriptor, self._end)
            raise

    def _append(self, text: str) -> None:
        total = _summed(self._sum, text)
        line = f'{{"record": {text}, "sum": "{total}"}}\n'.encode("ascii")
        if os.write(self._descriptor, line) < len(line):
            raise OSError("no space left on device")
        self._sum, self._end = total, self._end + len(line)
        if time.monotonic() - self._settled > EVERY:
            os.fsync(self._descriptor)
            self._settled = time.monotonic()

    def close(self) -> None:
        """Let go of the file."""
        with suppress(OSError):
            os.close(self._descriptor)

    @contextmanager
    def _closed_on_failure(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise

    def _lock(self) -> None:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(f"{_shown(self.path)}: another run is writing to it") from None

    def _read(self) -> list[Record]:
        """Return all records, and note where the last whole line ends."""
        with _failing_clearly(self.path), open(self.path, "rb") as stream:
            content = stream.read()
        records: list[Record] = []
        lines = content.split(b"\n")
        for number, line in enumerate(lines[:-1], 1):
            record = self._checked(line)
            if record is None:
                if number == len(lines) - 1 and not lines[-1] and number > 1:
                    break
                raise UsageError(
                    f"{_shown(self.path)}:{number}: damaged, or not written by procure_opt; remove it to"
                    " begin anew"
                )
            records.append(record)
            self._end += len(line) + 1
        if not records:
            raise UsageError(f"{_shown(self.path)} holds no whole record; remove it to begin anew")
        return records

    def _checked(self, line: bytes) -> Record | None:
        """Return the record of a line, None if its sum is not right."""
        try:
            stated = json.loads(line)
            text = json.dumps(stated["record"], sort_keys=True, ensure_ascii=True)
            total = _summed(self._sum, text)
            if stated["sum"] != total or not isinstance(stated["record"], dict):
                return None
        except (ValueError, LookupError, TypeError, RecursionError):
            return None
        self._sum = total
        record: Record = stated["record"]
        return record


@cache
def code() -> str:
    """Return a hash of the code that names and closes fields: a journal is good for this code only."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(each.read_bytes() for each in sources)).hexdigest()[:_SUM]


def look_at(journal: str | os.PathLike[str] | None, *, resume: bool) -> None:
    """Raise :class:`UsageError` before any work if a journal is there that should not be, or is missing."""
    if journal is None:
        if resume:
            raise UsageError("to resume a run takes its journal")
    elif Path(journal).exists() != resume:
        raise UsageError(_missing(Path(journal)) if resume else _why_not(Path(journal)))


def _missing(path: Path) -> str:
    return f"{_shown(path)} is not there: no unfinished run to resume"


def _why_not(path: Path) -> str:
    """Say why a file that is there is in the way."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            about = os.fstat(descriptor)
            empty = stat.S_ISREG(about.st_mode) and not about.st_size
            if empty or b'"journal": ' in os.read(descriptor, 4096):
                return (
                    f"{_shown(path)} holds what an unfinished run has done; add --resume to go on from there,"
                    " or remove it to begin anew"
                )
        finally:
            os.close(descriptor)
    return f"{_shown(path)} is there and is no journal of procure_opt; it stays as it is"


def _summed(before: str, text: str) -> str:
    return hashlib.sha256(f"{before} {text}".encode("ascii")).hexdigest()[:_SUM]


def _same(path: Path, first: Record, about: Mapping[str, Any]) -> None:
    """Raise :class:`UsageError` if a journal is about something else."""
    if first.get("journal") != FORMAT:
        raise UsageError(f"{_shown(path)}: not a journal of this version; remove it to begin anew")
    for name, value in about.items():
        if first.get(name) != value:
            raise UsageError(
                f"{_shown(path)} is of a run with another {name} ({printable(first.get(name), 80)}, now"
                f" {printable(value, 80)}); resume it as it was begun, or remove it to begin anew"
            )


@contextmanager
def _failing_clearly(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"cannot write {_shown(path)}: {error.strerror or error}")


def _shown(path: Path) -> str:
    return printable(path, 300)
