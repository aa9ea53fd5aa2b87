"""Branches: the parts into which a case falls once it is settled who sits where.

With the seats settled the program is small and its relaxation nearly exact; left open, they are what makes
it weak. Where the coalitions of all pillars together are few enough, the oracle therefore asks branch by
branch. Where they are too many, only those seats are settled whose holders may lead or hold work: who else
buys is then one choice more for each nation, and adds up. If even these are too many, there is one branch in
which nothing is settled.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence

from procure_opt.accounts.coalitions import Coalition, Seat, coalitions_among, open_tiers
from procure_opt.accounts.lines import configurations
from procure_opt.case.model import Case
from procure_opt.structure.arrangements import arrangements, nations_that_may

from .idle import idle_seats
from .variables import Key

MOST_BRANCHES = 10_000
Settled = dict[Key, int]


def branches(case: Case, asked_for: Collection[Key] = ()) -> Iterator[Settled]:
    """Yield what is settled in each branch, in canonical order; one branch if they are too many.

    Idle seats are left out, but not those of the decisions that are ``asked_for``.
    """
    idle = frozenset(seat for seat in idle_seats(case) if ("tier", *seat) not in asked_for)
    for nations_of in (_everybody, _workers):
        nations = {pillar: nations_of(case, pillar) for pillar in sorted(case.pillars)}
        known = {pillar: coalitions_among(case, pillar, nations[pillar], idle) for pillar in nations}
        if math.prod(math.inf if each is None else len(each) + 1 for each in known.values()) <= MOST_BRANCHES:
            yield from _branches(case, known, nations, idle)
            return
    yield {("tier", pillar, nation, tier): 0 for pillar, nation, tier in sorted(idle)}


def _everybody(case: Case, _: str) -> tuple[str, ...]:
    return tuple(sorted(case.nations))


def _workers(case: Case, pillar: str) -> tuple[str, ...]:
    """Return the nations that may lead or hold work, sorted."""
    return nations_that_may(case.pillars[pillar], "hold", case)


def _branches(
    case: Case,
    known: Mapping[str, tuple[Coalition, ...] | None],
    nations: Mapping[str, Sequence[str]],
    idle: frozenset[Seat],
) -> Iterator[Settled]:
    choices = [(None, *(each or ())) for each in known.values()]
    for chosen in sorted(itertools.product(*choices), key=lambda each: _digits(case, each)):
        settled: Settled = {("tier", *seat): 0 for seat in sorted(idle)}
        for pillar, coalition in zip(known, chosen, strict=True):
            settled |= _settled(case, pillar, coalition, nations[pillar])
        yield settled


def _digits(case: Case, chosen: tuple[Coalition | None, ...]) -> tuple[int, ...]:
    """Return the decisions in their canonical order: which pillars exist, then the tiers."""
    exist = [int(coalition is not None) for coalition in chosen]
    seats = [
        sorted(case.pillars[pillar].tiers).index(tier) + 1
        if (tier := dict(coalition or ()).get(nation))
        else 0
        for pillar, coalition in zip(sorted(case.pillars), chosen, strict=True)
        for nation in sorted(case.nations)
    ]
    return (*exist, *seats)


def _settled(case: Case, pillar: str, coalition: Coalition | None, nations: Sequence[str]) -> Settled:
    """Return what is settled when these nations, and no others that may work, sit so in a pillar."""
    stated, seats = case.pillars[pillar], dict(coalition or ())
    settled: Settled = {("exists", pillar): int(coalition is not None)}
    for nation in sorted(case.nations) if coalition is None else nations:
        for tier in open_tiers(case, pillar, nation):
            settled["tier", pillar, nation, tier] = int(seats.get(nation) == tier)
    if coalition is None:
        settled |= {("regime", pillar, regime): 0 for regime in stated.rights}
        settled |= {("variant", pillar, variant): 0 for variant in stated.variants}
        settled |= {("licence", pillar, licence): 0 for licence in stated.licences}
        settled |= {("line", pillar, name): 0 for name in configurations(case, pillar)}
    leaders = {nation for nation, tier in seats.items() if "lead" in stated.tiers[tier].may}
    workers = {nation for nation, tier in seats.items() if stated.tiers[tier].may}
    for package in stated.packages:
        for number, arrangement in enumerate(arrangements(case, pillar, package)):
            if not (leaders >= set(arrangement.leads) and workers >= set(arrangement.holders)):
                settled["arrangement", pillar, package, number] = 0
    return settled
