"""A plotly figure with a title, what is drawn, and the caption that no picture goes without."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from procure_opt.claim import Claim
from procure_opt.extras import needed

from .caption import caption, title
from .labels import label, lines
from .palette import INK, PAPER

Trace = dict[str, Any]

DIGITS = ",.6~g"
"""Numbers on axes: thousands apart, as many digits as they have, up to six."""

_FONT = {"family": "sans-serif", "size": 13, "color": INK}


def figure(claim: Claim, question: str, traces: Sequence[Trace], layout: dict[str, Any] | None = None) -> Any:
    """Return the figure; ``question`` is what the picture answers, ``layout`` what is particular to it.

    Raises :class:`UsageError` if plotly is not installed (``procure-opt[plot]``).
    """
    plotly = needed("plotly.graph_objects", "plot", "a figure")
    shared: dict[str, Any] = {
        "template": "none",
        "title": {"text": f"{label(question)}<br><sub>{label(title(claim.case))}</sub>"},
        "font": _FONT,
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": {"l": 90, "r": 40, "t": 90, "b": 130},
        "annotations": [_footing(claim)],
    }
    return plotly.Figure({"data": list(traces), "layout": shared | (layout or {})})


def _footing(claim: Claim) -> Trace:
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "yshift": -75}
    text = {"text": lines(caption(claim)), "align": "left", "font": {"size": 10}}
    return place | text | {"xanchor": "left", "yanchor": "top", "showarrow": False}


def axis(text: str, **more: Any) -> Trace:
    """Return an axis with its title."""
    shared = {"gridcolor": "#D9D9D9", "zeroline": False, "automargin": True}
    return {"title": {"text": label(text)}} | shared | more
