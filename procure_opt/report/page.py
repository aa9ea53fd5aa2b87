"""The page itself: one HTML file with style, scripts and data inside, and a policy that allows no more.

The policy names the digests of the scripts and of the style: nothing else runs, nothing is requested, and
text from a case stays text. The data stand in a block that no browser executes.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from procure_opt.claim import Claim
from procure_opt.result.write import OURS, refuse_foreign, write_whole

from .data import report_data

MARK = OURS["report.html"].decode()
VENDORED = ("d3.min.js", "d3-sankey.min.js")
SCRIPTS = (
    *("element.js", "state.js", "scales.js", "header.js", "triangle.js", "parallel.js", "tradeoff.js"),
    *("workshare.js", "money.js", "dependence.js", "cards.js", "table.js", "words.js", "sentences.js"),
    *("compare.js", "inputs.js", "start.js"),
)
"""Our scripts in the order in which they need each other."""


def report_bytes(claim: Claim) -> bytes:
    """Return the page of a claim; the same claim gives the same bytes."""
    vendored = "\n".join(_part("vendor", name) for name in VENDORED)
    ours = "\n".join(_part("page", name) for name in SCRIPTS)
    data = report_data(claim)
    style = _part("page", "page.css") + _margins(data["marking"])
    return _page(data, style, (vendored, ours)).encode("utf-8")


def save_report(claim: Claim, path: str | os.PathLike[str]) -> None:
    """Write the page; an older page there is replaced, another file is not."""
    target = Path(path)
    refuse_foreign(target, OURS["report.html"])
    write_whole(target, report_bytes(claim))


def _margins(marking: str) -> str:
    """Return the style that puts the marking above and below every printed page."""
    text = in_style(marking)
    return f'@page {{ @top-center {{ content: "{text}"; }} @bottom-center {{ content: "{text}"; }} }}\n'


def in_style(text: str) -> str:
    r"""Return text for a string of a style sheet, everything but letters, digits and blanks as escapes.

    >>> in_style('A "B" </style>')
    'A \\22 B\\22  \\3c \\2f style\\3e '
    """
    plain = (char.isascii() and (char.isalnum() or char == " ") for char in text)
    return "".join(c if same else f"\\{ord(c):x} " for c, same in zip(text, plain, strict=True))


def _part(folder: str, name: str) -> str:
    return files("procure_opt.report").joinpath(folder, name).read_text(encoding="utf-8")


def _page(data: dict[str, Any], style: str, scripts: tuple[str, ...]) -> str:
    title = html.escape(f"{data['title']} - {data['marking']}")
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, scripts)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        MARK,
        f"<title>{title}</title>",
        f"<style>{style}</style>",
        "</head>\n<body>",
        _without_scripts(data),
        f'<script type="application/json" id="data">{in_script(data)}</script>',
        *(f"<script>{script}</script>" for script in scripts),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _policy(style: str, scripts: tuple[str, ...]) -> str:
    allowed = " ".join(f"'{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src '{_digest(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def in_script(data: Any) -> str:
    r"""Return JSON that no text inside can end: what could open or close markup is written as escapes.

    >>> in_script({"name": "</script><b>"})
    '{"name":"\\u003c/script\\u003e\\u003cb\\u003e"}'
    """
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _without_scripts(data: dict[str, Any]) -> str:
    """Return what is read where scripts do not run: the head, and the table of structures."""
    head = [data["marking"], data["as_of"], data["edition"], data["view_text"], data["completeness"]]
    rows = [(each["id"], *each["cells"], each["members"]) for each in data["structures"]]
    told = "".join(f"<p>{html.escape(line)}</p>" for line in [*head, *data["trilemma"], data["units"]])
    names = ("structure", "autonomy", "points", "spin-off", "cost", "who")
    body = "".join(_table_row(row, "td") for row in rows)
    table = f"<table><thead>{_table_row(names, 'th')}</thead><tbody>{body}</tbody></table>"
    return f"<noscript><h1>{html.escape(data['title'])}</h1>{told}{table}</noscript>"


def _table_row(cells: Iterable[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"
