"""A JSON text as events, with a scanner that keeps positions and never recurses.

YAML parsers trip over JSON's surrogate pairs, keys split from their colon, and keys of 1 000 characters.

Source: RFC 8259.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import Enum

from procure_opt.errors import printable

from .events import Event, Kind, broken
from .scalars import resolve

_TOKEN = re.compile(
    r'[ \t\n\r]*+([{}\[\]:,]|"(?:[^"\\\x00-\x1f]++|\\[^\x00-\x1f])*+"|[^ \t\n\r{}\[\]:,"]++|"?)'
)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|NaN|-?Infinity")
_JSON_AHEAD = re.compile(r'[ \t\n\r]*+\{[ \t\n\r]*+(?:"|\}[ \t\n\r]*+\Z)')
_WORDS = ("true", "false", "null")
_CLOSERS = {"{": "}", "[": "]"}


_UNCLOSED = (
    "a text is opened here and not closed on its line; inside a text write "
    '\\n for a line end, \\t for a tab, \\" for a quote'
)


class _Want(Enum):
    """What may come next; the value names it for a message."""

    VALUE = "a value"
    FIRST_ITEM = "a value or ]"
    KEY = "a key in double quotes"
    FIRST_KEY = "a key in double quotes or }"
    COLON = ":"
    COMMA = "a comma or the closing bracket"
    END = "the end of the file"


def looks_like_json(text: str) -> bool:
    """Tell whether ``text`` begins as a JSON object does: a brace and a quoted key.

    >>> looks_like_json('{"title": 1}'), looks_like_json("{title: 1}"), looks_like_json("title: 1")
    (True, False, False)
    """
    return _JSON_AHEAD.match(text) is not None


def json_events(text: str) -> Iterator[Event]:
    """Yield what stands in the JSON ``text``, in its order; the last event is BROKEN if it breaks off.

    >>> [event.value for event in json_events('{"a": [0.5, true]}') if event.kind is Kind.SCALAR]
    ['a', Decimal('0.5'), True]
    """
    scanner = _Scanner(text)
    for word, line, column in _tokens(text):
        event = scanner.event(word, line, column)
        if event is not None:
            yield event
            if event.kind is Kind.BROKEN:
                return


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each token with its line and column; an empty one stands for the end of the file."""
    line, line_start, end = 1, 0, 0
    while match := _TOKEN.match(text, end):
        begin, start = end, match.start(1)
        word, end = match[1], match.end()
        newlines = text.count("\n", begin, start)
        if newlines:
            line += newlines
            line_start = text.rfind("\n", begin, start) + 1
        yield word, line, start - line_start + 1
        if not word:
            return


_ENDS = frozenset({"", "}", "]"})
_KEYS = frozenset({_Want.KEY, _Want.FIRST_KEY})
_VALUES = frozenset({_Want.VALUE, _Want.FIRST_ITEM})


class _Scanner:
    """The grammar of JSON as a table of what may come next, with the open brackets on a stack."""

    def __init__(self, text: str) -> None:
        self.want = _Want.VALUE
        self.open: list[tuple[str, int]] = []

    def event(self, word: str, line: int, column: int) -> Event | None:
        """Return the event that the token makes, None for a colon or a comma."""
        if word == "," and self.want is _Want.COMMA:
            self.want = _Want.KEY if self.open[-1][0] == "}" else _Want.VALUE
            return None
        if word == ":" and self.want is _Want.COLON:
            self.want = _Want.VALUE
            return None
        if word in _ENDS:
            return self._close(word, line, column)
        if self.want in _KEYS and word[0] == '"':
            self.want = _Want.COLON
            return _text(word, line, column)
        if self.want in _VALUES and word not in (",", ":"):
            return self._value(word, line, column)
        return self._surprise(word, line, column)

    def _close(self, word: str, line: int, column: int) -> Event | None:
        allowed = self.want in (_Want.COMMA, _Want.FIRST_KEY, _Want.FIRST_ITEM)
        if not (allowed and self.open and word == self.open[-1][0]):
            return self._surprise(word, line, column)
        self.open.pop()
        self._after_value()
        return Event(Kind.CLOSE, line, column)

    def _value(self, word: str, line: int, column: int) -> Event:
        if word in _CLOSERS:
            self.open.append((_CLOSERS[word], line))
            self.want = _Want.FIRST_KEY if word == "{" else _Want.FIRST_ITEM
            return Event(Kind.MAPPING if word == "{" else Kind.LIST, line, column)
        self._after_value()
        if word[0] == '"':
            return _text(word, line, column)
        if word in _WORDS or _NUMBER.fullmatch(word):
            value, flaw = resolve(word)
            return Event(Kind.SCALAR, line, column, word, value, flaws=(flaw,) if flaw else ())
        shown = printable(word, 40)
        return broken(line, column, f"found {shown}, expected a value; JSON texts are in double quotes")

    def _after_value(self) -> None:
        self.want = _Want.COMMA if self.open else _Want.END

    def _surprise(self, word: str, line: int, column: int) -> Event | None:
        if not word and self.want is _Want.END:
            return None
        if not word and self.open:
            closer, opened = self.open[-1]
            found = "the file ends"
            return broken(line, column, f"{found}, expected {closer} for the bracket opened in line {opened}")
        if word == '"':
            return broken(line, column, _UNCLOSED)
        found = f"found {printable(word, 40)}" if word else "the file ends"
        return broken(line, column, f"{found}, expected {self.want.value}")


def _text(word: str, line: int, column: int) -> Event:
    """Read a token in quotes; the standard library knows the escapes and joins surrogate pairs."""
    if word == '"':
        return broken(line, column, _UNCLOSED)
    try:
        return Event(Kind.SCALAR, line, column, word, json.loads(word))
    except json.JSONDecodeError as error:
        return broken(line, column + error.pos, "not an escape of JSON, write a backslash as \\\\")
