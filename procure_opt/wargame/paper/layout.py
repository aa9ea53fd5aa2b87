"""HTML that prints: a page with its style inside, from plain texts that are escaped here and nowhere else."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Sequence
from importlib.resources import files

MARK = '<meta name="generator" content="procure_opt seats">'
POLICY = "default-src 'none'; style-src 'sha256-{}'"
BLANK = "\N{NO-BREAK SPACE}"


def page(title: str, marking: str, body: Iterable[str]) -> bytes:
    """Return one self-contained page, its marking above and below; no script runs in it."""
    style = files("procure_opt.wargame.paper").joinpath("paper.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(digest)}">',
        MARK,
        f"<title>{html.escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>",
        _marking(marking),
        *body,
        _marking(marking),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts).encode("utf-8")


def _marking(marking: str) -> str:
    return f'<p class="marking">{html.escape(marking)}</p>'


def heading(text: str, level: int = 2) -> str:
    """Return a heading.

    >>> heading("Who & what")
    '<h2>Who &amp; what</h2>'
    """
    return f"<h{level}>{html.escape(text)}</h{level}>"


def paragraph(text: str) -> str:
    """Return a paragraph."""
    return f"<p>{html.escape(text)}</p>"


def read_aloud(text: str) -> str:
    """Return a text that somebody reads to all."""
    return f'<p class="aloud">{html.escape(text)}</p>'


def bullets(texts: Iterable[str]) -> str:
    """Return a list; nothing of no texts."""
    items = "".join(f"<li>{html.escape(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>" if items else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; its first column names the rows.

    >>> table(["task", "points"], [["fly", "60"]])[:41]
    '<table><thead><tr><th>task</th><th>points'
    """
    heads = "".join(f"<th>{html.escape(cell)}</th>" for cell in head)
    body = "".join(_row(row) for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _row(row: Sequence[str]) -> str:
    first, *rest = (html.escape(cell) for cell in row)
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"


def to_fill(head: Sequence[str], count: int) -> str:
    """Return an empty table to write into."""
    return table(head, [[BLANK] * len(head)] * count)
