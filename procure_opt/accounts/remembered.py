"""Answers that are kept, because a whole front asks for them again and again.

Rules, values, words and files ask the same of one structure; and much of what they ask hangs on the case
and on few choices alone, so that thousands of structures share it. Case and structure never change.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

Answer = TypeVar("Answer")
MOST = 1 << 15
"""Answers kept of each function: those for every nation of a front of thousands."""


def remembered(function: Callable[..., Answer]) -> _lru_cache_wrapper[Answer]:
    """Keep the last 32 768 answers of a function of a case and parts of a structure.

    >>> ask = remembered(lambda case: print("asked", case) or len(case))
    >>> ask("tri1"), ask("tri1")
    asked tri1
    (4, 4)
    """
    return functools.lru_cache(maxsize=MOST)(function)
