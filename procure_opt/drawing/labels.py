"""Texts of a case in a figure: shown as they are, never obeyed.

Plotly reads tags (``<b>``, ``<a href>``), entities and, where MathJax is loaded, formulas between dollars.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from procure_opt.errors import printable

_LONGEST = 300


def label(text: object) -> str:
    """Return a text that plotly shows just as it is.

    >>> label("<a href='x'>R&D</a>"), label("$x$")
    ('&lt;a href=&#x27;x&#x27;&gt;R&amp;D&lt;/a&gt;', '&#36;x&#36;')
    """
    return html.escape(printable(text, _LONGEST)).replace("$", "&#36;")


def lines(texts: Iterable[object]) -> str:
    """Return several texts as lines below each other.

    >>> lines(["a", "b<i>"])
    'a<br>b&lt;i&gt;'
    """
    return "<br>".join(label(text) for text in texts)
