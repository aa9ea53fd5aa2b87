"""A part of a program, ready to be swept: choices are made group by group, many sets at once.

Sets are left out if their bounds cannot better the boxes found: the range of each objective
(:mod:`.tables`), and in a large part the planes of its relaxation (:mod:`.relaxation`), which know what
cannot be had together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import combinations, product
from math import prod
from typing import Any

import numpy as np

from procure_opt.solving.boxes import Boxes
from procure_opt.solving.forward import NEAR, Forward, Mask
from procure_opt.solving.matrix import Numbers
from procure_opt.solving.menu import NOTHING_TAKEN, Menu
from procure_opt.solving.outline import Outline
from procure_opt.solving.part import HALF, Ones
from procure_opt.solving.ranking import before
from procure_opt.solving.reduction import Reduction
from procure_opt.solving.relaxation import Plane, Relaxation
from procure_opt.solving.swath import Swath, joined
from procure_opt.solving.tables import OPEN, Tables

MIXTURES = np.array([m for m in product(range(5), repeat=3) if sum(m) == 4]) / 4
"""Weights of the objectives, in steps, that are looked into together."""
LARGE = 20_000
"""Sets of choices from which on it pays to find planes."""
WORTH_ORDERING = 100_000
"""Sets of choices from which on other orders of the groups are tried."""
WORTH_TRYING = 1_000_000
"""Sets from which on an order is put together by trial."""
TRIED = 20
"""Sets that are followed for that."""
TINY = 1e-9
PROBED = 60
"""Sets that are followed from group to group to judge how many there will be."""
AT_ONCE = 4096
"""Sets of choices examined together: arrays that fit into the processor's cache."""


class Field:
    """One part: what is left of the program there, and what it must know of the whole."""

    def __init__(self, left: Reduction, outline: Outline) -> None:
        place = {int(column): k for k, column in enumerate(left.kept)}
        placed = [[place[c] for c in choice if c in place] for choice in outline.choices]
        menu = Menu.of(left.matrix, [columns for columns in placed if columns])
        self._left, self._outline = left, outline
        self._watched = [place[column] for column in outline.watched]
        self._forward = Forward(left.matrix, menu, self._watched)
        self._menu = menu
        self._sizes = [menu.size(group) for group in range(menu.groups)]
        self._original = [NOTHING_TAKEN if c == NOTHING_TAKEN else int(left.kept[c]) for c in menu.columns]
        settled = {c for choice in outline.choices for c in choice if c not in place}
        self._ones = frozenset(c for c in settled if left.values[c] > HALF)
        self._steps = np.array(outline.steps, dtype=float)
        self._tables: Tables | None = None
        self._order: list[int] = []
        self._mixtures = np.zeros((0, len(outline.watched)))
        """Weights of the objectives, by plane."""
        self.root = self._outlook()
        """The one set in which nothing is chosen yet; none if nothing is possible."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as what is left of the program and the order of the groups; all else is worked out again."""
        return _restored, (self._left, self._outline, self._order)

    @property
    def depth(self) -> int:
        """The number of groups."""
        return self._menu.groups

    @property
    def size(self) -> int:
        """The number of ways to settle all groups."""
        return prod(self._sizes)

    def extended(self, swath: Swath, boxes: Boxes) -> tuple[Swath, int]:
        """Settle one group more (several while that yields few sets); leave out what cannot better the boxes.

        Return also how many sets were looked at.
        """
        self._begin()
        wider = self._promising(swath, boxes)
        while wider.level < self.depth and wider.width * self._menu.size(self._order[wider.level]) <= AT_ONCE:
            wider = self._promising(wider, boxes)
        whole = joined(
            wider, (self._examined(self._above_planes(piece, boxes)) for piece in wider.pieces(AT_ONCE))
        )
        return self._above_planes(whole.only(self.may_better(whole, boxes)), boxes), wider.width

    def may_better(self, swath: Swath, boxes: Boxes) -> Mask:
        """Which sets may hold something that betters what was found, or equals it and comes before it?"""
        *each, together = np.ceil(swath.bounds - NEAR)
        bounds = np.array(each)
        better = boxes.may_better(bounds, np.maximum(bounds.sum(axis=0), together))
        tied, ranks, scores = boxes.tied(bounds, better)
        if len(tied):
            alike = swath.only(tied)
            better[tied] = before(self._first_words(alike), ranks) | (self._most_scores(alike) > scores)
        return better

    def ones(self, swath: Swath, place: int) -> Ones:
        """Return one assignment of a swath in which every group is settled."""
        taken = {self._original[alternative] for alternative in swath.picks[:, place]}
        return self._ones | (taken - {NOTHING_TAKEN})

    def ordered(self, boxes: Boxes) -> float:
        """Take the order of the groups that promises least work; return about how much it is, in sets."""
        self._begin()
        best, least = self._order, self.estimated(boxes)
        for find, worth in ((self._by_corners, WORTH_ORDERING), (self._by_trial, WORTH_TRYING)):
            if least > worth:
                for order in find(boxes):
                    self._order = order
                    if (work := self.estimated(boxes, least)) < least:
                        best, least = order, work
                self._order = best
        return least

    def estimated(self, boxes: Boxes, most: float = np.inf) -> float:
        """Return about how many sets will be looked at: a few are followed, and stand for the others.

        Beyond ``most`` it is not worth to know better.
        """
        self._begin()
        chance = np.random.default_rng(1)
        swath, stands_for, looked_at = self.root, 1.0, 0.0
        while swath.width and swath.level < self.depth and looked_at < most:
            wider = self._promising(swath, boxes)
            looked_at += stands_for * wider.width
            swath = self._kept(wider, boxes)
            stands_for *= max(swath.width / PROBED, 1.0)
            swath = _few(swath, PROBED, chance)
        return looked_at

    def divided(self) -> Iterator[Field]:
        """Yield the parts into which the field falls once its first group is settled, if possible."""
        self._begin()
        within = self._menu.within(self._order[0])
        columns = [self._original[place] for place in range(within.start, within.stop)]
        for taken in columns:
            settled = {column: float(column == taken) for column in columns if column != NOTHING_TAKEN}
            if (left := self._left.further(settled, self._outline.watched)) is not None:
                each = Field(left, self._outline)
                if each.root.width:
                    yield each

    def around(self, ones: Ones) -> Swath:
        """Return the complete sets that differ from an assignment of the field in at most two groups."""
        self._begin()
        own = [self._taken(group, ones) for group in self._order]
        found = []
        for (one, first), (two, second) in combinations(enumerate(self._order), 2):
            size = self._menu.size(second)
            picks = np.repeat(np.array(own)[:, None], self._menu.size(first) * size, axis=1)
            taken = np.divmod(np.arange(picks.shape[1]), size)
            picks[one], picks[two] = taken[0] + self._menu.starts[first], taken[1] + self._menu.starts[second]
            found.append(picks)
        picks = np.concatenate(found, axis=1) if found else np.zeros((self.depth, 0), dtype=np.int64)
        every = Swath(picks, np.zeros((len(self._watched) + 1, picks.shape[1])))
        return joined(every, (self._examined(piece) for piece in every.pieces(AT_ONCE)))

    def drawn(self, chance: np.random.Generator, size: int) -> Swath:
        """Return complete sets of choices drawn group by group, each among what is still possible.

        Starts with ``size`` sets; those that turn out to be impossible are left out, so fewer may come back.
        """
        self._begin(with_planes=False)
        swath = self.root
        if swath.width:
            swath = Swath(np.zeros((0, size), dtype=np.int64), np.repeat(swath.bounds, size, axis=1))
        while swath.width and swath.level < self.depth:
            within = self._menu.within(self._order[swath.level])
            taken = chance.integers(within.start, within.stop, size=swath.width)
            swath = self._examined(Swath(np.concatenate([swath.picks, taken[None, :]]), swath.bounds))
        return swath

    @cached_property
    def _words(self) -> Numbers:
        """What each alternative adds to the words of the rank."""
        return self._outline.ranking.worth(self._original)

    @cached_property
    def _least_words(self) -> Numbers:
        """The least that each group adds."""
        least = np.zeros((len(self._words), self.depth), dtype=np.int64)
        for group in range(self.depth):
            least[:, group] = self._words[:, self._menu.within(group)].min(axis=1)
        return least

    @cached_property
    def _words_settled(self) -> Numbers:
        words: Numbers = self._outline.ranking.worth(sorted(self._ones)).sum(axis=1)
        return words

    @cached_property
    def _scores(self) -> Numbers:
        """The score of each alternative."""
        return np.array([self._outline.scores.get(column, 0) for column in self._original], dtype=np.int64)

    @cached_property
    def _most_score(self) -> Numbers:
        """The largest score in each group."""
        within = (self._menu.within(group) for group in range(self.depth))
        return np.array([self._scores[each].max() for each in within], dtype=np.int64)

    @cached_property
    def _score_settled(self) -> int:
        return sum(self._outline.scores.get(column, 0) for column in self._ones)

    # -- on the way -----------------------------------------------------------------------------------------

    def _outlook(self) -> Swath:
        """Return the one set in which nothing is chosen."""
        least = self._menu.least(self._forward.forms).sum(axis=1, keepdims=True)
        most = self._menu.most(self._forward.forms).sum(axis=1, keepdims=True)
        possible, values = self._forward.examine(least, most)
        bounds = np.concatenate([values, values.sum(axis=0, keepdims=True)])
        return Swath(np.zeros((0, 1), dtype=np.int64), bounds).only(possible)

    def _begin(self, *, with_planes: bool = True) -> None:
        """Make ready to look up, and find an order of the groups, when this is first needed."""
        if self._tables is None:
            planes = self._planes() if with_planes and self.size > LARGE else []
            self._tables = Tables(self._forward, self._menu, self._left.matrix, planes)
            self._order = self._order or self._by_influence(self._tables)

    def _planes(self) -> list[Plane]:
        """Find planes for mixtures of the objectives and for their sum, by which boxes are represented."""
        relaxation = Relaxation(self._left.matrix)
        mixtures, planes = [], []
        for mixture in (np.ones(len(self._steps)), *(MIXTURES / self._steps)):
            costs = dict(zip(self._watched, mixture.tolist(), strict=True))
            if (plane := relaxation.plane(costs)) is not None:
                mixtures.append(mixture)
                planes.append(plane)
        self._mixtures = np.array(mixtures).reshape(-1, len(self._steps))
        return planes

    def _promising(self, swath: Swath, boxes: Boxes) -> Swath:
        """Settle the next group; bounds grow by what clusters say, the rest is not looked at again."""
        group = self._order[swath.level]
        within = self._menu.within(group)
        growth = self._ready.growth(self._states(swath), swath.width, group)
        bounds = (swath.bounds[:, :, None] + growth).reshape(len(growth), -1)
        parents, taken = np.divmod(np.arange(bounds.shape[1]), within.stop - within.start)
        picks = np.concatenate([swath.picks[:, parents], taken[None, :] + within.start])
        wider = Swath(picks, bounds)
        possible = bounds[-1] < np.inf
        return wider.only(possible & self.may_better(wider, boxes))

    def _above_planes(self, swath: Swath, boxes: Boxes) -> Swath:
        """Leave out sets that cannot better the boxes, by what the planes say."""
        if not len(self._mixtures):
            return swath
        planes = self._ready.planes(self._states(swath), swath.width)
        return swath.only(boxes.may_hold(swath.bounds, self._mixtures, planes))

    def _examined(self, swath: Swath) -> Swath:
        kept, bounds = self._ready.examine(self._states(swath), swath.width)
        return Swath(swath.picks[:, kept], bounds)

    @property
    def _ready(self) -> Tables:
        self._begin()
        assert self._tables is not None
        return self._tables

    def _first_words(self, swath: Swath) -> Numbers:
        """Return the words of the rank that no completion of a set comes before."""
        still_open = self._least_words[:, self._still_open(swath)].sum(axis=1)
        least: Numbers = (self._words_settled + still_open)[:, None]
        for taken in swath.picks:
            least = least + self._words[:, taken]
        return np.broadcast_to(least, (len(least), swath.width))

    def _most_scores(self, swath: Swath) -> Numbers:
        """Return the score that no completion of a set exceeds."""
        still_open = int(self._most_score[self._still_open(swath)].sum())
        most: Numbers = self._scores[swath.picks].sum(axis=0) + self._score_settled + still_open
        return most

    def _still_open(self, swath: Swath) -> list[int]:
        """Return the groups that are not settled: all, before there is an order."""
        return self._order[swath.level :] if self._order else list(range(self.depth))

    def _states(self, swath: Swath) -> dict[int, Numbers]:
        settled = self._order[: swath.level]
        return {
            group: taken - self._menu.starts[group] + 1
            for group, taken in zip(settled, swath.picks, strict=True)
        }

    def _taken(self, group: int, ones: Ones) -> int:
        """Return the alternative of a group that an assignment takes."""
        within = self._menu.within(group)
        places = range(within.start, within.stop)
        nothing = (place for place in places if self._original[place] == NOTHING_TAKEN)
        return next((place for place in places if self._original[place] in ones), next(nothing, within.start))

    def _by_influence(self, tables: Tables) -> list[int]:
        """Return the groups, first those whose alternatives raise planes (or bounds) most, in steps."""
        states, owner = self._one_by_one()
        possible, values = tables.examine(states, len(owner))
        if len(self._mixtures):
            rises = tables.planes(states, len(owner))[1:, possible].sum(axis=0)
            rises -= np.min(rises, initial=np.inf)
        else:
            rises = ((values - self.root.bounds)[:-1] / self._steps[:, None]).sum(axis=0)
        rise = np.full(len(owner), 2 * rises.max(initial=0.0))
        rise[possible] = rises
        influence = np.bincount(owner, rise, self.depth) / np.maximum(self._sizes, 1)
        return self._early_first(np.argsort(-influence, kind="stable"))

    def _by_corners(self, boxes: Boxes) -> Iterator[list[int]]:
        """Yield orders that put first the groups whose alternatives leave few corners open, on average.

        Once share by share, once as if a group were settled by halves: a small one leaves more.
        """
        states, owner = self._one_by_one()
        possible, values = self._ready.examine(states, len(owner))
        corners = np.zeros(len(owner))
        planes = self._ready.planes(states, len(owner))[:, possible]
        corners[possible] = boxes.corners_above(values, self._mixtures, planes)
        left = np.bincount(owner, corners, self.depth) / np.maximum(self._sizes, 1) / max(corners.max(), 1.0)
        for score in (left, np.log(np.maximum(left, TINY)) / np.log(np.maximum(self._sizes, 2))):
            yield self._early_first(np.argsort(score, kind="stable"))

    def _by_trial(self, boxes: Boxes) -> Iterator[list[int]]:
        """Yield the order that always settles next the group after which, for a few sets, least is left."""
        chance = np.random.default_rng(1)
        order: list[int] = []
        swath = self.root
        while swath.width and len(order) < self.depth:
            trials = []
            for group in sorted(set(range(self.depth)) - set(order)):
                self._order = [*order, group]
                wider = self._kept(self._promising(swath, boxes), boxes)
                left = np.log(max(wider.width, 0.5) / swath.width) / np.log(max(self._sizes[group], 2))
                trials.append((left, group, wider))
            _, group, swath = min(trials, key=lambda each: each[:2])
            order.append(group)
            swath = _few(swath, TRIED, chance)
        yield [*order, *(group for group in range(self.depth) if group not in order)]

    def _kept(self, swath: Swath, boxes: Boxes) -> Swath:
        """Return those of a few sets that are possible and may better the boxes."""
        examined = self._examined(self._above_planes(swath, boxes))
        return self._above_planes(examined.only(self.may_better(examined, boxes)), boxes)

    def _one_by_one(self) -> tuple[dict[int, Numbers], Numbers]:
        """Return the states in which a single alternative is chosen, and to which group each belongs."""
        owner = np.repeat(np.arange(self.depth), self._sizes)
        local = np.arange(len(owner)) - np.repeat(self._menu.starts[:-1], self._sizes) + 1
        return {group: np.where(owner == group, local, OPEN) for group in range(self.depth)}, owner

    def _early_first(self, order: Iterable[int]) -> list[int]:
        return sorted(map(int, order), key=lambda group: not self._is_early(group))

    def _is_early(self, group: int) -> bool:
        within = self._menu.within(group)
        return any(self._original[place] in self._outline.early for place in range(within.start, within.stop))


def _few(swath: Swath, most: int, chance: np.random.Generator) -> Swath:
    """Return some of the sets if there are more than a few."""
    return swath if swath.width <= most else swath.only(chance.choice(swath.width, most, replace=False))


def _restored(left: Reduction, outline: Outline, order: list[int]) -> Field:
    """Return a field that has travelled; swaths of it mean the same as before."""
    field = Field(left, outline)
    field._order = order
    return field
