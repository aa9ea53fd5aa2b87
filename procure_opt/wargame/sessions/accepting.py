"""Who accepts this? The answer for a complete structure, for every seat, without a solver."""

from __future__ import annotations

from typing import Any

from procure_opt.accounts.cost import programme_cost
from procure_opt.errors import UsageError
from procure_opt.structure.structure import Structure

from .checking import is_active
from .judging import breaks, readable, unplayed_verdict
from .observing import judgement
from .orders import form_flaws, read_order
from .parts import proposal_flaws, to_structure
from .plain import Json
from .seats import joins, nation_seat
from .settling import needed_for
from .state import Proposal, State


def who_accepts(state: State, what: str | Json | Structure) -> Json:
    """Return who would accept a complete structure now, who walks, and why, as plain data.

    ``what`` is the id of a proposal, a structure, or a structure as plain data. A seat accepts if no true
    line of its is crossed and nothing outside is better by its own cost estimate; nations that nobody plays
    are judged by the stated numbers. Raises :class:`UsageError` if it is no complete structure of this case.
    """
    structure, proposal = structure_meant(state, what)
    wrong = breaks(state.case, structure) if proposal is None else proposal.breaks
    possible = not wrong if proposal is None else bool(proposal.possible)
    found: Json = {"structure": structure.id, "possible": possible, "breaks": list(wrong)}
    seats = {
        name: judgement(state, name, structure, proposal) for name, _ in state.seats if is_active(state, name)
    }
    others = {n: unplayed_verdict(state.case, structure, n) for n in _unplayed(state, structure)}
    needed = needed_for(state, structure)
    return found | {
        "seats": seats,
        "unplayed": {
            nation: {"accepts": each.accepts, "reasons": list(each.reasons)}
            for nation, each in others.items()
        },
        "needed": list(needed),
        "agreed": possible
        and all(seats[name]["accepts"] for name in needed)
        and all(each.accepts for each in others.values()),
        "cost": programme_cost(state.case, structure),
    }


def _unplayed(state: State, structure: Structure) -> tuple[str, ...]:
    """Return members that nobody plays, sorted."""
    return tuple(
        nation
        for nation in sorted(state.case.nations)
        if joins(structure, nation) and nation_seat(state.seats, nation) is None
    )


def structure_meant(state: State, what: Any) -> tuple[Structure, Proposal | None]:
    """Return the complete structure that is meant, and the proposal that it is, if it is one.

    Raises :class:`UsageError` if it is no complete structure of the case that holds now.
    """
    if isinstance(what, str):
        proposal = state.table.proposal(what)
        if proposal.phase != state.table.phase:
            raise UsageError(f"{what} is of another phase; propose it again")
        if proposal.possible is None:
            raise UsageError(f"{what} is no complete structure; ask what its completions are")
        structure = proposal.content(state.case).structure
        if structure is None:
            raise UsageError(f"{what} is no complete structure")
        if not readable(state.case, structure):
            raise UsageError(f"{what} cannot be judged any more: {'; '.join(proposal.breaks)}")
        return structure, proposal
    if isinstance(what, Structure):
        what = what.to_json()
    order = {"order": "propose", "structure": what}
    found = form_flaws(order, "structure") or list(proposal_flaws(state.case, read_order(order), "structure"))
    if found:
        raise UsageError("\n".join(f"{where}: {text}" for where, text in found))
    return to_structure(what), None
