"""Roles that change hands between two structures: seats, and who leads which work package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from procure_opt.structure.structure import Structure

OUT = "outside"


@dataclass(frozen=True, slots=True, order=True)
class Handover:
    """A role: the pillar, what it is (a nation's seat, or a package's lead), who had it and who has it."""

    pillar: str
    role: str
    before: str
    after: str


def handovers(first: Structure, second: Structure) -> tuple[Handover, ...]:
    """Return the seats and leads that differ, sorted."""
    places = sorted({*first.pillars, *second.pillars})
    return tuple(sorted(each for pillar in places for each in _in_pillar(pillar, first, second)))


def _in_pillar(pillar: str, first: Structure, second: Structure) -> Iterator[Handover]:
    before, after = first.pillars.get(pillar), second.pillars.get(pillar)
    seats = [{} if plan is None else plan.tiers for plan in (before, after)]
    for nation in sorted({*seats[0], *seats[1]}):
        was, becomes = (seat.get(nation, OUT) for seat in seats)
        if was != becomes:
            yield Handover(pillar, f"seat of {nation}", was, becomes)
    ways = [{} if plan is None else plan.packages for plan in (before, after)]
    for package in sorted({*ways[0], *ways[1]}):
        led = [way[package].leads if package in way else () for way in ways]
        if led[0] != led[1]:
            was, becomes = ("+".join(who) or "nobody" for who in led)
            yield Handover(pillar, f"lead of {package}", was, becomes)
