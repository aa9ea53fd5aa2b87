"""The order among assignments that are worth the same, as few numbers that are quick to compare.

An assignment's digits, one after the other, tell which of two comes first. As many digits as fit are packed
into one word, so that the order of digits is the order of words; and words are sums over the choices, so that
of a set of choices the least is known while some of them are open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from procure_opt.solving.forward import Mask
from procure_opt.solving.matrix import Numbers

Rank = tuple[int, ...]
LARGEST_WORD = 2**62


class Ranking:
    """``digits``: (place, value) of each column; a place without a column that is taken counts as 0.

    >>> ranking = Ranking({4: (0, 1), 7: (1, 1), 8: (1, 2)})
    >>> ranking.rank([8]) < ranking.rank([4]) < ranking.rank([4, 7])
    True
    """

    def __init__(self, digits: Mapping[int, tuple[int, int]]) -> None:
        largest: dict[int, int] = {}
        for place, value in digits.values():
            largest[place] = max(value, largest.get(place, 0))
        self.words = 0
        weights: dict[int, tuple[int, int]] = {}
        room = 1
        for place in sorted(largest, reverse=True):
            base = largest[place] + 1
            if not self.words or room * base > LARGEST_WORD:
                self.words, room = self.words + 1, 1
            weights[place] = self.words, room
            room *= base
        self._worth = {
            column: (self.words - weights[place][0], value * weights[place][1])
            for column, (place, value) in digits.items()
        }

    def rank(self, ones: Iterable[int]) -> Rank:
        """Return the words of an assignment."""
        words = [0] * self.words
        for column in ones:
            word, worth = self._worth[column]
            words[word] += worth
        return tuple(words)

    def worth(self, columns: Sequence[int]) -> Numbers:
        """Return what each column adds to the words: a row per word; one that has no digit adds nothing."""
        found = np.zeros((self.words, len(columns)), dtype=np.int64)
        for place, column in enumerate(columns):
            if column in self._worth:
                word, worth = self._worth[column]
                found[word, place] = worth
        return found


def before(words: Numbers, others: Numbers) -> Mask:
    """Return for each column whether its words come before those of the other.

    >>> before(np.array([[1, 1, 1], [5, 6, 9]]), np.array([[1, 1, 2], [6, 6, 0]])).tolist()
    [True, False, True]
    """
    found = np.zeros(words.shape[1], dtype=bool)
    for word, other in zip(words[::-1], others[::-1], strict=True):
        found = (word < other) | ((word == other) & found)
    return found
