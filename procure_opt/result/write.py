"""Writing: whole files or none, the same bytes for the same claim, and nobody else's files."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from procure_opt.claim import Claim
from procure_opt.errors import UsageError, printable

from .document import document
from .indented import indented
from .schema import NAME

MANIFEST = "procure_opt.manifest"
OURS = {
    "result.json": f'"name": "{NAME}"'.encode(),
    "manifest.json": f'"name": "{MANIFEST}"'.encode(),
    "points.csv": b"structure,autonomy_points,",
    "workshare.csv": b"structure,pillar,package,",
    "report.html": b'<meta name="generator" content="procure_opt report">',
}
"""The names that a run writes, and what each of these files contains if it is ours."""


def to_bytes(data: Any) -> bytes:
    r"""Return canonical JSON for people: sorted keys, one space of indent, ASCII, a newline at the end.

    >>> to_bytes({"b": [1], "a": None})
    b'{\n "a": null,\n "b": [\n  1\n ]\n}\n'
    """
    return (indented(data) + "\n").encode("ascii")


def result_bytes(claim: Claim) -> bytes:
    """Return the result file of a claim."""
    return to_bytes(document(claim))


def save_result(claim: Claim, path: str | os.PathLike[str]) -> None:
    """Write the result file; an older result there is replaced, another file is not."""
    target = Path(path)
    refuse_foreign(target, OURS["result.json"])
    write_whole(target, result_bytes(claim))


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that at any moment it is the old one or the new one, never half of it.

    Raises :class:`UsageError` with the reason if it cannot be written; then the old one is still there.
    """
    beside = target.parent / f".{target.name}.{os.getpid()}.part"
    try:
        with _created(beside):
            _fill(beside, content)
            os.replace(beside, target)
            _settle(target.parent)
    except OSError as error:
        raise UsageError(f"cannot write {printable(target, 300)}: {error.strerror or error}") from None


@contextlib.contextmanager
def _created(path: Path) -> Any:
    """Whatever happens, leave no temporary file behind."""
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def _fill(path: Path, content: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _settle(folder: Path) -> None:
    """Make the new name itself durable, where folders can be synchronised."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def refuse_foreign(target: Path, mark: bytes) -> None:
    """Raise :class:`UsageError` if the file is there and is not one that procure_opt wrote."""
    try:
        foreign = target.exists() and (not target.is_file() or mark not in target.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot look at {printable(target, 300)}: {error.strerror or error}") from None
    if foreign:
        raise UsageError(
            f"{printable(target, 300)} is there and procure_opt did not write it; it stays as it is"
        )


def prepare_folder(folder: Path) -> None:
    """Make the folder, and make sure before any work that our files can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _try_writing(folder)
    except OSError as error:
        raise UsageError(f"cannot write into {printable(folder, 300)}: {error.strerror or error}") from None
    for name, mark in OURS.items():
        refuse_foreign(folder / name, mark)


def can_write(folder: Path) -> bool:
    """Can a file be written into the folder? (Tried, for rights alone do not tell.)"""
    try:
        _try_writing(folder)
    except OSError:
        return False
    return True


def _try_writing(folder: Path) -> None:
    probe = folder / f".procure_opt.{os.getpid()}.part"
    with _created(probe):
        _fill(probe, b"\n")


def earlier(folder: Path) -> tuple[str, str, bool] | None:
    """Return (case id, digest of the case, complete) of the result in a folder; None if it has none."""
    try:
        stated = json.loads((folder / "result.json").read_bytes())
        case, complete = stated["case"], stated["status"]["complete"]
        return str(case["id"]), str(case["sha256"]), complete is True
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
