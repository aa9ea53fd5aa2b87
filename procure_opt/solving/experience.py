"""What splitting a choice has gained so far: pseudo-costs, which tell the search what to split next.

Source: T. Achterberg, T. Koch, A. Martin (2005): Branching rules revisited. Operations Research Letters
33, 42-54.
"""

from __future__ import annotations

import math
from collections.abc import Hashable

SMALL = 1e-3
"""A gain of nothing still counts a little: the product would hide the gain on the other side."""


class Experience:
    """Mean gain of the bound on each side of a split, by what is decided.

    >>> experience = Experience()
    >>> experience.is_new("regime")
    True
    >>> experience.note("regime", 0, 10.0)
    >>> experience.note("regime", 1, 40.0)
    >>> experience.score("regime")
    400.0
    """

    def __init__(self) -> None:
        self._gains: dict[tuple[Hashable, int], tuple[int, float]] = {}

    def is_new(self, name: Hashable) -> bool:
        """Is a side of this split untried?"""
        return (name, 0) not in self._gains or (name, 1) not in self._gains

    def note(self, name: Hashable, side: int, gain: float) -> None:
        """Note by how much one side raised the bound."""
        if math.isfinite(gain):
            count, total = self._gains.get((name, side), (0, 0.0))
            self._gains[name, side] = count + 1, total + max(gain, 0.0)

    def score(self, name: Hashable) -> float:
        """Return how good the split promises to be: the product of the mean gains of both sides."""
        means = (total / count for count, total in (self._gains.get((name, s), (1, 0.0)) for s in (0, 1)))
        return math.prod(max(mean, SMALL) for mean in means)
