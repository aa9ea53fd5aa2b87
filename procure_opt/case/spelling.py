"""Did you mean: the word somebody probably wanted to write."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_ENOUGH = 0.6
_LONGEST_WORD = 100  # difflib is quadratic; nobody misspells a word of this length


def closest(word: str, words: Iterable[str]) -> str | None:
    """Return the one of ``words`` that ``word`` was probably meant to be, or None if none is near.

    Upper and lower case count as the same letter. Among equally near words the first in the
    alphabet wins, so that the answer never depends on the order of ``words``.

    >>> closest("wrok", ["tiers", "work"]), closest("gbr", ["GBR", "ITA"]), closest("x", ["work"])
    ('work', 'GBR', None)
    """
    if len(word) > _LONGEST_WORD:
        return None
    folded: dict[str, str] = {}
    for candidate in sorted(set(words), reverse=True):
        folded[candidate.casefold()] = candidate
    near = difflib.get_close_matches(word.casefold(), sorted(folded), n=1, cutoff=_ENOUGH)
    return folded[near[0]] if near else None
