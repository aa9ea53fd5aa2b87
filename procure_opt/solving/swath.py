"""Sets of choices that are followed together, as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from procure_opt.solving.forward import Mask
from procure_opt.solving.matrix import Numbers, Vector


@dataclass(frozen=True)
class Swath:
    """Sets of choices in which the same groups are settled, and what is known about each."""

    groups: tuple[int, ...]
    """The groups that are settled, in the order in which they were."""
    picks: Numbers
    """The alternative taken (numbered through), a row per settled group, a column per set."""
    bounds: Vector
    """The least value of each watched column, and of their sum."""

    @property
    def level(self) -> int:
        """The number of groups that are settled."""
        return len(self.groups)

    @property
    def width(self) -> int:
        """The number of sets."""
        return int(self.picks.shape[1])

    def only(self, which: Mask | Numbers | slice) -> Swath:
        """Return some of the sets."""
        return Swath(self.groups, self.picks[:, which], self.bounds[:, which])

    def pieces(self, size: int) -> Iterator[Swath]:
        """Yield the same sets, a few at a time."""
        for begin in range(0, self.width, size):
            yield self.only(np.arange(begin, min(begin + size, self.width)))


def joined(like: Swath, pieces: Iterable[Swath]) -> Swath:
    """Return pieces as one swath; if there are none, an empty one that is like another."""
    every = [like.only(slice(0)), *pieces]
    return Swath(
        like.groups,
        np.concatenate([each.picks for each in every], axis=1),
        np.concatenate([each.bounds for each in every], axis=1),
    )
