"""Whom do we depend on? What each nation can no longer do if one denier denies."""

from __future__ import annotations

from typing import Any

from procure_opt.claim import Claim, Efficient
from procure_opt.drawing.figure import Trace, axis, figure
from procure_opt.drawing.labels import lines, party
from procure_opt.drawing.palette import SCALE
from procure_opt.words.names import listed


def dependence(claim: Claim, each: Efficient) -> Any:
    """Return a map: nations across, deniers downwards, lost points of 100; the tasks when one points."""
    case = claim.case
    nations = sorted(case.nations)
    lost = {nation: dict(each.nation(nation).autonomy.lost_under) for nation in nations}
    deniers = sorted({denier for found in lost.values() for denier in found})
    points = [
        [_points(each, nation, lost[nation].get(denier, ())) for nation in nations] for denier in deniers
    ]
    trace: Trace = {
        "type": "heatmap",
        "x": [party(case, nation) for nation in nations],
        "y": [party(case, denier) for denier in deniers],
        "z": points,
        "text": [[f"-{lost}" if lost else "" for lost in row] for row in points],
        "texttemplate": "%{text}",
        "hovertext": [[_told(nation, denier, lost[nation].get(denier, ())) for nation in nations]
                      for denier in deniers],
        "hoverinfo": "text",
        "colorscale": [list(pair) for pair in SCALE],
        "zmin": 0,
        "zmax": 100,
        "colorbar": {"title": {"text": "points lost<br>(of 100)"}},
        "xgap": 2,
        "ygap": 2,
    }  # fmt: skip
    layout = {
        "xaxis": axis("nation that loses tasks", tickangle=0),
        "yaxis": axis("denier", autorange="reversed"),
    }
    question = f"Whom does each nation depend on in {each.id}?"
    return figure(claim, question if deniers else f"{question} Nobody can deny anything.", [trace], layout)


def _points(each: Efficient, nation: str, tasks: tuple[str, ...]) -> int:
    weights = each.case.nations[nation].weights()
    return sum(weights.get(task, 0) for task in tasks)


def _told(nation: str, denier: str, tasks: tuple[str, ...]) -> str:
    return lines([f"without {denier}, {nation} loses:", listed(tasks, "nothing")])
