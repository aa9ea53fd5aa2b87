"""A part of a program, ready to be swept: choices are made group by group, many sets at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from procure_opt.solving.boxes import Boxes
from procure_opt.solving.forward import NEAR, Forward, Mask
from procure_opt.solving.matrix import Numbers, Vector
from procure_opt.solving.menu import NOTHING_TAKEN, Menu
from procure_opt.solving.part import HALF, Ones
from procure_opt.solving.reduction import Reduction

AT_ONCE = 4096
"""Sets of choices examined together: arrays that fit into the processor's cache."""


@dataclass(frozen=True)
class Swath:
    """Sets of choices that agree in how many groups are settled, and what is known about each."""

    picks: Numbers
    """The alternative taken (numbered through), a row per settled group, a column per set."""
    bounds: Vector
    """The least value of each watched column."""

    @property
    def level(self) -> int:
        """The number of groups that are settled."""
        return len(self.picks)

    @property
    def width(self) -> int:
        """The number of sets."""
        return int(self.picks.shape[1])

    def only(self, which: Mask | Numbers) -> Swath:
        """Return some of the sets."""
        return Swath(self.picks[:, which], self.bounds[:, which])

    def pieces(self, size: int) -> Iterator[Swath]:
        """Yield the same sets, a few at a time."""
        for begin in range(0, self.width, size):
            yield Swath(self.picks[:, begin : begin + size], self.bounds[:, begin : begin + size])


class Field:
    """One part; ``choices`` and ``watched`` (the objectives) are columns of the whole program."""

    def __init__(
        self,
        left: Reduction,
        choices: Sequence[Sequence[int]],
        watched: Sequence[int],
        steps: Sequence[int],
        early: frozenset[int] = frozenset(),
    ) -> None:
        place = {int(column): k for k, column in enumerate(left.kept)}
        placed = [[place[c] for c in choice if c in place] for choice in choices]
        menu = Menu.of(left.matrix, [columns for columns in placed if columns])
        self._forward = Forward(left.matrix, menu, [place[column] for column in watched])
        self._menu = menu
        self._original = [NOTHING_TAKEN if c == NOTHING_TAKEN else int(left.kept[c]) for c in menu.columns]
        settled = {c for choice in choices for c in choice if c not in place}
        self._ones = frozenset(c for c in settled if left.values[c] > HALF)
        self._least, self._most = menu.least(self._forward.forms), menu.most(self._forward.forms)
        self._touched = [self._touched_by(group) for group in range(menu.groups)]
        self._steps = np.array(steps, dtype=float)
        self._early = early
        self._order = list(range(menu.groups))
        self.root = self._examined(Swath(np.zeros((0, 1), dtype=np.int64), np.zeros((len(watched), 1))))
        """The one set in which nothing is chosen yet; none if nothing is possible."""
        self._slack: list[float] = []

    @property
    def depth(self) -> int:
        """The number of groups."""
        return self._menu.groups

    def extended(self, swath: Swath, boxes: Boxes) -> tuple[Swath, int]:
        """Settle one group more (several while that yields few sets); leave out what cannot better the boxes.

        Return also how many sets were looked at.
        """
        if not self._slack:
            self._begin()
        wider = self._promising(swath, boxes)
        while wider.level < self.depth and wider.width * self._menu.size(self._order[wider.level]) <= AT_ONCE:
            wider = self._promising(wider, boxes)
        seen = [self._examined(piece) for piece in wider.pieces(AT_ONCE)]
        whole = Swath(
            np.concatenate([each.picks for each in seen], axis=1) if seen else wider.picks,
            np.concatenate([each.bounds for each in seen], axis=1) if seen else wider.bounds,
        )
        return whole.only(self.may_better(whole, boxes)), wider.width

    def may_better(self, swath: Swath, boxes: Boxes) -> Mask:
        """Which sets may hold something that betters or equals what was found?"""
        bounds = np.ceil(swath.bounds - NEAR)
        together = swath.bounds.sum(axis=0) + (self._slack[swath.level] if self._slack else 0.0) - NEAR
        return boxes.may_better(bounds, np.maximum(bounds.sum(axis=0), np.ceil(together)))

    def ones(self, swath: Swath, place: int) -> Ones:
        """Return one assignment of a swath in which every group is settled."""
        taken = {self._original[alternative] for alternative in swath.picks[:, place]}
        return self._ones | (taken - {NOTHING_TAKEN})

    def drawn(self, chance: np.random.Generator, size: int) -> Swath:
        """Return complete sets of choices drawn group by group, each among what is still possible.

        Starts with ``size`` sets; those that turn out to be impossible are left out, so fewer may come back.
        """
        if not self._slack:
            self._begin()
        swath = self.root
        if swath.width:
            swath = Swath(np.zeros((0, size), dtype=np.int64), np.repeat(swath.bounds, size, axis=1))
        while swath.width and swath.level < self.depth:
            within = self._menu.within(self._order[swath.level])
            taken = chance.integers(within.start, within.stop, size=swath.width)
            swath = self._examined(Swath(np.concatenate([swath.picks, taken[None, :]]), swath.bounds))
        return swath

    def _begin(self) -> None:
        """Find an order of the groups, and how far the bound of the sum exceeds the sum of the bounds."""
        self._order = self._by_influence()
        weights = self._forward.weights
        slack = self._menu.least(weights.sum(axis=0)) - self._menu.least(weights).sum(axis=0)
        self._slack = [float(slack[self._order[level:]].sum()) for level in range(self.depth + 1)]

    def _promising(self, swath: Swath, boxes: Boxes) -> Swath:
        """Settle the next group; bounds grow by what adds up, the rest is not looked at again."""
        group = self._order[swath.level]
        within = self._menu.within(group)
        weights = self._forward.weights[:, within]
        growth = weights - weights.min(axis=1, keepdims=True)
        count = weights.shape[1]
        bounds = (swath.bounds[:, :, None] + growth[:, None, :]).reshape(len(growth), -1)
        parents, taken = np.divmod(np.arange(bounds.shape[1]), count)
        picks = np.concatenate([swath.picks[:, parents], taken[None, :] + within.start])
        wider = Swath(picks, bounds)
        return wider.only(self.may_better(wider, boxes))

    def _examined(self, swath: Swath) -> Swath:
        settled = self._order[: swath.level]
        rest = [group for group in range(self.depth) if group not in settled]
        sums = np.zeros((len(self._least), swath.width))
        for group, taken in zip(settled, swath.picks, strict=True):
            rows, forms = self._touched[group]
            sums[rows] += forms[:, taken - self._menu.starts[group]]
        least = sums + self._least[:, rest].sum(axis=1, keepdims=True)
        most = sums + self._most[:, rest].sum(axis=1, keepdims=True)
        possible, values = self._forward.examine(least, most)
        return Swath(swath.picks, values).only(possible)

    def _touched_by(self, group: int) -> tuple[Numbers, Vector]:
        """Return the forms that a group adds to, and what its alternatives add."""
        forms = self._forward.forms[:, self._menu.within(group)]
        rows = np.flatnonzero(forms.any(axis=1))
        return rows, forms[rows]

    def _by_influence(self) -> list[int]:
        """Return the groups, first those whose alternatives raise the bounds most, in steps."""
        forms, sizes = self._forward.forms, [self._menu.size(group) for group in range(self.depth)]
        owner = np.repeat(np.arange(self.depth), sizes)
        least = forms + (self._least.sum(axis=1, keepdims=True) - self._least[:, owner])
        most = forms + (self._most.sum(axis=1, keepdims=True) - self._most[:, owner])
        possible, values = self._forward.examine(least, most)
        rise = ((values - self.root.bounds) / self._steps[:, None]).sum(axis=0)
        rise = np.where(possible, rise, 2 * rise.max(initial=0.0))
        influence = np.bincount(owner, rise, self.depth) / np.maximum(sizes, 1)
        ordered = [int(group) for group in np.argsort(-influence, kind="stable")]
        return sorted(ordered, key=lambda group: not self._is_early(group))

    def _is_early(self, group: int) -> bool:
        return any(self._original[place] in self._early for place in range(*self._span(group)))

    def _span(self, group: int) -> tuple[int, int]:
        within = self._menu.within(group)
        return within.start, within.stop
