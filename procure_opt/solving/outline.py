"""What every part of a plan must know of the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

from procure_opt.solving.matrix import Vector
from procure_opt.solving.ranking import Ranking


@dataclass(frozen=True)
class Outline:
    """The choices, the objectives and their steps, choices that are settled early, the order of ties.

    Columns are those of the whole program. Of assignments worth the same only those are followed that could
    come first in the ``ranking`` or have a larger sum of ``scores`` (a column's, else 0) than any before.
    ``grain``: how finely the objectives are mixed.
    """

    choices: Sequence[Sequence[int]]
    watched: Sequence[int]
    steps: Sequence[int]
    early: frozenset[int]
    ranking: Ranking
    scores: Mapping[int, int]
    grain: int


@cache
def mixtures(grain: int, objectives: int = 3) -> Vector:
    """Return weights of the objectives, in steps, that are looked into together: multiples of 1 / grain.

    >>> mixtures(1).tolist()
    [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]
    """
    every = product(range(grain + 1), repeat=objectives)
    return np.array([m for m in every if sum(m) == grain]) / grain
