"""What every part of a plan must know of the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from procure_opt.solving.ranking import Ranking


@dataclass(frozen=True)
class Outline:
    """The choices, the three objectives and their steps, choices that are settled early, the order of ties.

    Columns are those of the whole program. Of assignments worth the same only those are followed that could
    come first in the ``ranking`` or have a larger sum of ``scores`` (a column's, else 0) than any before.
    """

    choices: Sequence[Sequence[int]]
    watched: Sequence[int]
    steps: Sequence[int]
    early: frozenset[int]
    ranking: Ranking
    scores: Mapping[int, int]
