"""Boxes below bounds, found on stairs: the same as by looking at every bound."""

from __future__ import annotations

import random

import pytest

from procure_opt.pareto.certificate import above
from procure_opt.result.verify import _below


@pytest.mark.parametrize("largest", [2, 5, 40])
def test_the_same_as_by_every_bound(largest: int) -> None:
    chance = random.Random(largest)
    met = 0
    for _ in range(150):
        bounds = [
            tuple(chance.choice([None, *range(-largest, largest)]) for _ in range(3))
            for _ in range(chance.randrange(12))
        ]
        boxes = {tuple(chance.randrange(-largest, largest) for _ in range(3)) for _ in range(8)}
        wanted = {box for box in boxes if above(box, bounds) is not None}
        assert _below(boxes, bounds) == wanted
        met += 0 < len(wanted) < len(boxes)
    assert met > 15, "some, not all, should lie below a bound"
