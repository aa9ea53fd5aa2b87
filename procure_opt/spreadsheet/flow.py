"""Values of a case in one line, as a case file writes them: ``[core, associate]``, ``{ALP: 100}``."""

from __future__ import annotations

import re

from procure_opt.case.scalars import resolve

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:[ ./-][A-Za-z0-9_()]+)*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
XML_ESCAPE = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
"""What spreadsheet programs take for one character."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def flow(value: object) -> str:
    """Return a value in one line that the reader of case files reads as just this value.

    >>> from decimal import Decimal
    >>> flow({"tier": {"nation": "NO", "tiers": ["core"]}}), flow([True, None, "no: 1", Decimal("0.10")])
    ('{tier: {nation: NO, tiers: [core]}}', '[true, null, "no: 1", 0.10]')
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key(name)}: {flow(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    if isinstance(value, str):
        return value if is_plain(value) else quoted(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def key(name: str) -> str:
    """Return the key of a mapping; dates and numbers need quotes there.

    >>> key("GBR"), key("2024-12")
    ('GBR', '"2024-12"')
    """
    return name if is_plain(name) and not _DATE.fullmatch(name) else quoted(name)


def is_plain(text: str) -> bool:
    """Does the text mean itself without quotes, wherever it stands?

    >>> is_plain("off_the_shelf"), is_plain("true"), is_plain("2024-12-13"), is_plain("a: b")
    (True, False, True, False)
    """
    return (
        bool(_PLAIN.fullmatch(text) or _DATE.fullmatch(text))
        and not XML_ESCAPE.search(text)
        and resolve(text) == (text, "")
    )


def quoted(text: str) -> str:
    r"""Return the text in double quotes, as YAML reads them.

    >>> quoted('say "no"\n')
    '"say \\"no\\"\\n"'
    """
    inside = "".join(_ESCAPES.get(c) or _escaped(c) for c in text)
    return '"' + XML_ESCAPE.sub(r"\\u005f\1", inside) + '"'


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
