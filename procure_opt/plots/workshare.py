"""Who builds what? Nations by work packages: shares, and who leads."""

from __future__ import annotations

from typing import Any

from procure_opt.claim import Claim, Efficient
from procure_opt.drawing.figure import Trace, axis, figure
from procure_opt.drawing.labels import label, lines, party
from procure_opt.drawing.palette import SCALE
from procure_opt.structure.arrangements import Arrangement
from procure_opt.words.names import arrangement_text

LEAD = "lead"


def workshare(claim: Claim, each: Efficient) -> Any:
    """Return a map of percents; leads are marked in words."""
    ways = _ways(each)
    places = sorted({*claim.case.nations, *(place for _, way in ways for place, _ in way.shares)})
    trace: Trace = {
        "type": "heatmap",
        "x": [party(claim.case, place) for place in places],
        "y": [label(name) for name, _ in ways],
        "z": [[way.share(place) for place in places] for _, way in ways],
        "text": [[_mark(way, place) for place in places] for _, way in ways],
        "texttemplate": "%{text}",
        "hovertext": [[lines([name, arrangement_text(way)]) for _ in places] for name, way in ways],
        "hoverinfo": "text",
        "colorscale": [list(pair) for pair in SCALE],
        "zmin": 0,
        "zmax": 100,
        "colorbar": {"title": {"text": "percent of<br>the package"}},
        "xgap": 2,
        "ygap": 2,
    }
    layout = {
        "xaxis": axis("where the work is", tickangle=0),
        "yaxis": axis("work package", autorange="reversed"),
    }
    return figure(claim, f"Who builds what in {each.id}?", [trace], layout)


def _ways(each: Efficient) -> list[tuple[str, Arrangement]]:
    """Return the packages in order, named with their pillar where the case has several."""
    several = len(each.case.pillars) > 1
    return [
        (f"{pillar}: {package}" if several else package, way)
        for pillar, plan in sorted(each.structure.pillars.items())
        for package, way in sorted(plan.packages.items())
    ]


def _mark(way: Arrangement, place: str) -> str:
    share = way.share(place)
    told = f"{share} %" if share else ""
    return f"{told} {LEAD}".strip() if place in way.leads else told
