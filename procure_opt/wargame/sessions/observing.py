"""What a seat may see: what all see, and its own true lines, estimates, walk-away and judgements.

Nothing depends on what belongs to another seat alone: not its true lines, nor what its treasury believes.
The facilitator sees everything.
"""

from __future__ import annotations

from procure_opt.accounts.values import values_outside
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure

from .checking import is_active
from .estimates import WHOLE, believed_cost
from .judging import Alternative, alternatives, readable, verdict
from .orders import FACILITATOR
from .plain import Json, from_text
from .seats import binding, seats_json, true_lines
from .settling import needed_for
from .state import CONCLUDED, OPEN, Event, HomeCost, Line, Proposal, State, ledger, promised
from .turns import condition_text, line_text


def observe(state: State, seat: str) -> Json:
    """Return what a seat (or ``facilitator``) sees, as plain data; money as exact text.

    Raises :class:`UsageError` if there is no such seat.
    """
    common = _common(state)
    if seat == FACILITATOR:
        return common | _everything(state)
    state.seat(seat)
    common["phases"] = [_without_the_end(each) for each in common["phases"][: state.table.phase + 1]]
    common["log"] = _log(state, seat)
    return common | {"you": _own(state, seat)}


def _common(state: State) -> Json:
    case, table = state.case, state.table
    return {
        "title": case.title,
        "marking": case.marking,
        "as_of": case.as_of,
        "money": {
            "currency": case.money.currency,
            "unit": case.money.unit,
            "price_base": case.money.price_base,
        },
        "phases": [_phase(each) for each in state.cases],
        "phase": table.phase,
        "turn": table.turn,
        "seats": {
            name: {key: each[key] for key in ("kind", "speaks_for", "say_over", "text")}
            for name, each in seats_json(state.seats).items()
        },
        "proposals": [_proposal(state, each) for each in table.proposals],
        "announced": [
            {
                "id": each.id,
                "by": each.by,
                "turn": each.turn,
                "stands": each.stands,
                "text": line_text(case, each),
            }
            | _stated(case, each)
            for each in table.lines
        ],
        "payments": [
            {
                "by": each.by,
                "to": each.to,
                "million": each.million,
                "turn": each.turn,
                "for": each.proposal,
                "status": each.status,
            }
            for each in table.payments
        ],
        "ledger": ledger(table, _payers(state)),
        "deal": None if (deal := table.deal()) is None else deal.id,
    }


def _stated(case: Case, line: Line) -> Json:
    """Return an announced line as a condition: as it was said, or the true line of the id that was said."""
    said = from_text(line.said)
    if said.get("line") is None:
        return {key: said[key] for key in ("if", "then") if said.get(key) is not None}
    if line.own not in case.red_lines:
        return {}
    true = case.red_lines[line.own].model_dump(mode="json", by_alias=True, exclude_none=True)
    return {key: true[key] for key in ("if", "then") if key in true}


def _payers(state: State) -> tuple[str, ...]:
    """Return all nations that ever could pay, sorted."""
    return tuple(sorted({nation for case in state.cases for nation in case.nations}))


def _phase(case: Case) -> Json:
    gate = case.decision
    stated = None if gate is None else {"date": gate.date, "phases": list(gate.phases), "text": gate.text}
    return {"title": case.title, "edition": case.edition, "decision": stated}


def _without_the_end(phase: Json) -> Json:
    """Return a phase as players see it: the text of a decision may tell how it ended, as later phases do."""
    decision = phase["decision"]
    return phase | {"decision": None if decision is None else decision | {"text": None}}


def _proposal(state: State, proposal: Proposal) -> Json:
    said = from_text(proposal.said)
    waits: tuple[str, ...] = ()
    if proposal.status == OPEN:
        needed = needed_for(state, proposal.content(state.case).structure)
        waits = tuple(name for name in needed if name not in {each.seat for each in proposal.accepted})
    return {
        "id": proposal.id,
        "by": proposal.by,
        "turn": proposal.turn,
        "phase": proposal.phase,
        "status": proposal.status,
        "possible": proposal.possible,
        "breaks": list(proposal.breaks),
        "says": {key: said[key] for key in ("structure", "parts", "terms", "text") if said.get(key)},
        "accepted": {each.seat: [from_text(after) for after in each.after] for each in proposal.accepted},
        "accepted_in_words": [f"{each.seat}{condition_text(each.after)}" for each in proposal.accepted],
        "rejected": list(proposal.rejected),
        "waits_for": list(waits),
    }


def _log(state: State, seat: str | None) -> list[Json]:
    """Return what a seat has heard, move by move; None hears everything."""
    told = []
    for number, entry in enumerate(state.entries):
        heard = [
            _heard(each, seat) for each in entry.events if seat is None or each.to is None or seat in each.to
        ]
        told.append({"move": number + 1, "heard": heard})
    return told


def _heard(event: Event, seat: str | None) -> Json | str:
    private = event.to is not None
    if not private:
        return event.text
    return (
        {"to": list(event.to or ()), "text": event.text}
        if seat is None
        else {"to": [seat], "text": event.text}
    )


# -- what is one's own -----------------------------------------------------------------------------------


def _own(state: State, seat: str) -> Json:
    case, stated = state.case, state.seat(seat)
    own: Json = {
        "seat": seat,
        "active": is_active(state, seat),
        "nation": stated.speaks_for,
        "true_lines": {name: case.red_lines[name].text for name in _lines(state, seat)},
        "home_costs": [_home_cost(each) for each in state.table.home_costs if each.seat == seat],
    }
    if not own["active"]:
        return own
    own["proposals"] = _judged(state, seat)
    if stated.kind == "nation":
        nation = stated.speaks_for
        believed = state.believed(nation)
        own["cost_estimate_per_mille"] = dict(believed)
        own["walk_away"] = [
            _alone(case, nation, alone, believed) for alone, _ in values_outside(case, nation)
        ]
    return own


def _lines(state: State, seat: str) -> tuple[str, ...]:
    return true_lines(state.case, state.seat(seat)) if is_active(state, seat) else ()


def _home_cost(cost: HomeCost) -> Json:
    return {"line": cost.line, "proposal": cost.proposal, "turn": cost.turn, "forgiven": cost.forgiven}


def _alone(case: Case, nation: str, alone: Structure, believed: tuple[tuple[str, int], ...]) -> Json:
    gets = dict(values_outside(case, nation))[alone]
    return {
        "options": dict(alone.taken_outside(nation)),
        "autonomy": gets.autonomy.points,
        "spinoff": gets.spinoff,
        "pays": str(gets.cost),
        "pays_by_own_estimate": str(believed_cost(case, alone, nation, believed)),
    }


def _judged(state: State, seat: str) -> Json:
    """Return what the seat makes of every complete proposal of this phase that is open or concluded."""
    found: Json = {}
    for proposal in state.table.proposals:
        if proposal.phase == state.table.phase and proposal.status in (OPEN, CONCLUDED):
            structure = proposal.content(state.case).structure
            if structure is not None and readable(state.case, structure):
                found[proposal.id] = judgement(state, seat, structure, proposal)
    return found


def judgement(state: State, seat: str, structure: Structure, proposal: Proposal | None = None) -> Json:
    """Return what a seat makes of a structure that the case can judge, with the money promised for it."""
    stated, case = state.seat(seat), state.case
    nation = stated.speaks_for
    name = None if proposal is None else proposal.id
    received = promised(state.table, name, _payers(state))[nation]
    believed = state.believed(nation)
    told = verdict(case, structure, seat, stated, believed, received)
    found: Json = {
        "accepts": told.accepts,
        "reasons": list(told.reasons),
        "crosses": list(told.crossed),
    }
    if stated.kind != "nation":
        return found
    gets = _gets(case, structure, nation)
    ways: tuple[Alternative, ...] = alternatives(case, structure, nation, believed, received)
    return (
        found
        | gets
        | {
            "pays_by_own_estimate": str(believed_cost(case, structure, nation, believed)),
            "receives_on_the_side": received,
            "against_walking_away": [each.to_json() for each in ways],
        }
    )


def _gets(case: Case, structure: Structure, nation: str) -> Json:
    from .judging import values_of

    values = values_of(case, structure, nation)
    return {
        "autonomy": values.autonomy.points,
        "worst_denier": values.autonomy.worst_denier,
        "spinoff": values.spinoff,
        "pays": str(values.cost),
    }


# -- the facilitator -------------------------------------------------------------------------------------


def _everything(state: State) -> Json:
    case = state.case
    return {
        "you": {"seat": FACILITATOR},
        "id": state.id,
        "seed": state.seed,
        "log": _log(state, None),
        "true_lines": {name: list(_lines(state, name)) for name, _ in state.seats},
        "red_lines": {
            name: {"owner": case.red_lines[name].owner, "text": case.red_lines[name].text}
            for name in binding(case)
        },
        "bluffs": [each.id for each in state.table.lines if each.own is None],
        "home_costs": [{"seat": each.seat} | _home_cost(each) for each in state.table.home_costs],
        "cost_estimates_per_mille": {nation: dict(state.believed(nation)) for nation in sorted(case.nations)},
        "whole": WHOLE,
        "injects": sorted(case.injects),
        "judged": {name: _judged(state, name) for name, _ in state.seats if is_active(state, name)},
    }
