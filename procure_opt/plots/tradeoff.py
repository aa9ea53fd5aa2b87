"""What does the next step of autonomy cost? Spin-off, the third goal, is told by shade and shape."""

from __future__ import annotations

from typing import Any

from procure_opt.claim import Claim
from procure_opt.drawing.axes import autonomy_axis, cost_axis, spinoff_axis
from procure_opt.drawing.caption import told
from procure_opt.drawing.figure import DIGITS, Trace, axis, figure
from procure_opt.drawing.labels import label, lines
from procure_opt.drawing.palette import INK, SHADES
from procure_opt.drawing.scales import LEVELS, level, scores

_QUESTION = "What does the next step of autonomy cost?"


def tradeoff(claim: Claim) -> Any:
    """Return the curve; one entry of the legend per third of the range of spin-off."""
    across, upwards = cost_axis(claim), autonomy_axis(claim)
    vectors = [each.values for each in claim.structures]
    levels = [level(each[1]) for each in scores(vectors)] if vectors else []
    traces = [_third(claim, place, levels) for place in range(len(LEVELS))]
    words = label(f"{spinoff_axis(claim).title}, thirds of its range:")
    legend = {"title": {"text": words}, "orientation": "h", "y": 1.02, "yanchor": "bottom"}
    margin = {"l": 90, "r": 40, "t": 130, "b": 130}
    axes = {"xaxis": axis(across.title, tickformat=DIGITS), "yaxis": axis(upwards.title)}
    return figure(claim, _QUESTION, traces, axes | {"legend": legend, "margin": margin})


def _third(claim: Claim, place: int, levels: list[int]) -> Trace:
    """Return the structures whose spin-off is in one third of its range."""
    rows = [row for row, found in enumerate(levels) if found == place]
    across, upwards = cost_axis(claim).values, autonomy_axis(claim).values
    shade, shape = SHADES[place]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": LEVELS[place],
        "showlegend": True,
        "x": [across[row] for row in rows],
        "y": [upwards[row] for row in rows],
        "hovertext": [lines(told(claim.structures[row])) for row in rows],
        "hoverinfo": "text",
        "marker": {"color": shade, "symbol": shape, "size": 12, "line": {"width": 1, "color": INK}},
    }
