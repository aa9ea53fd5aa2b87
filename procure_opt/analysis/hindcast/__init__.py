"""Hindcast: does the case, stated from what was known before, allow what was really agreed?

Honest only like this: red lines enter an edition only if they are dated before its decision; which grades
apply is said and varied; a signed deal must be possible in its own edition; closeness to the front is told
together with how close chance comes; agreement with history is the best match among all structures that share
an efficient vector, beside what naive rules get on the same items. Definition: model.md, section 8.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from procure_opt.case.model import Case
from procure_opt.formulation.record import impossible, items_of, settled, weights
from procure_opt.formulation.variables import Variables
from procure_opt.front import Front
from procure_opt.study import random_structures

from .agreement import Agreement, agreed
from .asked import asked
from .closeness import Closeness, Drawn, closeness
from .falsifiers import Verdict, verdict
from .possibility import Cell, cells

DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one record of an edition."""

    record: str
    closeness: Closeness
    agreement: Agreement


Matrix = tuple[Cell, ...]
Verdicts = tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Hindcast:
    """All that is said of one edition."""

    case: Case
    cells: Matrix
    records: tuple[Told, ...]
    verdicts: Verdicts

    @property
    def decided(self) -> bool:
        """True if no question was left open by a time limit."""
        answers = [*(cell.possible for cell in self.cells), *(each.holds for each in self.verdicts)]
        known = all(each.closeness.decided and each.agreement.decided for each in self.records)
        return known and None not in answers


def hindcast(case: Case, *, time_limit: float | None = None, draws: int = DRAWS) -> Hindcast:
    """Return the hindcast of an edition; ``time_limit`` (seconds) holds for each single question.

    Questions that are not decided in time are None, never a guess.
    """
    return Casting(case, time_limit, draws).whole()


class Casting:
    """A hindcast part by part: quick answers first, each can be told before the next one is sought."""

    def __init__(self, case: Case, time_limit: float | None = None, draws: int = DRAWS) -> None:
        self.case = case
        self._time_limit, self._draws = time_limit, draws
        self._items = {name: items_of(case, history) for name, history in sorted(case.historical.items())}
        self._front: Front | None = None
        self._chance: Drawn | None = None

    def whole(self) -> Hindcast:
        """Return everything."""
        cells, records, verdicts = self.cells(), tuple(self.records()), self.verdicts()
        return Hindcast(self.case, cells, records, verdicts)

    def cells(self) -> Matrix:
        """Return what is possible under which lines, and what forbids the rest."""
        return tuple(cells(self.case, self._items, self._time_limit))

    @property
    def front(self) -> Front:
        """What records are compared with."""
        if self._front is None:
            self._front = asked(self.case, time_limit=self._time_limit).front
        return self._front

    def records(self) -> Iterator[Told]:
        """Yield what becomes of each record."""
        known = Variables(self.case).decisions()
        for name, items in self._items.items():
            unmet = impossible(known, items)
            able = tuple(item for item in items if item not in unmet)
            found = asked(self.case, time_limit=self._time_limit, scores=weights(able)[0])
            self._front = self._front or found.front
            if self._chance is None:
                self._chance = random_structures(self.case, self._draws, time_limit=self._time_limit)
            within = settled(known, able)
            near = closeness(self.case, self._front, self._chance, within, self._time_limit)
            yield Told(name, near, agreed(self.case, items, unmet, found, self._chance))

    def verdicts(self) -> Verdicts:
        """Return whether what was expected before any result holds."""
        stated = sorted(self.case.falsifiers.items())
        return tuple(
            verdict(self.case, name, each, lambda: self.front, self._time_limit) for name, each in stated
        )
