"""What is left if cost must stay under X? Lines over parallel axes; drag along an axis to ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from procure_opt.claim import Claim
from procure_opt.drawing.axes import Axis, autonomy_axis, cost_axis, spinoff_axis
from procure_opt.drawing.figure import DIGITS, Trace, figure
from procure_opt.drawing.labels import label
from procure_opt.drawing.palette import LINES
from procure_opt.errors import UsageError, printable
from procure_opt.words.names import money_unit

_QUESTION = "What is left if a value must stay above or below X? (Drag along an axis.)"


def parallel(claim: Claim, nations: Sequence[str] = ()) -> Any:
    """Return the lines, darker with more autonomy; for each of the nations an axis of what it pays.

    Raises :class:`UsageError` for a nation that the case does not have.
    """
    axes = [autonomy_axis(claim), spinoff_axis(claim), cost_axis(claim)]
    axes += [_pays(claim, nation) for nation in nations]
    line = {"color": list(axes[0].values), "colorscale": [list(pair) for pair in LINES], "showscale": False}
    trace: Trace = {"type": "parcoords", "dimensions": [_dimension(axis) for axis in axes], "line": line}
    return figure(claim, _QUESTION, [trace], {"margin": {"l": 110, "r": 60, "t": 150, "b": 130}})


def _dimension(axis: Axis) -> Trace:
    return {"label": label(axis.title), "values": list(axis.values), "tickformat": DIGITS}


def _pays(claim: Claim, nation: str) -> Axis:
    if nation not in claim.case.nations:
        known = ", ".join(sorted(claim.case.nations))
        raise UsageError(f'"{printable(nation)}" is not a nation of this case ({known})')
    values = tuple(float(each.nation(nation).cost) for each in claim.structures)
    return Axis(f"{nation} pays ({money_unit(claim.case)})", values)
