"""Rules for the second program: conditions, and what a structure must obey.

Written from the specification alone; see :mod:`independent`.
"""

from __future__ import annotations

import datetime
import itertools
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache

from independent_accounts import PHASES, Accounts, Json, Worth, number

HARD = ("treaty", "law", "parliament", "head_of_government", "minister")


def last_day(text: str) -> datetime.date:
    """Return the last day that a date of day, month or year precision can mean."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return datetime.date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    first_of_next = datetime.date(year + month // 12, month % 12 + 1, 1)
    return first_of_next - datetime.timedelta(days=1)


def first_day(text: str) -> datetime.date:
    """Return the first day that a date can mean."""
    parts = [int(part) for part in text.split("-")]
    return datetime.date(*[*parts, 1, 1][:3])


def same_way(a: Json, b: Json) -> bool:
    """Are these the same way to do a package?"""
    keys = ("leads", "shares", "owners", "mode")
    return all((a.get(key) or None) == (b.get(key) or None) for key in keys)


class Rules(Accounts):
    """What holds of a structure, and what it breaks."""

    @abstractmethod
    def ways(self, p: str, name: str) -> list[Json]:
        """Return every way to do a package. (That is the business of the enumeration.)"""

    # -- conditions --------------------------------------------------------------------------------------

    def holds(self, s: Json, condition: Json, n: str | None = None) -> bool:
        """Does everything given in the condition hold? ``n`` is whom it is about by default."""
        for kind, atom in condition.items():
            if atom is None:
                continue
            if kind == "any_of" and not any(self.holds(s, each, n) for each in atom):
                return False
            if kind == "all_of" and not all(self.holds(s, each, n) for each in atom):
                return False
            if kind == "not" and self.holds(s, atom, n):
                return False
            if kind not in ("any_of", "all_of", "not") and not self.atom(s, kind, atom, n):
                return False
        return True

    def atom(self, s: Json, kind: str, said: Json, default: str | None) -> bool:
        """Does one simple condition hold?"""
        p = said.get("pillar") or next(iter(self.case["pillars"]))
        n = said.get("nation") or default
        return bool(getattr(self, f"is_{kind}")(s, said, p, n))

    def is_participates(self, s: Json, said: Json, p: str, n: str) -> bool:
        return n in self.members(s, p)

    def is_tier(self, s: Json, said: Json, p: str, n: str) -> bool:
        return n in self.members(s, p) and s["pillars"][p]["tiers"][n] in said["tiers"]

    def is_excludes(self, s: Json, said: Json, p: str, n: str) -> bool:
        refused = self.case["pillars"][p]["tiers"] if said["tiers"] is None else said["tiers"]
        return not self.is_tier(s, {"tiers": refused}, p, n)

    def leads_of(self, s: Json, p: str, n: str, package: str | None = None, alone: bool = False) -> int:
        """Return how many packages the nation leads (of one package, or alone, if so asked)."""
        ways = s["pillars"][p]["packages"] if p in s["pillars"] else {}
        led = [k for k, way in ways.items() if n in way["leads"] and (not alone or len(way["leads"]) == 1)]
        return sum(1 for k in led if package in (None, k))

    def is_leads(self, s: Json, said: Json, p: str, n: str) -> bool:
        return self.leads_of(s, p, n, said["package"], said["alone"]) > 0

    def is_does_not_lead(self, s: Json, said: Json, p: str, n: str) -> bool:
        return not self.is_leads(s, said, p, n)

    def work(self, s: Json, p: str, n: str, packages: Iterable[str] | None = None) -> Fraction:
        """Return work in reference prices, of some packages or all."""
        total = Fraction(0)
        for name, package, way in self.chosen(s, p) if p in s["pillars"] else ():
            if packages is None or name in packages:
                total += number(package["value"]) * way["shares"].get(n, 0) / 100
        return total

    def value(self, p: str, packages: Iterable[str] | None = None) -> Fraction:
        stated = self.case["pillars"][p]["packages"]
        return sum((number(stated[k]["value"]) for k in packages or stated), Fraction(0))

    def is_share(self, s: Json, said: Json, p: str, n: str) -> bool:
        work, value = 100 * self.work(s, p, n, said["packages"]), self.value(p, said["packages"])
        low, high = said["at_least_percent"], said["at_most_percent"]
        return (low is None or work >= number(low) * value) and (high is None or work <= number(high) * value)

    def is_equal_footing(self, s: Json, said: Json, p: str, n: str) -> bool:
        have = {m: (self.work(s, p, m), self.leads_of(s, p, m)) for m in self.members(s, p)}
        return n in have and all(w <= have[n][0] and led <= have[n][1] for w, led in have.values())

    def is_cost_at_most(self, s: Json, said: Json, p: str, n: str) -> bool:
        return self.costs(s, n)[2] <= number(said["million"])

    def is_level(self, s: Json, said: Json, p: str, n: str) -> bool:
        levels = [source.left(None, False, tolerant=True) for source in self.sources(s, n, said["function"])]
        return max(levels) >= said["at_least"]

    def is_variant(self, s: Json, said: Json, p: str, n: str) -> bool:
        return said["chosen"] == (p in s["pillars"] and said["variant"] in s["pillars"][p]["variants"])

    def is_rights(self, s: Json, said: Json, p: str, n: str) -> bool:
        return p in s["pillars"] and s["pillars"][p]["rights"] in said["regimes"]

    def is_in_service_by(self, s: Json, said: Json, p: str, n: str) -> bool:
        date = self.service(s, p) if p in s["pillars"] else None
        return p in s["pillars"] and (date is None or date <= number(said["year"]))

    def is_assembles_at_home(self, s: Json, said: Json, p: str, n: str) -> bool:
        line = self.line(s, p) if p in s["pillars"] else None
        return line is not None and n in line["hosts"]

    def is_exists(self, s: Json, said: Json, p: str, n: str) -> bool:
        return said["exists"] == (p in s["pillars"])

    def is_members(self, s: Json, said: Json, p: str, n: str) -> bool:
        seated = [m for m in self.members(s, p) if said["tiers"] is None or self.is_tier(s, said, p, m)]
        low, high = number(said["at_least"]), number(said["at_most"], len(self.nations))
        return low <= len(seated) <= high

    def is_takes_outside(self, s: Json, said: Json, p: str, n: str) -> bool:
        taken = s["outside"].get(said["need"], {}).get(n)
        return taken is not None and said["option"] in (None, taken)

    def is_may_export(self, s: Json, said: Json, p: str, n: str) -> bool:
        return self.may_sell(s, p, n, said["destinations"])

    def is_done_as(self, s: Json, said: Json, p: str, n: str) -> bool:
        return p in s["pillars"] and self.mode(s["pillars"][p]["packages"][said["package"]]) in said["modes"]

    # -- rules -------------------------------------------------------------------------------------------

    def broken(self, s: Json) -> Iterator[str]:
        """Yield the rules that the structure breaks, cheap ones first."""
        yield from self.broken_by_nations(s)
        for p in sorted(s["pillars"]):
            yield from self.broken_in_pillar(s, p)
        for link in (link for name, link in self.case["links"].items() if self.applies(name)):
            one, other = link["pillar"] in s["pillars"], link["needs"] in s["pillars"]
            if (one and not other) or (link["both_ways"] and other and not one):
                yield "links"
        for foes in (foes for name, foes in self.case["incompatible"].items() if self.applies(name)):
            for p in s["pillars"] if foes["pillar"] is None else [foes["pillar"]]:
                if set(foes["nations"]) <= set(self.members(s, p)):
                    yield "incompatibility"
        yield from self.broken_money(s)
        for name, line in self.case["red_lines"].items():
            if self.enters(name) and (line["if"] is None or self.holds(s, line["if"])):
                yield from () if self.holds(s, line["then"]) else ["red_lines"]
        yield from self.broken_participation(s)

    def enters(self, name: str) -> bool:
        """Does the red line bind?"""
        line, decided = self.case["red_lines"][name], self.case["decision"]
        if not self.applies(name) or name in self.case["on"]:
            return self.applies(name)
        known = last_day(self.case["as_of"])
        if decided is not None:
            known = first_day(decided["date"]) - datetime.timedelta(days=1)
        hard = line["grade"] == "hard" or (line["grade"] is None and line["speaker"] in HARD)
        return hard and line["status"] == "in_force" and last_day(line["as_of"]) <= known

    def broken_by_nations(self, s: Json) -> Iterator[str]:
        for need, stated in self.case["needs"].items():
            concerned = self.nations if stated["nations"] is None else stated["nations"]
            taken = s["outside"].get(need, {})
            for n in self.nations:
                fillers = len(self.filled_by(s, n, need)) + (n in taken)
                if n in concerned and fillers != 1:
                    yield "fillers"
                if n in taken and (n not in concerned or taken[n] not in stated["outside"].get(n, {})):
                    yield "names"

    def broken_in_pillar(self, s: Json, p: str) -> Iterator[str]:
        """Yield what is wrong with members, work, lines, licences and shares of one pillar."""
        pillar, plan = self.case["pillars"][p], s["pillars"][p]
        tiers = {n: self.tier(s, p, n) for n in self.members(s, p)}
        if any(t["open_to"] is not None and n not in t["open_to"] for n, t in tiers.items()):
            yield "membership"
        beside = pillar["requires_any"]
        if not any("lead" in t["may"] for t in tiers.values()) or (
            beside and not set(beside) & set(s["pillars"])
        ):
            yield "existence"
        for name, _, way in self.chosen(s, p):
            led = all(n in tiers and "lead" in tiers[n]["may"] for n in way["leads"])
            if not led or not all(n in tiers and tiers[n]["may"] for n in way["shares"]):
                yield "work_roles"
            if not any(same_way(way, other) for other in self.ways(p, name)):
                yield "names"
        for name, variant in pillar["variants"].items():
            wanted = set(variant["refused_by"] if name in plan["variants"] else variant["required_by"])
            if wanted & set(tiers):
                yield "variants"
        yield from self.broken_terms(s, p, tiers)
        yield from self.broken_deals(s, p, tiers)

    def broken_terms(self, s: Json, p: str, tiers: dict[str, Json]) -> Iterator[str]:
        """Yield what tiers ask of their members: offtake, work, contributions."""
        for n, tier in tiers.items():
            if tier["min_offtake"] is not None and self.units(s, p, n) < number(tier["min_offtake"]):
                yield "tier_terms"
            terms = tier["work"]
            if terms is None or not self.applies(terms["id"]):
                continue
            work, value = self.work(s, p, n), self.value(p)
            low, high = number(terms["min_percent"]), number(terms["max_percent"], 100)
            if not low * value <= 100 * work <= high * value:
                yield "tier_terms"
            if terms["at_most_contribution"] and tier["contribution"] is not None:
                yield from ["tier_terms"] if work > number(tier["contribution"]) else []

    def broken_deals(self, s: Json, p: str, tiers: dict[str, Json]) -> Iterator[str]:
        """Yield what is wrong with quantities, the line, licences and agreed shares."""
        pillar, plan = self.case["pillars"][p], s["pillars"][p]
        menus = {n: q["menu"] for n, q in pillar["quantities"].items() if "menu" in q}
        asked = {n for n in menus if n in tiers and tiers[n]["buys"]}
        taken = plan.get("quantities", {})
        if set(taken) != asked or any(taken[n] not in map(number, menus[n]) for n in asked):
            yield "quantities"
        line = self.line(s, p)
        if (line is None) != (pillar["lines"] is None):
            yield "lines"
        if line is not None:
            stated = pillar["lines"]["tiers"]
            hosts = {n for n, t in tiers.items() if stated is None and "lead" in t["may"]}
            hosts |= {n for n in tiers if stated is not None and plan["tiers"][n] in stated}
            least = number(line["minimum_load"])
            if not set(line["hosts"]) <= hosts or any(
                sum(self.assembled(s, p, h)) < least for h in line["hosts"]
            ):
                yield "lines"
        for name in plan.get("licences", ()):
            deal = pillar["licences"][name]
            way = plan["packages"][self.case["functions"][deal["function"]]["packages"][p]]
            sellers = set(way["shares"]) | {self.owner(way, h) for h in way["shares"]}
            if deal["nation"] not in tiers or deal["holder"] not in sellers:
                yield "licences"
        for phase in PHASES:
            if self.has_phase(p, phase) and sum(self.parts(s, p, phase).values()) != 1:
                yield "bearing"
            if not self.agreed(s, p, phase, tiers):
                yield "negotiation"

    def agreed(self, s: Json, p: str, phase: str, tiers: dict[str, Json]) -> bool:
        """Are percentages agreed just where they are negotiated, on the grid and within bounds?"""
        rule = self.case["pillars"][p]["cost_sharing"][phase]
        shares = s["pillars"][p].get("cost_percent", {}).get(phase, {})
        if rule["rule"] != "negotiated" or not self.has_phase(p, phase):
            return not shares
        bearing = [n for n in tiers if self.contribution(s, p, n, phase) is None]
        step = number(rule["step_percent"])
        fits = set(shares) <= set(bearing) and all(each % step == 0 for each in shares.values())
        for n in bearing:
            bounds = rule["tiers"].get(s["pillars"][p]["tiers"][n]) or {}
            low, high = number(bounds.get("min_percent")), number(bounds.get("max_percent"), 100)
            fits = fits and low <= shares.get(n, 0) <= high
        return fits

    def base(self, s: Json, p: str, phase: str) -> Fraction:
        """Return the reference value of what is shared in a phase."""
        ways = [k for _, k, way in self.chosen(s, p) if self.mode(way) == "shared" and k["phase"] == phase]
        return sum((number(package["value"]) for package in ways), Fraction(0))

    def returns(self, s: Json, p: str, n: str) -> tuple[Fraction, Fraction, Fraction]:
        """Return work, cost share and value, all of what is shared and in reference prices."""
        work = sum(
            number(package["value"]) * way["shares"].get(n, 0) / 100
            for _, package, way in self.chosen(s, p)
            if self.mode(way) == "shared"
        )
        phases = [phase for phase in PHASES if self.has_phase(p, phase)]
        paid = sum(self.payments(s, p, phase, self.base(s, p, phase)).get(n, 0) for phase in phases)
        value = sum(self.base(s, p, phase) for phase in phases)
        return Fraction(work), Fraction(paid), Fraction(value)

    @staticmethod
    def balanced(rule: Json, work: Fraction, paid: Fraction, value: Fraction) -> bool:
        low, high, band = rule["min_percent"], rule["max_percent"], rule["band_percent"]
        return (
            (low is None or 100 * work >= number(low) * paid)
            and (high is None or 100 * work <= number(high) * paid)
            and (band is None or 100 * abs(work - paid) <= number(band) * value)
        )

    def bound(self, rule: Json, s: Json, p: str, n: str) -> bool:
        """Does juste retour bind the nation in this pillar?"""
        if n not in self.members(s, p):
            return False
        if rule["tiers"] is None:
            return bool(self.tier(s, p, n)["may"])
        return s["pillars"][p]["tiers"][n] in rule["tiers"]

    def broken_money(self, s: Json) -> Iterator[str]:
        """Yield juste retour, balance and budgets that are not kept."""
        over_all = self.case["global_balance"]
        for n in self.nations:
            for p in s["pillars"]:
                rule = self.case["pillars"][p]["juste_retour"]
                if rule is not None and self.applies(rule["id"]) and self.bound(rule, s, p, n):
                    yield from [] if self.balanced(rule, *self.returns(s, p, n)) else ["juste_retour"]
            if over_all is not None and self.applies(over_all["id"]):
                each = [self.returns(s, p, n) for p in s["pillars"] if self.bound(over_all, s, p, n)]
                if each and not self.balanced(over_all, *map(sum, zip(*each, strict=True))):
                    yield "global_balance"
            budget = self.case["nations"][n]["budget"]
            member = any(n in self.members(s, p) for p in s["pillars"])
            if budget is not None and member and self.applies(budget["id"]):
                caps = (budget["development"], budget["later"], budget["total"])
                pairs = zip(self.costs(s, n), caps, strict=True)
                if any(cap is not None and paid > number(cap) for paid, cap in pairs):
                    yield "budgets"

    @cache  # noqa: B019 - a judge lives as long as its case
    def alone(self, n: str) -> list[Worth]:
        """Return what the nation has with every combination of its outside options."""
        needs = [
            k for k, need in self.case["needs"].items() if need["nations"] is None or n in need["nations"]
        ]
        offers = [sorted(self.case["needs"][need]["outside"].get(n, {})) for need in needs]
        found = []
        for taken in itertools.product(*offers):
            outside = {need: {n: option} for need, option in zip(needs, taken, strict=True)}
            found.append(self.worth({"pillars": {}, "outside": outside}, n))
        return found

    def broken_participation(self, s: Json) -> Iterator[str]:
        """Yield nations that would rather take one of their outside options."""
        policy = self.case["participation"]
        if policy["sense"] == "off" or not self.applies(policy["id"]):
            return
        for n in self.nations:
            here, rates = self.worth(s, n), self.case["nations"][n]["exchange_rates"]
            member = any(n in self.members(s, p) for p in s["pillars"])
            if policy["sense"] == "cone" and member and rates is not None:
                worse = any(not self.at_every_rate(here, there, rates) for there in self.alone(n))
            else:
                worse = any(there.no_less(here) and there != here for there in self.alone(n))
            yield from ["participation"] if worse else []

    @staticmethod
    def at_every_rate(here: Worth, there: Worth, rates: Json) -> bool:
        """Is ``here`` worth at least as much as ``there`` at all four corners?"""
        corners = itertools.product(rates["autonomy"].values(), rates["spinoff"].values())
        return all(
            number(a) * (here.autonomy - there.autonomy) + number(b) * (here.spinoff - there.spinoff)
            >= here.cost - there.cost
            for a, b in corners
        )

    def feasible(self, s: Json) -> bool:
        return next(self.broken(s), None) is None
