"""What is on the table so far: completions of partial proposals, best and worst for each seat, who accepts.

With a stored front the completions are those of its structures that agree with the proposals: a filter, no
solver. They are efficient and obey all red lines that bind; what else there may be is not looked at, and the
answer says so.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from procure_opt.accounts.values import Vector
from procure_opt.claim import Claim
from procure_opt.errors import UsageError
from procure_opt.structure.structure import Structure

from .checking import is_active
from .estimates import believed_cost
from .judging import Verdict, breaks, same_rules, unplayed_verdict, values_of, verdict
from .orders import form_flaws, read_order
from .parts import Content, content, proposal_flaws
from .plain import Json, from_text
from .seats import joins, nation_seat
from .settling import needed_for
from .state import CONCLUDED, State, promised

if TYPE_CHECKING:
    from procure_opt.front import StatedFront

MOST_LISTED = 50


def said_so_far(state: State, what: object = None) -> tuple[Content, ...]:
    """Return what is on the table: proposals by id, orders ``propose``, or (None) all parts that are agreed.

    Raises :class:`UsageError` for a proposal that there is not, or that is of another phase.
    """
    if what is None:
        agreed = (
            each
            for each in state.table.proposals
            if each.status == CONCLUDED and each.phase == state.table.phase
        )
        return tuple(each.content(state.case) for each in agreed)
    several = what if isinstance(what, list | tuple) else [what]
    return tuple(_one(state, each) for each in several)


def _one(state: State, what: Any) -> Content:
    if isinstance(what, str):
        proposal = state.table.proposal(what)
        if proposal.phase != state.table.phase:
            raise UsageError(f"{what} is of another phase; propose it again")
        return proposal.content(state.case)
    order = {"order": "propose"} | what if isinstance(what, dict) else what
    found = form_flaws(order, "proposal") or list(proposal_flaws(state.case, read_order(order), "proposal"))
    if found:
        raise UsageError("\n".join(f"{where}: {text}" for where, text in found))
    return content(state.case, order)


def refuse_other(state: State, front: Claim) -> None:
    """Raise :class:`UsageError` if the front is not one of the case that holds now, or is none at all.

    How finely it tells structures apart, and on what scale, does not matter: a coarse front is one, too.
    """
    if not same_rules(front.case, state.case):
        theirs, ours = (f"{each.id} ({each.digest[:12]})" for each in (front.case, state.case))
        raise UsageError(f"the front is one of {theirs}, the game is at {ours}; {_way_out(state)}")
    for each in front.structures:
        if breaks(state.case, each.structure):
            raise UsageError(f"{each.id} of the front breaks a rule of its own case; look at it with verify")
        if front.case.view == "programme" and _worth(state, each.structure) != each.values:
            raise UsageError(f"{each.id} of the front is not worth what it states; look at it with verify")


def _worth(state: State, structure: Structure) -> Vector:
    """Return the values in the programme's view, from what is remembered of every nation."""
    got = {name: values_of(state.case, structure, name) for name in state.case.nations}
    points = sum(stated.stake.whole * got[n].autonomy.points for n, stated in state.case.nations.items())
    cost = sum((each.cost for each in got.values()), Fraction(0))
    return points, sum(each.spinoff for each in got.values()), int(cost)


def _way_out(state: State) -> str:
    happened = any("inject" in from_text(entry.said) for entry in state.entries)
    if happened:
        return "after an event, take the front that `effect` gives, or solve the case that follows"
    return "solve that case first"


def prepare(state: State, front: Claim | StatedFront, seconds: float | None = None) -> Json:
    """Judge the structures of a front beforehand, so that questions about it are answered at once.

    Returns how many are ``judged`` of how many ``structures``. ``seconds``: stop then; to go on, ask again.
    Raises :class:`UsageError` if the front is one of another case, or breaks a rule of it.
    """
    front = claimed(front)
    until = None if seconds is None else time.monotonic() + seconds
    refuse_other(state, Claim(front.case, (), front.evidence))
    done = 0
    for each in front.structures:
        if until is not None and time.monotonic() >= until:
            break
        refuse_other(state, Claim(front.case, (each,), front.evidence))
        told(state, [each.structure])
        done += 1
    return {"structures": len(front.structures), "judged": done, "complete": front.evidence.complete}


def claimed(front: Claim | StatedFront) -> Claim:
    """Return what a front claims."""
    return front if isinstance(front, Claim) else front.claim


def outlook(state: State, front: Claim | StatedFront, what: object = None) -> Json:
    """Return what is left of a stored front by what is on the table, as plain data.

    ``what``: as in :func:`said_so_far`; the first question about a front takes longer than those after it.
    Raises :class:`UsageError` if the front is one of another case, or for what :func:`said_so_far` refuses.
    """
    front = claimed(front)
    refuse_other(state, front)
    contents = said_so_far(state, what)
    found = [each.structure for each in front.structures if all(c.agrees(each.structure) for c in contents)]
    known = "efficient structures that break no red line that binds; others are not looked at"
    source = {
        "kind": "front",
        "complete": front.evidence.complete,
        "looked_at": len(front.structures),
        "known": known if front.evidence.complete else f"so far, the front is not complete: {known}",
    }
    return told(state, found, _name(what)) | {"source": source}


def _name(what: object) -> str | None:
    """Return the only proposal that is asked about: what is promised for it counts."""
    return what if isinstance(what, str) else None


def told(state: State, structures: Sequence[Structure], proposal: str | None = None) -> Json:
    """Return what structures mean for every seat: best and worst, and who would accept which."""
    nations = tuple(sorted({nation for case in state.cases for nation in case.nations}))
    received = promised(state.table, proposal, nations)
    verdicts = [_verdicts(state, each, received) for each in structures]
    for_all = [
        each.id
        for each, judged in zip(structures, verdicts, strict=True)
        if all(v.accepts for name, v in judged.items() if name in _asked(state, each, judged))
    ]
    return {
        "matching": len(structures),
        "seats": {
            name: _seat(state, name, structures, [judged[name] for judged in verdicts])
            for name, _ in state.seats
            if is_active(state, name)
        },
        "accepted_by_all": for_all[:MOST_LISTED],
        "accepted_by_all_count": len(for_all),
    }


def _verdicts(state: State, structure: Structure, received: dict[str, int]) -> dict[str, Verdict]:
    """Return seat (or nation that nobody plays) -> what it makes of the structure."""
    found = {
        name: verdict(
            state.case, structure, name, seat, state.believed(seat.speaks_for), received[seat.speaks_for]
        )
        for name, seat in state.seats
        if is_active(state, name)
    }
    for nation in state.case.nations:
        if nation_seat(state.seats, nation) is None and joins(structure, nation):
            found[f"unplayed {nation}"] = unplayed_verdict(state.case, structure, nation)
    return found


def _asked(state: State, structure: Structure, judged: Iterable[str]) -> set[str]:
    needed = set(needed_for(state, structure))
    return needed | {name for name in judged if name.startswith("unplayed ")}


def _seat(state: State, name: str, structures: Sequence[Structure], verdicts: Sequence[Verdict]) -> Json:
    accepted = sum(each.accepts for each in verdicts)
    some = "some" if accepted else "none"
    found: Json = {"accepts": "all" if verdicts and accepted == len(verdicts) else some, "accepted": accepted}
    seat = state.seat(name)
    if seat.kind != "nation" or not structures:
        return found
    nation = seat.speaks_for
    values = [values_of(state.case, each, nation) for each in structures]
    believed = state.believed(nation)
    pays = [believed_cost(state.case, each, nation, believed) for each in structures]
    return found | {
        "autonomy": _ends([each.autonomy.points for each in values], max, min),
        "spinoff": _ends([each.spinoff for each in values], max, min),
        "pays_by_own_estimate": _ends(pays, min, max),
    }


def _ends(amounts: Sequence[int | Fraction], best: Any, worst: Any) -> Json:
    def shown(amount: int | Fraction) -> int | str:
        return str(amount) if isinstance(amount, Fraction) else amount

    return {"best": shown(best(amounts)), "worst": shown(worst(amounts))}
