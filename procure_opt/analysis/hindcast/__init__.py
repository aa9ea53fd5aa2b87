"""Hindcast: does the case, stated from what was known before, allow what was really agreed?

Honest only like this: red lines enter an edition only if they are dated before its decision; which grades
apply is said and varied; a signed deal must be possible in its own edition; closeness to the front is told
together with how close chance comes; agreement with history is the best match among all structures that share
an efficient vector, beside what naive rules get on the same items. Definition: model.md, section 8.
"""

from __future__ import annotations

from dataclasses import dataclass

from procure_opt.case.model import Case
from procure_opt.formulation.formulation import formulate
from procure_opt.formulation.record import impossible, items_of, settled, weights
from procure_opt.front import Front
from procure_opt.study import Found, random_structures, survey

from .agreement import Agreement, agreed
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


@dataclass(frozen=True, slots=True)
class Hindcast:
    """All that is said of one edition."""

    case: Case
    front: Front
    cells: tuple[Cell, ...]
    records: tuple[Told, ...]
    verdicts: tuple[Verdict, ...]


def hindcast(case: Case, *, time_limit: float | None = None, draws: int = DRAWS) -> Hindcast:
    """Return the hindcast of an edition; ``time_limit`` (seconds) holds for each single question.

    Questions that are not decided in time are None, never a guess.
    """
    every = {name: items_of(case, history) for name, history in sorted(case.historical.items())}
    known = formulate(case).variables.decisions()
    unmet = {name: impossible(known, items) for name, items in every.items()}
    able = {name: tuple(i for i in items if i not in unmet[name]) for name, items in every.items()}
    found: dict[str, Found] = {
        name: survey(case, time_limit=time_limit, scores=weights(items)[0]) for name, items in able.items()
    }
    front = next(iter(found.values())).front if found else survey(case, time_limit=time_limit).front
    chance: Drawn = random_structures(case, draws, time_limit=time_limit) if every else []
    told = tuple(
        Told(
            name,
            closeness(case, front, chance, settled(known, able[name]), time_limit),
            agreed(case, items, unmet[name], found[name], chance),
        )
        for name, items in every.items()
    )
    verdicts = tuple(
        verdict(case, name, stated, front, time_limit) for name, stated in sorted(case.falsifiers.items())
    )
    return Hindcast(case, front, tuple(cells(case, every, time_limit)), told, verdicts)
