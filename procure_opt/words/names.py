"""Names: nations, tiers, arrangements and options, as a line of text may carry them."""

from __future__ import annotations

from collections.abc import Iterable

from procure_opt.case.model import Case
from procure_opt.errors import printable
from procure_opt.structure.arrangements import Arrangement
from procure_opt.structure.structure import PillarPlan, Structure


def nation_name(case: Case, nation: str) -> str:
    """``ALP (Alpland)``; also for holders that are no member."""
    stated = case.nations.get(nation) or case.others.get(nation)
    return f"{nation} ({printable(stated.name)})" if stated and stated.name != nation else nation


def listed(words: Iterable[str], nothing: str = "none") -> str:
    """``a, b and c``.

    >>> listed(["a", "b", "c"]), listed([])
    ('a, b and c', 'none')
    """
    several = list(words)
    if len(several) < 2:
        return several[0] if several else nothing
    return f"{', '.join(several[:-1])} and {several[-1]}"


def money_unit(case: Case) -> str:
    """``million EUR``."""
    return f"{case.money.unit} {case.money.currency}"


def members(case: Case, structure: Structure) -> str:
    """``ALP core, BET core; GAM off_the_shelf``: pillars with their members, then who stays out."""
    parts = [_prefixed(case, pillar, _tiers(plan)) for pillar, plan in sorted(structure.pillars.items())]
    taken = {nation: [o for _, o in structure.taken_outside(nation)] for nation in sorted(case.nations)}
    outside = [f"{nation} {'+'.join(options)}" for nation, options in taken.items() if options]
    return "; ".join(parts + (["outside: " + ", ".join(outside)] if outside else [])) or "nobody does anything"


def _tiers(plan: PillarPlan) -> str:
    return ", ".join(f"{nation} {tier}" for nation, tier in sorted(plan.tiers.items()))


def _prefixed(case: Case, pillar: str, text: str) -> str:
    return text if len(case.pillars) == 1 else f"{pillar}: {text}"


def leads(case: Case, structure: Structure) -> str:
    """``ALP mission; BET airframe, engine``: who leads what."""
    return "; ".join(_prefixed(case, p, _leads(plan)) for p, plan in sorted(structure.pillars.items())) or "-"


def _leads(plan: PillarPlan) -> str:
    by_lead: dict[str, list[str]] = {}
    for package, arrangement in sorted(plan.packages.items()):
        by_lead.setdefault("+".join(arrangement.leads), []).append(package)
    return "; ".join(f"{lead} {', '.join(packages)}" for lead, packages in sorted(by_lead.items()))


def arrangement_text(arrangement: Arrangement) -> str:
    """``BET leads with 60 %; ALP holds 40 %``; owners where they differ."""
    chiefs = [f"{lead}{_owned(arrangement, lead)} {arrangement.share(lead)} %" for lead in arrangement.leads]
    verb = " leads" if len(chiefs) == 1 else " lead jointly"
    others = [
        f"{place}{_owned(arrangement, place)} holds {percent} %"
        for place, percent in arrangement.shares
        if place not in arrangement.leads
    ]
    return "; ".join([listed(chiefs) + verb, *others])


def _owned(arrangement: Arrangement, place: str) -> str:
    owner = arrangement.owner(place)
    return "" if owner == place else f" (owned by {owner})"
