"""Names: nations, tiers, arrangements and options, as a line of text may carry them."""

from __future__ import annotations

from collections.abc import Iterable

from procure_opt.accounts.remembered import remembered
from procure_opt.case.model import Case
from procure_opt.errors import printable
from procure_opt.structure.arrangements import CIVIL, EFFECT, NONE, Arrangement
from procure_opt.structure.structure import PillarPlan, Structure


@remembered
def nation_name(case: Case, nation: str) -> str:
    """``ALP (Alpland)``; also for holders that are no member."""
    stated = case.nations.get(nation) or case.others.get(nation)
    return f"{nation} ({printable(stated.name)})" if stated and stated.name != nation else nation


def listed(words: Iterable[str], nothing: str = "none") -> str:
    """Return words as a list in a sentence.

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
    """``ALP core, BET core (open); outside, keep: GAM``: pillars with their members, then who stays out.

    The rights regime is named where there are several, the variants where one is chosen.
    """
    parts = [_prefixed(case, p, _seated(case, p, plan)) for p, plan in sorted(structure.pillars.items())]
    stay_out: dict[str, list[str]] = {}
    for nation in sorted(case.nations):
        for _, option in structure.taken_outside(nation):
            stay_out.setdefault(option, []).append(nation)
    parts += [f"outside, {option}: {', '.join(who)}" for option, who in sorted(stay_out.items())]
    return "; ".join(parts) or "nobody does anything"


def _seated(case: Case, pillar: str, plan: PillarPlan) -> str:
    regimes = (plan.regime,) if len(case.pillars[pillar].rights) > 1 else ()
    terms = ", ".join((*regimes, *plan.variants))
    tiers = ", ".join(f"{nation} {tier}" for nation, tier in sorted(plan.tiers.items()))
    return f"{tiers} ({terms})" if terms else tiers


def _prefixed(case: Case, pillar: str, text: str) -> str:
    return text if len(case.pillars) == 1 else f"{pillar}: {text}"


def roles(structure: Structure, nation: str) -> list[str]:
    """``core in aircraft``, ``combat_aircraft by off_the_shelf``: a nation's seats, then its ways outside."""
    plans = sorted(structure.pillars.items())
    seats = [f"{plan.tiers[nation]} in {name}" for name, plan in plans if nation in plan.tiers]
    return seats + [f"{need} by {option}" for need, option in structure.taken_outside(nation)]


def leads(case: Case, structure: Structure, *, holders: bool = False) -> str:
    """``ALP mission; BET airframe, engine``: who leads what; with ``holders``, ``BET engine (ALP 40 %)``."""
    told = (_prefixed(case, p, _leads(plan, holders)) for p, plan in sorted(structure.pillars.items()))
    return "; ".join(told) or "-"


def _leads(plan: PillarPlan, holders: bool) -> str:
    by_lead: dict[str, list[str]] = {}
    for package, arrangement in sorted(plan.packages.items()):
        by_lead.setdefault(_headed(arrangement), []).append(package + (_held(arrangement) if holders else ""))
    return "; ".join(f"{lead} {', '.join(packages)}" for lead, packages in sorted(by_lead.items()))


def _held(arrangement: Arrangement) -> str:
    """`` (ALP 40 %)``: the other holders, or the shares of joint leads."""
    joint = len(arrangement.leads) > 1
    told = [f"{who} {share} %" for who, share in arrangement.shares if joint or who not in arrangement.leads]
    return f" ({', '.join(told)})" if told else ""


def _headed(arrangement: Arrangement) -> str:
    """Who leads, or how else the package is done."""
    led = "+".join(arrangement.leads)
    return {EFFECT: f"{led} (effect)", CIVIL: "civil supplier", NONE: "not done"}.get(arrangement.mode, led)


@remembered
def arrangement_text(arrangement: Arrangement) -> str:
    """``BET leads with 60 %; ALP holds 40 %``; owners where they differ; or how else it is done."""
    if arrangement.mode == CIVIL:
        return "a civil supplier does it"
    if arrangement.mode == NONE:
        return "not done together"
    if arrangement.mode == EFFECT:
        names = listed(f"{lead}{_owned(arrangement, lead)}" for lead in arrangement.leads)
        return f"{names} does it at its own expense and gives the effect without the means"
    others = [
        f"{place}{_owned(arrangement, place)} holds {percent} %"
        for place, percent in arrangement.shares
        if place not in arrangement.leads
    ]
    return "; ".join([_led(arrangement), *others])


def _led(arrangement: Arrangement) -> str:
    names = [f"{lead}{_owned(arrangement, lead)}" for lead in arrangement.leads]
    if len(names) == 1:
        share = arrangement.share(arrangement.leads[0])
        return f"{names[0]} leads" + (" and does all of it" if share == 100 else f" with {share} %")
    shares = [f"{arrangement.share(lead)} %" for lead in arrangement.leads]
    return f"{listed(names)} lead jointly with {listed(shares)}"


def _owned(arrangement: Arrangement, place: str) -> str:
    owner = arrangement.owner(place)
    return "" if owner == place else f" (owned by {owner})"
