"""Which proposals are concluded: all whose consent is needed accept, counting conditional acceptances.

An acceptance that hangs on another deal counts if that deal comes about. The largest set in which all
conditions hold is concluded together, so that "mine if yours" and "yours if mine" make a package. Of several
complete structures the oldest is concluded; parts of one need every nation that plays.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from procure_opt.structure.structure import Structure

from .judging import crossed, unplayed_verdict
from .plain import from_text
from .seats import consents_needed, joins, nation_seat
from .state import CONCLUDED, LAPSED, OPEN, HomeCost, Proposal, State

if TYPE_CHECKING:
    from .turns import Turn

Given = frozenset[tuple[str, str]]
"""(proposal, seat) of acceptances that count."""


def settle(turn: Turn) -> None:
    """Conclude what is agreed."""
    candidates = [each for each in turn.table.proposals if each.status == OPEN and each.possible is not False]
    if turn.table.deal() is not None:
        candidates = [each for each in candidates if each.possible is None]
    while True:
        agreed = _agreed(turn, candidates)
        whole = [each for each in agreed if each.possible is not None]
        if len(whole) <= 1:
            break
        rivals = {each.id for each in whole[1:]}
        candidates = [each for each in candidates if each.id not in rivals]
    for each in agreed:
        conclude(turn, turn.table.proposal(each.id))


def _agreed(turn: Turn, candidates: list[Proposal]) -> list[Proposal]:
    """Return the largest set of proposals that everybody needed accepts, given that all of it comes about."""
    given: Given = frozenset((p.id, a.seat) for p in turn.table.proposals for a in p.accepted)
    agreed = list(candidates)
    while True:
        names = {each.id for each in agreed}
        kept = frozenset(
            (p.id, a.seat)
            for p in turn.table.proposals
            for a in p.accepted
            if (p.id, a.seat) in given and all(_comes(turn, each, names, given) for each in a.after)
        )
        left = [each for each in agreed if _is_accepted(turn, each, kept)]
        if kept == given and len(left) == len(agreed):
            return agreed
        given, agreed = kept, left


def _comes(turn: Turn, condition: str, agreed: set[str], given: Given) -> bool:
    said = from_text(condition)
    if "concluded" in said:
        done = turn.table.proposal(said["concluded"]).status == CONCLUDED
        return done or said["concluded"] in agreed
    return (said["accepted"], said["by"]) in given


def _is_accepted(turn: Turn, proposal: Proposal, given: Given) -> bool:
    structure = proposal.content(turn.case).structure
    needed = needed_for(turn.state, structure)
    if not all((proposal.id, seat) in given for seat in needed):
        return False
    return structure is None or not unwilling(turn.state, structure)


def needed_for(state: State, structure: Structure | None) -> tuple[str, ...]:
    """Return the seats whose consent is needed.

    For parts of a structure (None), and for one that fewer than two nations join, every nation that plays.
    """
    members = () if structure is None else [n for n in state.case.nations if joins(structure, n)]
    if structure is not None and len(members) > 1:
        return consents_needed(state.case, state.seats, structure)
    here = state.case.nations
    return tuple(name for name, seat in state.seats if seat.kind == "nation" and seat.speaks_for in here)


def unwilling(state: State, structure: Structure) -> tuple[str, ...]:
    """Return the members that nobody plays and that by the definitions would not accept, sorted."""
    return tuple(
        nation
        for nation in sorted(state.case.nations)
        if joins(structure, nation)
        and nation_seat(state.seats, nation) is None
        and not unplayed_verdict(state.case, structure, nation).accepts
    )


def conclude(turn: Turn, proposal: Proposal) -> None:
    """Conclude a proposal: money that was promised for it is paid, and lines gone over cost at home."""
    turn.table = turn.table.with_proposal(replace(proposal, status=CONCLUDED))
    payments = tuple(
        replace(each, status="paid") if each.proposal == proposal.id and each.status == "promised" else each
        for each in turn.table.payments
    )
    turn.table = replace(turn.table, payments=payments)
    turn.tell(f"{proposal.id} is concluded")
    structure = proposal.content(turn.case).structure
    if structure is None:
        return
    for name in needed_for(turn.state, structure):
        for line in crossed(turn.case, structure, turn.state.seat(name)):
            cost = HomeCost(name, line, proposal.id, turn.table.turn)
            turn.table = replace(turn.table, home_costs=(*turn.table.home_costs, cost))
            turn.tell(f"{name} has gone over its true red line {line}: a cost at home", name)
    for other in turn.table.proposals:
        if other.status == OPEN and other.possible is not None:
            turn.close(other, LAPSED)
