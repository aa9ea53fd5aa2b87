"""Coalitions: every way in which nations can sit in one pillar, each a column of its own.

Governance, delay, price band, export consent and the number of payers depend on who sits where and on
nothing else; with one column per coalition they are plain constants of it, and a relaxation cannot mix the
price of a large coalition with the governance of a small one. Where the coalitions are too many, the
accounts fall back on looser rows that say the same of whole structures.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Collection, Hashable, Iterable
from typing import TypeVar

from procure_opt.case.model import Case
from procure_opt.structure.structure import PillarPlan, Structure

from .remembered import remembered
from .symbols import Expression, Symbols

MOST_COALITIONS = 4000
Coalition = tuple[tuple[str, str], ...]
"""(nation, tier) of the members, sorted."""
Seat = tuple[str, str, str]
"""Pillar, nation, tier."""
K = TypeVar("K", bound=Hashable)


def open_tiers(case: Case, pillar: str, nation: str) -> tuple[str, ...]:
    """Tiers of the pillar that the nation may take, sorted."""
    tiers = case.pillars[pillar].tiers
    return tuple(name for name in sorted(tiers) if (to := tiers[name].open_to) is None or nation in to)


@remembered
def coalitions(case: Case, pillar: str) -> tuple[Coalition, ...] | None:
    """Return every coalition with a member that may lead; None if they are too many."""
    return coalitions_among(case, pillar, sorted(case.nations))


def coalitions_among(
    case: Case, pillar: str, nations: Iterable[str], idle: Collection[Seat] = ()
) -> tuple[Coalition, ...] | None:
    """Return every coalition of some nations with a member that may lead, ``idle`` seats left out.

    None if they are too many.
    """
    seats = [
        [(nation, tier) for tier in open_tiers(case, pillar, nation) if (pillar, nation, tier) not in idle]
        for nation in nations
    ]
    if math.prod(len(each) + 1 for each in seats) > MOST_COALITIONS:
        return None
    leading = {name for name, tier in case.pillars[pillar].tiers.items() if "lead" in tier.may}
    every = itertools.product(*([None, *each] for each in seats))
    taken = (tuple(seat for seat in chosen if seat is not None) for chosen in every)
    return tuple(each for each in taken if any(tier in leading for _, tier in each))


def seated(pillar: str, coalition: Coalition) -> Structure:
    """Return a structure of which only the pillar's membership is settled, for the plain definitions."""
    return Structure({pillar: PillarPlan(dict(coalition), "", (), {})}, {})


def coalition_literals(
    case: Case, x: Symbols, pillar: str
) -> tuple[tuple[Coalition, Expression], ...] | None:
    """Return a literal per coalition, exactly one of them 1 if the pillar exists; None if too many."""
    if coalitions(case, pillar) is None:
        return None
    return x.once(("coalitions", pillar), lambda: _build(case, x, pillar))


def _build(case: Case, x: Symbols, pillar: str) -> tuple[tuple[Coalition, Expression], ...]:
    every = coalitions(case, pillar) or ()
    literals = tuple(
        (each, x.column(("coalition", pillar, number), 0, 1)) for number, each in enumerate(every)
    )
    x.require(x.total((1, literal) for _, literal in literals) == 1 * x.exists(pillar))
    for nation in sorted(case.nations):
        for tier in open_tiers(case, pillar, nation):
            seats = x.total((1, literal) for each, literal in literals if (nation, tier) in each)
            x.require(seats == 1 * x.tier(nation, pillar, tier))
    return literals


def sorted_out(
    case: Case, x: Symbols, pillar: str, key: Callable[[Coalition], K | None]
) -> dict[K, Expression] | None:
    """Return a literal per value of ``key`` over the coalitions (None values are left out)."""
    literals = coalition_literals(case, x, pillar)
    if literals is None:
        return None
    terms: dict[K, list[tuple[int, Expression]]] = {}
    for coalition, literal in literals:
        if (value := key(coalition)) is not None:
            terms.setdefault(value, []).append((1, literal))
    return {value: x.total(summed) for value, summed in terms.items()}
