"""Exits: who would now rather be outside, and what is left when they have gone, until it is stable.

By the participation rule of the case, judged plainly. All who would leave in a step leave together and
fill their needs by the options that they prefer; nobody comes back. Those who stay

* award anew each package of which somebody who left did a part: to the same lead if it stays, else to whom it
  costs least, among arrangements held by members whose tiers allow it;
* give up a pillar that has no member left who may lead, a package that nobody can do or no line that somebody
  can host, or lacks another pillar that it hangs on;
* take another line configuration, the first by name, if a host has left; what the one who left had agreed
  to pay goes to the member that pays most.

What they would then break is told, not mended: these are the rules of the next negotiation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from procure_opt import rules
from procure_opt.accounts.gaps import concerned
from procure_opt.accounts.lines import configuration, configurations, hosting_tiers
from procure_opt.accounts.pools import arrangement_cost
from procure_opt.accounts.units import buyers
from procure_opt.accounts.values import NationalValues, national_values
from procure_opt.case.model import Case
from procure_opt.rules.participation import corners, rather_outside
from procure_opt.structure.arrangements import Arrangement, arrangements
from procure_opt.structure.structure import PillarPlan, Structure
from procure_opt.structure.violation import Violation

Options = Mapping[str, Mapping[str, str]]
"""Need -> nation -> option."""


@dataclass(frozen=True, slots=True)
class Step:
    """Who leaves (and who, outside already, takes another option), which pillars fall, and what is left."""

    leaves: tuple[str, ...]
    turns: tuple[str, ...]
    fallen: tuple[str, ...]
    structure: Structure
    broken: tuple[Violation, ...]


def exits(
    case: Case, structure: Structure, leaving: Mapping[str, Iterable[str]] | None = None
) -> tuple[Step, ...]:
    """Return the steps until nobody would rather be outside; none if nobody would.

    ``leaving``: nation -> pillars that it leaves in the first step whatever it prefers. Every name of the
    structure must be one of the case.
    """
    steps: list[Step] = []
    forced = {
        nation: frozenset(pillar for pillar in pillars if structure.is_member(nation, pillar))
        for nation, pillars in sorted((leaving or {}).items())
    }
    if any(forced.values()):
        steps.append(_step(case, structure, forced, {}))
        structure = steps[-1].structure
    while wishes := _wishes(case, structure):
        gone = {nation: frozenset(case.pillars) for nation in wishes}
        steps.append(_step(case, structure, gone, _taken(wishes)))
        if steps[-1].structure == structure:
            return tuple(steps[:-1])
        structure = steps[-1].structure
    return tuple(steps)


def _wishes(case: Case, structure: Structure) -> dict[str, Structure]:
    """Return nation -> the options that it prefers to what it has; of several, the one it would take."""
    found: dict[str, Structure] = {}
    for nation, alone in rather_outside(case, structure):
        ways = [alone] if nation not in found else [alone, found[nation]]
        found[nation] = _taken_by(case, nation, ways)
    return found


def _taken_by(case: Case, nation: str, ways: Iterable[Structure]) -> Structure:
    return min(ways, key=lambda way: preference(case, nation, way))


def preference(case: Case, nation: str, structure: Structure) -> tuple[Fraction | int | str, ...]:
    """Return what orders structures by what the nation would take: the smallest first.

    At its exchange rates, where it states them, what is worth most at the worst of their corners; else the
    most autonomy, then the least cost, then the most spin-off.
    """
    has = national_values(case, structure, nation)
    worth = min((_worth(has, *rates) for rates in corners(case, nation)), default=Fraction(0))
    return -worth, -has.autonomy.points, has.cost, -has.spinoff, structure.id


def _worth(has: NationalValues, per_point: Fraction, per_million: Fraction) -> Fraction:
    return per_point * has.autonomy.points + per_million * has.spinoff - has.cost


def _taken(wishes: Mapping[str, Structure]) -> Options:
    found: dict[str, dict[str, str]] = {}
    for nation, alone in wishes.items():
        for need, option in alone.taken_outside(nation):
            found.setdefault(need, {})[nation] = option
    return found


def _step(case: Case, structure: Structure, gone: Mapping[str, frozenset[str]], wanted: Options) -> Step:
    after = remaining(case, structure, gone, wanted)
    left = sorted(n for n in gone if any(structure.is_member(n, p) for p in gone[n]))
    turned = tuple(sorted(set(gone) - set(left)))
    fallen = tuple(sorted(set(structure.pillars) - set(after.pillars)))
    return Step(tuple(left), turned, fallen, after, rules.violations(case, after))


def remaining(
    case: Case, structure: Structure, gone: Mapping[str, frozenset[str]], wanted: Options | None = None
) -> Structure:
    """Return what is left when nations have gone from pillars; ``wanted``: the options they take."""
    plans: dict[str, PillarPlan] = {}
    for pillar, plan in sorted(structure.pillars.items()):
        leavers = {nation for nation, places in gone.items() if pillar in places} & set(plan.tiers)
        left = _without(case, pillar, plan, leavers) if leavers else plan
        plans |= {} if left is None else {pillar: left}
    return _filled(case, Structure(_standing(case, plans), structure.outside), wanted or {})


def _without(case: Case, pillar: str, plan: PillarPlan, gone: set[str]) -> PillarPlan | None:
    """Return the plan of those who stay; None if they cannot go on."""
    tiers = {nation: tier for nation, tier in plan.tiers.items() if nation not in gone}
    packages = {
        package: way if not gone & {*way.leads, *way.holders} else _awarded(case, pillar, package, way, tiers)
        for package, way in plan.packages.items()
    }
    if not any("lead" in case.pillars[pillar].tiers[tier].may for tier in tiers.values()):
        return None
    awarded = {package: way for package, way in packages.items() if way is not None}
    lines = _lines(case, pillar, plan, tiers)
    if len(awarded) < len(packages) or (lines is None and plan.lines is not None):
        return None
    return replace(
        plan,
        tiers=tiers,
        packages=awarded,
        quantities={n: number for n, number in plan.quantities.items() if n not in gone},
        licences=tuple(n for n in plan.licences if case.pillars[pillar].licences[n].nation not in gone),
        lines=lines,
        cost_percent={p: _borne(shares, gone) for p, shares in plan.cost_percent.items()},
    )


def _awarded(
    case: Case, pillar: str, package: str, way: Arrangement, tiers: Mapping[str, str]
) -> Arrangement | None:
    """Return how those who stay do the package; None if it is in no way on offer that they can do."""
    stated = case.pillars[pillar].tiers
    leaders = {nation for nation, tier in tiers.items() if "lead" in stated[tier].may}
    workers = {nation for nation, tier in tiers.items() if stated[tier].may}
    able = [
        each
        for each in arrangements(case, pillar, package)
        if set(each.leads) <= leaders and set(each.holders) <= workers
    ]

    def rank(each: Arrangement) -> tuple[bool, bool, int]:
        kept = set(each.leads) == set(way.leads) & set(tiers)
        return each.mode != way.mode, not kept, arrangement_cost(case, pillar, package, each)

    return min(able, key=rank, default=None)


def _lines(case: Case, pillar: str, plan: PillarPlan, tiers: Mapping[str, str]) -> str | None:
    """Return the configuration that stands, else the first that those who stay can host; None if none."""
    able = {nation for nation, tier in tiers.items() if tier in hosting_tiers(case, pillar)}
    if plan.lines is None or set(configuration(case, pillar, plan.lines).hosts) <= able:
        return plan.lines
    names = configurations(case, pillar)
    return next((n for n in names if set(configuration(case, pillar, n).hosts) <= able), None)


def _borne(shares: Mapping[str, int], gone: set[str]) -> dict[str, int]:
    left = {nation: percent for nation, percent in shares.items() if nation not in gone}
    most = min(left, key=lambda nation: (-left[nation], nation), default=None)
    return left if most is None else left | {most: left[most] + sum(shares[n] for n in gone & set(shares))}


def _standing(case: Case, plans: Mapping[str, PillarPlan]) -> dict[str, PillarPlan]:
    """Return the pillars that do not lack another one that they hang on."""
    for pillar in sorted(plans):
        requires = case.pillars[pillar].requires_any
        lacks = bool(requires) and not set(requires) & set(plans)
        if lacks or any(needed not in plans for needed in _linked(case, pillar)):
            return _standing(case, {name: plan for name, plan in plans.items() if name != pillar})
    return dict(plans)


def _linked(case: Case, pillar: str) -> Iterator[str]:
    for name, link in sorted(case.links.items()):
        if case.applies(name) and link.pillar == pillar:
            yield link.needs
        if case.applies(name) and link.both_ways and link.needs == pillar:
            yield link.pillar


def _filled(case: Case, structure: Structure, wanted: Options) -> Structure:
    """Return the structure with every need filled that a pillar does not fill (any more)."""
    outside: dict[str, dict[str, str]] = {}
    for need, stated in sorted(case.needs.items()):
        plans = {
            pillar: structure.pillars[pillar] for pillar in stated.pillars if pillar in structure.pillars
        }
        by_pillar = {nation for pillar, plan in plans.items() for nation in buyers(case, pillar, plan)}
        for nation in concerned(case, need):
            options = stated.outside.get(nation, {})
            if nation in by_pillar or not options:
                continue
            chosen = wanted.get(need, {}).get(nation) or structure.outside.get(need, {}).get(nation)
            outside.setdefault(need, {})[nation] = chosen or _preferred(case, need, nation)
    return Structure(structure.pillars, outside)


def _preferred(case: Case, need: str, nation: str) -> str:
    options = sorted(case.needs[need].outside[nation])
    ways = {each: Structure({}, {need: {nation: each}}) for each in options}
    return min(ways, key=lambda each: preference(case, nation, ways[each]))
