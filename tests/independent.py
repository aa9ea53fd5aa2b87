"""A second program that enumerates and judges small cases, written from the specification alone.

It shares nothing with the package: a case is the plain data of a file with its defaults filled in, a
structure is the plain data that a result shows, and every value is a fraction until it is rounded. What
two programs by different hands agree on is unlikely to be wrong in the same way in both. It is meant for
reading and for small cases: nothing is fast, nothing is linear, no rule knows of a solver.

:mod:`independent_accounts` says what a structure is worth, :mod:`independent_rules` what it must obey; here
every structure of a case is made, and the efficient ones are kept.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from random import Random

from independent_accounts import PHASES, Json, number
from independent_rules import Rules

Vector = tuple[int, int, int]


def dominates(a: Vector, b: Vector) -> bool:
    """Is ``a`` no worse than ``b`` anywhere and better somewhere (autonomy and spin-off up, cost down)?"""
    return a != b and a[0] >= b[0] and a[1] >= b[1] and a[2] <= b[2]


def efficient(vectors: Iterable[Vector]) -> list[Vector]:
    """Return the vectors that no other dominates, autonomy falling."""
    ordered = sorted(set(vectors), key=lambda v: (-v[0], -v[1], v[2]))
    kept: list[Vector] = []
    for vector in ordered:  # whatever dominates a vector comes before it
        if not any(dominates(other, vector) for other in kept):
            kept.append(vector)
    return kept


def subsets(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Return every choice of some of the names, in order."""
    ordered = sorted(names)
    return [c for size in range(len(ordered) + 1) for c in itertools.combinations(ordered, size)]


def way(leads: Iterable[str], shares: dict[str, int], owners: Json, mode: str = "shared") -> Json:
    """Return a way to do a package as a result shows it."""
    apart = {h: owners[h] for h in sorted(shares) if owners.get(h, h) != h}
    stated: Json = {"leads": sorted(leads), "shares": dict(sorted(shares.items()))}
    return stated | ({"owners": apart} if apart else {}) | ({} if mode == "shared" else {"mode": mode})


class Judge(Rules):
    """One case: all its structures, those that are allowed, and the efficient vectors."""

    @cache  # noqa: B019 - a judge lives as long as its case
    def ways(self, p: str, name: str) -> list[Json]:
        """Return every way to do a package."""
        package = self.case["pillars"][p]["packages"][name]
        ruled_out = [(sorted(each["leads"]), each["shares"]) for each in package["forbidden"]]
        found = {repr(each): each for each in self.stated_ways(p, package)}
        return [w for w in found.values() if "mode" in w or (w["leads"], w["shares"]) not in ruled_out]

    def stated_ways(self, p: str, package: Json) -> Iterator[Json]:
        """Yield ways by pattern and by name, effects, the civil supplier, and not at all."""
        leads, holds = set(self.able(p, ("lead",))), package["may_hold"]
        open_to = leads if package["may_lead"] is None else leads & set(package["may_lead"])
        holders = {n for n in self.able(p, ("lead", "hold")) if holds is None or n in holds} | open_to
        for joint, pattern in self.patterns(package, len(holders)):
            for seats in itertools.permutations(sorted(holders), len(pattern)):
                if set(seats[:joint]) <= open_to:
                    yield way(seats[:joint], dict(zip(seats, pattern, strict=True)), package["owners"])
        for each in package["listed"]:
            yield way(each["leads"], each["shares"], package["owners"] | each["owners"])
        for n in leads & set(package["effect"]["by"] if package["effect"] else ()):
            yield way([n], {n: 100}, package["owners"], "effect")
        yield from [way([], {}, {}, "civil")] if package["civil"] else []
        yield from [way([], {}, {}, "none")] if package["optional"] else []

    def able(self, p: str, verbs: tuple[str, ...]) -> list[str]:
        """Return nations with a tier open to them at which they may do so."""
        tiers = [t for t in self.case["pillars"][p]["tiers"].values() if set(verbs) & set(t["may"])]
        return [n for n in self.nations if any(t["open_to"] is None or n in t["open_to"] for t in tiers)]

    @staticmethod
    def patterns(package: Json, most: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield (number of joint leads, shares by rank)."""
        for pattern in package["patterns"]:
            yield pattern["joint_leads"], tuple(pattern["shares"])
        grid = package["grid"]
        for size in range(1, min(grid["max_holders"], most) + 1) if grid else ():
            for shares in itertools.product(range(grid["step"], 101, grid["step"]), repeat=size):
                enough = shares[0] >= grid["lead_min"] and all(x >= grid["holder_min"] for x in shares[1:])
                if sum(shares) == 100 and enough:
                    yield 1, shares

    def seatings(self, p: str) -> list[dict[str, str]]:
        """Return every way to sit in a pillar, with somebody who may lead."""
        tiers = self.case["pillars"][p]["tiers"]
        seats = [
            [None, *(t for t, tier in tiers.items() if tier["open_to"] is None or n in tier["open_to"])]
            for n in self.nations
        ]
        every = ({n: t for n, t in zip(self.nations, s, strict=True) if t} for s in itertools.product(*seats))
        return [each for each in every if any("lead" in tiers[t]["may"] for t in each.values())]

    def offers(self, p: str, seated: dict[str, str]) -> list[list[tuple[str, Json]]]:
        """Return package by package how those who sit there can do it."""
        pillar = self.case["pillars"][p]
        able = {n for n, tier in seated.items() if pillar["tiers"][tier]["may"]}
        lead = {n for n in able if "lead" in pillar["tiers"][seated[n]]["may"]}
        return [
            [(name, w) for w in self.ways(p, name) if set(w["leads"]) <= lead and set(w["shares"]) <= able]
            for name in sorted(pillar["packages"])
        ]

    def plans(self, p: str) -> Iterator[Json]:
        """Yield every way in which a pillar can exist, as far as one sees without the rest."""
        for seated in self.seatings(p):
            ways = itertools.product(*self.offers(p, seated))
            for packages, more in itertools.product(ways, self.terms(p, seated)):
                yield {"tiers": seated, "packages": dict(packages)} | more

    def drawn(self, draw: Random) -> Json:
        """Return a random structure in which every pillar exists and the needs are filled somehow."""
        s: Json = {"pillars": {}, "outside": {}}
        for p in sorted(self.case["pillars"]):
            seated = draw.choice(self.seatings(p))
            packages = dict(draw.choice(ways) for ways in self.offers(p, seated))
            more = draw.choice(list(self.terms(p, seated)))
            s["pillars"][p] = {"tiers": seated, "packages": packages} | more
        return draw.choice(list(self.filled(s)))

    def terms(self, p: str, tiers: dict[str, str]) -> Iterator[Json]:
        """Yield regime, variants, quantities, line, licences and agreed shares."""
        pillar = self.case["pillars"][p]
        menus = [
            [(n, int(number(q))) for q in stated["menu"]]
            for n, stated in sorted(pillar["quantities"].items())
            if "menu" in stated and n in tiers and pillar["tiers"][tiers[n]]["buys"]
        ]
        lines = sorted(pillar["lines"]["configurations"]) if pillar["lines"] else [None]
        agreements = [self.splits(p, tiers, phase) for phase in PHASES]
        for rights, variants, quantities, line, deals, shares in itertools.product(
            sorted(pillar["rights"]),
            subsets(pillar["variants"]),
            itertools.product(*menus),
            lines,
            subsets(pillar["licences"]),
            itertools.product(*agreements),
        ):
            more: Json = {"rights": rights, "variants": list(variants)}
            more |= {"quantities": dict(quantities)} if quantities else {}
            more |= {"lines": line} if line is not None else {}
            more |= {"licences": list(deals)} if deals else {}
            agreed = {phase: split for phase, split in zip(PHASES, shares, strict=True) if split}
            yield more | ({"cost_percent": agreed} if agreed else {})

    def splits(self, p: str, tiers: dict[str, str], phase: str) -> list[dict[str, int]]:
        """Return every split of a negotiated phase among the nations that bear, nothing elsewhere."""
        rule = self.case["pillars"][p]["cost_sharing"][phase]
        if rule["rule"] != "negotiated" or not self.has_phase(p, phase):
            return [{}]
        s = {"pillars": {p: {"tiers": tiers}}, "outside": {}}
        bearing = [n for n in sorted(tiers) if self.contribution(s, p, n, phase) is None]
        grid = range(0, 101, int(number(rule["step_percent"])))
        splits = (
            dict(zip(bearing, each, strict=True)) for each in itertools.product(grid, repeat=len(bearing))
        )
        return [{n: x for n, x in split.items() if x} for split in splits if sum(split.values()) == 100]

    def structures(self) -> Iterator[Json]:
        """Yield every structure that is worth a look; all that are feasible are among them."""
        pillars = sorted(self.case["pillars"])
        for chosen in itertools.product(*([None, *self.plans(p)] for p in pillars)):
            plans = {p: plan for p, plan in zip(pillars, chosen, strict=True) if plan}
            yield from self.filled({"pillars": plans, "outside": {}})

    def filled(self, s: Json) -> Iterator[Json]:
        """Yield the structure with every need filled outside that no pillar fills."""
        open_needs = [
            [(need, n, option) for option in sorted(stated["outside"].get(n, {}))]
            for need, stated in sorted(self.case["needs"].items())
            for n in (self.nations if stated["nations"] is None else sorted(stated["nations"]))
            if not self.filled_by(s, n, need)
        ]
        for taken in itertools.product(*open_needs):
            outside: dict[str, dict[str, str]] = {}
            for need, n, option in taken:
                outside.setdefault(need, {})[n] = option
            yield s | {"outside": outside}

    @cached_property
    def allowed(self) -> list[tuple[Json, Vector]]:
        """Every feasible structure with its three values."""
        return [(s, self.programme(s)) for s in self.structures() if self.feasible(s)]

    @property
    def front(self) -> list[Vector]:
        """All efficient vectors, autonomy falling."""
        return efficient(vector for _, vector in self.allowed)
