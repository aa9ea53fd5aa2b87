"""Withdrawal: a nation leaves a pillar (or all of them), and whoever stays may share its work anew.

It becomes a rule of the case that the nation is out; its needs are filled otherwise, and it stays in the
accounts. ``eviction``, the cost of moving its work, enters the development pool of every pillar that it
leaves and that goes on. ``sunk`` money is gone whatever is decided now, so that it is told and changes no
front. It leaves alone what the nation needs, its outside options, and rules that speak of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.case.history import Inject
from procure_opt.case.model import Case
from procure_opt.wargame.restated import pillars_meant, with_pool_cost, with_rule
from procure_opt.wargame.signed import Reopened

NEEDS = (("nation",),)
TAKES = ("pillar", "sunk", "eviction")


def flaws(case: Case, inject: Inject) -> Iterator[tuple[str, str]]:
    """Yield nothing: every nation may leave."""
    yield from ()


def follow(case: Case, inject: Inject) -> Case:
    """Return the case in which the nation is out, and moving its work has its price."""
    nation = str(inject.nation)
    for pillar in pillars_meant(case, inject.pillar):
        then = {"excludes": {"nation": nation, "pillar": pillar}}
        case = with_rule(case, nation, f"{nation} has withdrawn from {pillar}", then)
        if inject.eviction is not None:
            case = with_pool_cost(case, pillar, inject.eviction)
    return case


def reopened(case: Case, inject: Inject) -> Reopened:
    """Return that everything of the nation is open."""
    return Reopened(nations=frozenset([str(inject.nation)]))


def leaving(case: Case, inject: Inject) -> dict[str, tuple[str, ...]]:
    """Return nation -> pillars that it leaves at once."""
    return {str(inject.nation): pillars_meant(case, inject.pillar)}


def sentence(case: Case, inject: Inject) -> str:
    """Return what changes."""
    moved = "" if inject.eviction is None else "; moving its work costs those who stay"
    places = inject.pillar or "every pillar"
    return f"{inject.nation} withdraws from {places}; the work that it held may be awarded anew{moved}"
