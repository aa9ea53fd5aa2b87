"""What an event would do to the table: the full answer to an inject, asked from a state that stays as it is.

Beside completions, the only module of the room that asks a solver. What was signed is judged by the plain
definitions and the stated numbers; only the new front is searched for, as long as there is time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from procure_opt.case.history import Inject
from procure_opt.claim import Claim
from procure_opt.structure.structure import Structure
from procure_opt.wargame.document import summary
from procure_opt.wargame.effect import Effect, effect

from .accepting import structure_meant
from .outlook import claimed, refuse_other
from .plain import Json
from .play import event_meant
from .state import State

if TYPE_CHECKING:
    from procure_opt.front import StatedFront

TIME_LIMIT = 2.0
MOST_TIME = 60.0


def effect_of(
    state: State,
    event: Inject | Json | str,
    signed: str | Json | Structure | None = None,
    *,
    front: Claim | StatedFront | None = None,
    time_limit: float = TIME_LIMIT,
    workers: int | None = 1,
) -> Effect:
    """Return what an event would do now; nothing happens to the game (that is :func:`inject`).

    Parameters
    ----------
    event
        An inject, as in a case file; or the id of one that the case prepares.
    signed
        The structure that it happens to: id of a proposal, a structure, or one as plain data; None: the
        deal of this phase, if there is one.
    front
        A front of the case as it is; its structures are taken through the event, so that there is something
        to say if the time does not do.
    time_limit
        Seconds, at most 60. Stating a large case takes a second or two, which is not cut short.

    Its ``front`` (or ``claim``, with what is known if it is not complete) is one of the case that follows:
    after ``inject`` it can be given to ``outlook`` and ``debrief``. Raises :class:`UsageError` or
    :class:`CaseError` if event or structure make no sense.
    """
    read = event_meant(state.case, event)
    structure = _signed(state, signed)
    known = () if front is None else _structures(state, claimed(front))
    limit = min(max(time_limit, 0.1), MOST_TIME)
    return effect(state.case, [read], structure, known=known, time_limit=limit, workers=workers)


def _signed(state: State, signed: str | Json | Structure | None) -> Structure | None:
    if signed is not None:
        return structure_meant(state, signed)[0]
    deal = state.table.deal()
    return None if deal is None else deal.content(state.case).structure


def _structures(state: State, front: Claim) -> tuple[Structure, ...]:
    refuse_other(state, front)
    return tuple(each.structure for each in front.structures)


def effect_told(answer: Effect, event: Inject) -> Json:
    """Return the answer as plain data; how many milliseconds it took stands in it."""
    told = summary(answer, [event])
    return told | {"known": _known(answer), "milliseconds": int(answer.seconds * 1000)}


def _known(answer: Effect) -> str:
    if answer.complete:
        return "complete"
    judged = "" if answer.fate is None else "what becomes of the signed structure is complete; "
    early = f" and {len(answer.provisional)} known ones taken through the event" if answer.provisional else ""
    return f"so far: {judged}of the new front {len(answer.front)} structures{early}"


__all__ = ["MOST_TIME", "TIME_LIMIT", "effect_of", "effect_told"]
