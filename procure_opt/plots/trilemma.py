"""Where are we between the three corners? A triangle with every structure, and the nations of a chosen one.

A corner pulls as strongly as its goal is near the best of the front (0 worst, 1 best), in proportion to the
other two. A structure that is good at everything and one that is good at nothing both lie in the middle; so
the size of a mark says how near to the best it is on average.
"""

from __future__ import annotations

from typing import Any

from procure_opt.claim import Claim, Efficient
from procure_opt.drawing.caption import told
from procure_opt.drawing.figure import Trace, figure
from procure_opt.drawing.labels import label, lines
from procure_opt.drawing.palette import INK, colour, shape
from procure_opt.drawing.scales import Scores, corners, scores
from procure_opt.words.names import nation_name

_QUESTION = "Where between autonomy, spin-off and low cost?"
_SMALLEST, _LARGEST = 6, 16
_MARGIN = {"l": 90, "r": 40, "t": 140, "b": 140}


def trilemma(claim: Claim, chosen: Efficient | None = None) -> Any:
    """Return the triangle; with a structure, where its nations lie, each in its own range over the front."""
    traces = _structures(claim) if claim.structures else []
    if chosen is not None:
        traces += [_ring(claim, chosen), *_nations(claim, chosen)]
    return figure(claim, _QUESTION, traces, {"ternary": _corners(), "margin": _MARGIN})


def _corners() -> dict[str, Any]:
    ends = {"aaxis": "autonomy", "baxis": "spin-off", "caxis": "low cost"}
    return {"sum": 1} | {
        name: {"title": {"text": f"{goal}<br>(share of the pull)"}, "min": 0, "tickvals": [0.25, 0.5, 0.75]}
        for name, goal in ends.items()
    }


def _structures(claim: Claim) -> list[Trace]:
    found = scores([each.values for each in claim.structures])
    sizes = [_SMALLEST + (_LARGEST - _SMALLEST) * float(sum(each) / 3) for each in found]
    marker = {"size": sizes, "color": colour(0), "symbol": shape(0), "line": {"width": 1, "color": INK}}
    texts = [lines(told(each)) for each in claim.structures]
    return [_trace("structure (larger: nearer to the best)", found, texts, marker)]


def _ring(claim: Claim, chosen: Efficient) -> Trace:
    ids = [each.id for each in claim.structures]
    found = scores([each.values for each in claim.structures])[ids.index(chosen.id)]
    marker = {"size": 22, "symbol": "circle-open", "color": INK, "line": {"width": 3}}
    return _trace(chosen.id, [found], [lines(told(chosen))], marker)


def _nations(claim: Claim, chosen: Efficient) -> list[Trace]:
    """Return a mark per nation: its own three values, each between its worst and best over the front."""
    traces = []
    for place, nation in enumerate(sorted(claim.case.nations), start=1):
        own = [_own(each, nation) for each in claim.structures]
        found = scores(own)[[each.id for each in claim.structures].index(chosen.id)]
        marker = {
            "size": 13,
            "symbol": shape(place),
            "color": colour(place),
            "line": {"width": 1, "color": INK},
        }
        name = f"{nation_name(claim.case, nation)} in {chosen.id}"
        traces.append(_trace(name, [found], [label(name)], marker))
    return traces


def _own(each: Efficient, nation: str) -> tuple[int, int, int]:
    """Whole numbers that are in order as the nation's values are; cost in millionths of a million."""
    gets = each.nation(nation)
    return gets.autonomy.points, gets.spinoff, round(gets.cost * 10**6)


def _trace(name: str, found: list[Scores], texts: list[str], marker: dict[str, Any]) -> Trace:
    pulls = [corners(each) for each in found]
    a, b, c = ([pull[place] for pull in pulls] for place in range(3))
    return {"type": "scatterternary", "mode": "markers", "name": label(name), "a": a, "b": b, "c": c,
            "hovertext": texts, "hoverinfo": "text", "marker": marker, "cliponaxis": False}  # fmt: skip
