"""Why is there no structure: one minimal set of rules that cannot hold together.

Deletion filter (Chinneck & Dravnieks 1991): rules that can be switched off are switched off one after the
other, in the order of their ids; a rule without which there is still no structure stays off. What is left
conflicts, and would not if any single one of them were dropped. Which of several minimal sets is found
depends on that order only.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from procure_opt import rules
from procure_opt.case.model import Case
from procure_opt.case.switches import switchable
from procure_opt.change import changed
from procure_opt.errors import EngineDoubt
from procure_opt.formulation.decode import chosen_in, decode
from procure_opt.formulation.formulation import excluding, formulate, to_program
from procure_opt.solving.engine import Limits, open_engine

MOST_REPAIRS = 200
_HALF = 0.5


def minimal_conflict(
    case: Case, *, time_limit: float | None = None, engine: str = "highs"
) -> tuple[str, ...]:
    """Return the ids of one minimal conflict, sorted; empty if the case conflicts without any of them too.

    ``time_limit`` in seconds holds for all solves together. Raises :class:`LimitReached` beyond it, and
    ValueError if the case has a structure.
    """
    limits = Limits(None if time_limit is None else time.monotonic() + time_limit)
    active = [name for name in switchable(case) if binds(case, name)]
    if is_possible(case, (), limits, engine):
        raise ValueError("the case has a structure, so there is no conflict")
    if not is_possible(case, active, limits, engine):
        return ()
    kept = list(active)
    for name in active:
        fewer = [other for other in kept if other != name]
        if not is_possible(case, set(active) - set(fewer), limits, engine):
            kept = fewer
    return tuple(kept)


def binds(case: Case, name: str) -> bool:
    """Tell whether the rule with this id applies in the case as it is."""
    return case.applies(name) and (name not in case.red_lines or case.enters(name))


def is_possible(case: Case, off: Iterable[str], limits: Limits, engine: str = "highs") -> bool:
    """Has the case a structure without these rules? The engine proposes, the plain rules decide."""
    less = changed(case, off=tuple(sorted({*case.off, *off})))
    formulation = formulate(less)
    working = open_engine(engine, to_program(formulation.variables), limits)
    decisions = formulation.variables.decisions()
    for _ in range(MOST_REPAIRS):
        answer = working.minimise({}, {}, gap=_HALF)
        if answer is None:
            return False
        if rules.is_feasible(less, decode(less, chosen_in(decisions, answer))):
            return True
        ones = [column for column in decisions.values() if answer[column] > _HALF]
        zeros = [column for column in decisions.values() if answer[column] <= _HALF]
        working.add_row(excluding(formulation.variables, ones, zeros))
    raise EngineDoubt(f"{MOST_REPAIRS} answers of the engine broke a rule")
