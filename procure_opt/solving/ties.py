"""Sets of choices that can only equal a point found: may one come before in rank, or have a larger score?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from procure_opt.solving.forward import Mask
from procure_opt.solving.matrix import Numbers
from procure_opt.solving.menu import Menu
from procure_opt.solving.outline import Outline
from procure_opt.solving.part import Ones
from procure_opt.solving.ranking import before
from procure_opt.solving.swath import Swath


class Ties:
    """What the alternatives of a part add to rank and score.

    ``columns``: those of the whole program, by alternative; ``ones``: those that are taken in any case.
    """

    def __init__(self, menu: Menu, columns: Sequence[int], ones: Ones, outline: Outline) -> None:
        self._groups = frozenset(range(menu.groups))
        self._words = outline.ranking.worth(columns)
        self._scores = np.array([outline.scores.get(column, 0) for column in columns], dtype=np.int64)
        self._settled_words: Numbers = outline.ranking.worth(sorted(ones)).sum(axis=1)
        self._settled_score = sum(outline.scores.get(column, 0) for column in ones)
        self._least_words = np.zeros((len(self._words), menu.groups), dtype=np.int64)
        self._most_score = np.zeros(menu.groups, dtype=np.int64)
        for group in range(menu.groups):
            self._least_words[:, group] = self._words[:, menu.within(group)].min(axis=1)
            self._most_score[group] = self._scores[menu.within(group)].max()

    def worth_following(self, swath: Swath, words: Numbers, scores: Numbers) -> Mask:
        """Which sets may come before these ranks, or have a larger score than these?"""
        still_open = sorted(self._groups.difference(swath.groups))
        least = (self._settled_words + self._least_words[:, still_open].sum(axis=1))[:, None]
        for taken in swath.picks:
            least = least + self._words[:, taken]
        most = (
            self._settled_score + self._most_score[still_open].sum() + self._scores[swath.picks].sum(axis=0)
        )
        found: Mask = before(np.broadcast_to(least, words.shape), words) | (most > scores)
        return found
