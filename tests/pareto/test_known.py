"""Fronts of which every point is known beforehand, and Ctrl-C at any line while they are gone through."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from random import Random
from types import FrameType
from typing import Any

import pytest
from listed import Listed, by_brute_force, on_a_sphere
from many_points import Sorted, spread

from procure_opt.pareto import emptiness, search, tree, zones
from procure_opt.pareto.certificate import covers
from procure_opt.pareto.enumeration import Enumeration, Progress, enumerate_nondominated
from procure_opt.pareto.points import Point, box_of

ROOM = {module.__file__ for module in (emptiness, search, tree, zones)}


class Interrupt:
    """Ctrl-C at a given line of the search, counted from the first known point settled to its end."""

    def __init__(self, line: int) -> None:
        self.left = line
        self.begun = False

    def then(self, points: list[Point]) -> Iterator[Point]:
        """Watch from now on; what is raised ends that."""
        sys.settrace(self)
        yield from points

    def __call__(self, frame: FrameType, event: str, argument: Any) -> Any:
        name = frame.f_code.co_name
        self.begun = (self.begun or name == "settle") and name != "_result"
        if not self.begun or frame.f_code.co_filename not in ROOM:
            return None
        self.left -= event == "line"
        if self.left < 0:
            raise KeyboardInterrupt
        return self


def interrupted(points: list[Point], line: int, resolution: tuple[int, ...]) -> Enumeration:
    tracing = sys.gettrace()
    try:
        known = Interrupt(line).then(points)
        return enumerate_nondominated(Listed(points, len(resolution)), resolution=resolution, known=known)
    finally:
        sys.settrace(tracing)


@pytest.mark.parametrize("resolution", [(1, 1), (1, 1, 1), (40, 40, 40), (1, 1, 1, 1)])
def test_ctrl_c_at_any_line_leaves_a_true_state(resolution: tuple[int, ...]) -> None:
    points = on_a_sphere(Random(71), len(resolution), 40 if len(resolution) < 4 else 20)
    whole = {box_of(y, resolution) for y in by_brute_force(points, resolution)}
    random, line, lines = Random(72), 0, [0]
    while True:
        result = interrupted(points, line, resolution)
        if result.complete:
            break
        assert result.reason == "interrupted"
        assert covers(result.points, result.bounds, resolution)
        found = {box_of(y, resolution) for y in result.points}
        assert found <= whole == found | {box_of(y, resolution) for y in result.candidates}
        assert set(result.open_bounds) <= set(result.bounds)
        for box in whole - found:
            assert any(
                all(u is None or b < u for b, u in zip(box, v, strict=True)) for v in result.open_bounds
            )
        lines.append(line)
        line += random.randint(1, max(line // 4, 40))
    assert result.points == by_brute_force(points, resolution)
    assert len(lines) > 20


@pytest.mark.parametrize(("count", "dimension"), [(600, 2), (600, 3), (60, 4)])
def test_a_front_known_beforehand_is_proven_and_every_point_kept(count: int, dimension: int) -> None:
    points, told = spread(count, dimension), list[Progress]()
    result = enumerate_nondominated(Sorted(points, dimension), known=points, progress=told.append)
    assert (result.points, result.complete, result.open_bounds) == (tuple(points), True, ())
    assert covers(result.points, result.bounds, (1,) * dimension)
    assert all(early.proven_share <= late.proven_share for early, late in pairwise(told))
    assert (told[0].open_zones, told[-1].open_zones) >= (len(points), 0)


def test_points_that_few_values_share_are_proven_too() -> None:
    points = sorted({(x // 9000, y // 900, z // 900) for x, y, z in spread(500, 3)})
    result = enumerate_nondominated(Listed(points, 3), known=points[::2])
    assert (result.points, result.complete) == (by_brute_force(points, (1, 1, 1)), True)
