"""Why something is impossible: all minimal sets of rules that forbid it, and all smallest ways out.

A *conflict* is a minimal set of rules, and of numbers as they are stated, that cannot hold together with
what is asked; a *repair* is a minimal set of rules to drop and numbers to move. They are two sides of one
thing: every repair takes something from every conflict (Reiter 1987). So repairs are guessed from the
conflicts known so far, and a guess that does not do shows a new one.

A number that may move is one that only draws a line (:mod:`procure_opt.case.thresholds`), within its range.
Whether it helps is asked at the easing end; how little would do is then found by halving, which is exact
because such a number, eased further, forbids nothing more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from procure_opt import rules
from procure_opt.case.model import Case
from procure_opt.case.thresholds import Threshold, eased, thresholds
from procure_opt.change import REQUEST, without
from procure_opt.errors import LimitReached
from procure_opt.possible import example, minimal_conflict
from procure_opt.solving.engine import Limits
from procure_opt.structure.structure import Structure

Ids = tuple[str, ...]
Moves = tuple["Move", ...]
MOST = 60
"""Conflicts and guesses looked at; where there are more, the answer says that it is not all."""
MOST_GUESSES = 500
"""Guesses kept at a time: twelve conflicts of three rules each, apart, have half a million."""


@dataclass(frozen=True, slots=True)
class Move:
    """A number that moves as part of a repair, to ``to``.

    ``smallest``: no smaller move would do, the rest of the repair being as it is; False if there was no time
    to find out, and then ``to`` does, but less might.
    """

    number: Threshold
    to: Decimal
    smallest: bool


@dataclass(frozen=True, slots=True)
class Repairs:
    """All conflicts and all repairs, if ``complete``; else some of them, each of them proven.

    Their members are ids of rules and, where ``numbers`` could move, names of numbers. ``moves``: for each
    repair how far its numbers move. ``possible``: what was asked is possible as it is, and both are empty;
    None if there was no time to find out. A conflict without any member, ``()``: what is asked contradicts
    what cannot be switched off or moved; then there is no repair.
    """

    possible: bool | None
    conflicts: tuple[Ids, ...]
    repairs: tuple[Ids, ...]
    complete: bool
    numbers: tuple[Threshold, ...] = ()
    moves: tuple[Moves, ...] = ()

    def moved_in(self, place: int) -> Moves:
        """Return what moves in the repair at this place; nothing where no number could."""
        return self.moves[place] if self.moves else ()

    def dropped_in(self, place: int) -> Ids:
        """Return the rules that the repair at this place drops."""
        numbers = {each.name for each in self.numbers}
        return tuple(name for name in self.repairs[place] if name not in numbers)


def repairs_of(
    case: Case, *, moving: bool = False, time_limit: float | None = None, engine: str = "highs"
) -> Repairs:
    """Return why no structure obeys the case, and what would have to go; requirements of a run stay.

    ``moving``: numbers that only draw a line may move within their ranges, too. ``time_limit``: seconds for
    all questions together.
    """
    limits = Limits.within(time_limit)
    numbers = thresholds(case) if moving else ()
    asked = _Asked(case, {each.name: each for each in numbers}, limits, engine)
    try:
        if example(case, limits=limits, engine=engine) is not None:
            return Repairs(True, (), (), True, numbers)
    except LimitReached:
        return Repairs(None, (), (), False, numbers)
    try:
        complete = _search(asked)
    except LimitReached:
        complete = False
    conflicts, repairs = _sorted(asked.conflicts), _sorted(asked.repairs)
    moves = tuple(asked.smallest(each) for each in repairs)
    return Repairs(False, conflicts, repairs, complete, numbers, moves)


def repaired(case: Case, found: Repairs, place: int) -> Case:
    """Return the case with the repair at this place: its rules dropped, its numbers moved as far as said."""
    drop = found.dropped_in(place)
    moved = eased(case, ((each.number, each.to) for each in found.moved_in(place)))
    return without(moved, drop) if drop else moved


def _search(asked: _Asked) -> bool:
    """Find conflicts and repairs until every guess is a repair; False if there are too many."""
    for _ in range(MOST):
        guesses, are_all = _guesses(asked.conflicts)
        guess = next((each for each in guesses if each not in asked.repairs), None)
        if guess is None:
            return are_all
        if asked.possible(guess):
            asked.repairs.append(guess)
        else:
            asked.conflicts.append(asked.conflict(guess))
    return False


@dataclass
class _Asked:
    """The case, what may move in it, and what is known so far."""

    case: Case
    numbers: dict[str, Threshold]
    limits: Limits
    engine: str
    conflicts: list[Ids] = field(default_factory=list)
    repairs: list[Ids] = field(default_factory=list)

    def possible(self, names: Collection[str]) -> bool:
        """Is there a structure if these rules are dropped, and these numbers at their easing ends?"""
        return self._example(self._less(names)) is not None

    def _example(self, case: Case) -> Structure | None:
        return example(case, limits=self.limits, engine=self.engine)

    def _less(self, names: Collection[str], steps: dict[str, int] | None = None) -> Case:
        """Return the case without these rules, with these numbers eased: by some steps, else to the end."""
        known = [self.numbers[name] for name in names if name in self.numbers]
        case = eased(self.case, ((each, _value(each, (steps or {}).get(each.name))) for each in known))
        drop = [name for name in names if name not in self.numbers]
        return without(case, drop) if drop else case

    def conflict(self, guess: Ids) -> Ids:
        """Return a minimal conflict of what is left when a guess that does not do is taken away.

        First which numbers it takes as they are stated, given all rules; then which rules, given these.
        """
        stay = [name for name in self.numbers if name not in guess]
        taken = {*guess}
        if stay and self.possible({*guess, *stay}):
            for name in stay:
                if not self.possible({*taken, name}):
                    taken.add(name)
        else:
            taken |= {*stay}
        requests = {name for name, line in self.case.red_lines.items() if line.owner == REQUEST}
        left = self.limits.remaining()
        time_limit = None if left == float("inf") else max(left, 0.001)
        kept = minimal_conflict(self._less(taken), keep=requests, time_limit=time_limit, engine=self.engine)
        return tuple(sorted((*kept, *(name for name in stay if name not in taken))))

    def smallest(self, repair: Ids) -> Moves:
        """Return how little each number of a repair need move, one after the other, given the others."""
        moving = [self.numbers[name] for name in repair if name in self.numbers]
        steps = {each.name: each.steps for each in moving}
        sure = {each.name: self._shrunk(repair, steps, each.name) for each in moving}
        return tuple(Move(each, each.after(steps[each.name]), sure[each.name]) for each in moving)

    def _shrunk(self, repair: Ids, steps: dict[str, int], name: str) -> bool:
        """Make the steps of one number as few as do; False if time ran out before.

        A structure found on the way tells by the plain rules how few it needs. The solver is asked below,
        in turn just below, where mostly there is nothing, and halfway.
        """
        too_few, asked, just_below = 0, steps[name], True
        while steps[name] - too_few > 1:
            try:
                found = self._example(self._less(repair, steps | {name: asked}))
            except LimitReached:
                return False
            if found is None:
                too_few = asked
            else:
                steps[name] = self._needed(found, repair, steps | {name: asked}, name, too_few)
            asked = steps[name] - 1 if just_below else (too_few + steps[name]) // 2
            just_below = not just_below
        return True

    def _needed(self, found: Structure, repair: Ids, steps: dict[str, int], name: str, too_few: int) -> int:
        """Return how few steps of a number a structure needs that is feasible after these steps."""
        few, enough = too_few, steps[name]
        while enough - few > 1:
            half = (few + enough) // 2
            if rules.is_feasible(self._less(repair, steps | {name: half}), found):
                enough = half
            else:
                few = half
        return enough


def _value(number: Threshold, steps: int | None) -> Decimal:
    return number.end if steps is None else number.after(steps)


def _guesses(conflicts: Sequence[Ids]) -> tuple[tuple[Ids, ...], bool]:
    """Return minimal sets that take something from every conflict, smallest first, and whether these are all.

    Conflict by conflict (Berge 1989); where there are very many, the smallest go on.

    >>> _guesses([("a", "b"), ("b", "c")]), _guesses([()])
    (((('b',), ('a', 'c')), True), ((), True))
    """
    found: tuple[Ids, ...] = ((),)
    are_all = True
    for count, conflict in enumerate(conflicts, start=1):
        known = [frozenset(each) for each in conflicts[:count]]
        taken = [each for each in found if not known[-1].isdisjoint(each)]
        grown = {tuple(sorted((*each, name))) for each in {*found} - {*taken} for name in conflict}
        found = _sorted((*taken, *(new for new in grown if _needs_all(new, known))))
        are_all = are_all and len(found) <= MOST_GUESSES
        found = found[:MOST_GUESSES]
    return found, are_all


def _needs_all(guess: Ids, conflicts: Sequence[frozenset[str]]) -> bool:
    """Is there for each member a conflict from which it alone is taken?"""
    taken = (conflict.intersection(guess) for conflict in conflicts)
    return {*guess} == {name for only in taken if len(only) == 1 for name in only}


def _sorted(sets: Iterable[Sequence[str]]) -> tuple[Ids, ...]:
    return tuple(sorted(map(tuple, sets), key=lambda each: (len(each), each)))
