"""Assignments of a plan drawn at random, for comparison: how good is what chance finds?

A part is drawn uniformly among those that can be completed, then its choices one after the other, uniformly
among the alternatives; what turns out to be impossible is thrown away. So the sample is not uniform over all
assignments: a part with few of them counts as much as one with many.
"""

from __future__ import annotations

import numpy as np

from procure_opt.errors import LimitReached
from procure_opt.solving.boxes import Point
from procure_opt.solving.engine import Limits
from procure_opt.solving.field import Field
from procure_opt.solving.part import Ones
from procure_opt.solving.parts import plan_field
from procure_opt.solving.plan import Judge, Plan
from procure_opt.solving.reduction import reduced

AT_A_TIME = 256
"""Sets of choices drawn together in one part."""
MOST_VAIN = 12
"""Draws in a row without a find after which a part is given up."""


def sample(
    plan: Plan, count: int, judge: Judge, seed: int = 1, limits: Limits | None = None
) -> list[tuple[Ones, Point]]:
    """Return up to ``count`` assignments that stand up to the judge, with what they are worth.

    The same seed draws the same assignments. Fewer come back if time is up or chance finds no more.
    """
    chance = np.random.default_rng(seed)
    drawing = _Drawing(plan, judge, chance)
    found: list[tuple[Ones, Point]] = []
    limits = limits or Limits()
    while len(found) < count and drawing.parts and limits.remaining() > 0:
        part = drawing.parts[int(chance.integers(len(drawing.parts)))]
        try:
            one = drawing.one_of(part)
        except LimitReached:
            break
        if one is not None:
            found.append(one)
    return found


class _Drawing:
    """Parts that are still worth drawing from, prepared when first needed, and finds kept for later."""

    def __init__(self, plan: Plan, judge: Judge, chance: np.random.Generator) -> None:
        self.parts = list(range(len(plan.fixings)))
        self._plan, self._judge, self._chance = plan, judge, chance
        self._fields: dict[int, Field | None] = {}
        self._stock: dict[int, list[Ones]] = {}
        self._vain: dict[int, int] = {}

    def one_of(self, part: int) -> tuple[Ones, Point] | None:
        """Return an assignment of the part; None if this draw was in vain."""
        stock = self._stock.setdefault(part, [])
        if not stock:
            self._refill(part, stock)
        while stock:
            ones = stock.pop()
            if (point := self._judge(ones)) is not None:
                self._vain[part] = 0
                return ones, point
        self._vain[part] = self._vain.get(part, 0) + 1
        if self._vain[part] >= MOST_VAIN or self._fields[part] is None:
            self.parts.remove(part)
        return None

    def _refill(self, part: int, stock: list[Ones]) -> None:
        if part not in self._fields:
            left = reduced(self._plan.matrix, self._plan.fixings[part], self._plan.watched)
            made = left and plan_field(self._plan, left)
            self._fields[part] = made if made and made.root.width else None
        each = self._fields[part]
        if each is not None:
            swath = each.drawn(self._chance, AT_A_TIME)
            order = self._chance.permutation(swath.width)
            stock += [each.ground.ones(swath, int(place)) for place in order]
