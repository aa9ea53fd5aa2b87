"""Texts of a case in a figure: shown as they are, never obeyed.

Plotly reads tags (``<b>``, ``<a href>``), entities and, where MathJax is loaded, formulas between dollars.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from procure_opt.case.model import Case
from procure_opt.errors import printable

_LONGEST, _SHORT = 300, 24


def label(text: object) -> str:
    """Return a text that plotly shows just as it is.

    >>> label("<a href='x'>R&D</a>"), label("$x$")
    ('&lt;a href=&#x27;x&#x27;&gt;R&amp;D&lt;/a&gt;', '&#36;x&#36;')
    """
    return html.escape(printable(text, _LONGEST)).replace("$", "&#36;")


def party(case: Case, party: str) -> str:
    """Return a nation or other holder as two short lines, so that axes stay narrow and level."""
    stated = case.nations.get(party) or case.others.get(party)
    name = printable(stated.name if stated else "", _SHORT)
    return lines([party, name]) if name and name != party else label(party)


def lines(texts: Iterable[object]) -> str:
    """Return several texts as lines below each other.

    >>> lines(["a", "b<i>"])
    'a<br>b&lt;i&gt;'
    """
    return "<br>".join(label(text) for text in texts)
