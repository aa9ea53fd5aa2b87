"""Every assignment of a program looked at, thousands at a time, except where bounds show that it is useless.

No solver is asked. A part of the program is swept group by group of its choices; sets of choices whose bounds
(:mod:`.forward`) cannot better the boxes found so far are left out, and all others are followed to the end,
where the bounds say what an assignment is worth.

So a finished sweep shows by arithmetic alone that nothing is missing: every assignment was either looked at,
or its bounds are no better than a box that was found. That the boxes found are real is for a judge to say
(:mod:`.survey`).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from procure_opt.errors import LimitReached
from procure_opt.solving.boxes import Boxes, Point
from procure_opt.solving.engine import Limits
from procure_opt.solving.field import Field, Swath
from procure_opt.solving.forward import NEAR
from procure_opt.solving.matrix import Matrix, Numbers, Vector
from procure_opt.solving.part import Ones
from procure_opt.solving.reduction import Reduction, reduced

Judge = Callable[[Ones], Point | None]
"""What an assignment is worth; None: it breaks a rule."""
Told = Callable[[int, int, int], None]
"""Told at times: boxes found, fields begun, fields in all."""
Rank = tuple[int, ...]
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
"""Ways to settle the first choices before a part is prepared; more are swept like others."""
MIXTURES = np.array([m for m in itertools.product(range(5), repeat=3) if sum(m) == 4]) / 4


@dataclass(frozen=True)
class Plan:
    """What is to be swept: a program with 0/1 choices, cut into parts by what is fixed in each.

    ``first``: choices that are settled one way after the other in each part, because little is left of the
    program then. ``watched``: the three objectives; ``steps``: the resolution. ``digits``: (place, value) of
    a choice's column in the rank of an assignment; of those worth the same the first in rank is kept, and
    the one with the largest sum of ``scores``. ``early``: columns of choices that are settled before the
    others, though they move no objective, because they decide what the others may be.
    """

    matrix: Matrix
    fixings: Sequence[Mapping[int, float]]
    choices: Sequence[Sequence[int]]
    first: Sequence[Sequence[int]]
    watched: Sequence[int]
    steps: Sequence[int]
    digits: Mapping[int, tuple[int, int]]
    scores: Mapping[int, int] = field(default_factory=dict)
    early: frozenset[int] = frozenset()

    def score(self, ones: Iterable[int]) -> int:
        """Return the sum of the scores of an assignment."""
        return sum(self.scores.get(column, 0) for column in ones) if self.scores else 0

    def rank(self, ones: Iterable[int]) -> Rank:
        """Return the digits of an assignment."""
        rank = [0] * (1 + max((place for place, _ in self.digits.values()), default=-1))
        for column in ones:
            place, value = self.digits[column]
            rank[place] = value
        return tuple(rank)


@dataclass
class Holders:
    """The assignments that are worth one point: the first in rank, the largest score, how many were met."""

    first: Ones
    rank: Rank
    score: int = 0
    met: int = 0

    def join(self, other: Holders) -> None:
        """Add what was met elsewhere."""
        self.met += other.met
        self.score = max(self.score, other.score)
        if other.rank < self.rank:
            self.first, self.rank = other.first, other.rank


@dataclass
class Findings:
    """What a sweep has found, and what it has left open."""

    holders: dict[Point, Holders] = field(default_factory=dict)
    """By the points that represent the best boxes."""
    left: set[int] = field(default_factory=set)
    """Parts that were too large."""
    looked_at: int = 0
    open: list[Vector] | None = field(default_factory=list)
    """Bounds of the sets of choices that are not followed yet; None: all is open."""

    @property
    def finished(self) -> bool:
        """True if nothing is open but the parts that are left to others."""
        return self.open is not None and not self.open


class Sweep:
    """Some parts of a plan, by number; with a ``judge``, every assignment is judged as it comes up.

    What takes long raises :class:`LimitReached` when time is up; what was found and what is open is kept.
    """

    def __init__(
        self,
        plan: Plan,
        numbers: Iterable[int],
        limits: Limits | None = None,
        judge: Judge | None = None,
    ) -> None:
        self.boxes = Boxes(plan.steps)
        self._plan, self._numbers = plan, tuple(numbers)
        self._judge, self._limits = judge, limits or Limits()
        self._steps = np.array(plan.steps, dtype=float)[:, None]
        self._holders: dict[Point, Holders] = {}
        self._left: set[int] = set()
        self._looked_at = 0
        self._spent: dict[int, int] = {}
        self._fields: list[tuple[int, Field]] = []
        self._stack: list[tuple[int, Field, Swath]] | None = None

    def prepare(self, told: Told | None = None) -> None:
        """State what is left of the program in each part, and find good boxes on a first way through."""
        for part in self._numbers:
            self._check_time()
            for left in self._settled(self._plan.fixings[part]):
                each = Field(left, self._plan.choices, self._plan.watched, self._plan.steps, self._plan.early)
                self._looked_at += 1
                if each.root.width:
                    self._fields.append((part, each))
                    self._dive(each)
            if told is not None:
                told(len(self.boxes), 0, len(self._fields))
        self._fields.sort(key=lambda each: -float((each[1].root.bounds / self._steps).sum()))
        self._stack = [(part, each, each.root) for part, each in self._fields]

    def heed(self, holders: Mapping[Point, Holders]) -> None:
        """Let boxes join that were found elsewhere."""
        for point, each in holders.items():
            if self.boxes.take(point):
                self._holders.setdefault(point, Holders(each.first, each.rank, each.score))

    def sweep(self, told: Told | None = None) -> None:
        """Follow everything that may be better than what was found, to the end."""
        stack = self._stack or []
        begun = 0
        while stack:
            self._check_time()
            part, each, swath = stack[-1]
            begun += swath.level == 0
            wider = [(part, each, piece) for piece in self._followed(part, each, swath)]
            stack[-1:] = wider  # at one stroke: wherever Ctrl-C falls, what is not followed is on the stack
            if told is not None:
                told(len(self.boxes), begun, len(self._fields))

    def findings(self) -> Findings:
        """Return what was found, and what is open."""
        holders = {point: self._holders[point] for point in self.boxes.points if point in self._holders}
        open_ = None if self._stack is None else [swath.bounds for _, _, swath in self._stack]
        return Findings(holders, set(self._left), self._looked_at, open_)

    # -- on the way -----------------------------------------------------------------------------------------

    def _settled(self, fixed: Mapping[int, float]) -> Iterator[Reduction]:
        """Yield what is left of the program for every way to settle the first choices."""
        left = reduced(self._plan.matrix, fixed, self._plan.watched)
        if left is None:
            return
        kept = set(left.kept.tolist())
        still_open = [[c for c in choice if c in kept] for choice in self._plan.first]
        still_open = [choice for choice in still_open if choice]
        if not still_open or np.prod([len(choice) + 1 for choice in still_open]) > MOST_SETTLINGS:
            yield left
            return
        for taken in itertools.product(*([*choice, None] for choice in still_open)):
            settled = {c: float(c in taken) for choice in still_open for c in choice}
            if (further := left.further(settled, self._plan.watched)) is not None:
                yield further

    def _check_time(self) -> None:
        if self._limits.remaining() <= 0:
            raise LimitReached("time is up")

    def _dive(self, each: Field) -> None:
        """Follow only the best few sets in a field, for mixtures of the objectives: good boxes early."""
        swath = each.root.only(each.may_better(each.root, self.boxes))
        while swath.width and swath.level < each.depth:
            swath = self._extended(-1, each, swath)
            if swath.width > BEAM * len(MIXTURES):
                scores = MIXTURES @ (swath.bounds / self._steps)
                swath = swath.only(np.unique(np.argpartition(scores, BEAM, axis=1)[:, :BEAM]))
        if swath.width:
            self._take_in(-1, each, swath, counted=False)

    def _followed(self, part: int, each: Field, swath: Swath) -> list[Swath]:
        """Return what is left to follow after one step further; assignments are taken in."""
        if part in self._left:
            return []
        swath = swath.only(each.may_better(swath, self.boxes))
        if swath.width and swath.level < each.depth:
            swath = self._extended(part, each, swath)
            if self._spent[part] > MOST_LOOKED_AT:
                self._left.add(part)
        if not swath.width:
            return []
        if swath.level == each.depth:
            self._take_in(part, each, swath, counted=True)
            return []
        return list(swath.only(self._best_last(swath)).pieces(AT_A_TIME))

    def _extended(self, part: int, each: Field, swath: Swath) -> Swath:
        wider, looked_at = each.extended(swath, self.boxes)
        self._looked_at += looked_at
        self._spent[part] = self._spent.get(part, 0) + looked_at
        return wider

    def _best_last(self, swath: Swath) -> Numbers:
        """Return the order in which the most promising sets come last, where they are taken up first."""
        return np.argsort(-(swath.bounds / self._steps).sum(axis=0), kind="stable")

    def _take_in(self, part: int, each: Field, swath: Swath, *, counted: bool) -> None:
        """Let assignments join the boxes, by what their bounds (or the judge) say that they are worth."""
        values = np.ceil(swath.bounds - NEAR).astype(np.int64)
        smallest_first = swath.only(np.lexsort((*values[::-1], values.sum(axis=0))))
        for few in smallest_first.pieces(TAKEN_TOGETHER):
            better = few.only(each.may_better(few, self.boxes))
            for place, bounds in enumerate(np.ceil(better.bounds - NEAR).astype(np.int64).T.tolist()):
                ones = each.ones(better, place)
                point = self._worth(part, ones, tuple(bounds))
                if point is not None and (self.boxes.take(point) or point in self._holders):
                    found = Holders(ones, self._plan.rank(ones), self._plan.score(ones), int(counted))
                    self._holders.setdefault(point, Holders(ones, found.rank, found.score)).join(found)

    def _worth(self, part: int, ones: Ones, claimed: Point) -> Point | None:
        if self._judge is None:
            return claimed
        self._spent[part] = self._spent.get(part, 0) + JUDGING
        return self._judge(ones)
