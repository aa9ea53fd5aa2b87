"""Is an order one that this seat can give now? Every finding at once, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from procure_opt.errors import Finding, UsageError, printable

from .orders import FACILITATOR, FOR_SEATS, FOR_THE_FACILITATOR, After, form_flaws, read_order
from .parts import proposal_flaws
from .seats import true_lines
from .state import CONCLUDED, OPEN, State
from .terms import term_flaws

Flaws = Iterator[tuple[str, str]]
MOST_PROPOSALS = 500
MOST_LINES = 200


def check_order(state: State, seat: str, order: object) -> tuple[Finding, ...]:
    """Return what is wrong with the order of a seat (or of ``facilitator``); nothing if it can be given.

    Raises :class:`UsageError` if there is no such seat.
    """
    if seat != FACILITATOR:
        state.seat(seat)
    return tuple(Finding(seat, 0, 0, "error", where, text) for where, text in order_flaws(state, seat, order))


def order_flaws(state: State, seat: str, order: object, where: str = "order") -> list[tuple[str, str]]:
    """Return (place, what is wrong) of an order."""
    if found := form_flaws(order, where):
        return found
    read = read_order(order)  # type: ignore[arg-type]
    allowed = FOR_THE_FACILITATOR if seat == FACILITATOR else FOR_SEATS
    if read.order not in allowed:
        return [(f"{where}.order", f"{seat} cannot give it (it can: {', '.join(allowed)})")]
    if seat != FACILITATOR and read.order != "pass" and not is_active(state, seat):
        nation = state.seat(seat).speaks_for
        return [(where, f"{nation} is no nation of this phase; pass until it is")]
    return list(_CHECKS[read.order](state, seat, read, where))


def is_active(state: State, seat: str) -> bool:
    """Is the nation of the seat one of the present case?"""
    return state.seat(seat).speaks_for in state.case.nations


def _nothing(state: State, seat: str, order: Any, where: str) -> Flaws:
    yield from ()


def _propose(state: State, seat: str, order: Any, where: str) -> Flaws:
    deal = state.table.deal()
    if order.structure is not None and deal is not None:
        told = f"this phase is settled by {deal.id}; the facilitator can declare it void, or open the next"
        yield f"{where}.structure", told
    if len(state.table.proposals) >= MOST_PROPOSALS:
        yield where, f"there are {MOST_PROPOSALS} proposals already"
    yield from proposal_flaws(state.case, order, where)


def _open(state: State, name: str, where: str) -> Flaws:
    try:
        status = state.table.proposal(name).status
    except UsageError as error:
        yield where, str(error)
        return
    if status != OPEN:
        yield where, f"{name} is {status}, no longer open"


def _accept(state: State, seat: str, order: Any, where: str) -> Flaws:
    yield from _open(state, order.proposal, f"{where}.proposal")
    for number, after in enumerate(order.if_):
        yield from _after_flaws(state, after, f"{where}.if[{number}]")


def _after_flaws(state: State, after: After, where: str) -> Flaws:
    one = (after.concluded is None) != (after.accepted is None)
    if not one or (after.by is None) != (after.accepted is None):
        yield where, 'must be {"concluded": proposal} or {"accepted": proposal, "by": seat}'
        return
    try:
        state.table.proposal(str(after.concluded or after.accepted))
        if after.by is not None:
            state.seat(after.by)
    except UsageError as error:
        yield where, str(error)


def _reject(state: State, seat: str, order: Any, where: str) -> Flaws:
    yield from _open(state, order.proposal, f"{where}.proposal")


def _withdraw(state: State, seat: str, order: Any, where: str) -> Flaws:
    found = list(_open(state, order.proposal, f"{where}.proposal"))
    yield from found
    if not found and (by := state.table.proposal(order.proposal).by) != seat:
        yield f"{where}.proposal", f"{order.proposal} is of {by}; only who made it can withdraw it"


def _announce(state: State, seat: str, order: Any, where: str) -> Flaws:
    if len(state.table.lines) >= MOST_LINES:
        yield where, f"there are {MOST_LINES} announced lines already"
    if (order.line is None) == (order.then is None) or (order.line is not None and order.if_ is not None):
        yield where, "give either `line`, an own true line, or `then` (and `if`)"
        return
    if order.line is not None:
        own = true_lines(state.case, state.seat(seat))
        if order.line not in own:
            known = ", ".join(own) or "it has none"
            yield f"{where}.line", f'"{printable(order.line, 40)}" is no true line of {seat} ({known})'
        elif any(each.own == order.line and each.by == seat and each.stands for each in state.table.lines):
            yield f"{where}.line", f"{order.line} is announced already"
    for key, term in (("if", order.if_), ("then", order.then)):
        if term is not None:
            yield from term_flaws(state.case, term, f"{where}.{key}")


def _retract(state: State, seat: str, order: Any, where: str) -> Flaws:
    own = [each.id for each in state.table.lines if each.by == seat and each.stands]
    if order.line not in own:
        known = ", ".join(own) or "it has none"
        yield f"{where}.line", f'"{printable(order.line, 40)}" is no standing line of {seat} ({known})'


def _pay(state: State, seat: str, order: Any, where: str) -> Flaws:
    paying = state.seat(seat)
    if paying.kind != "nation":
        yield where, f"{seat} is a {paying.kind}; only a nation pays another one"
    if order.to not in state.case.nations or order.to == paying.speaks_for:
        others = sorted(set(state.case.nations) - {paying.speaks_for})
        yield f"{where}.to", f'"{printable(order.to, 40)}" is no other nation ({", ".join(others)})'
    if order.for_ is not None:
        yield from _open(state, order.for_, f"{where}.for")


def _open_phase(state: State, seat: str, order: Any, where: str) -> Flaws:
    if state.table.phase + 1 >= len(state.cases):
        yield where, f"phase {state.table.phase + 1} of {len(state.cases)} is the last one"


def _override(state: State, seat: str, order: Any, where: str) -> Flaws:
    try:
        proposal = state.table.proposal(order.proposal)
    except UsageError as error:
        yield f"{where}.proposal", str(error)
        return
    at = f"{where}.verdict"
    if order.verdict in ("possible", "impossible"):
        if proposal.possible is None:
            yield at, f"{proposal.id} is no complete structure"
        elif proposal.status != OPEN:
            yield at, f"{proposal.id} is {proposal.status}, no longer open"
    elif order.verdict == "concluded":
        if proposal.status != OPEN:
            yield at, f"{proposal.id} is {proposal.status}, no longer open"
        elif proposal.possible is not None and state.table.deal() is not None:
            yield at, "this phase is settled already; declare that deal void first"
    elif order.verdict == "void" and proposal.status != CONCLUDED:
        yield at, f"{proposal.id} is {proposal.status}; only what was concluded can be void"
    if order.verdict == "forgiven":
        costs = {each.seat for each in state.table.home_costs if each.proposal == proposal.id}
        if order.seat not in costs:
            known = ", ".join(sorted(costs)) or "nobody has"
            yield f"{where}.seat", f"has no cost at home by {proposal.id} ({known})"
    elif order.seat is not None:
        yield f"{where}.seat", "means something with the verdict forgiven only"


_CHECKS: dict[str, Callable[[State, str, Any, str], Flaws]] = {
    "propose": _propose,
    "accept": _accept,
    "reject": _reject,
    "withdraw": _withdraw,
    "announce": _announce,
    "retract": _retract,
    "pay": _pay,
    "pass": _nothing,
    "open_phase": _open_phase,
    "override": _override,
}
