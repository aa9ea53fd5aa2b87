"""Reading a result file that nobody vouches for: bounded, strict, and never a traceback."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from procure_opt.case.model import Case
from procure_opt.claim import Claim, Efficient, Evidence
from procure_opt.errors import ResultError, printable
from procure_opt.structure.structure import Structure

from .document import Json
from .schema import LARGEST, NAME, VERSION, ResultFile

STDIN = "-"
MOST_BYTES = 128 * 1024 * 1024
DEEPEST = 100
_DIGITS = len(str(LARGEST))
_MOST_TOLD = 20
_STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)', re.DOTALL)
_ALIKE = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def located(source: str | os.PathLike[str]) -> Path:
    """Return the result file that is meant: a folder written by ``run --out`` means the one inside."""
    path = Path(source)
    return path / "result.json" if path.is_dir() else path


def read_claim(source: str | os.PathLike[str]) -> Claim:
    """Return what a result file claims. Nothing is checked but its form: that is what ``verify`` does.

    Raises :class:`ResultError` if it is no result file.
    """
    return to_claim(read_data(source))


def read_data(source: str | os.PathLike[str]) -> Json:
    """Return the data of a result file, in the right form.

    Raises :class:`ResultError` if it cannot be read or has another form.
    """
    raw = _bytes(source)
    data: Json = parse(raw)
    if findings := misfits(data):
        raise ResultError("\n".join(["this is no result file that this version can read:", *findings]))
    return data


def _bytes(source: str | os.PathLike[str]) -> bytes:
    raw = _from_stdin() if os.fspath(source) == STDIN else _from_file(located(source))
    if len(raw) > MOST_BYTES:
        raise ResultError(f"larger than {MOST_BYTES // 1024**2} MB: not a result file")
    return raw


def _from_stdin() -> bytes:
    if sys.stdin is None:
        raise ResultError("standard input is closed, expected a result file on it")
    return sys.stdin.buffer.read(MOST_BYTES + 1)


def _from_file(path: Path) -> bytes:
    name = printable(path, 300)
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise ResultError(f"{name} is no regular file; give a result.json or the folder of a run")
        with open(path, "rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise ResultError(f"{name} cannot be read: {error.strerror or error}") from None
    except ValueError as error:
        raise ResultError(f"{name} cannot be read: {error}") from None


def parse(raw: bytes) -> Any:
    """Return JSON, strictly: UTF-8, no key twice, no NaN, no fractions, moderate numbers and depth.

    >>> parse(b'{"a": [1, null]}')
    {'a': [1, None]}
    >>> parse(b'{"a": 1, "a": 2}')
    Traceback (most recent call last):
        ...
    procure_opt.errors.ResultError: the key "a" is there twice
    """
    if _depth(raw) > DEEPEST:
        raise ResultError(f"nested more than {DEEPEST} deep: not a result file")
    try:
        return json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=_no_constant,
            parse_float=_no_float,
            parse_int=_moderate,
        )
    except UnicodeDecodeError as error:
        raise ResultError(f"not UTF-8 (byte {error.start}): not a result file") from None
    except json.JSONDecodeError as error:
        raise ResultError(f"not JSON: line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise ResultError("nested too deep: not a result file") from None


def _depth(raw: bytes) -> int:
    """Return how deep brackets stand in each other: how often the innermost can be taken away.

    >>> _depth(b'{"a]": [[1], {}]}'), _depth(b"[[")
    (3, 2)
    """
    left = _STRINGS.sub(b"", raw).translate(_ALIKE, _NO_BRACKETS)
    for depth in range(DEEPEST):
        if b"[]" not in left:
            return depth + left.count(b"[")
        left = left.replace(b"[]", b"")
    return DEEPEST + left.count(b"[")


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found: Json = {}
    for key, value in pairs:
        if key in found:
            raise ResultError(f'the key "{printable(key)}" is there twice')
        found[key] = value
    return found


def _no_constant(text: str) -> Any:
    raise ResultError(f"found {text}, must be a whole number")


def _no_float(text: str) -> Any:
    raise ResultError(f"found {printable(text, 40)}, must be a whole number")


def _moderate(text: str) -> int:
    if len(text) > _DIGITS + 1:
        raise ResultError(f"found a number of {len(text)} digits, must be at most {LARGEST}")
    return int(text)


def misfits(data: Any) -> list[str]:
    """Return what is wrong with the form of a result, place by place; nothing if it is right."""
    if not isinstance(data, dict) or not isinstance(data.get("schema"), dict):
        return ["it has no schema; a result of procure_opt begins with one"]
    name, version = data["schema"].get("name"), data["schema"].get("version")
    if (name, version) != (NAME, VERSION) or isinstance(version, bool):
        wanted = f"{NAME} version {VERSION}"
        return [f"it is {printable(name)} version {printable(version)}, this version reads {wanted}"]
    try:
        ResultFile.model_validate(data)
    except ValidationError as error:
        return list(_told(error))
    return []


def _told(error: ValidationError) -> Iterable[str]:
    details = error.errors(include_url=False, include_context=False, include_input=False)
    for each in details[:_MOST_TOLD]:
        yield f"{place(each['loc'])}: {printable(each['msg'], 200)}"
    if len(details) > _MOST_TOLD:
        yield f"... and {len(details) - _MOST_TOLD} more"


def place(path: Iterable[str | int]) -> str:
    """Return a path in the document as people write it.

    >>> place(("points", 0, "values", "cost"))
    'points[0].values.cost'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{printable(part, 40)}" for part in path)
    return "".join(parts).removeprefix(".")


def stated_case(data: Json) -> Case:
    """Return the case that is embedded in a result; :class:`ResultError` if it is none."""
    try:
        return Case.model_validate(data["case"]["stated"])
    except ValidationError as error:
        first = next(iter(_told(error)))
        raise ResultError(f"case.stated is not a case: {first}") from None
    except (ArithmeticError, RecursionError) as error:
        raise ResultError(f"case.stated is not a case: {type(error).__name__}") from None


def to_claim(data: Json) -> Claim:
    """Return the claim of data that have the right form (see :func:`misfits`)."""
    case = stated_case(data)
    points = tuple(
        Efficient(
            case,
            tuple(point["values"][name] for name in ("autonomy", "spinoff", "cost")),
            structure_of(point),
        )
        for point in data["points"]
    )
    return Claim(case, points, evidence_of(data))


def structure_of(point: Json) -> Structure:
    """Return the structure of a point."""
    return Structure.from_json(point["structure"])


def evidence_of(data: Json) -> Evidence:
    """Return what the file says to back its claim."""
    status = data["status"]
    first, second, third = (objective["resolution"] for objective in data["objectives"])
    bounds, open_bounds = (tuple(tuple(bound) for bound in data[key]) for key in ("bounds", "open_bounds"))
    share = Fraction(status["proven_share"])  # the form allows no denominator of 0
    return Evidence((first, second, third), bounds, open_bounds, share, status["reason"])
