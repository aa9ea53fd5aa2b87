"""One value in one cell, and back: nothing is rounded, nothing runs, and no text is taken for a number.

Where only text can stand, a cell is that text. Elsewhere it is what a case file would have there: a number,
true or false, a word, ``[a, b]`` or ``{a: 1}``. ``null`` takes away what stands outside `editions`. Texts
that would be mistaken, or that a spreadsheet would run, stand in double quotes.
"""

from __future__ import annotations

import datetime
import json
import re
from decimal import Decimal

from procure_opt.case.document import parse_document
from procure_opt.case.scalars import resolve
from procure_opt.errors import CaseError, printable

from .flow import XML_ESCAPE, flow
from .sheet import Value

NOTHING = "null"
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_OPENS = ("[", "{", '"', "'")
_EXACT = 2**53
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MOST_DIGITS = 15
_LARGEST = 1_000_000_000_000_000


class Flaw(Exception):
    """A sentence on what is wrong with a cell; never leaves this room."""


def text_cell(value: object) -> Value:
    """Return the cell of a place where only text can stand.

    >>> text_cell("Italy"), text_cell("=1+1"), text_cell("null"), text_cell(None)
    ('Italy', '"=1+1"', '"null"', 'null')
    """
    if not isinstance(value, str):
        return other_cell(value)
    safe = value == value.strip() and value not in ("", NOTHING) and not value.startswith((*_RUNS, '"', "#"))
    return value if safe and "\r" not in value and not XML_ESCAPE.search(value) else _json(value)


def other_cell(value: object) -> Value:
    """Return the cell of any other place.

    >>> other_cell(Decimal("0.5")), other_cell(Decimal("40.0")), other_cell(["a", "b"]), other_cell("true")
    (Decimal('0.5'), '40.0', '[a, b]', '"true"')
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        return value if _survives(value) else str(value)
    if isinstance(value, str):
        plain = resolve(value) == (value, "") and not value.startswith((*_RUNS, *_OPENS, "#"))
        plain = plain and value == value.strip() and "\r" not in value
        return value if plain and not XML_ESCAPE.search(value) else _json(value)
    return flow(value)


def _survives(value: int | Decimal) -> bool:
    """Would the number come back from a spreadsheet, which knows floats only, as it is written?"""
    if isinstance(value, int):
        return abs(value) < _LARGEST
    short, digits = str(value), len(value.as_tuple().digits)
    exact = short == repr(float(value)) and not short.endswith(".0") and "e" not in short
    return digits <= _MOST_DIGITS and exact


def _json(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    return XML_ESCAPE.sub(r"\\u005f\1", written)


def read_text(raw: object) -> object:
    """Return what a cell means where only text can stand; None stands for null.

    Raises :class:`Flaw`.

    >>> read_text('"=1+1"'), read_text(2024), read_text(datetime.datetime(2024, 12, 13))
    ('=1+1', '2024', '2024-12-13')
    """
    if isinstance(raw, bool):
        raise Flaw(f"found {str(raw).upper()}, expected a text")
    if isinstance(raw, datetime.datetime | datetime.date):
        return _day(raw)
    if not isinstance(raw, str):
        return str(read_other(raw))
    text = raw.strip()
    if text == NOTHING:
        return None
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            found = json.loads(text)
        except ValueError:
            return text
        text = found if isinstance(found, str) else text
    return _writable(text)


def _writable(text: str) -> str:
    if match := _UNWRITABLE.search(text):
        raise Flaw(
            f"found the control character or half character {printable(match[0])} in a text, remove it"
        )
    return text


def _day(raw: datetime.date) -> str:
    if isinstance(raw, datetime.datetime) and raw.time() != datetime.time():
        raise Flaw(f"found the time {raw.isoformat(sep=' ')}, expected a date such as 2024-12-13 or a text")
    return raw.isoformat()[:10]


def read_other(raw: object) -> object:
    """Return what a cell means anywhere else, exactly: 0.1 is one tenth.

    Raises :class:`Flaw`.

    >>> read_other(0.1), read_other(40.0), read_other("40.0"), read_other("[core, 1]")
    (Decimal('0.1'), 40, Decimal('40.0'), ['core', 1])
    """
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float):
        return _number(raw)
    if not isinstance(raw, str):
        told = f"found the date {raw}" if isinstance(raw, datetime.date) else f"found {printable(raw, 40)}"
        raise Flaw(f"{told}, expected a number, a word or a list; format the cell as text and write it again")
    text = _writable(raw.strip())
    if text.startswith(_OPENS):
        return _parsed(text)
    value, flaw = resolve(text)
    if flaw:
        raise Flaw(flaw)
    return value


def _number(raw: int | float) -> object:
    if isinstance(raw, float) and not raw.is_integer():
        return Decimal(repr(raw))
    if abs(raw) >= _EXACT:
        raise Flaw(f"found {raw:g}, of which a spreadsheet keeps 15 digits only: write it as text")
    return int(raw)


def _parsed(text: str) -> object:
    """Read what is written as in a case file: a list, a mapping, or a text in quotes."""
    try:
        data = parse_document(f"v: {text}\n".encode(), "cell").data
    except CaseError as error:
        raise Flaw(f"found {printable(text, 60)}: {error.findings[0].message}") from None
    if not isinstance(data, dict) or set(data) != {"v"}:
        raise Flaw(f"found {printable(text, 60)}, expected one list [a, b] or mapping {{a: 1}}")
    return data["v"]
