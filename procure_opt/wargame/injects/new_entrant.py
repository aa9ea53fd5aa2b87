"""New entrant: tiers of a pillar open to a nation that could not take them.

The nation is one that the case states: its needs, weights, units and outside options are in the accounts
before it may join. All tiers of the pillar open to it, or one. It leaves alone who may lead or hold which
package, and rules that keep the nation out (withdraw these as well).
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.case.history import Inject
from procure_opt.case.model import Case
from procure_opt.wargame.restated import revised, with_pillar
from procure_opt.wargame.signed import Reopened

NEEDS = (("nation",),)
TAKES = ("pillar", "tier")
IN_ONE_PILLAR = True


def flaws(case: Case, inject: Inject) -> Iterator[tuple[str, str]]:
    """Yield nothing: a seat may be open already, and then nothing changes."""
    yield from ()


def follow(case: Case, inject: Inject) -> Case:
    """Return the case with the open tiers."""
    pillar, nation = case.the_pillar(inject.pillar), str(inject.nation)
    tiers = dict(case.pillars[pillar].tiers)
    for name, tier in tiers.items():
        if inject.tier in (None, name) and tier.open_to is not None and nation not in tier.open_to:
            tiers[name] = revised(tier, open_to=tuple(sorted((*tier.open_to, nation))))
    return with_pillar(case, pillar, tiers=tiers)


def reopened(case: Case, inject: Inject) -> Reopened:
    """Return that the entrant's seat is open, and shares in the pillar; leads stay."""
    pillar = case.the_pillar(inject.pillar)
    return Reopened(nations=frozenset([str(inject.nation)]), shares=frozenset([pillar]))


def sentence(case: Case, inject: Inject) -> str:
    """Return what changes."""
    tiers = "every tier" if inject.tier is None else f"the tier {inject.tier}"
    return f"{tiers} of {case.the_pillar(inject.pillar)} is open to {inject.nation}"
