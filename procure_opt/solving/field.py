"""A part of a program, ready to be swept: choices are made group by group, many sets at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np

from procure_opt.solving import orders
from procure_opt.solving.boxes import Boxes
from procure_opt.solving.ground import Ground
from procure_opt.solving.ledger import FIRST_HAND, piece_name
from procure_opt.solving.menu import NOTHING_TAKEN
from procure_opt.solving.outline import Outline
from procure_opt.solving.part import Ones
from procure_opt.solving.reduction import Reduction
from procure_opt.solving.swath import Swath, joined

PATIENCE = 300_000
"""Sets that may be looked at before the order of the groups is looked at again,"""
WRONG = 2
"""or this many times what the order promised,"""
LATER = 1.5
"""and the next time after so many times as many."""
AT_ONCE = 8192
"""Sets of choices examined together: arrays that fit into the processor's cache."""


class Field:
    """One part: its ground, and the order in which its groups are settled.

    ``name``: see :mod:`.ledger`; ``hand``: that of those in which its tasks may be.
    """

    def __init__(self, left: Reduction, outline: Outline, name: str = "") -> None:
        self.ground = Ground(left, outline)
        self.name = name
        self.hand = FIRST_HAND
        self._order: list[int] = []
        self._spent, self._patience = 0, float(PATIENCE)
        """Sets looked at since the order was found, and after how many another one is looked for."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as what is left of the program and the order of the groups; all else is worked out again."""
        return _restored, (self.ground.left, self.ground.outline, self.name, self._order)

    @property
    def root(self) -> Swath:
        """The one set in which nothing is chosen yet; none if nothing is possible."""
        return self.ground.root

    @property
    def depth(self) -> int:
        """The number of groups."""
        return self.ground.depth

    @property
    def size(self) -> int:
        """The number of ways to settle all groups."""
        return self.ground.size

    @property
    def neighbours(self) -> int:
        """The number of complete sets that :meth:`around` looks at."""
        sizes = self.ground.sizes
        return (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2

    def extended(self, swath: Swath, boxes: Boxes, *, at_first: bool = False) -> tuple[Swath, int]:
        """Settle one group more (several while that yields few sets); leave out what cannot better the boxes.

        Return also how many sets were looked at. ``at_first``: the best will be picked after every step, so
        steps are shorter.
        """
        most = AT_ONCE // 2 if at_first else AT_ONCE
        ground, order = self.ground, self._ordered_again(swath, boxes)
        wider = ground.settled(swath, orders.following(order, swath), boxes)
        while wider.level < self.depth:
            group = orders.following(order, wider)
            if wider.width * ground.sizes[group] > most:
                break
            wider = ground.settled(wider, group, boxes)
        self._spent += wider.width
        whole = joined(
            wider, (ground.examined(ground.above_planes(piece, boxes)) for piece in wider.pieces(AT_ONCE))
        )
        return ground.above_planes(whole.only(ground.may_better(whole, boxes)), boxes), wider.width

    def ordered(self, boxes: Boxes) -> float:
        """Take the order of the groups that promises least work; return about how much it is, in sets."""
        self._order, least = orders.best(self.ground, self._ordered(), boxes)
        self._patience = max(PATIENCE, WRONG * least)
        return least

    def divided(self, column: int | None = None) -> Iterator[Field]:
        """Yield the parts into which the field falls once its first group is settled, if possible.

        ``column``: settle the group that this one belongs to instead; nothing comes if there is none.
        """
        every = map(self.ground.columns, self._ordered())
        columns = next((columns for columns in every if column is None or column in columns), [])
        first = min((other for other in columns if other != NOTHING_TAKEN), default=NOTHING_TAKEN)
        for taken in columns:
            settled = {other: float(other == taken) for other in columns if other != NOTHING_TAKEN}
            if (left := self.ground.left.further(settled, self.ground.outline.watched)) is not None:
                each = Field(left, self.ground.outline, piece_name(self.name, first, taken))
                if each.root.width:
                    yield each

    def around(self, ones: Ones) -> Swath:
        """Return the complete sets that differ from an assignment of the field in at most two groups."""
        ground, groups = self.ground, self._ordered()
        own = [ground.taken(group, ones) for group in groups]
        found = []
        for (one, first), (two, second) in combinations(enumerate(groups), 2):
            picks = np.repeat(np.array(own)[:, None], ground.sizes[first] * ground.sizes[second], axis=1)
            taken = np.divmod(np.arange(picks.shape[1]), ground.sizes[second])
            starts = ground.menu.starts
            picks[one], picks[two] = taken[0] + starts[first], taken[1] + starts[second]
            found.append(picks)
        picks = np.concatenate(found, axis=1) if found else np.zeros((self.depth, 0), dtype=np.int64)
        every = ground.of(tuple(groups), picks)
        return joined(every, (ground.examined(piece) for piece in every.pieces(AT_ONCE)))

    def drawn(self, chance: np.random.Generator, size: int) -> Swath:
        """Return complete sets of choices drawn group by group, each among what is still possible.

        Starts with ``size`` sets; those that turn out to be impossible are left out, so fewer may come back.
        """
        ground = self.ground
        ground.prepare(with_planes=False)
        swath = ground.root.only(np.zeros(size if ground.root.width else 0, dtype=np.int64))
        for group in self._ordered():
            within = ground.menu.within(group)
            taken = chance.integers(within.start, within.stop, size=swath.width)
            picks = np.concatenate([swath.picks, taken[None, :]])
            swath = ground.examined(ground.of((*swath.groups, group), picks))
        return swath

    def _ordered_again(self, swath: Swath, boxes: Boxes) -> list[int]:
        """Return the order of the groups; another one if this has cost far more than it promised."""
        order = self._ordered()
        if self._spent > self._patience and swath.level + 1 < self.depth:
            self._order = order = orders.again(self.ground, order, boxes, swath)
            self._spent, self._patience = 0, LATER * self._patience
        return order

    def _ordered(self) -> list[int]:
        """Return the order of the groups: by influence, as long as no other was found."""
        self.ground.prepare()
        self._order = self._order or orders.by_influence(self.ground)
        return self._order


def _restored(left: Reduction, outline: Outline, name: str, order: list[int]) -> Field:
    """Return a field that has travelled; swaths of it mean the same as before."""
    field = Field(left, outline, name)
    field._order = order
    return field
