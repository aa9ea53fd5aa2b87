"""Seats: who plays, which red lines are truly its own, and whose consent a structure needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from procure_opt.case.history import Seat
from procure_opt.case.model import Case
from procure_opt.errors import UsageError, printable
from procure_opt.structure.structure import Structure

from .orders import FACILITATOR
from .plain import Json

Seats = tuple[tuple[str, Seat], ...]
"""(id, seat), sorted by id."""
MOST_SEATS = 60
EVENT = "INJECT"
"""Source of rules that an inject makes: facts, and nobody's red line."""


def seated(case: Case, stated: object = None) -> Seats:
    """Return the seats: as stated (ids of nations, or id -> seat), else those of the case, else every nation.

    Raises :class:`UsageError` with everything that is wrong with them.

    >>> from procure_opt.case.load import load_case
    >>> [name for name, _ in seated(load_case("gcap"), ["JPN", "ITA"])]
    ['ITA', 'JPN']
    """
    if stated is None:
        stated = dict(case.seats) or sorted(case.nations)
    if isinstance(stated, list | tuple) and all(isinstance(each, str) for each in stated):
        stated = {name: {"speaks_for": name} for name in stated}
    if not isinstance(stated, Mapping) or not 1 <= len(stated) <= MOST_SEATS:
        raise UsageError(f"seats: give 1 to {MOST_SEATS} nations, or id -> {{kind, speaks_for, say_over}}")
    found, told = [], []
    for name in sorted(stated, key=str):
        try:
            found.append((name, Seat.model_validate(stated[name])))
            told += _flaws(case, name, found[-1][1])
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            told.append(f"seats.{printable(name, 40)}: {printable(first['msg'], 200)}")
    if told:
        raise UsageError("\n".join(told))
    return tuple(found)


def _flaws(case: Case, name: Any, seat: Seat) -> list[str]:
    told = []
    if not isinstance(name, str) or not name.isidentifier() or len(name) > 40 or name == FACILITATOR:
        told.append(f'"{printable(name, 40)}" cannot be the name of a seat')
    if seat.speaks_for not in case.nations:
        who = printable(seat.speaks_for, 40)
        told.append(f'seat {printable(name, 40)}: "{who}" is no nation of the case')
    known = {name for pillar in case.pillars.values() for name in (*pillar.tiers, *pillar.packages)}
    known |= set(case.red_lines)
    for over in seat.say_over:
        if over not in known:
            told.append(f'seat {name}: "{over}" is no package, tier or red line of the case')
    return told


def seats_json(seats: Seats) -> Json:
    """Return the seats as plain data."""
    return {name: seat.model_dump(mode="json") for name, seat in seats}


def nation_seat(seats: Seats, nation: str) -> str | None:
    """Return the seat of a nation's government; None if nobody plays it."""
    return next((name for name, seat in seats if seat.kind == "nation" and seat.speaks_for == nation), None)


def binding(case: Case) -> tuple[str, ...]:
    """Return the ids of the red lines that bind in the case, and that somebody could cross."""
    return tuple(
        name
        for name, line in sorted(case.red_lines.items())
        if line.source != EVENT and line.owner in case.nations and case.applies(name) and case.enters(name)
    )


def true_lines(case: Case, seat: Seat) -> tuple[str, ...]:
    """Return the ids of the red lines that are truly those of the seat.

    Of a nation: all of its own that bind; of a firm or parliament: those that it has a say over.
    """
    lines = (name for name in binding(case) if case.red_lines[name].owner == seat.speaks_for)
    return tuple(name for name in lines if seat.kind == "nation" or name in seat.say_over)


def joins(structure: Structure, nation: str) -> bool:
    """Is the nation a member of some pillar?"""
    return any(nation in plan.tiers for plan in structure.pillars.values())


def has_a_say(seat: Seat, structure: Structure) -> bool:
    """Does the structure need the consent of this seat?

    A nation's where it is a member; a firm's or parliament's where in addition a tier or a package over which
    it has a say falls to its nation, or a red line of its is at stake; with no list: a parliament always.
    """
    nation = seat.speaks_for
    if not joins(structure, nation):
        return False
    if seat.kind == "nation" or (seat.kind == "parliament" and not seat.say_over):
        return True
    touched = set(_touched(structure, nation))
    return any(over in touched for over in seat.say_over)


def _touched(structure: Structure, nation: str) -> Iterable[str]:
    for plan in structure.pillars.values():
        if nation in plan.tiers:
            yield plan.tiers[nation]
        for package, way in plan.packages.items():
            if nation in way.leads or way.share(nation):
                yield package


def consents_needed(case: Case, seats: Seats, structure: Structure) -> tuple[str, ...]:
    """Return the seats whose consent the structure needs, sorted."""
    return tuple(
        name
        for name, seat in seats
        if has_a_say(seat, structure)
        or (seat.kind != "nation" and joins(structure, seat.speaks_for) and bool(true_lines(case, seat)))
    )
