"""Every assignment of a program looked at, thousands at a time, except where bounds show that it is useless.

A part of the program is swept group by group of its choices; sets of choices whose bounds (:mod:`.field`)
cannot better the boxes found so far are left out, and all others are followed to the end, where the bounds
say what an assignment is worth. A solver is asked only for multipliers; the sums of rows that are made with
them hold whatever they are.

So a finished sweep shows by arithmetic alone that nothing is missing: every assignment was either looked at,
or its bounds are no better than a box that was found. That the boxes found are real is for a judge to say
(:mod:`.survey`).
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from procure_opt.errors import LimitReached
from procure_opt.solving.boxes import Point
from procure_opt.solving.engine import Limits
from procure_opt.solving.field import Field
from procure_opt.solving.forward import NEAR
from procure_opt.solving.ledger import FIRST_HAND, Event, Known, divider
from procure_opt.solving.matrix import Numbers
from procure_opt.solving.outline import mixtures
from procure_opt.solving.part import Ones
from procure_opt.solving.parts import fields, shuffled
from procure_opt.solving.plan import Findings, Holders, Judge, Plan, Told
from procure_opt.solving.swath import Swath

MOST_LOOKED_AT = 200_000_000
"""Sets of choices looked at in one part before it is left to others."""
TOO_MANY = 1_000_000
"""Sets of choices from which on a field is divided."""
JUDGING = 500
"""As many sets can be looked at in the time that it takes to judge one assignment."""
BEAM = 15
"""Sets followed per mixture of the objectives on the first, quick way through a field."""
FIRST_WAY = -1
"""Stands for the part where all parts are gone through for the first time."""
AT_A_TIME = 2048
"""Sets whose alternatives are tried together."""
TAKEN_TOGETHER = 64
"""Assignments compared with the boxes together."""
MOST_AROUND = 400
"""Assignments around which better ones are looked for: most of a front of some hundred boxes."""
MOST_IN_VAIN = 150
"""First ways through in a row that find nothing new; then no more are taken."""
MOST_GIVEN = 16
"""Tasks given away at once: each takes some time to pack and unpack."""
Task = tuple[int, Field, Swath]
"""Something to follow: part, what is left of the program in it, sets of choices."""


class Sweep:
    """Some parts of a plan, by number; with a ``judge``, every assignment is judged as it comes up.

    ``known``: what need not be done again. What takes long raises :class:`LimitReached` when time is up; what
    was found and what is open is kept.
    """

    def __init__(
        self,
        plan: Plan,
        numbers: Iterable[int],
        limits: Limits | None = None,
        judge: Judge | None = None,
        known: Known | None = None,
    ) -> None:
        self.boxes = plan.boxes()
        self._plan, self._numbers = plan, tuple(numbers)
        self._judge, self._limits = judge, limits or Limits()
        self._steps = np.array(plan.steps, dtype=float)[:, None]
        self._holders: dict[Point, Holders] = {}
        self._origin: dict[Point, Field] = {}
        """Where each was found."""
        self._left: set[int] = set()
        self._looked_at = 0
        self._spent: dict[int, int] = {}
        self._fields: list[tuple[int, Field]] = []
        self._stack: list[Task] | None = None
        self._waiting: set[int] = set()
        self._known = known or Known()
        self._is_new = not self._known.has_begun
        self._tasks: Counter[Field] = Counter()
        """How many tasks of each field are on the stack."""
        self.events: list[Event] = []
        """What a ledger should note, after the boxes found."""
        self.heed(self._known.holders)

    def prepare(self, told: Told | None = None, *, improving: bool = True) -> None:
        """State what is left of the program in each part, and find good boxes on a first way through.

        ``improving``: :meth:`improve` them, too; who works with others first hears what these have found.
        """
        todo = [number for number in self._numbers if not self._known.is_part_done(number)]
        self._left |= self._known.left.intersection(self._numbers)
        for part, made in fields(self._plan, todo):
            self._check_time()
            self._looked_at += 1
            self.events.append(("fields", (part, len(made))))
            as_before = self._known.fields.get(part) in (None, len(made))
            left = [each for field in made for each in self._not_done(field)] if as_before else made
            self._fields += [(part, each) for each in left]
            if told is not None:
                told(len(self.boxes), 0, len(self._fields))
        if self._is_new:
            self._look_round(told)
            if improving:
                self.improve()
        self._fields.sort(key=lambda each: -float((each[1].root.bounds[:-1] / self._steps).sum()))
        self._waiting = {id(each) for _, each in self._fields}
        self._tasks = Counter(each for _, each in self._fields)
        self._stack = [(part, each, each.root) for part, each in self._fields]

    def improve(self, worth: float = math.inf) -> None:
        """Look around the assignments found here for better ones, until there are none or enough was tried.

        ``worth``: sets of choices that may be looked at for it. Who goes on from what was done before leaves
        that out.
        """
        looked: set[Point] = set()
        while self._is_new and len(looked) < MOST_AROUND:
            new = (p for p in self.boxes.points if p in self._origin and p not in looked)
            if (point := next(new, None)) is None:
                return
            looked.add(point)
            if (worth := worth - self._origin[point].neighbours) < 0:
                return
            self._check_time()
            self._look_around(point)

    @property
    def looked_at(self) -> int:
        """Sets of choices looked at so far."""
        return self._looked_at

    def promised(self) -> float:
        """Return about how many sets of choices are still to be looked at, once all is prepared."""
        return sum(each.ordered(self.boxes) for _, each in self._fields)

    def heed(self, holders: Mapping[Point, Holders]) -> None:
        """Let boxes join that were found elsewhere."""
        for point, each in holders.items():
            if self.boxes.take(point) or point in self._holders:
                self._hold(point, each)

    def sweep(self, told: Told | None = None, until: float = math.inf) -> None:
        """Follow everything that may be better than what was found, to the end, or ``until`` some time.

        The clock is that of ``time.monotonic()``.
        """
        stack = [] if self._stack is None else self._stack
        while stack and time.monotonic() < until:
            self._check_time()
            part, each, swath = stack[-1]
            self._waiting.discard(id(each))
            followers = self._followed(part, each, swath)
            # At one stroke: wherever Ctrl-C falls, what is not followed is on the stack.
            stack[-1:] = followers
            self._note(part, each, followers)
            if told is not None:
                told(len(self.boxes), len(self._fields) - len(self._waiting), len(self._fields))

    def spare(self) -> list[Task]:
        """Return up to half of what is still to follow, for somebody who has nothing to do."""
        stack = [each for each in self._stack or [] if self._is_open(each)]
        return stack[: 2 * MOST_GIVEN : 2] if len(stack) > 1 else []

    def leave(self) -> list[Task]:
        """Return everything that is still to follow, and leave it to others."""
        tasks = [each for each in self._stack or [] if self._is_open(each)]
        self.forget(list(self._stack or []))
        return tasks

    def forget(self, tasks: Iterable[Task]) -> None:
        """Leave to others what they have been given."""
        given = list(tasks)
        gone = {id(each[2]) for each in given}
        if self._stack is not None:
            self._stack[:] = [each for each in self._stack if id(each[2]) not in gone]
        self._waiting -= {id(field) for _, field, _ in given}
        for part, field, _ in given:
            self._note(part, field, [])

    def follow_too(self, tasks: Sequence[Task], hand: str = FIRST_HAND) -> None:
        """Take over what others have to follow, as a hand of its own."""
        for _, field, _ in tasks:
            field.hand = hand
        if self._stack is not None:
            self._tasks.update(field for _, field, _ in tasks)
            self._stack += tasks

    def findings(self) -> Findings:
        """Return what was found, and what is open."""
        holders = {point: self._holders[point] for point in self.boxes.points if point in self._holders}
        open_ = None if self._stack is None else [swath.bounds for _, _, swath in self._stack]
        return Findings(holders, set(self._left), self._looked_at, open_)

    # -- on the way -----------------------------------------------------------------------------------------

    def _not_done(self, field: Field) -> Iterator[Field]:
        """Yield what is to be followed of a field: pieces, if it was divided before, and into the same."""
        if self._known.is_done(field.name):
            return
        into = self._known.divided.get(field.name, ())
        pieces = list(field.divided(divider(into[0]))) if into else []
        if into and [piece.name for piece in pieces] == list(into):
            for piece in pieces:
                yield from self._not_done(piece)
        else:
            yield field

    def _note(self, part: int, each: Field, followers: Sequence[Task]) -> None:
        """Note what becomes of a field after a task of it: divided, closed, left to others, or more tasks."""
        pieces = [field for _, field, _ in followers if field is not each]
        self._tasks.update(pieces)
        self._tasks[each] += len(followers) - len(pieces) - 1
        if part in self._left:
            if part not in self._known.left:
                self._known.left.add(part)
                self.events.append(("left", part))
        elif pieces:
            into = tuple(field.name for field in pieces)
            self.events.append(("divided", (each.name, each.hand, into)))
        elif not self._tasks[each]:
            self.events.append(("closed", (each.name, each.hand)))

    def _look_round(self, told: Told | None) -> None:
        """Find good boxes on a first way through the fields."""
        in_vain = 0
        for place in shuffled(len(self._fields)):
            self._check_time()
            in_vain = 0 if self._dive(self._fields[place][1]) else in_vain + 1
            if told is not None:
                told(len(self.boxes), 0, len(self._fields))
            if in_vain >= MOST_IN_VAIN:
                break

    def _look_around(self, point: Point) -> None:
        each = self._origin[point]
        near = each.around(self._holders[point].first)
        self._looked_at += near.width
        self._take_in(FIRST_WAY, each, near.only(each.ground.may_better(near, self.boxes)))

    def _is_open(self, task: Task) -> bool:
        part, each, swath = task
        return part not in self._left and bool(each.ground.may_better(swath, self.boxes).any())

    def _check_time(self) -> None:
        if self._limits.remaining() <= 0:
            raise LimitReached("time is up")

    def _dive(self, each: Field) -> bool:
        """Follow only the best few sets in a field, for mixtures of the objectives; True if boxes join."""
        before = set(self.boxes.points)
        swath = each.root.only(each.ground.may_better(each.root, self.boxes))
        most = BEAM * len(mixtures(self._plan.grain, len(self._steps)))
        while swath.width and swath.level < each.depth:
            swath = self._extended(FIRST_WAY, each, swath)
            if swath.width > most:
                least = each.ground.least_mixed(swath)
                swath = swath.only(np.unique(np.argpartition(least, BEAM, axis=1)[:, :BEAM]))
        if swath.width:
            self._take_in(FIRST_WAY, each, swath)
        return not before.issuperset(self.boxes.points)

    def _followed(self, part: int, each: Field, swath: Swath) -> list[Task]:
        """Return what is left to follow after one step further; assignments are taken in."""
        if part in self._left:
            return []
        swath = swath.only(each.ground.may_better(swath, self.boxes))
        if swath.width and not swath.level and each.size > TOO_MANY and each.ordered(self.boxes) > TOO_MANY:
            return list(self._divided(part, each))
        if swath.width and swath.level < each.depth:
            swath = self._extended(part, each, swath)
            if self._spent[part] > MOST_LOOKED_AT:
                self._left.add(part)
        if not swath.width:
            return []
        if swath.level == each.depth:
            self._take_in(part, each, swath)
            return []
        return [(part, each, piece) for piece in swath.only(self._best_last(swath)).pieces(AT_A_TIME)]

    def _divided(self, part: int, each: Field) -> Iterator[Task]:
        for piece in each.divided():
            self._check_time()
            yield part, piece, piece.root

    def _extended(self, part: int, each: Field, swath: Swath) -> Swath:
        wider, looked_at = each.extended(swath, self.boxes, at_first=part == FIRST_WAY)
        self._looked_at += looked_at
        self._spent[part] = self._spent.get(part, 0) + looked_at
        return wider

    def _best_last(self, swath: Swath) -> Numbers:
        """Return the order in which the most promising sets come last, where they are taken up first."""
        return np.argsort(-(swath.bounds[:-1] / self._steps).sum(axis=0), kind="stable")

    def _take_in(self, part: int, each: Field, swath: Swath) -> None:
        """Let assignments join the boxes, by what their bounds (or the judge) say that they are worth."""
        values = np.ceil(swath.bounds[:-1] - NEAR).astype(np.int64)
        smallest_first = swath.only(np.lexsort((*values[::-1], values.sum(axis=0))))
        for few in smallest_first.pieces(TAKEN_TOGETHER):
            self._check_time()
            better = few.only(each.ground.may_better(few, self.boxes))
            for place, bounds in enumerate(np.ceil(better.bounds[:-1] - NEAR).astype(np.int64).T.tolist()):
                ones = each.ground.ones(better, place)
                point = self._worth(part, ones, tuple(bounds))
                if point is not None and (self.boxes.take(point) or point in self._holders):
                    self._hold(point, self._plan.held(ones))
                    self._origin.setdefault(point, each)

    def _hold(self, point: Point, found: Holders) -> None:
        """Note assignments that are worth a point."""
        held = self._holders[point] = found.joined(self._holders.get(point))
        self.boxes.note(point, held.rank, held.score)

    def _worth(self, part: int, ones: Ones, claimed: Point) -> Point | None:
        if self._judge is None:
            return claimed
        self._spent[part] = self._spent.get(part, 0) + JUDGING
        return self._judge(ones)
