"""Every assignment of a program looked at, thousands at a time, except where bounds show that it is useless.

No solver is asked. A part of the program is swept group by group of its choices; sets of choices whose bounds
(:mod:`.forward`) cannot better the boxes found so far are left out, and all others are followed to the end,
where the bounds say what an assignment is worth. That claim is checked by ``judge`` for everything that is
returned; should one fail, all is swept again and every claim is checked as it comes up.

So a finished sweep shows by arithmetic alone that nothing is missing: every assignment was either looked at,
or its bounds are no better than a box that was found.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from procure_opt.errors import LimitReached
from procure_opt.solving.boxes import Boxes, Point
from procure_opt.solving.engine import Limits
from procure_opt.solving.field import Field, Ones, Swath
from procure_opt.solving.forward import NEAR
from procure_opt.solving.matrix import Matrix, Vector
from procure_opt.solving.reduction import Reduction, reduced

Judge = Callable[[Ones], Point | None]
"""What an assignment is worth; None: it breaks a rule."""
Rank = Callable[[Ones], tuple[int, ...]]
"""Where an assignment stands among others that are worth the same; the first is shown."""
Told = Callable[[int, int, int], None]
"""Told at times: boxes found, fields begun, fields in all."""
MOST_LOOKED_AT = 3_000_000
"""Sets of choices looked at in one part before it is left to others."""
JUDGING = 500
"""As many sets can be looked at in the time that it takes to judge one assignment."""
BEAM = 15
"""Sets followed per mixture of the objectives on the first, quick way through a field."""
AT_A_TIME = 2048
"""Sets whose alternatives are tried together."""
TAKEN_TOGETHER = 64
"""Assignments compared with the boxes together."""
MOST_SETTLINGS = 24
"""Ways to settle the first choices before a part is prepared; if there are more, they are swept like others."""
MIXTURES = np.array([m for m in itertools.product(range(5), repeat=3) if sum(m) == 4]) / 4


@dataclass
class Holders:
    """The assignments that are worth one point: the first in rank, and how many the sweep met."""

    first: Ones
    rank: tuple[int, ...]
    met: int = 0


class Sweep:
    """A program with 0/1 choices, cut into parts by what is fixed; ``watched`` are its three objectives.

    ``steps``: the resolution. ``first``: choices that are settled one way after the other in each part, because
    little is left of the program then.
    """

    def __init__(
        self,
        matrix: Matrix,
        fixings: Sequence[Mapping[int, float]],
        choices: Sequence[Sequence[int]],
        first: Sequence[Sequence[int]],
        watched: Sequence[int],
        steps: Sequence[int],
        judge: Judge,
        rank: Rank,
        limits: Limits | None = None,
    ) -> None:
        self.looked_at = 0
        """Sets of choices whose bounds were computed."""
        self.left: set[int] = set()
        """Parts that were too large to be swept."""
        self._matrix, self._fixings = matrix, fixings
        self._choices, self._first, self._watched, self._steps = choices, first, watched, steps
        self._judge, self._rank = judge, rank
        self._limits = limits or Limits()
        self._fields: list[tuple[int, Field]] = []
        self._stack: list[tuple[int, Field, Swath]] = []
        self._prepared = False
        self._spent: dict[int, int] = {}
        self._begin()

    @property
    def finished(self) -> bool:
        """True if nothing is open but the parts that are left to others."""
        return self._prepared and not self._stack

    def run(self, told: Told | None = None) -> None:
        """Sweep all parts.

        Raises :class:`LimitReached` when time is up; what was found and what is open is kept then.
        """
        if not self._prepared:
            self._prepare(told)
        self._sweep_all(told)
        if not all(self._stands(point) for point in self.boxes.points):
            self._begin(doubt=True)
            self._sweep_all(told)

    def points(self) -> list[Point]:
        """Return the representatives of the best boxes found, as far as they stand up to the judge."""
        return [point for point in self.boxes.points if self._stands(point)]

    def may_hold(self, upper: Sequence[int], aim: int, best: int | None, step: int) -> bool:
        """May a point be open under these bounds, with the aim in a better step than ``best``?

        ``upper`` bounds the objectives and their sum; ``aim`` may be the sum.
        """
        if not self._prepared:
            return True
        allowed = np.array(upper, dtype=float)
        if best is not None:
            allowed[aim] = min(allowed[aim], best // step * step - 1)
        for _, _, swath in self._stack:
            bounds = np.concatenate([swath.bounds, swath.bounds.sum(axis=0, keepdims=True)])
            if np.any(np.all(bounds <= allowed[:, None] + NEAR, axis=0)):
                return True
        return False

    # -- on the way -----------------------------------------------------------------------------------------

    def _begin(self, *, doubt: bool = False) -> None:
        self.boxes = Boxes(self._steps)
        self.holders: dict[Point, Holders] = {}
        self._doubt = doubt
        self.left.clear()
        self._spent = {}
        self._stack = [(part, each, each.root) for part, each in self._fields]

    def _prepare(self, told: Told | None) -> None:
        for part, fixed in enumerate(self._fixings):
            self._check_time()
            for left in self._settled(fixed):
                prepared = Field(left, self._choices, self._watched, self._steps)
                self.looked_at += 1
                if prepared.root.width:
                    self._fields.append((part, prepared))
            if told is not None:
                told(0, 0, len(self._fields))
        steps = np.array(self._steps, dtype=float)[:, None]
        self._fields.sort(key=lambda each: -float((each[1].root.bounds / steps).sum()))
        self._stack = [(part, each, each.root) for part, each in self._fields]
        self._prepared = True

    def _settled(self, fixed: Mapping[int, float]) -> Iterator[Reduction]:
        """Yield what is left of the program for every way to settle the first choices."""
        left = reduced(self._matrix, fixed, self._watched)
        if left is None:
            return
        kept = set(left.kept.tolist())
        still_open = [[c for c in choice if c in kept] for choice in self._first]
        still_open = [choice for choice in still_open if choice]
        if not still_open or np.prod([len(choice) + 1 for choice in still_open]) > MOST_SETTLINGS:
            yield left
            return
        for taken in itertools.product(*([*choice, None] for choice in still_open)):
            settled = {c: float(c in taken) for choice in still_open for c in choice}
            if (further := left.further(settled, self._watched)) is not None:
                yield further

    def _sweep_all(self, told: Told | None) -> None:
        for _, each in reversed(self._fields):
            self._check_time()
            self._dive(each)
        begun = 0
        while self._stack:
            self._check_time()
            part, each, swath = self._stack[-1]
            begun += swath.level == 0
            wider = self._followed(part, each, swath)
            self._stack.pop()
            self._stack += [(part, each, piece) for piece in wider]
            if told is not None:
                told(len(self.boxes), begun, len(self._fields))

    def _check_time(self) -> None:
        if self._limits.remaining() <= 0:
            raise LimitReached("time is up")

    def _followed(self, part: int, each: Field, swath: Swath) -> list[Swath]:
        """Return what is left to follow after one step further; assignments are taken in."""
        if part in self.left:
            return []
        swath = swath.only(each.may_better(swath, self.boxes))
        if not swath.width:
            return []
        if swath.level == each.depth:
            self._take_in(part, each, swath, counted=True)
            return []
        wider = self._extended(part, each, swath)
        if self._spent[part] > MOST_LOOKED_AT:
            self.left.add(part)
        if wider.level == each.depth:
            self._take_in(part, each, wider, counted=True)
            return []
        return list(wider.only(self._best_last(wider)).pieces(AT_A_TIME))

    def _extended(self, part: int, each: Field, swath: Swath) -> Swath:
        wider, looked_at = each.extended(swath, self.boxes)
        self.looked_at += looked_at
        self._spent[part] = self._spent.get(part, 0) + looked_at
        return wider

    def _best_last(self, swath: Swath) -> Vector:
        """Return the order in which the most promising sets come last, where they are taken up first."""
        return np.argsort(-(swath.bounds / np.array(self._steps, dtype=float)[:, None]).sum(axis=0), kind="stable")

    def _dive(self, each: Field) -> None:
        """Follow only the best few sets for some mixtures of the objectives, to find good boxes early."""
        swath = each.root.only(each.may_better(each.root, self.boxes))
        while swath.width and swath.level < each.depth:
            swath = self._extended(-1, each, swath)
            if swath.width > BEAM * len(MIXTURES):
                scores = MIXTURES @ (swath.bounds / np.array(self._steps, dtype=float)[:, None])
                swath = swath.only(np.unique(np.argpartition(scores, BEAM, axis=1)[:, :BEAM]))
        if swath.width:
            self._take_in(-1, each, swath, counted=False)

    def _take_in(self, part: int, each: Field, swath: Swath, *, counted: bool) -> None:
        """Let assignments join the boxes, by what their bounds claim that they are worth."""
        values = np.ceil(swath.bounds - NEAR).astype(np.int64)
        smallest_first = swath.only(np.lexsort((*values[::-1], values.sum(axis=0))))
        for few in smallest_first.pieces(TAKEN_TOGETHER):
            better = few.only(each.may_better(few, self.boxes))
            for place, bounds in enumerate(np.ceil(better.bounds - NEAR).astype(np.int64).T.tolist()):
                ones = each.ones(better, place)
                point = self._judged(part, ones) if self._doubt else tuple(bounds)
                if point is not None and (self.boxes.take(point) or point in self.holders):
                    self._note(point, ones, counted=counted)

    def _judged(self, part: int, ones: Ones) -> Point | None:
        self._spent[part] = self._spent.get(part, 0) + JUDGING
        return self._judge(ones)

    def _note(self, point: Point, ones: Ones, *, counted: bool) -> None:
        rank = self._rank(ones)
        holders = self.holders.setdefault(point, Holders(ones, rank))
        holders.met += counted
        if rank < holders.rank:
            holders.first, holders.rank = ones, rank

    def _stands(self, point: Point) -> bool:
        return self._judge(self.holders[point].first) == point
