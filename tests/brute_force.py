"""All structures of a small case, one by one, judged by the plain definitions; no solver, no search.

``candidates`` leaves out only what cannot be feasible by the plainest reading of the format (work of a nation
that is no member, a need filled never or twice, a tier that is not open); ``everything`` leaves out nothing,
and a test checks on tiny cases that both find the same. Dominance, boxes, arrangements and the canonical
order are written here once more, in the shortest way, so that they share no code with what they check.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from procure_opt import rules
from procure_opt.accounts.views import vector
from procure_opt.case.model import Case
from procure_opt.case.pillars import Menu, Negotiated
from procure_opt.structure.arrangements import Arrangement, arrangements
from procure_opt.structure.structure import PillarPlan, Structure

Vector = tuple[int, int, int]


@dataclass(frozen=True)
class Answer:
    """What enumeration says: how many candidates, and the feasible structures of each vector."""

    case: Case
    candidates: int
    feasible: dict[Vector, list[Structure]]

    @property
    def count(self) -> int:
        """Return the number of feasible structures."""
        return sum(len(structures) for structures in self.feasible.values())

    @property
    def front(self) -> list[Vector]:
        """Return the Pareto-efficient vectors, from most to least autonomy."""
        return sorted(nondominated(self.feasible), key=_minimised)

    def representatives(self, resolution: Vector) -> list[Vector]:
        """Return the vector of each nondominated box that is smallest by sum, then in order."""
        boxes: dict[Vector, list[Vector]] = {}
        for each in self.feasible:
            box = tuple(y // step for y, step in zip(_minimised(each), resolution, strict=True))
            boxes.setdefault(box, []).append(each)  # type: ignore[arg-type]
        best = [box for box in boxes if not any(_no_worse(other, box) for other in boxes if other != box)]
        chosen = [min(boxes[box], key=lambda v: (sum(_minimised(v)), _minimised(v))) for box in best]
        return sorted(chosen, key=_minimised)

    def canonical(self, vector: Vector) -> Structure:
        """Return the structure of the vector with the smallest decisions in sorted-key order."""
        return min(self.feasible[vector], key=lambda structure: digits(self.case, structure))


def _minimised(vector: Vector) -> Vector:
    return -vector[0], -vector[1], vector[2]


def _no_worse(a: Vector, b: Vector) -> bool:
    return a[0] <= b[0] and a[1] <= b[1] and a[2] <= b[2]


def nondominated(vectors: Iterable[Vector]) -> set[Vector]:
    """Return the vectors (autonomy, spin-off, cost) that no other is at least as good as everywhere."""
    distinct = set(vectors)
    return {
        v for v in distinct if not any(_no_worse(_minimised(w), _minimised(v)) for w in distinct if w != v)
    }


def enumerate_case(case: Case) -> Answer:
    """Judge every candidate."""
    feasible: dict[Vector, list[Structure]] = {}
    count = 0
    for structure in candidates(case):
        count += 1
        if rules.is_feasible(case, structure):
            feasible.setdefault(vector(case, structure), []).append(structure)
    return Answer(case, count, feasible)


# -- candidates ------------------------------------------------------------------------------------------


def candidates(case: Case) -> Iterator[Structure]:
    """Yield every structure that a first look does not rule out."""
    names = sorted(case.pillars)
    for plans in itertools.product(*([None, *_plans(case, name)] for name in names)):
        pillars = {name: plan for name, plan in zip(names, plans, strict=True) if plan is not None}
        yield from (Structure(pillars, outside) for outside in _fillings(case, pillars))


def _plans(case: Case, pillar: str) -> list[PillarPlan]:
    stated = case.pillars[pillar]
    names = sorted(stated.packages)
    return [
        PillarPlan(tiers, regime, variants, dict(zip(names, chosen, strict=True)), *terms)
        for tiers, ways in _workable(case, pillar)
        for regime, variants, chosen, terms in itertools.product(
            sorted(stated.rights),
            _subsets(sorted(stated.variants)),
            itertools.product(*ways),
            list(terms_of(case, pillar, tiers)),
        )
    ]


Terms = tuple[dict[str, int], str | None, tuple[str, ...], dict[str, dict[str, int]]]


def terms_of(case: Case, pillar: str, tiers: dict[str, str] | None) -> Iterator[Terms]:
    """Yield quantities from menus, a line, licences and negotiated shares; for these members, or for any."""
    stated = case.pillars[pillar]
    menus = {}
    for nation, quantity in sorted(stated.quantities.items()):
        if isinstance(quantity, Menu):
            offered = sorted({each.whole for each in quantity.menu})
            if tiers is None:
                menus[nation] = [None, *offered]
            elif nation in tiers and stated.tiers[tiers[nation]].buys:
                menus[nation] = list(offered)
    lines = [None] if stated.lines is None else sorted(stated.lines.configurations)
    if tiers is None and stated.lines is not None:
        lines = [None, *lines]
    agreed = [_agreements(case, pillar, phase, tiers) for phase in ("development", "production", "support")]
    for chosen in itertools.product(*menus.values()):
        quantities = {n: q for n, q in zip(menus, chosen, strict=True) if q is not None}
        for line, licences in itertools.product(lines, _subsets(sorted(stated.licences))):
            for shares in itertools.product(*agreed):
                named = zip(("development", "production", "support"), shares, strict=True)
                yield quantities, line, licences, {phase: dict(each) for phase, each in named if each}


def _agreements(
    case: Case, pillar: str, phase: str, tiers: dict[str, str] | None
) -> list[tuple[tuple[str, int], ...]]:
    """Return every way to divide 100 percent on the grid; one empty way where nothing is negotiated."""
    stated = case.pillars[pillar]
    rule = getattr(stated.cost_sharing, phase)
    used = phase == "development" or any(p.phase == phase for p in stated.packages.values())
    if not isinstance(rule, Negotiated) or not used:
        return [()]
    members = sorted(case.nations) if tiers is None else sorted(tiers)
    steps = range(0, 101, rule.step_percent.whole)
    found = []
    for percents in itertools.product(steps, repeat=len(members)):
        if sum(percents) == 100:
            found.append(tuple((n, p) for n, p in zip(members, percents, strict=True) if p))
    return found


def number_of_plans(case: Case, pillar: str) -> int:
    """Return how many ways there are to do the pillar, without listing them."""
    stated = case.pillars[pillar]
    arranged = sum(
        math.prod(len(each) for each in ways) * sum(1 for _ in terms_of(case, pillar, tiers))
        for tiers, ways in _workable(case, pillar)
    )
    return arranged * len(stated.rights) * 2 ** len(stated.variants)


def _workable(case: Case, pillar: str) -> Iterator[tuple[dict[str, str], list[list[Arrangement]]]]:
    """Yield every membership with somebody who may lead, and the arrangements of its members by package."""
    stated = case.pillars[pillar]
    for tiers in _memberships(case, pillar):
        workers = {n for n, tier in tiers.items() if stated.tiers[tier].may}
        if any("lead" in stated.tiers[tier].may for tier in tiers.values()):
            packages = (arrangements(case, pillar, package) for package in sorted(stated.packages))
            yield tiers, [[a for a in ways if set(dict(a.shares)) <= workers] for ways in packages]


def _memberships(case: Case, pillar: str) -> Iterator[dict[str, str]]:
    nations = sorted(case.nations)
    menus = []
    for nation in nations:
        tiers = sorted(case.pillars[pillar].tiers.items())
        menus.append(
            [None] + [name for name, tier in tiers if tier.open_to is None or nation in tier.open_to]
        )
    for chosen in itertools.product(*menus):
        yield {nation: tier for nation, tier in zip(nations, chosen, strict=True) if tier is not None}


def _subsets(items: list[str]) -> list[tuple[str, ...]]:
    return [chosen for size in range(len(items) + 1) for chosen in itertools.combinations(items, size)]


def _fillings(case: Case, pillars: dict[str, PillarPlan]) -> Iterator[dict[str, dict[str, str]]]:
    """Yield every way to fill outside just what no pillar fills; none if two pillars fill a need."""
    places, menus = [], []
    for need, stated in sorted(case.needs.items()):
        for nation in sorted(case.nations if stated.nations is None else stated.nations):
            inside = [
                pillar
                for pillar, plan in pillars.items()
                if pillar in stated.pillars
                and nation in plan.tiers
                and case.pillars[pillar].tiers[plan.tiers[nation]].buys
            ]
            if len(inside) > 1:
                return
            if not inside:
                places.append((need, nation))
                menus.append(sorted(stated.outside.get(nation, {})))
    for options in itertools.product(*menus):
        outside: dict[str, dict[str, str]] = {}
        for (need, nation), option in zip(places, options, strict=True):
            outside.setdefault(need, {})[nation] = option
        yield outside


def everything(case: Case) -> Iterator[Structure]:
    """Yield every structure that can be written down with the names of the case, sensible or not."""
    names = sorted(case.pillars)
    menus = [[None, *_all_plans(case, name)] for name in names]
    places = [
        (need, nation, [None, *sorted(options)])
        for need, stated in sorted(case.needs.items())
        for nation, options in sorted(stated.outside.items())
    ]
    for plans in itertools.product(*menus):
        pillars = {name: plan for name, plan in zip(names, plans, strict=True) if plan is not None}
        for options in itertools.product(*(menu for _, _, menu in places)):
            outside: dict[str, dict[str, str]] = {}
            for (need, nation, _), option in zip(places, options, strict=True):
                if option is not None:
                    outside.setdefault(need, {})[nation] = option
            yield Structure(pillars, outside)


def _all_plans(case: Case, pillar: str) -> list[PillarPlan]:
    stated, nations = case.pillars[pillar], sorted(case.nations)
    ways = [arrangements(case, pillar, package) for package in sorted(stated.packages)]
    menus = itertools.product(
        itertools.product([None, *sorted(stated.tiers)], repeat=len(nations)),
        sorted(stated.rights),
        _subsets(sorted(stated.variants)),
        itertools.product(*ways),
        list(terms_of(case, pillar, None)),
    )
    found = []
    for chosen, regime, variants, arranged, terms in menus:
        tiers = {nation: tier for nation, tier in zip(nations, chosen, strict=True) if tier is not None}
        packages = dict(zip(sorted(stated.packages), arranged, strict=True))
        found.append(PillarPlan(tiers, regime, variants, packages, *terms))
    return found


def size_of_everything(case: Case) -> int:
    """Return how many structures :func:`everything` yields."""
    size = 1
    for pillar, stated in case.pillars.items():
        ways = (len(stated.tiers) + 1) ** len(case.nations) * len(stated.rights) * 2 ** len(stated.variants)
        for package in stated.packages:
            ways *= len(arrangements(case, pillar, package))
        ways *= sum(1 for _ in terms_of(case, pillar, None))
        size *= 1 + ways
    for stated_need in case.needs.values():
        for options in stated_need.outside.values():
            size *= 1 + len(options)
    return size


# -- arrangements and canonical order, once more ---------------------------------------------------------


def all_arrangements(case: Case, pillar: str, package: str) -> set[Arrangement]:
    """Return every arrangement of a package, by trying all orders of all nations for every pattern."""
    stated, tiers = case.pillars[pillar].packages[package], case.pillars[pillar].tiers.values()
    able = {
        verb: {
            n
            for n in case.nations
            if any(set(verbs) & set(t.may) and (t.open_to is None or n in t.open_to) for t in tiers)
        }
        for verb, verbs in (("lead", ("lead",)), ("hold", ("lead", "hold")))
    }
    leaders = able["lead"] & set(stated.may_lead if stated.may_lead is not None else case.nations)
    workers = able["hold"] & set(stated.may_hold if stated.may_hold is not None else case.nations) | leaders
    patterns = [(pattern.shares, pattern.joint_leads) for pattern in stated.patterns]
    if stated.grid is not None:
        patterns += [(shares, 1) for shares in _grid(stated.grid)]
    found = set()
    for shares, joint in patterns:
        for order in itertools.permutations(sorted(case.nations), len(shares)):
            if set(order[:joint]) <= leaders and set(order) <= workers:
                found.add(_arrangement(order[:joint], dict(zip(order, shares, strict=True)), stated.owners))
    for each in stated.listed:
        found.add(_arrangement(each.leads, each.shares, {**stated.owners, **each.owners}))
    if stated.effect is not None:
        for nation in set(stated.effect.by) & able["lead"]:
            found.add(replace(_arrangement((nation,), {nation: 100}, stated.owners), mode="effect"))
    found |= {Arrangement((), (), (), "civil")} if stated.civil is not None else set()
    found |= {Arrangement((), (), (), "none")} if stated.optional else set()
    ruled_out = {(frozenset(each.leads), frozenset(each.shares.items())) for each in stated.forbidden}
    return {
        a for a in found if a.mode != "shared" or (frozenset(a.leads), frozenset(a.shares)) not in ruled_out
    }


def _grid(grid) -> Iterator[tuple[int, ...]]:  # type: ignore[no-untyped-def]
    for size in range(1, grid.max_holders + 1):
        for shares in itertools.product(range(grid.step, 101, grid.step), repeat=size):
            if (
                sum(shares) == 100
                and shares[0] >= grid.lead_min
                and all(s >= grid.holder_min for s in shares[1:])
            ):
                yield shares


def _arrangement(leads: Iterable[str], shares: dict[str, int], owners: dict[str, str]) -> Arrangement:
    apart = [(place, owners[place]) for place in sorted(shares) if place in owners and owners[place] != place]
    return Arrangement(tuple(sorted(leads)), tuple(sorted(shares.items())), tuple(apart))


def digits(case: Case, structure: Structure) -> tuple[int, ...]:
    """Return the decisions in canonical order: pillars, tiers, outside options, then inside pillars."""
    names, nations = sorted(case.pillars), sorted(case.nations)
    found = [int(name in structure.pillars) for name in names]
    for name in names:
        plan = structure.pillars.get(name)
        found += [_rank(plan.tiers.get(n) if plan else None, case.pillars[name].tiers) for n in nations]
    for need, stated in sorted(case.needs.items()):
        found += [_rank(structure.outside.get(need, {}).get(n), stated.outside.get(n, {})) for n in nations]
    for name in names:
        plan, stated_pillar = structure.pillars.get(name), case.pillars[name]
        found.append(_rank(plan.regime if plan else None, stated_pillar.rights))
        found += [int(plan is not None and v in plan.variants) for v in sorted(stated_pillar.variants)]
        for package in sorted(stated_pillar.packages):
            ways = sorted(all_arrangements(case, name, package))
            found.append(1 + ways.index(plan.packages[package]) if plan else 0)
        found += _digits_of_terms(case, name, plan)
    return tuple(found)


def _digits_of_terms(case: Case, pillar: str, plan: PillarPlan | None) -> Iterator[int]:
    """Yield quantities, line, licences, cost shares, each as its place in what is offered."""
    stated = case.pillars[pillar]
    for nation in sorted(case.nations):
        quantity = stated.quantities.get(nation)
        offered = sorted({each.whole for each in quantity.menu}) if isinstance(quantity, Menu) else []
        taken = plan.quantities.get(nation) if plan else None
        yield 0 if taken is None else 1 + offered.index(taken)
    yield _rank(plan.lines if plan else None, stated.lines.configurations if stated.lines else ())
    yield from (int(plan is not None and name in plan.licences) for name in sorted(stated.licences))
    for phase in ("development", "production", "support"):
        for nation in sorted(case.nations):
            yield plan.cost_percent.get(phase, {}).get(nation, 0) if plan else 0


def _rank(chosen: str | None, menu: Iterable[str]) -> int:
    return 0 if chosen is None else 1 + sorted(menu).index(chosen)
