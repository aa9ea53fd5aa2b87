"""After the game: every offer against every walk-away, deals that nobody proposed, lines that came late.

What needs a front is told from a stored one; without it the answer is "unknown", with what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from procure_opt.accounts.views import vector
from procure_opt.claim import Claim, Efficient
from procure_opt.errors import UsageError
from procure_opt.structure.structure import Structure

from .accepting import who_accepts
from .judging import keeps, readable, same_rules, values_of, verdict
from .outlook import MOST_LISTED, claimed, refuse_other
from .plain import Json, from_text
from .records import compared
from .seats import binding, joins, nation_seat
from .settling import needed_for, unwilling
from .state import CONCLUDED, Proposal, State

if TYPE_CHECKING:
    from procure_opt.front import StatedFront

UNKNOWN = "unknown"


def debrief(
    state: State,
    front: Claim | StatedFront | None = None,
    without: Mapping[str, Claim | StatedFront] | None = None,
) -> Json:
    """Return the report after the action, as plain data.

    ``front``: of the case that holds now. ``without``: id of a red line -> the front of the case without it.
    Raises :class:`UsageError` for fronts of other cases.
    """
    front = None if front is None else claimed(front)
    if front is not None:
        refuse_other(state, front)
    fronts = {line: claimed(each) for line, each in (without or {}).items()}
    _refuse_strangers(state, fronts)
    return {
        "deals": [_deal(state, each) for each in state.table.proposals if each.status == CONCLUDED],
        "offers": [_offer(state, each) for each in state.table.proposals],
        "home_costs": [
            {"seat": each.seat, "line": each.line, "proposal": each.proposal, "forgiven": each.forgiven}
            for each in state.table.home_costs
        ],
        "missed": _missed(state, front),
        "records": _records(state),
        "announcements": [
            _announcement(state, line, front, fronts.get(line)) for line in binding(state.case)
        ],
    }


def _refuse_strangers(state: State, fronts: Mapping[str, Claim]) -> None:
    from procure_opt.change import without as dropped

    for line, claim in sorted(fronts.items()):
        if line not in binding(state.case):
            raise UsageError(f"{line} is no red line that binds now")
        if not same_rules(claim.case, dropped(state.case, [line])):
            raise UsageError(f"the front without {line} is one of another case")


def _deal(state: State, proposal: Proposal) -> Json:
    return {"proposal": proposal.id, "by": proposal.by, "turn": proposal.turn, "phase": proposal.phase}


def _structure(state: State, proposal: Proposal) -> Structure | None:
    """Return the structure of a complete proposal of this phase that can be judged; else None."""
    if proposal.phase != state.table.phase or proposal.possible is None:
        return None
    structure = proposal.content(state.case).structure
    return structure if structure is not None and readable(state.case, structure) else None


def _offer(state: State, proposal: Proposal) -> Json:
    found = _deal(state, proposal) | {
        "status": proposal.status,
        "says": from_text(proposal.said).get("text", ""),
        "accepted": [each.seat for each in proposal.accepted],
        "rejected": list(proposal.rejected),
    }
    if _structure(state, proposal) is None:
        return found | {"judged": None, "why_not": _why_not(state, proposal)}
    return found | {"judged": who_accepts(state, proposal.id), "why_not": None}


def _why_not(state: State, proposal: Proposal) -> str:
    if proposal.phase != state.table.phase:
        return "of an earlier phase"
    return "parts of a structure only" if proposal.possible is None else "cannot be judged any more"


# -- deals that nobody proposed --------------------------------------------------------------------------


def acceptable(state: State, structure: Structure) -> bool:
    """Would everybody whose consent is needed accept it, by their own estimates and without side payments?"""
    needed = set(needed_for(state, structure))
    judged = (
        verdict(state.case, structure, name, seat, state.believed(seat.speaks_for))
        for name, seat in state.seats
        if name in needed
    )
    return all(each.accepts for each in judged) and not unwilling(state, structure)


def _missed(state: State, front: Claim | None) -> Json:
    if front is None:
        return {"known": UNKNOWN, "missing": "a stored front of the case"}
    proposed = {s.id for each in state.table.proposals if (s := _structure(state, each)) is not None}
    others = [each for each in front.structures if each.id not in proposed]
    never = [each for each in others if acceptable(state, each.structure)]
    deal = state.table.deal()
    agreed = None if deal is None else _structure(state, deal)
    better = [each for each in never if agreed is not None and _better_for_all(state, each.structure, agreed)]
    return {
        "known": "complete" if front.evidence.complete else "so far: the front is not complete",
        "acceptable_to_all": len(never),
        "structures": [_point(each) for each in never[:MOST_LISTED]],
        "better_for_all_than_the_deal": None
        if agreed is None
        else [_point(each) for each in better[:MOST_LISTED]],
    }


def _point(each: Efficient) -> Json:
    autonomy, spinoff, cost = each.values
    return {"id": each.id, "autonomy": autonomy, "spinoff": spinoff, "cost": cost}


def _better_for_all(state: State, one: Structure, other: Structure) -> bool:
    """Is it for no nation worse in any value, and for some nation better in one?"""
    better = False
    for nation in state.case.nations:
        mine, theirs = (values_of(state.case, each, nation) for each in (one, other))
        gains = (
            Fraction(mine.autonomy.points - theirs.autonomy.points),
            Fraction(mine.spinoff - theirs.spinoff),
            theirs.cost - mine.cost,
        )
        if any(gain < 0 for gain in gains):
            return False
        better = better or any(gain > 0 for gain in gains)
    return better


def _records(state: State) -> Json:
    """Return, for each record of the case, how far the deal of this phase agrees with it."""
    deal = state.table.deal()
    agreed = None if deal is None else _structure(state, deal)
    if agreed is None:
        return {}
    found = {name: compared(state.case, agreed, each) for name, each in sorted(state.case.historical.items())}
    return {
        name: {
            "known": len(parts),
            "agree": sum(each.agrees for each in parts),
            "differ": [each.text for each in parts if not each.agrees],
        }
        for name, parts in found.items()
    }


# -- lines that came late --------------------------------------------------------------------------------


def _announcement(state: State, name: str, front: Claim | None, without: Claim | None) -> Json:
    """Return when a true line was announced, which offers crossed it before, what knowing it was worth."""
    line = state.case.red_lines[name]
    said = [each.turn for each in state.table.lines if each.own == name]
    turn = min([*said, *_by_event(state, name)], default=None)
    vain = [each for each in _crossing(state, name) if turn is None or each.turn < turn]
    return {
        "line": name,
        "owner": line.owner,
        "played": nation_seat(state.seats, line.owner) is not None,
        "announced_in_turn": turn,
        "offers_over_it_before": [each.id for each in vain],
        "turns_in_vain": len({each.turn for each in vain}),
        "worth": _worth(state, name, front, without),
    }


def _by_event(state: State, name: str) -> Iterator[int]:
    """Yield the turns in which an event made the line known to all."""
    for turn, entry in enumerate(state.entries, start=1):
        event = from_text(entry.said).get("inject", {})
        if name == event.get("red_line") or name in event.get("announces", ()):
            yield turn


def _crossing(state: State, name: str) -> list[Proposal]:
    """Return complete proposals of others that cross the line, and need its owner."""
    line, found = state.case.red_lines[name], []
    for each in state.table.proposals:
        structure = _structure(state, each)
        if structure is None or each.breaks or each.by == nation_seat(state.seats, line.owner):
            continue
        if joins(structure, line.owner) and not keeps(state.case, structure, line):
            found.append(each)
    return found


def _worth(state: State, name: str, front: Claim | None, without: Claim | None) -> Json:
    """Return what others could believe in until the line was known: points that it rules out."""
    if front is None or without is None:
        fronts = (("a front with it", front), ("a front without it", without))
        lacking = [what for what, has in fronts if has is None]
        return {"known": UNKNOWN, "missing": " and ".join(lacking)}
    kept = {each.values for each in front.structures}
    gone = [each for each in without.structures if each.values not in kept]
    line = state.case.red_lines[name]
    illusions = [each for each in gone if not keeps(state.case, each.structure, line)]
    whole = front.evidence.complete and without.evidence.complete
    return {
        "known": "complete" if whole else "so far: a front is not complete",
        "ruled_out": [_point(each) for each in illusions[:MOST_LISTED]],
        "ruled_out_count": len(illusions),
        "best_believed": _best(without.structures),
        "best_there_is": _best(front.structures),
    }


def _best(structures: Sequence[Efficient]) -> Json | None:
    if not structures:
        return None
    worth = [vector(each.case, each.structure) for each in structures]
    return {
        "autonomy": max(each[0] for each in worth),
        "spinoff": max(each[1] for each in worth),
        "cost": min(each[2] for each in worth),
    }
