"""Falsifiers: what was expected before any result, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from procure_opt.accounts.values import Vector
from procure_opt.case.history import Falsifier
from procure_opt.case.model import Case
from procure_opt.case.red_lines import RedLine
from procure_opt.change import changed
from procure_opt.claim import minimised
from procure_opt.front import Front
from procure_opt.pareto.points import box_of

from .asked import asked
from .possibility import is_possible


@dataclass(frozen=True, slots=True)
class Verdict:
    """A falsifier: does what it expects hold? None: not decided in time."""

    name: str
    text: str
    expected: str
    holds: bool | None


def verdict(
    case: Case, name: str, stated: Falsifier, front: Callable[[], Front], time_limit: float | None
) -> Verdict:
    """Return whether what a falsifier expects holds in the case; its front is asked for only if need be."""
    meeting = changed(case, red_lines=case.red_lines | {f"F_{name}": _line(case, stated)})
    if stated.expected in ("possible", "impossible"):
        possible = is_possible(meeting, (), time_limit)
        holds = None if possible is None else possible == (stated.expected == "possible")
    else:
        holds = _on_front(meeting, front(), time_limit)
        holds = holds if holds is None or stated.expected == "on_front" else not holds
    return Verdict(name, stated.text, stated.expected, holds)


def _line(case: Case, stated: Falsifier) -> RedLine:
    fields = {"owner": "hindcast", "source": "hindcast", "text": stated.text, "speaker": "unnamed"}
    as_of = case.known_until().isoformat()
    return RedLine.model_validate({**fields, "as_of": as_of, "grade": "hard", "then": stated.condition})


def _on_front(case: Case, front: Front, time_limit: float | None) -> bool | None:
    """Does some efficient structure meet the condition? (Compared box by box, at the case's resolution.)"""
    met = asked(case, time_limit=time_limit).front
    sizes = case.resolution.steps

    def boxes(vectors: Iterable[Vector]) -> set[tuple[int, ...]]:
        return {box_of(minimised(vector), sizes) for vector in vectors}

    if not front.complete:
        return None
    if boxes(met.vectors) & boxes(front.vectors):
        return True
    return False if met.complete else None
