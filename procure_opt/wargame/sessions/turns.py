"""One turn: what the orders of all seats do to the table, in an order of kinds that does not depend on keys.

First what leaves the table (retracted lines, withdrawn proposals), then what comes (lines, proposals), then
answers (refusals, acceptances), money, verdicts of the facilitator; then deals are settled; a phase opens.
Within a kind: by seat, then as listed. Every order was checked against the table as it was before the turn;
one that another order of the same turn has overtaken is told to have come too late.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from procure_opt.case.model import Case
from procure_opt.case.red_lines import RedLine
from procure_opt.errors import printable

from .judging import breaks, crossed, keeps
from .orders import read_order
from .plain import LONGEST_TEXT, Json, canonical, from_text
from .seats import true_lines
from .settling import conclude, settle
from .state import (
    CONCLUDED,
    LAPSED,
    OPEN,
    VOID,
    WITHDRAWN,
    Acceptance,
    Event,
    Line,
    Payment,
    Proposal,
    State,
    Table,
)
from .terms import meaning

SEQUENCE = (
    *("pass", "retract", "withdraw", "announce", "propose", "reject", "accept", "pay", "override"),
    "open_phase",
)

_LONGEST_SHOWN = 300
"""Characters of a condition that is read aloud; the whole of it stands beside the line."""


class Turn:
    """A table while a turn is played on it, and what everybody hears."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.case: Case = state.case
        self.table: Table = replace(state.table, turn=state.table.turn + 1)
        self.events: list[Event] = []

    def tell(self, text: str, *to: str) -> None:
        """Let everybody hear it, or the seats that are named (and the facilitator)."""
        self.events.append(Event(text, to or None))

    def close(self, proposal: Proposal, status: str) -> None:
        """Take a proposal from the table; what was promised for it is promised no more."""
        payments = tuple(
            replace(each, status=LAPSED)
            if (each.proposal, each.status) == (proposal.id, "promised")
            else each
            for each in self.table.payments
        )
        self.table = replace(self.table.with_proposal(replace(proposal, status=status)), payments=payments)

    def is_open(self, name: str, seat: str) -> Proposal | None:
        """Return the proposal if it still is open; else say that the answer came too late."""
        proposal = self.table.proposal(name)
        if proposal.status == OPEN:
            return proposal
        self.tell(f"{seat} comes too late: {name} is {proposal.status}")
        return None


def play(state: State, orders: Mapping[str, Sequence[Json]]) -> Turn:
    """Return the turn after all orders; each must have passed ``check_order``."""
    turn = Turn(state)
    given = [
        (SEQUENCE.index(order["order"]), seat, number, read_order(order), order)
        for seat in sorted(orders)
        for number, order in enumerate(orders[seat])
    ]
    last = [each for each in given if each[3].order == "open_phase"][:1]
    for _, seat, _, read, said in sorted(
        (each for each in given if each[3].order != "open_phase"), key=lambda each: each[:3]
    ):
        _PLAYS[read.order](turn, seat, read, said)
    settle(turn)
    for _, seat, _, read, said in last:
        _open_phase(turn, seat, read, said)
    return turn


def spoken(text: str) -> str:
    """Return what was said beside an order; a text cannot look like a line of its own, or steer a screen."""
    return f': "{printable(text, LONGEST_TEXT)}"' if text else ""


def _pass(turn: Turn, seat: str, order: Any, said: Json) -> None:
    turn.tell(f"{seat} passes{spoken(order.text)}")


def _retract(turn: Turn, seat: str, order: Any, said: Json) -> None:
    lines = tuple(
        replace(each, stands=False) if each.id == order.line and each.by == seat else each
        for each in turn.table.lines
    )
    turn.table = replace(turn.table, lines=lines)
    turn.tell(f"{seat} takes back its line {order.line}{spoken(order.text)}")


def _withdraw(turn: Turn, seat: str, order: Any, said: Json) -> None:
    if proposal := turn.is_open(order.proposal, seat):
        turn.close(proposal, WITHDRAWN)
        turn.tell(f"{seat} withdraws {proposal.id}{spoken(order.text)}")


def _announce(turn: Turn, seat: str, order: Any, said: Json) -> None:
    name = f"A{len(turn.table.lines) + 1}"
    line = Line(name, seat, turn.table.turn, canonical(said), order.line)
    line = replace(line, own=_own_line(turn, seat, line))
    own = (each.own for each in turn.table.lines if each.by == seat and each.stands)
    if line.own is not None and line.own in own:
        turn.tell(f"{seat} says a line twice")
        return
    turn.table = replace(turn.table, lines=(*turn.table.lines, line))
    turn.tell(f"{seat} announces the red line {name}: {line_text(turn.case, line)}")


def _own_line(turn: Turn, seat: str, line: Line) -> str | None:
    """Return the true line of the seat that is announced, by its id or in other words; None for a bluff."""
    stated = announced_line(turn.case, line)
    if line.own is not None or stated is None:
        return line.own
    for name in true_lines(turn.case, turn.state.seat(seat)):
        true = turn.case.red_lines[name]
        if (true.if_, true.then) == (stated.if_, stated.then):
            return name
    return None


def line_text(case: Case, line: Line) -> str:
    """Return an announced line in words: as it was said, else as the case has it, else as it was stated."""
    said = from_text(line.said)
    if said.get("text"):
        return printable(said["text"], LONGEST_TEXT)
    if line.own is not None and line.own in case.red_lines:
        return case.red_lines[line.own].text
    parts = [f"if {_shown(said['if'])}: "] if said.get("if") else []
    return "".join([*parts, _shown(said.get("then"))])


def _shown(term: Any) -> str:
    return printable(term if isinstance(term, str) else canonical(term), _LONGEST_SHOWN)


def announced_line(case: Case, line: Line) -> RedLine | None:
    """Return an announced line as a condition; None if the present case does not know it any more."""
    said = from_text(line.said)
    if line.own is not None:
        return case.red_lines.get(line.own)
    fields: Json = {"owner": min(case.nations), "text": "said", "as_of": case.as_of, "speaker": "unnamed"}
    if_ = None if said.get("if") is None else meaning(case, said["if"])
    fields |= {"source": "said", "if": if_, "then": meaning(case, said["then"])}
    return RedLine.model_validate(fields)


def _propose(turn: Turn, seat: str, order: Any, said: Json) -> None:
    name = f"P{len(turn.table.proposals) + 1}"
    proposal = Proposal(name, seat, turn.table.turn, turn.table.phase, canonical(said))
    structure = proposal.content(turn.case).structure
    wrong = () if structure is None else breaks(turn.case, structure)
    possible = None if structure is None else not wrong
    proposal = replace(proposal, possible=possible, breaks=wrong, accepted=(Acceptance(seat),))
    turn.table = replace(turn.table, proposals=(*turn.table.proposals, proposal))
    turn.tell(f"{seat} proposes {name}{spoken(order.text)}")
    for each in wrong:
        turn.tell(f"{name} is not possible: {each}")
    _warn(turn, proposal, seat)


def _warn(turn: Turn, proposal: Proposal, seat: str) -> None:
    """Tell a seat that it is about to go over its own line; tell all if it had announced that line."""
    structure = proposal.content(turn.case).structure
    if structure is None or not proposal.possible:
        return
    for name in crossed(turn.case, structure, turn.state.seat(seat)):
        told = f"{proposal.id} crosses the true red line {name} of {seat}: a deal on it costs at home"
        turn.tell(told, seat)
    for line in turn.table.lines:
        stated = announced_line(turn.case, line) if line.by == seat and line.stands else None
        if stated is not None and not keeps(turn.case, structure, stated):
            turn.tell(f"{seat} agrees to {proposal.id}, which crosses its announced line {line.id}")


def _reject(turn: Turn, seat: str, order: Any, said: Json) -> None:
    if proposal := turn.is_open(order.proposal, seat):
        left = tuple(each for each in proposal.accepted if each.seat != seat)
        refused = tuple(sorted({*proposal.rejected, seat}))
        turn.table = turn.table.with_proposal(replace(proposal, accepted=left, rejected=refused))
        turn.tell(f"{seat} refuses {proposal.id}{spoken(order.text)}")


def _accept(turn: Turn, seat: str, order: Any, said: Json) -> None:
    if not (proposal := turn.is_open(order.proposal, seat)):
        return
    after = tuple(sorted(canonical(each.model_dump(exclude_none=True)) for each in order.if_))
    others = [each for each in proposal.accepted if each.seat != seat]
    accepted = tuple(sorted([*others, Acceptance(seat, after)], key=lambda each: each.seat))
    rejected = tuple(each for each in proposal.rejected if each != seat)
    proposal = replace(proposal, accepted=accepted, rejected=rejected)
    turn.table = turn.table.with_proposal(proposal)
    turn.tell(f"{seat} accepts {proposal.id}{condition_text(after)}{spoken(order.text)}")
    _warn(turn, proposal, seat)


def condition_text(after: Sequence[str]) -> str:
    """Return what an acceptance hangs on, in words."""
    told = []
    for each in map(from_text, after):
        by = f"{each['accepted']} is accepted by {each['by']}" if "accepted" in each else ""
        told.append(by or f"{each['concluded']} is concluded")
    return f", if {' and '.join(told)}" if told else ""


def _pay(turn: Turn, seat: str, order: Any, said: Json) -> None:
    if order.for_ is not None and turn.is_open(order.for_, seat) is None:
        return
    nation = turn.state.seat(seat).speaks_for
    status = "paid" if order.for_ is None else "promised"
    payment = Payment(nation, order.to, order.million, turn.table.turn, order.for_, status)
    turn.table = replace(turn.table, payments=(*turn.table.payments, payment))
    when = "" if order.for_ is None else f" if {order.for_} is concluded"
    verb = "pays" if order.for_ is None else "promises"
    turn.tell(f"{nation} {verb} {order.to} {order.million} million{when}{spoken(order.text)}")


def _override(turn: Turn, seat: str, order: Any, said: Json) -> None:
    proposal, reason = turn.table.proposal(order.proposal), printable(order.reason, LONGEST_TEXT)
    if order.verdict == "forgiven":
        _forgive(turn, proposal, order.seat, reason)
        return
    turn.tell(f"the facilitator decides: {proposal.id} is {order.verdict}; reason: {reason}")
    if order.verdict in ("possible", "impossible") and proposal.status == OPEN:
        turn.table = turn.table.with_proposal(replace(proposal, possible=order.verdict == "possible"))
    elif order.verdict == "concluded" and proposal.status == OPEN:
        conclude(turn, proposal)
    elif order.verdict == "void" and proposal.status == CONCLUDED:
        _undo_deal(turn, proposal)


def _forgive(turn: Turn, proposal: Proposal, seat: str, reason: str) -> None:
    """Waive a cost at home; only its seat hears of it, for the others know of none."""
    costs = tuple(
        replace(each, forgiven=True) if (each.proposal, each.seat) == (proposal.id, seat) else each
        for each in turn.table.home_costs
    )
    turn.table = replace(turn.table, home_costs=costs)
    turn.tell(
        f"the facilitator decides: the cost at home of {proposal.id} is forgiven; reason: {reason}", seat
    )


def _undo_deal(turn: Turn, proposal: Proposal) -> None:
    turn.table = turn.table.with_proposal(replace(proposal, status=VOID))
    payments = tuple(
        replace(each, status=LAPSED) if each.proposal == proposal.id and each.status == "paid" else each
        for each in turn.table.payments
    )
    costs = tuple(each for each in turn.table.home_costs if each.proposal != proposal.id)
    turn.table = replace(turn.table, payments=payments, home_costs=costs)


def _open_phase(turn: Turn, seat: str, order: Any, said: Json) -> None:
    for proposal in turn.table.proposals:
        if proposal.status == OPEN:
            turn.close(proposal, LAPSED)
    phase = turn.table.phase + 1
    turn.table = replace(turn.table, phase=phase)
    turn.case = turn.state.cases[phase]
    gate = turn.case.decision
    when = "" if gate is None else f" (to be decided by {gate.date})"  # its text may tell how it ended
    turn.tell(f"phase {phase + 1} opens: {turn.case.title}{when}{spoken(order.text)}")


_PLAYS: dict[str, Callable[[Turn, str, Any, Json], None]] = {
    "pass": _pass,
    "retract": _retract,
    "withdraw": _withdraw,
    "announce": _announce,
    "propose": _propose,
    "reject": _reject,
    "accept": _accept,
    "pay": _pay,
    "override": _override,
}
