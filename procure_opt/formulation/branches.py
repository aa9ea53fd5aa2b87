"""Branches: the parts into which a case falls once it is settled who sits where.

With the seats settled the program is small and its relaxation nearly exact; left open, they are what makes
it weak. Where the coalitions of all pillars together are few enough, the oracle therefore asks branch by
branch; otherwise there is one branch in which nothing is settled.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator

from procure_opt.accounts.coalitions import Coalition, coalitions, open_tiers
from procure_opt.accounts.lines import configurations
from procure_opt.case.model import Case
from procure_opt.structure.arrangements import arrangements

from .idle import idle_seats
from .variables import Key

MOST_BRANCHES = 10_000
Settled = dict[Key, int]


def branches(case: Case, asked_for: Collection[Key] = ()) -> Iterator[Settled]:
    """Yield what is settled in each branch, in canonical order; one branch if they are too many.

    Idle seats are left out, but not those of the decisions that are ``asked_for``.
    """
    idle = frozenset(seat for seat in idle_seats(case) if ("tier", *seat) not in asked_for)
    by_pillar = {pillar: _busy(coalitions(case, pillar), pillar, idle) for pillar in sorted(case.pillars)}
    counts = [math.inf if known is None else len(known) + 1 for known in by_pillar.values()]
    if math.prod(counts) > MOST_BRANCHES:
        yield {("tier", pillar, nation, tier): 0 for pillar, nation, tier in sorted(idle)}
        return
    choices = [(None, *(known or ())) for known in by_pillar.values()]
    for chosen in sorted(itertools.product(*choices), key=lambda each: _digits(case, each)):
        settled: Settled = {}
        for pillar, coalition in zip(by_pillar, chosen, strict=True):
            settled |= _settled(case, pillar, coalition)
        yield settled


def _busy(
    known: tuple[Coalition, ...] | None, pillar: str, idle: frozenset[tuple[str, str, str]]
) -> tuple[Coalition, ...] | None:
    if known is None:
        return None
    return tuple(each for each in known if not any((pillar, nation, tier) in idle for nation, tier in each))


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


def _settled(case: Case, pillar: str, coalition: Coalition | None) -> Settled:
    stated, seats = case.pillars[pillar], dict(coalition or ())
    settled: Settled = {("exists", pillar): int(coalition is not None)}
    for nation in sorted(case.nations):
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
