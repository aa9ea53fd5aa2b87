"""The front as a notebook shows it: what it is, a table, and a static picture.

Plain tags without style or script. The picture is an image with its data inside: viewers that clean
notebooks strip drawings that stand among the text, and keep images.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from html import escape

from procure_opt.claim import Claim, Efficient
from procure_opt.errors import printable
from procure_opt.words.names import leads, members
from procure_opt.words.opening import opening
from procure_opt.words.values import cells, table_units

from .picture import HEIGHT, WIDTH, description, svg

MOST_ROWS = 20
_LONGEST = 400
_HEADS = ("structure", "autonomy", "points", "spin-off", "cost", "who joins", "who leads")


def page(claim: Claim) -> str:
    """Return the front as HTML; every text of the case is escaped."""
    return "\n".join([*_opening(claim), _image(claim), *_table(claim)])


def _opening(claim: Claim) -> Iterator[str]:
    first, *others = opening(claim)
    yield f"<p><b>{escape(first)}</b><br>"
    yield "<br>\n".join(escape(line) for line in others)
    yield "</p>"


def _image(claim: Claim) -> str:
    data = base64.b64encode(svg(claim).encode("utf-8")).decode("ascii")
    words = escape(description(claim), quote=True)
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    return f'<p><img src="data:image/svg+xml;base64,{data}" alt="{words}" {size}></p>'


def _table(claim: Claim) -> Iterator[str]:
    shown = claim.structures[:MOST_ROWS]
    yield "<table>"
    yield f"<caption>{escape(table_units(claim.case))}</caption>"
    yield f"<thead><tr>{_cells(_HEADS, 'th')}</tr></thead>"
    yield "<tbody>"
    yield from (f"<tr>{_cells(_row(each), 'td', right=range(1, 5))}</tr>" for each in shown)
    yield "</tbody></table>"
    if rest := len(claim.structures) - len(shown):
        yield f"<p>... and {rest} more</p>"


def _row(each: Efficient) -> tuple[str, ...]:
    who, what = members(each.case, each.structure), leads(each.case, each.structure)
    return each.id, *cells(each.case, each.values), printable(who, _LONGEST), printable(what, _LONGEST)


def _cells(texts: Sequence[str], tag: str, right: Sequence[int] = ()) -> str:
    """Return the cells of a row; numbers stand to the right (by an attribute, for styles are stripped)."""
    sides = [' align="right"' if place in right else " nowrap" * (not place) for place in range(len(texts))]
    return "".join(f"<{tag}{side}>{escape(text)}</{tag}>" for text, side in zip(texts, sides, strict=True))
