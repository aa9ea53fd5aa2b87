"""Why something is impossible: all minimal sets of rules that forbid it, and all smallest ways out.

A *conflict* is a minimal set of rules that cannot hold together with what is asked; a *repair* is a minimal
set of rules to drop. They are two sides of one thing: every repair takes a rule from every conflict (Reiter
1987). So repairs are guessed from the conflicts known so far, and a guess that does not do shows a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from procure_opt.case.model import Case
from procure_opt.change import REQUEST, without
from procure_opt.errors import LimitReached
from procure_opt.possible import example, minimal_conflict
from procure_opt.solving.engine import Limits

Ids = tuple[str, ...]
MOST = 60
"""Conflicts and guesses looked at; where there are more, the answer says that it is not all."""


@dataclass(frozen=True, slots=True)
class Repairs:
    """All conflicts and all repairs, if ``complete``; else some of them, each of them proven.

    ``possible``: what was asked is possible as it is, and both are empty. A conflict without any rule,
    ``()``: what is asked contradicts what cannot be switched off; then there is no repair.
    """

    possible: bool
    conflicts: tuple[Ids, ...]
    repairs: tuple[Ids, ...]
    complete: bool


def repairs_of(case: Case, *, time_limit: float | None = None, engine: str = "highs") -> Repairs:
    """Return why no structure obeys the case, and what would have to go; requirements of a run stay.

    ``time_limit``: seconds for all questions together.
    """
    limits = Limits.within(time_limit)
    known = _Known([], [])
    try:
        if example(case, limits=limits, engine=engine) is not None:
            return Repairs(True, (), (), True)
        complete = _search(case, known, limits, engine)
    except LimitReached:
        complete = False
    return Repairs(False, _sorted(known.conflicts), _sorted(known.repairs), complete)


@dataclass
class _Known:
    conflicts: list[Ids]
    repairs: list[Ids]


def _search(case: Case, known: _Known, limits: Limits, engine: str) -> bool:
    """Find conflicts and repairs until every guess is a repair; False if there are too many."""
    asked = {name for name, line in case.red_lines.items() if line.owner == REQUEST}
    for _ in range(MOST):
        guess = next(_guesses(known), None)
        if guess is None:
            return True
        less = without(case, guess) if guess else case
        if example(less, limits=limits, engine=engine) is not None:
            known.repairs.append(guess)
        else:
            found = minimal_conflict(less, keep=asked, time_limit=_left(limits), engine=engine)
            known.conflicts.append(found)
    return False


def _left(limits: Limits) -> float | None:
    left = limits.remaining()
    return None if left == float("inf") else max(left, 0.001)


def _guesses(known: _Known) -> Iterator[Ids]:
    """Yield minimal sets that take a rule from every known conflict, smallest first, but no known repair."""
    if () in known.conflicts:
        return
    names = sorted({name for conflict in known.conflicts for name in conflict})
    found: list[set[str]] = []
    for size in range(len(names) + 1):
        for guess in combinations(names, size):
            if any(smaller <= set(guess) for smaller in found):
                continue
            if all(set(guess) & set(conflict) for conflict in known.conflicts):
                found.append(set(guess))
                if guess not in known.repairs:
                    yield guess


def _sorted(sets: Iterable[Sequence[str]]) -> tuple[Ids, ...]:
    return tuple(sorted(map(tuple, sets), key=lambda each: (len(each), each)))
