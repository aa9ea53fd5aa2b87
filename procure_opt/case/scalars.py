"""What a bare word in a YAML file means: the core schema of YAML 1.2, with exact numbers.

``NO`` is Norway, ``on`` and ``yes`` are words, ``1:30`` and dates are text. A number with a point or
an exponent is a ``Decimal``, so that 0.1 is one tenth.
Source: YAML 1.2.2, section 10.3.2.
"""

from __future__ import annotations

import re
from decimal import Decimal

from procure_opt.errors import printable

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_BASES = {"0x": 16, "0o": 8}
_WHOLE = re.compile(r"[-+]?[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+")
_POINT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?([0-9]+))?")
# JSON writers say NaN and Infinity; in YAML they would be words, but nobody means a word by them.
_NOT_FINITE = re.compile(r"\.nan|\.NaN|\.NAN|NaN|[-+]?(?:\.inf|\.Inf|\.INF|Infinity)")
_FIRST_OF_NUMBERS = frozenset("0123456789+-.NI")

_MOST_DIGITS = 40
_LARGEST_EXPONENT = 40


def resolve(text: str) -> tuple[object, str]:
    """Return what the bare word ``text`` means and, if it cannot be used, a sentence why (else "").

    >>> resolve("NO"), resolve("0x1F"), resolve("0.10"), resolve("1:30")
    (('NO', ''), (31, ''), (Decimal('0.10'), ''), ('1:30', ''))
    >>> resolve(".inf")[1]
    'found .inf, must be a finite number'
    """
    if text in _WORDS:
        return _WORDS[text], ""
    if text[0] not in _FIRST_OF_NUMBERS:
        return text, ""
    if _NOT_FINITE.fullmatch(text):
        return 0, f"found {text}, must be a finite number"
    if _WHOLE.fullmatch(text):
        return _whole(text)
    match = _POINT.fullmatch(text)
    return _decimal(text, match[1]) if match else (text, "")


def _whole(text: str) -> tuple[object, str]:
    if len(text) > _MOST_DIGITS:
        return 0, _too_long(text)
    return int(text[2:], _BASES[text[:2]]) if text[:2] in _BASES else int(text), ""


def _decimal(text: str, exponent: str | None) -> tuple[object, str]:
    """Read a number with a point or an exponent; look at its size before anything is computed."""
    if len(text) > _MOST_DIGITS:
        return 0, _too_long(text)
    if exponent and int(exponent) > _LARGEST_EXPONENT:
        return 0, f"found {text}, the exponent of a number must be at most {_LARGEST_EXPONENT}"
    return Decimal(text), ""


def _too_long(text: str) -> str:
    start = printable(text, 20)
    return f"found {start} (a number of {len(text)} characters), must be at most {_MOST_DIGITS}"
