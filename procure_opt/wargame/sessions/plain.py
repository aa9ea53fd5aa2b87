"""Plain data that somebody hands in: bounded, strict, and put into one canonical text.

Whole numbers, texts, true, false, null, lists and mappings; no fractions, no NaN, nothing that runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from procure_opt.errors import ResultError, UsageError, printable
from procure_opt.result.read import parse

Json = dict[str, Any]

LARGEST = 10**15
LONGEST_TEXT = 2000
DEEPEST = 30
MOST_VALUES = 20_000
MOST_BRACKETS = 500_000


def canonical(data: object) -> str:
    """Return plain data as JSON with sorted keys, no blanks, ASCII only.

    >>> canonical({"b": 1, "a": [None, "x"]})
    '{"a":[null,"x"],"b":1}'
    """
    return json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)


def from_text(text: str) -> Any:
    """Return the data that :func:`canonical` wrote."""
    return json.loads(text)


def parsed(raw: bytes) -> Any:
    """Return JSON that nobody vouches for; :class:`UsageError` says what is wrong with it."""
    if raw.count(b"[") + raw.count(b"{") > MOST_BRACKETS:  # looked for first: to find how deep takes seconds
        raise UsageError(f"more than {MOST_BRACKETS} lists and objects")
    try:
        return parse(raw)
    except ResultError as error:
        raise UsageError(str(error).removesuffix(": not a result file")) from None


def flaws(data: object, where: str, longest: int = LONGEST_TEXT) -> list[tuple[str, str]]:
    """Return (place, what is wrong) of data that are not plain, or too much; nothing if they are plain.

    >>> flaws({"million": 0.5}, "order")
    [('order.million', 'found 0.5, must be a whole number')]
    """
    found: list[tuple[str, str]] = []
    for number, flaw in enumerate(_walk(data, where, longest, DEEPEST)):
        if number >= MOST_VALUES:
            return [*found, (where, f"more than {MOST_VALUES} values")]
        if flaw is not None:
            found.append(flaw)
    return found


def _walk(data: object, at: str, longest: int, depth: int) -> Iterator[tuple[str, str] | None]:
    """Yield a flaw, or None, for every value."""
    if depth == 0:
        yield at[:200], f"nested more than {DEEPEST} deep"
    elif isinstance(data, dict):
        yield None
        for key, value in data.items():
            if not isinstance(key, str) or len(key) > longest:
                yield at, f"found the key {printable(key, 40)}, keys must be short texts"
            else:
                yield from _walk(value, f"{at}.{printable(key, 40)}", longest, depth - 1)
    elif isinstance(data, list | tuple):
        yield None
        for place, value in enumerate(data):
            yield from _walk(value, f"{at}[{place}]", longest, depth - 1)
    else:
        yield _flaw(data, at, longest)


def _flaw(data: object, at: str, longest: int) -> tuple[str, str] | None:
    if isinstance(data, str):
        if len(data) > longest:
            return at, f"a text of {len(data)} characters, must be at most {longest}"
        if any("\ud800" <= letter <= "\udfff" for letter in data):
            return at, "a text with half a character (a lone surrogate)"
        return None
    if data is None or isinstance(data, bool):
        return None
    if isinstance(data, int):
        return None if abs(data) <= LARGEST else (at, f"found a number beyond {LARGEST}")
    if isinstance(data, float):
        return at, f"found {data}, must be a whole number"
    return at, f"found {printable(type(data).__name__, 40)}, must be plain data"
