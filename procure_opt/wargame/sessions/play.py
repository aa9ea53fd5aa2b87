"""The moves of a game, as pure functions on frozen states: start, step, inject, undo, replay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from procure_opt.case.checks import remarks
from procure_opt.case.history import Inject
from procure_opt.case.model import Case
from procure_opt.case.vocabulary import first_day
from procure_opt.errors import UsageError, printable
from procure_opt.wargame.event import carried, happen

from .checking import order_flaws
from .judging import breaks
from .orders import FACILITATOR, read_order
from .parts import proposal_flaws
from .plain import LARGEST, LONGEST_TEXT, Json, canonical, flaws, from_text
from .seats import seated
from .state import CONCLUDED, LAPSED, NAME, OPEN, VERSION, Entry, Proposal, State
from .turns import Turn, play

MOST_PHASES = 20
MOST_ENTRIES = 5_000
MOST_ORDERS = 50


def start(case: Case | Sequence[Case], seats: object = None, seed: int = 0) -> State:
    """Return a game at its beginning.

    Parameters
    ----------
    case
        One case; or several editions of it, each a phase that ends at its decision, sorted by its date.
    seats
        Ids of nations, or id -> seat as in a case file; None: the seats of the first case, else its nations.
    seed
        Draws the private cost estimates; from 0 to 10^15.

    Raises :class:`UsageError` if seats or seed cannot be.

    >>> from procure_opt.case.load import load_case
    >>> state = start(load_case("gcap"), seats=["ITA", "JPN"])
    >>> state == replay(state.to_json())
    True
    """
    cases = (case,) if isinstance(case, Case) else tuple(case)
    if not 1 <= len(cases) <= MOST_PHASES or not all(isinstance(each, Case) for each in cases):
        raise UsageError(f"a game needs a case, or 1 to {MOST_PHASES} editions of one")
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= LARGEST:
        raise UsageError(f"seed: found {printable(seed, 60)}, must be a whole number from 0 to {LARGEST}")
    ordered = cases if len(cases) == 1 else tuple(sorted(cases, key=_gate))
    return State(ordered, seated(ordered[0], seats), seed, case=ordered[0])


def _gate(case: Case) -> tuple[str, str]:
    if case.decision is None:
        raise UsageError(f"{case.id} states no decision, so that it cannot be a phase among others")
    return first_day(case.decision.date).isoformat(), case.id


def step(state: State, orders: Mapping[str, Any]) -> State:
    """Return the game after one turn: seat -> its order, or several; ``facilitator`` is a seat, too.

    All orders of a turn are given at once; the order of keys does not matter. Raises :class:`UsageError` with
    every finding if one of them cannot be given; then nothing has happened.
    """
    given = _listed(orders)
    told = [
        f"{printable(seat, 40)}: {where}: {text}"
        for seat, each in sorted(given.items())
        for number, order in enumerate(each)
        for where, text in _findings(state, seat, order, f"orders[{number}]")
    ]
    if told:
        raise UsageError("\n".join(told))
    _refuse_endless(state)
    turn = play(state, given)
    return _after(state, {"orders": given}, turn)


def _listed(orders: object) -> dict[str, list[Json]]:
    if not isinstance(orders, Mapping) or not all(isinstance(seat, str) for seat in orders):
        raise UsageError("orders: must be an object, seat -> order or list of orders")
    given = {s: list(o) if isinstance(o, list | tuple) else [o] for s, o in sorted(orders.items())}
    for seat, each in given.items():
        if len(each) > MOST_ORDERS:
            told = f"{len(each)} orders in one turn, must be at most {MOST_ORDERS}"
            raise UsageError(f"{printable(seat, 40)}: {told}")
    return given


def _findings(state: State, seat: str, order: object, where: str) -> list[tuple[str, str]]:
    known = [name for name, _ in state.seats]
    if seat != FACILITATOR and seat not in known:
        return [("seat", f"is no seat of this game ({', '.join(known)}, {FACILITATOR})")]
    return order_flaws(state, seat, order, where)


def _refuse_endless(state: State) -> None:
    if len(state.entries) >= MOST_ENTRIES:
        raise UsageError(f"this game has {MOST_ENTRIES} moves already")


def _after(state: State, said: Json, turn: Turn) -> State:
    entry = Entry(canonical(said), tuple(turn.events))
    after = replace(state, entries=(*state.entries, entry), case=turn.case, table=turn.table, before=state)
    _ = after.digest  # now: asked for at the end of a long game it would go down the whole chain at once
    return after


def inject(state: State, event: Inject | Json | str) -> State:
    """Return the game after an event: an inject, as in a case file; or the id of one that the case prepares.

    The case that follows holds from now on, until the next phase opens; open proposals are judged anew by it.
    Raises :class:`UsageError` or :class:`CaseError` if the event makes no sense.
    """
    _refuse_endless(state)
    read = event_meant(state.case, event)
    turn = Turn(state)
    turn.case = happen_to(turn, read)
    _carry(turn, state.case, read)
    _judge_anew(turn)
    said = {"inject": read.model_dump(mode="json", exclude_defaults=True)}
    return _after(state, said, turn)


def happen_to(turn: Turn, event: Inject) -> Case:
    """Return the case after the event, and let everybody hear what has happened."""
    came = happen(turn.case, [event])
    for text in (*came.texts, *came.sentences, *came.sunk):
        turn.tell(printable(text, LONGEST_TEXT))
    return came.case


def event_meant(case: Case, event: Inject | Json | str) -> Inject:
    """Return the inject that is meant; :class:`UsageError` if it has no form, or the case prepares none."""
    if isinstance(event, Inject):
        return event
    if isinstance(event, str):
        if event not in case.injects:
            known = ", ".join(case.injects) or "there is none"
            raise UsageError(f'"{printable(event, 40)}" is no inject of this case ({known})')
        return case.injects[event]
    if found := flaws(event, "event"):
        raise UsageError("\n".join(f"{where}: {text}" for where, text in found))
    try:
        return Inject.model_validate(event)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)[:20]
        told = (f"event.{'.'.join(map(str, each['loc']))}: {printable(each['msg'], 200)}" for each in details)
        raise UsageError("\n".join(told)) from None


def _carry(turn: Turn, before: Case, event: Inject) -> None:
    """Let structures that are open or concluded in this phase read as they do after the event."""
    for proposal in _living(turn):
        structure = proposal.content(before).structure
        after = None if structure is None else carried(before, [event], structure)
        if after is not None and after != structure:
            said = from_text(proposal.said) | {"structure": after.to_json()}
            turn.table = turn.table.with_proposal(replace(proposal, said=canonical(said)))
            turn.tell(f"{proposal.id} goes on with what is left of an order")


def _living(turn: Turn) -> tuple[Proposal, ...]:
    """Return the proposals of this phase that are open or concluded."""
    now = turn.table.phase
    return tuple(p for p in turn.table.proposals if p.phase == now and p.status in (OPEN, CONCLUDED))


def _judge_anew(turn: Turn) -> None:
    """Judge proposals by the case that holds now; what is open and cannot be read any more lapses."""
    for proposal in _living(turn):
        lost = any(proposal_flaws(turn.case, read_order(from_text(proposal.said))))
        if lost and proposal.status == OPEN:
            turn.close(proposal, LAPSED)
            turn.tell(f"{proposal.id} lapses: it cannot be read any more")
            continue
        structure = None if proposal.possible is None else proposal.content(turn.case).structure
        wrong = () if structure is None else breaks(turn.case, structure)
        if wrong != proposal.breaks:
            changed = replace(proposal, possible=not wrong, breaks=wrong)
            turn.table = turn.table.with_proposal(changed)
            told = f"not possible now: {'; '.join(wrong)}" if wrong else "possible now"
            turn.tell(f"{proposal.id} is {told}")


def undo(state: State) -> State:
    """Return the game before its last move. Raises :class:`UsageError` at the beginning."""
    if state.before is None:
        raise UsageError("nothing has happened yet that could be undone")
    return state.before


# -- logs ------------------------------------------------------------------------------------------------


def replay(log: object) -> State:
    """Return the game that a log tells: every move is checked and made again, and must come out the same.

    ``log`` is what :meth:`State.to_json` wrote. Raises :class:`UsageError` (or the error of a move) if it is
    none, if a move in it could not be made, or if it tells of something that does not follow.
    """
    data = _whole(log)
    cases = [_case(each, number) for number, each in enumerate(data["cases"])]
    state = start(cases, data["seats"], data["seed"])
    for number, entry in enumerate(data["entries"]):
        try:
            state = _moved(state, entry)
        except UsageError as error:
            raise UsageError(f"entries[{number}]: {error}") from None
        if not _says(entry, canonical(state.entries[-1].to_json())):
            raise UsageError(f"entries[{number}]: what it says came of it does not follow")
    if data["id"] != state.id:
        raise UsageError(f"the log says that it is {printable(data['id'], 40)}, it is {state.id}")
    return state


_KEYS = {"schema", "cases", "seats", "seed", "entries", "id"}


def _whole(log: object) -> Json:
    """Return a log that has the right form at the top."""
    if not isinstance(log, dict):
        raise UsageError("a log must be an object")
    if log.get("schema") != {"name": NAME, "version": VERSION}:
        found = printable(log.get("schema"), 80)
        raise UsageError(f"this is no log of {NAME} version {VERSION}: schema is {found}")
    if set(log) != _KEYS:
        odd = sorted(map(str, set(log) ^ _KEYS))
        raise UsageError(f"a log has {', '.join(sorted(_KEYS))}; look at {printable(', '.join(odd), 200)}")
    for key, most in (("cases", MOST_PHASES), ("entries", MOST_ENTRIES)):
        if not isinstance(log[key], list) or len(log[key]) > most:
            raise UsageError(f"{key}: must be a list of at most {most}")
    if not isinstance(log["seats"], dict):
        raise UsageError("seats: must be an object")
    if wrong := flaws(log["seats"], "seats"):
        raise UsageError("\n".join(f"{where}: {text}" for where, text in wrong))
    return log


def _case(stated: object, number: int) -> Case:
    """Return a case that nobody vouches for, validated and checked as a file is."""
    where = f"cases[{number}]"
    try:
        case = Case.model_validate(stated)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        at = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{where}.{printable(at, 100)}: {printable(first['msg'], 200)}") from None
    except (ArithmeticError, RecursionError) as error:
        raise UsageError(f"{where} is no case: {type(error).__name__}") from None
    wrong = [each for each in remarks(case) if each.severity == "error"]
    if wrong:
        at = ".".join(str(part) for part in wrong[0].path)
        raise UsageError(f"{where}.{printable(at, 100)}: {printable(wrong[0].message, 300)}")
    if not _says(stated, case.canonical):
        raise UsageError(f"{where}: is not the canonical form of a case")
    return case


def _says(data: object, text: str) -> bool:
    """Is the text the canonical form of the data?"""
    try:
        return canonical(data) == text
    except (TypeError, ValueError, RecursionError):
        return False


def _moved(state: State, entry: object) -> State:
    if isinstance(entry, dict) and set(entry) == {"orders", "events"}:
        return step(state, entry["orders"])
    if isinstance(entry, dict) and set(entry) == {"inject", "events"}:
        return inject(state, entry["inject"])
    raise UsageError('must be {"orders": ..., "events": ...} or {"inject": ..., "events": ...}')
