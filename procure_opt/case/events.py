"""What a case file consists of, in the order of the file, whether it is written as YAML or as JSON.

Both readers (``yaml_events``, ``json_events``) tell the file as a flat stream of events; ``tree``
builds the document from it. A flat stream needs no recursion, so that a hostile nesting is stopped
while it is read and not by the end of the stack.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

MOST_BYTES = 4_000_000
MOST_NODES = 200_000
MOST_FINDINGS = 100
DEEPEST = 40
LONGEST_TEXT = 100_000
LONGEST_KEY = 1_000


class Kind(Enum):
    """What happens at one place of the file."""

    MAPPING = "a mapping opens"
    LIST = "a list opens"
    CLOSE = "the innermost mapping or list closes"
    SCALAR = "a text, number, true, false or null"
    BROKEN = "reading cannot go on from here"


class Event(NamedTuple):
    """One step through the file. ``line`` and ``column`` count from 1.

    ``text`` is what is written, ``value`` what it means; ``plain`` is a YAML word without quotes.
    ``flaws`` are sentences about this place that make the file unusable.
    """

    kind: Kind
    line: int
    column: int
    text: str = ""
    value: object = None
    plain: bool = False
    flaws: tuple[str, ...] = ()


def broken(line: int, column: int, sentence: str) -> Event:
    """Return the last event of a file that cannot be read any further.

    >>> broken(3, 1, "two documents in one file").kind.name
    'BROKEN'
    """
    return Event(Kind.BROKEN, line, column, flaws=(sentence,))
