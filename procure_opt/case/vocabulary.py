"""The small words of a case file: identifiers, dates, access levels."""

from __future__ import annotations

import calendar
import datetime
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

_ID = r"^[A-Za-z][A-Za-z0-9_-]{0,39}$"
_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
EDITION = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$"
CURRENCY = r"^[A-Z]{3}$"
VIEW = r"^(programme|egalitarian|nation:[A-Za-z0-9_-]+)$"

PATTERNS: dict[str, tuple[str, tuple[str, ...]]] = {
    _ID: ("a letter, then letters, digits, _ or -, at most 40", ()),
    _DATE: ("a date as YYYY-MM-DD, YYYY-MM or YYYY", ()),
    EDITION: ("letters, digits, _ or -, at most 40", ()),
    CURRENCY: ("three capital letters", ()),
    VIEW: ("programme, egalitarian or nation:CODE", ("programme", "egalitarian")),
}
"""What texts look like, for people who do not read regular expressions; and the words among them, if any."""

Id = Annotated[str, StringConstraints(pattern=_ID)]
"""A name inside a case file: a letter, then letters, digits, ``_`` or ``-``; at most 40."""

Text = Annotated[str, StringConstraints(max_length=2000)]

Level = Annotated[
    int,
    Field(
        ge=0,
        le=4,
        strict=True,
        description="Access level: 0 none, 1 use of an effect, 2 operate and maintain, "
        "3 modify and upgrade, 4 design authority.",
        examples=[3],
    ),
]

OPERATE, MODIFY, DESIGN_AUTHORITY = 2, 3, 4
IRREVOCABLE = MODIFY
"""From this level on access survives the denial of others, where data and facility are one's own."""


def _ends(text: str) -> tuple[datetime.date, datetime.date]:
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else None
    if len(parts) == 3:
        day = datetime.date(*parts)
        return day, day
    if month is None:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])


def first_day(text: str) -> datetime.date:
    """Return the first day that a date of day, month or year precision can mean.

    >>> first_day("2024-12")
    datetime.date(2024, 12, 1)
    """
    return _ends(text)[0]


def last_day(text: str) -> datetime.date:
    """Return the last day that a date of day, month or year precision can mean.

    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    return _ends(text)[1]


def _is_a_date(text: str) -> str:
    try:
        _ends(text)
    except ValueError:
        raise ValueError(
            f'found "{text}", no such date; expected like 2024-12-13, 2024-12 or "2024"'
        ) from None
    return text


Date = Annotated[
    str,
    StringConstraints(pattern=_DATE),
    AfterValidator(_is_a_date),
    Field(description="Date as YYYY-MM-DD, YYYY-MM or YYYY.", examples=["2024-12-13"]),
]
