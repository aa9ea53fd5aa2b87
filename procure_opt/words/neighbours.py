"""The structures beside one: which of those with more of a goal gives up least of the other goals.

A page asks this of every structure and goal of a front, so the others lie in groups with near values: a group
whose best conceivable member gives up more than one already found is not opened.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from procure_opt.claim import Efficient, minimised

Listed = tuple[int, int, int, int]
"""The values of a structure, less is better, and its place."""


class Neighbours:
    """The structures of a front, ready to be asked about each of them."""

    def __init__(self, structures: Sequence[Efficient]) -> None:
        self._structures = structures
        listed = [(*minimised(each.values), place) for place, each in enumerate(structures)]
        self._groups = [(_corner(group), group) for group in _near_ones(listed)]
        self._ends = [(min(axis), max(axis)) for axis in zip(*listed, strict=True)][:3]

    def nearest_better(self, each: Efficient, goal: int) -> int | None:
        """Return the place of the structure that gives up least for a step or more of a goal.

        Goals are 0 autonomy, 1 spin-off, 2 cost. What the other two lose is added up in shares of their
        ranges; ties go to the better values. None if no other structure has more of the goal.
        """
        mine = minimised(each.values)
        enough = mine[goal] - each.case.resolution.steps[goal]
        one, two = (axis for axis in range(3) if axis != goal)
        weights = self._span(two, mine[two]), self._span(one, mine[one])

        def given_up(other: Sequence[int]) -> int:
            lost = max(other[one] - mine[one], 0), max(other[two] - mine[two], 0)
            return weights[0] * lost[0] + weights[1] * lost[1]

        hopeful = [(given_up(corner), group) for corner, group in self._groups if corner[goal] <= enough]
        best: tuple[int, Listed] | None = None
        for least, group in sorted(hopeful):
            if best is not None and least > best[0]:
                break
            for found in ((given_up(other), other) for other in group if other[goal] <= enough):
                if (best is None or found < best) and self._structures[found[1][3]].id != each.id:
                    best = found
        return None if best is None else best[1][3]

    def _span(self, axis: int, mine: int) -> int:
        """Return the range of a goal over these structures and the one asked about; 1 if it has none."""
        low, high = self._ends[axis] if self._ends else (mine, mine)
        return max(high, mine) - min(low, mine) or 1


def _near_ones(listed: Sequence[Listed]) -> list[list[Listed]]:
    """Return groups of structures that are near each other: about as many groups as members of each."""
    size = math.isqrt(len(listed)) + 1
    strip = size * (math.isqrt(size) + 1)
    by_first = sorted(listed)
    strips = (by_first[start : start + strip] for start in range(0, len(listed), strip))
    sorted_strips = [sorted(each, key=lambda point: (point[1], point)) for each in strips]
    return [each[start : start + size] for each in sorted_strips for start in range(0, len(each), size)]


def _corner(group: Sequence[Listed]) -> tuple[int, ...]:
    """Return the best values of a group, goal by goal: none of its members has better ones."""
    return tuple(min(axis) for axis in zip(*group, strict=True))
