"""Claims for pages: hostile names, and fronts of bundled cases so far, without solving them."""

from __future__ import annotations

import functools
from fractions import Fraction
from typing import Any

from tri1_claim import tri1_case, tri1_claim

from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.claim import Claim, Efficient, Evidence, minimised
from procure_opt.pareto.certificate import final_bounds
from procure_opt.pareto.points import box_of
from procure_opt.study import random_structures

HOSTILE = "</script><script>window.hurt=1</script><img src=x onerror='window.hurt=1'>\"&amp;=1+1"
"""Text that is markup, script, an entity and a formula at once."""


def hostile_claim() -> Claim:
    """Return TRI-1's front with hostile text wherever a case file may have any."""
    stated = tri1_case().model_dump(by_alias=True, mode="json")
    case = Case.model_validate(_hurt(stated))
    found = tri1_claim()
    points = tuple(Efficient(case, each.values, each.structure) for each in found.structures)
    return Claim(case, points, found.evidence)


def _hurt(node: Any, name: str = "") -> Any:
    """Return the data with every free text hostile; ids and numbers stay."""
    if isinstance(node, dict):
        return {key: _hurt(below, key) for key, below in node.items()}
    if isinstance(node, list):
        return [_hurt(below, name) for below in node]
    free = name in ("title", "marking", "text", "note", "name", "publisher", "unit") and isinstance(node, str)
    return f"{node} {HOSTILE}" if free and name != "unit" else node


@functools.cache
def front_so_far(source: str, count: int = 30) -> Claim:
    """Return an incomplete claim of a bundled case: the nondominated of some structures drawn at random."""
    case = load_case(source)
    steps = case.resolution.steps
    drawn = {vector: structure for structure, vector in random_structures(case, count)}
    boxes: dict[tuple[int, ...], tuple[int, int, int]] = {}
    for vector in sorted(drawn, reverse=True):
        boxes.setdefault(box_of(minimised(vector), steps), vector)
    kept = {
        box: vector
        for box, vector in boxes.items()
        if not any(other != box and all(a <= b for a, b in zip(other, box, strict=True)) for other in boxes)
    }
    points = tuple(Efficient(case, vector, drawn[vector]) for vector in sorted(kept.values(), reverse=True))
    bounds = final_bounds(set(kept), 3)
    return Claim(case, points, Evidence(steps, bounds, bounds, Fraction(0), "time limit"))
