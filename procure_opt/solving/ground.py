"""What is left of a program in a part, and the bounds of sets of choices in it.

Sets are left out if their bounds cannot better the boxes found: the range of each objective
(:mod:`.tables`), and in a large part the planes of its relaxation (:mod:`.relaxation`), which know what
cannot be had together.
"""

from __future__ import annotations

from functools import cached_property
from math import prod

import numpy as np

from procure_opt.solving.boxes import Boxes
from procure_opt.solving.forward import NEAR, Forward, Mask
from procure_opt.solving.matrix import Numbers, Vector
from procure_opt.solving.menu import NOTHING_TAKEN, Menu, joined_choices
from procure_opt.solving.outline import Outline, mixtures
from procure_opt.solving.part import HALF, Ones
from procure_opt.solving.reduction import Reduction
from procure_opt.solving.relaxation import Plane, Relaxation
from procure_opt.solving.swath import Swath
from procure_opt.solving.tables import OPEN, Tables
from procure_opt.solving.ties import Ties

LARGE = 20_000
"""Sets of choices from which on it pays to find planes."""


class Ground:
    """One part: what is left of the program there, and what it must know of the whole."""

    def __init__(self, left: Reduction, outline: Outline) -> None:
        place = {int(column): k for k, column in enumerate(left.kept)}
        placed = [[place[c] for c in choice if c in place] for choice in outline.choices]
        self.left, self.outline = left, outline
        self.menu = Menu.of(left.matrix, joined_choices(left.matrix, [each for each in placed if each]))
        self.sizes = [self.menu.size(group) for group in range(self.menu.groups)]
        """The number of alternatives of each group."""
        self.steps = np.array(outline.steps, dtype=float)
        self.mixtures = np.zeros((0, len(outline.watched)))
        """Weights of the objectives, by plane."""
        self._watched = [place[column] for column in outline.watched]
        self._forward = Forward(left.matrix, self.menu, self._watched)
        self._kept = [NOTHING_TAKEN if c == NOTHING_TAKEN else int(left.kept[c]) for c in self.menu.columns]
        settled = {c for choice in outline.choices for c in choice if c not in place}
        self._ones = frozenset(c for c in settled if left.values[c] > HALF)
        self._tables: Tables | None = None
        self.root = self._outlook()
        """The one set in which nothing is chosen yet; none if nothing is possible."""

    @property
    def depth(self) -> int:
        """The number of groups."""
        return self.menu.groups

    @property
    def size(self) -> int:
        """The number of ways to settle all groups."""
        return prod(self.sizes)

    def columns(self, group: int) -> list[int]:
        """Return the columns of the whole program between which a group chooses."""
        within = self.menu.within(group)
        return self._kept[within.start : within.stop]

    def ones(self, swath: Swath, place: int) -> Ones:
        """Return one assignment of a swath in which every group is settled."""
        taken = {self._kept[alternative] for alternative in swath.picks[:, place]}
        return self._ones | (taken - {NOTHING_TAKEN})

    def taken(self, group: int, ones: Ones) -> int:
        """Return the alternative of a group that an assignment takes."""
        columns = self.columns(group)
        nothing = (place for place, column in enumerate(columns) if column == NOTHING_TAKEN)
        place = next((place for place, column in enumerate(columns) if column in ones), next(nothing, 0))
        return int(self.menu.starts[group]) + place

    def of(self, groups: tuple[int, ...], picks: Numbers) -> Swath:
        """Return sets of choices of which nothing is known yet."""
        return Swath(groups, picks, np.zeros((len(self._watched) + 1, picks.shape[1])))

    def may_better(self, swath: Swath, boxes: Boxes) -> Mask:
        """Which sets may hold something that betters what was found, or equals it and is not in vain?"""
        better = self._untied(swath.bounds, boxes)
        tied, words, scores = boxes.tied(np.ceil(swath.bounds[:-1] - NEAR), better)
        if len(tied):
            better[tied] = self._ties.worth_following(swath.only(tied), words, scores)
        return better

    def settled(self, swath: Swath, group: int, boxes: Boxes) -> Swath:
        """Settle a group; bounds grow by what is looked up at once, the rest is not looked at again."""
        growth, states = self._ready.growth, self._states(swath)
        bounds = swath.bounds[:, :, None] + growth.of_clusters(states, swath.width, group)
        size, bounds = bounds.shape[2], bounds.reshape(len(bounds), -1)
        left = np.flatnonzero((bounds[-1] < np.inf) & self._untied(bounds, boxes))
        parents, taken = np.divmod(left, size)
        bounds = bounds[:, left]
        if growth.has_junctions(group):
            bounds += growth.of_junctions(states, parents, taken + 1, group)
        picks = np.concatenate([swath.picks[:, parents], taken[None, :] + self.menu.starts[group]])
        wider = Swath((*swath.groups, group), picks, bounds)
        return wider.only((bounds[-1] < np.inf) & self.may_better(wider, boxes))

    def examined(self, swath: Swath) -> Swath:
        """Return the sets that are possible, with the bounds that the whole program gives."""
        kept, bounds = self._ready.examine(self._states(swath), swath.width)
        return Swath(swath.groups, swath.picks[:, kept], bounds)

    def above_planes(self, swath: Swath, boxes: Boxes) -> Swath:
        """Leave out sets that cannot better the boxes, by what the planes say."""
        if not len(self.mixtures):
            return swath
        planes = self._ready.planes(self._states(swath), swath.width)
        return swath.only(boxes.may_hold(swath.bounds, self.mixtures, planes))

    def least_mixed(self, swath: Swath) -> Vector:
        """Return the least values of mixtures of the objectives, in steps: by planes, if there are any."""
        if len(self.mixtures) > 1:
            found: Vector = self._ready.planes(self._states(swath), swath.width)[1:]
            return found
        mixed = mixtures(self.outline.grain, len(self.steps))
        least: Vector = mixed @ (swath.bounds[:-1] / self.steps[:, None])
        return least

    def kept(self, swath: Swath, boxes: Boxes) -> Swath:
        """Return those of a few sets that are possible and may better the boxes."""
        examined = self.examined(self.above_planes(swath, boxes))
        return self.above_planes(examined.only(self.may_better(examined, boxes)), boxes)

    def tried(self, swath: Swath, boxes: Boxes) -> dict[int, Swath]:
        """Settle each open group by itself; return what is left of the sets, by group, as in :meth:`kept`.

        All at once: many short arrays take longer than a long one.
        """
        groups = np.array([g for g in range(self.depth) if g not in swath.groups], dtype=np.int64)
        sizes = np.array(self.sizes, dtype=np.int64)[groups]
        owner = np.repeat(groups, sizes * swath.width)
        places = np.concatenate([np.arange(size * swath.width) for size in sizes])
        taken, parents = np.divmod(places, swath.width)
        states = {group: each[parents] for group, each in self._states(swath).items()}
        states |= {group: np.where(owner == group, taken + 1, OPEN) for group in groups.tolist()}
        kept, bounds = self._ready.examine(states, len(owner))
        left = self._untied(bounds, boxes)
        if len(self.mixtures):
            planes = self._ready.planes({group: each[kept] for group, each in states.items()}, len(kept))
            left &= boxes.may_hold(bounds, self.mixtures, planes)
        found = {}
        for group in groups.tolist():
            mine = np.flatnonzero(left & (owner[kept] == group))
            at = kept[mine]
            chosen = taken[at] + self.menu.starts[group]
            picks = np.concatenate([swath.picks[:, parents[at]], chosen[None, :]])
            found[group] = Swath((*swath.groups, group), picks, bounds[:, mine])
        return found

    def one_by_one(self) -> tuple[Numbers, Numbers, Vector, Vector]:
        """Return what holds if a single alternative is chosen, for each in turn.

        The group of each; which of them are possible; for those, bounds and planes.
        """
        owner: Numbers = np.repeat(np.arange(self.depth, dtype=np.int64), self.sizes)
        local = np.arange(len(owner)) - np.repeat(self.menu.starts[:-1], self.sizes) + 1
        states = {group: np.where(owner == group, local, OPEN) for group in range(self.depth)}
        possible, bounds = self._ready.examine(states, len(owner))
        return owner, possible, bounds, self._ready.planes(states, len(owner))[:, possible]

    def prepare(self, *, with_planes: bool = True) -> None:
        """Make ready to look up, when this is first needed."""
        if self._tables is None:
            planes = self._planes() if with_planes and self.size > LARGE else []
            self._tables = Tables(self._forward, self.menu, self.left.matrix, planes)

    # -- on the way -----------------------------------------------------------------------------------------

    @staticmethod
    def _untied(bounds: Vector, boxes: Boxes) -> Mask:
        """Which bounds allow something that betters what was found, or equals it?"""
        *each, together = np.ceil(bounds - NEAR)
        return boxes.may_better(np.array(each), np.maximum(np.sum(each, axis=0), together))

    def _outlook(self) -> Swath:
        """Return the one set in which nothing is chosen."""
        least = self.menu.least(self._forward.forms).sum(axis=1, keepdims=True)
        most = self.menu.most(self._forward.forms).sum(axis=1, keepdims=True)
        possible, values = self._forward.examine(least, most)
        bounds = np.concatenate([values, values.sum(axis=0, keepdims=True)])
        return Swath((), np.zeros((0, 1), dtype=np.int64), bounds).only(possible)

    def _planes(self) -> list[Plane]:
        """Find planes for mixtures of the objectives and for their sum, by which boxes are represented."""
        relaxation = Relaxation(self.left.matrix)
        weights, planes = [], []
        for mixture in (
            np.ones(len(self.steps)),
            *(mixtures(self.outline.grain, len(self.steps)) / self.steps),
        ):
            costs = dict(zip(self._watched, mixture.tolist(), strict=True))
            if (plane := relaxation.plane(costs)) is not None:
                weights.append(mixture)
                planes.append(plane)
        self.mixtures = np.array(weights).reshape(-1, len(self.steps))
        return planes

    @property
    def _ready(self) -> Tables:
        self.prepare()
        assert self._tables is not None
        return self._tables

    @cached_property
    def _ties(self) -> Ties:
        return Ties(self.menu, self._kept, self._ones, self.outline)

    def _states(self, swath: Swath) -> dict[int, Numbers]:
        return {
            group: taken - self.menu.starts[group] + 1
            for group, taken in zip(swath.groups, swath.picks, strict=True)
        }
