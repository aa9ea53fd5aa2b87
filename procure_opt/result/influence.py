"""The ranking of inputs that is stored beside a case: which numbers move its front most, edition by edition.

``case.yaml`` has ``influence.json`` beside it, any other file its own name before that. A ranking holds for
the case with its digest; when the case changes it is stale, and is said to be.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from procure_opt.errors import ResultError, UsageError, printable

NAME, VERSION = "procure_opt.influence", 1
MARK = f'"name": "{NAME}"'.encode()
MOST = 20
"""Inputs that a ranking holds."""
MOST_BYTES = 4 * 1024 * 1024
UNSOURCED = "unsourced"


@dataclass(frozen=True, slots=True)
class Ranked:
    """An input: where it stands, its influence and the structures that break a rule, both in per mille."""

    paths: tuple[str, ...]
    influence: int
    broken_low: int
    broken_high: int
    basis: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """The inputs of one edition by influence, the largest first.

    ``of``: how many inputs were compared; ``gates``: of those that are not among the first, the ones at whose
    ends most structures break a rule; ``structures``: how many the front had; ``complete``: was it all of it?
    """

    sha256: str
    of: int
    structures: int
    complete: bool
    inputs: tuple[Ranked, ...]
    gates: tuple[Ranked, ...] = ()


def influence_file(case_file: Path) -> Path:
    """Return where the ranking of a case is stored.

    >>> influence_file(Path("cases/gcap/case.yaml")).name, influence_file(Path("patrol.yaml")).name
    ('influence.json', 'patrol.influence.json')
    """
    name = "influence.json" if case_file.stem == "case" else f"{case_file.stem}.influence.json"
    return case_file.with_name(name)


def read_rankings(path: Path) -> dict[str, Ranking]:
    """Return edition -> ranking ("" for an edition without a name); nothing if there is no such file.

    Raises :class:`ResultError` if it is none that this version can read.
    """
    try:
        if not path.exists():
            return {}
        if not path.is_file():
            raise ValueError("it is no regular file")
        with open(path, "rb") as stream:
            data = json.loads(stream.read(MOST_BYTES))
        if data["schema"] != {"name": NAME, "version": VERSION}:
            raise ValueError("another schema")
        return {str(edition): _ranking(stated) for edition, stated in sorted(data["editions"].items())}
    except (
        OSError,
        ArithmeticError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        told = f"{type(error).__name__}: {error}"
        raise ResultError(f"{printable(path, 300)} is no stored ranking: {printable(told, 200)}") from None


def _ranking(stated: Mapping[str, Any]) -> Ranking:
    return Ranking(
        str(stated["sha256"]),
        int(stated["of"]),
        int(stated["structures"]),
        stated["complete"] is True,
        tuple(_ranked(stated["inputs"])),
        tuple(_ranked(stated["gates"])),
    )


def _ranked(stated: Iterable[Mapping[str, Any]]) -> Iterable[Ranked]:
    for each in stated:
        worth, low, high = (int(each[name]) for name in ("influence", "broken_low", "broken_high"))
        paths = tuple(str(path) for path in each["paths"])
        if not paths:
            raise ValueError("an input without a path")
        yield Ranked(paths, worth, low, high, str(each["basis"]))


def save_ranking(path: Path, edition: str, ranking: Ranking) -> None:
    """Write the ranking of one edition; those of the others stay, a file of another kind too."""
    from .write import to_bytes, write_whole

    check_place(path)
    known = read_rankings(path) | {edition: ranking}
    editions = {name: to_json(each) for name, each in known.items()}
    write_whole(path, to_bytes({"schema": {"name": NAME, "version": VERSION}, "editions": editions}))


def to_json(ranking: Ranking) -> dict[str, Any]:
    """Return a ranking as plain data."""
    return asdict(ranking)


def check_place(path: Path) -> None:
    """Raise :class:`UsageError`, before any work, if the ranking cannot be written there."""
    from .write import can_write, refuse_foreign

    refuse_foreign(path, MARK)
    read_rankings(path)
    if not can_write(path.parent):
        raise UsageError(f"cannot write into {printable(path.parent, 300)}; give another folder by --out")
