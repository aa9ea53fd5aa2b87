"""A new case to start from: small, commented, and one that solves."""

from __future__ import annotations

import re
from pathlib import Path

from procure_opt.errors import UsageError, printable

_TEMPLATE = Path(__file__).with_name("template.yaml")
_ID_LINE = "id: new_case\n"
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_WORDS_WITH_MEANING = frozenset({"true", "false", "null"})
"""Bare words that YAML takes for something else than text."""


def template_text(name: str) -> str:
    """Return the text of a new case file with this id.

    Raises :class:`UsageError` if the name cannot be an id.

    >>> template_text("frigate").splitlines()[4]
    'id: frigate'
    """
    if not _ID.fullmatch(name):
        shown = printable(name, 60)
        raise UsageError(f'"{shown}" cannot name a case: a letter, then letters, digits, _ or -, at most 40')
    written = f'"{name}"' if name.lower() in _WORDS_WITH_MEANING else name
    return _TEMPLATE.read_text(encoding="utf-8").replace(_ID_LINE, f"id: {written}\n", 1)
