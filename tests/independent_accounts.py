"""Values of a structure for the second program: levels, autonomy, spin-off, cost.

Written from the specification alone; see :mod:`independent`.
"""

from __future__ import annotations

import functools
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from typing import Any

Json = dict[str, Any]
PHASES = ("development", "production", "support")


@cache
def _parsed(text: str) -> Fraction:
    return Fraction(text)


def number(stated: Any, default: Any = 0) -> Fraction:
    """Return a stated number, plain or in its long form, as a fraction."""
    if isinstance(stated, dict):
        stated = stated["value"]
    return _parsed(str(default if stated is None else stated))


def rounded(amount: Fraction) -> int:
    """Return the whole million nearest to the amount; a half goes up."""
    return (amount + Fraction(1, 2)).__floor__()


@cache
def power_less_one(base: Fraction, exponent: Fraction) -> Fraction:
    """Return ``base ** exponent - 1`` to thirty digits, exact where the power is short."""
    with localcontext() as context:
        context.prec = 60
        wide = (Decimal(base.numerator) / base.denominator).ln()
        power = (wide * exponent.numerator / exponent.denominator).exp()
        return Fraction(power.quantize(Decimal(10) ** -30)) - 1


def reached(steps: list[Json], scale: str, height: Fraction, what: str) -> Fraction:
    """Return what the highest step says that the height reaches; 0 below all of them."""
    below = [(number(step[scale]), number(step[what])) for step in steps if number(step[scale]) <= height]
    return max(below, key=lambda each: each[0])[1] if below else Fraction(0)


@dataclass(frozen=True)
class Source:
    """Where a level comes from, and who can take it away: below 3, or at any height."""

    level: int
    weak: frozenset[str] = frozenset()
    strong: frozenset[str] = frozenset()
    undisclosed: bool = False

    def left(self, denier: str | None, lasting: bool, tolerant: bool) -> int:
        """Return the level left under denial; ``lasting``: stocks outlive the task's horizon."""
        level = 0 if self.undisclosed and not tolerant else self.level
        lost = denier in self.strong or (denier in self.weak and level < 3)
        return level if not lost else 2 if level >= 2 and lasting else 0


@dataclass(frozen=True)
class Worth:
    """What a nation has: autonomy points, spin-off, cost."""

    autonomy: int
    spinoff: int
    cost: Fraction

    def no_less(self, other: Worth) -> bool:
        return self.autonomy >= other.autonomy and self.spinoff >= other.spinoff and self.cost <= other.cost


def remembered(method: Callable[..., Any]) -> Callable[..., Any]:
    """Keep what the method found about the structure that was looked at last."""

    @functools.wraps(method)
    def look(self: Any, s: Json, *about: Any) -> Any:
        if s is not self.latest:
            self.latest, self.found = s, {}
        key = (method.__name__, *about)
        known = self.found
        if key not in known:
            known[key] = method(self, s, *about)
        return known[key]

    return look


class Accounts(ABC):
    """One case; every method is about one structure ``s``, one nation ``n``, one pillar ``p`` of it."""

    def __init__(self, case: Json) -> None:
        self.case = case
        self.nations = sorted(case["nations"])
        self.latest: Json = {}
        self.found: dict[Any, Any] = {}

    @abstractmethod
    def holds(self, s: Json, condition: Json, n: str | None = None) -> bool:
        """Does the condition hold? (That is the business of the rules.)"""

    # -- words of the case -------------------------------------------------------------------------------

    def applies(self, identifier: str | None) -> bool:
        return identifier is None or identifier not in self.case["off"]

    def tier(self, s: Json, p: str, n: str) -> Json:
        return self.case["pillars"][p]["tiers"][s["pillars"][p]["tiers"][n]]

    def members(self, s: Json, p: str) -> list[str]:
        return sorted(s["pillars"][p]["tiers"]) if p in s["pillars"] else []

    def chosen(self, s: Json, p: str) -> Iterator[tuple[str, Json, Json]]:
        """Yield every package of a pillar that exists: name, what is stated, how it is done."""
        for name, way in s["pillars"][p]["packages"].items():
            yield name, self.case["pillars"][p]["packages"][name], way

    def options(self, s: Json, n: str) -> Iterator[tuple[str, Json]]:
        """Yield (need, option) for what the nation does outside."""
        for need, taken in s["outside"].items():
            if n in taken:
                yield need, self.case["needs"][need]["outside"][n][taken[n]]

    @cache  # noqa: B019 - a judge lives as long as its case
    def weights(self, n: str) -> dict[str, int]:
        """Return points per task; classes are scaled to 100 by largest remainder, ties by name."""
        stated = self.case["nations"][n]
        if stated["task_weights"] is not None:
            return stated["task_weights"]
        classes = stated["task_classes"]
        raw = {task: w for word, w in (("must", 3), ("want", 2), ("nice", 1)) for task in classes[word]}
        total = sum(raw.values())
        points = {task: 100 * w // total for task, w in raw.items()}
        behind = sorted(raw, key=lambda task: (-(100 * raw[task] % total), task))
        for task in behind[: 100 - sum(points.values())]:
            points[task] += 1
        return points

    @staticmethod
    def mode(way: Json) -> str:
        return way.get("mode", "shared")

    @staticmethod
    def owner(way: Json, place: str) -> str:
        return way.get("owners", {}).get(place, place)

    def content_owners(self, package: Json, way: Json) -> set[str]:
        """Return the owners of controlled content that is in the package as it is done."""
        if self.mode(way) == "none":
            return set()
        stated = package["controlled_content"]
        return {
            each["owner"]
            for each in stated
            if each["if_held_by"] is None or each["if_held_by"] in way["shares"]
        }

    # -- access levels -----------------------------------------------------------------------------------

    def release(self, s: Json, p: str, n: str, f: str, way: Json, level: int) -> int:
        """Return what the leads of the package let the nation have; leads are never cut."""
        if n in way["leads"] or self.mode(way) != "shared":
            return level
        voices = set(way["leads"]) | {self.owner(way, lead) for lead in way["leads"]}
        for cap in self.case["pillars"][p]["release_caps"]:
            about = cap["nation"] == n and cap["function"] == f and cap["holder"] in voices
            if about and self.applies(cap["id"]):
                level = min(level, cap["level"])
        return level

    def role(self, s: Json, p: str, n: str, f: str) -> Source | None:
        """Return the source that is the member's place in the package that controls the function."""
        plan, name = s["pillars"][p], self.case["functions"][f]["packages"][p]
        package, way = self.case["pillars"][p]["packages"][name], plan["packages"][name]
        ranks = self.case["pillars"][p]["rights"][plan["rights"]]["levels"].get(plan["tiers"][n])
        by_right = self.mode(way) == "shared" or n in way["leads"]
        if not self.tier(s, p, n)["has_level"] or self.mode(way) == "none" or (by_right and ranks is None):
            return None
        weak = {self.owner(way, lead) for lead in way["leads"]} | self.content_owners(package, way)
        if self.mode(way) == "civil":
            return Source(package["civil"]["level"], frozenset(weak | {package["civil"]["supplier"]} - {n}))
        strong = frozenset({self.owner(way, n)} - {n}) if n in way["shares"] else frozenset()
        if self.mode(way) == "effect":
            at_home = n in way["leads"]
            level = 4 if at_home else package["effect"]["level"]
            return Source(level, frozenset(weak - {n}), strong, undisclosed=not at_home)
        if package["denial_share_percent"] is not None:
            least = number(package["denial_share_percent"])
            weak |= {self.owner(way, h) for h, share in way["shares"].items() if share >= least}
        rank = "lead" if n in way["leads"] else "holder" if n in way["shares"] else "other"
        level = self.release(s, p, n, f, way, ranks[rank])
        return Source(level, frozenset(weak - {n}), strong)

    def bought(self, s: Json, p: str, n: str, f: str) -> Iterator[Source]:
        """Yield the levels that a line or a licence gives a member."""
        pillar, plan = self.case["pillars"][p], s["pillars"][p]
        if plan.get("lines"):
            line = pillar["lines"]["configurations"][plan["lines"]]
            if n in line["hosts"]:
                yield Source(line["levels"].get(f, 0))
        for name in plan.get("licences", ()):
            deal = pillar["licences"][name]
            if deal["nation"] == n and deal["function"] == f:
                way = plan["packages"][self.case["functions"][f]["packages"][p]]
                level = self.release(s, p, n, f, way, deal["level"])
                yield Source(level, frozenset({deal["holder"]} - {n}))

    def beside(self, s: Json, n: str, f: str) -> Iterator[Source]:
        """Yield what the nation's outside options give it on the function."""
        for need, option in self.options(s, n):
            covered = set(self.case["functions"][f]["packages"]) & set(self.case["needs"][need]["pillars"])
            level = option["levels"].get(f, option["level"] if covered else 0)
            vendor = [option["vendor"]] if option["vendor"] else []
            weak = vendor if option["revocable_by"] is None else option["revocable_by"]
            yield Source(level, frozenset(weak) - {n}, frozenset(option["hosted_by"]) - {n})

    @remembered
    def sources(self, s: Json, n: str, f: str) -> list[Source]:
        """Return every source of the nation's level on the function, after all caps."""
        stated = self.case["nations"][n]
        found = [Source(stated["own_capability"].get(f, 0)), *self.beside(s, n, f)]
        for p in self.case["functions"][f]["packages"]:
            if n in self.members(s, p):
                role = self.role(s, p, n, f)
                found += [role] if role else []
                found += self.bought(s, p, n, f)
        most = stated["absorptive_caps"].get(f, 4)
        return [Source(min(each.level, most), each.weak, each.strong, each.undisclosed) for each in found]

    # -- autonomy ----------------------------------------------------------------------------------------

    def possible(
        self, s: Json, n: str, task: str, denier: str | None, known: dict[str, list[Source]]
    ) -> bool:
        """Can the nation do the task, all levels and requirements together, under this denial?"""
        stated = self.case["tasks"][task]
        kept = any(task in option["keeps"] for _, option in self.options(s, n))
        if stated["requires"] is not None and not kept and not self.holds(s, stated["requires"], n):
            return False
        horizon = stated["horizon_months"]
        for f, level in stated["needs"].items():
            stocks = number(self.case["functions"][f]["endurance_months"])
            lasting = horizon is not None and number(horizon) <= stocks
            left = [each.left(denier, lasting, stated["tolerates_undisclosed"]) for each in known[f]]
            if max(left) < level:
                return False
        return True

    def two_sums(self, s: Json, n: str) -> tuple[int, int]:
        """Return A0 and N1."""
        known = {f: self.sources(s, n, f) for f in self.case["functions"]}
        weights = self.weights(n)
        deniers = {h for each in known.values() for source in each for h in source.weak | source.strong}
        if self.case["nations"][n]["plans_against"] is not None:
            deniers &= set(self.case["nations"][n]["plans_against"])
        with_consent = [task for task in weights if self.possible(s, n, task, None, known)]
        a0 = sum(weights[task] for task in with_consent)
        under = (sum(weights[t] for t in with_consent if self.possible(s, n, t, h, known)) for h in deniers)
        return a0, min(under, default=a0)

    @remembered
    def autonomy(self, s: Json, n: str) -> int:
        """Return the nation's points, at most what is enough; judged options state theirs."""
        judged = [option["vector"] for _, option in self.options(s, n) if option["vector"] is not None]
        if judged:
            points = sum(int(number(vector["autonomy"])) for vector in judged)
        else:
            a0, n1 = self.two_sums(s, n)
            weigh = self.case["autonomy"]
            points = int(number(weigh["consent"])) * a0 + int(number(weigh["denial"])) * n1
        enough = self.case["nations"][n]["enough"]
        return points if enough is None else min(points, int(number(enough)))

    # -- units, exports, lines ---------------------------------------------------------------------------

    def units(self, s: Json, p: str, n: str) -> Fraction:
        """Return how many units the member buys."""
        if n not in self.members(s, p) or not self.tier(s, p, n)["buys"]:
            return Fraction(0)
        if n in s["pillars"][p].get("quantities", {}):
            return number(s["pillars"][p]["quantities"][n])
        stated = self.case["pillars"][p]["quantities"].get(n)
        return Fraction(0) if stated is None or "menu" in stated else number(stated)

    def partners(self, s: Json, p: str) -> Fraction:
        return sum((number(self.tier(s, p, n)["partner_weight"]) for n in self.members(s, p)), Fraction(0))

    def stake_in(self, s: Json, p: str, h: str) -> Fraction:
        """Return value worked on in a nation, or of its content if that is more."""
        total = Fraction(0)
        for _, package, way in self.chosen(s, p):
            owned = Fraction(0)
            for each in package["controlled_content"]:
                if each["owner"] == h and self.content_owners({"controlled_content": [each]}, way):
                    owned += number(each["percent"])
            total += number(package["value"]) * max(owned, Fraction(way["shares"].get(h, 0))) / 100
        return total

    def objectors(self, s: Json, p: str, seller: str, place: str) -> set[str]:
        """Return who stands in the way of a sale of the pillar's product to this destination."""
        rule = self.case["pillars"][p]["export"]
        agree = {h for h, places in rule["consents"].items() if place in places}
        refuse = {h for h, places in rule["vetoes"].items() if place in places}
        said = {n for n in self.members(s, p) if self.tier(s, p, n)["export_say"]} - {seller}
        own = {seller} & refuse
        if rule["rule"] == "presumed_consent":
            return own | (said & refuse)
        if rule["rule"] == "unanimous":
            return own | (said - agree)
        if rule["rule"] == "see_through":
            owners = [self.content_owners(package, way) for _, package, way in self.chosen(s, p)]
            given = [way for _, _, way in self.chosen(s, p) if self.mode(way) == "effect"]
            owners += [{self.owner(way, lead) for lead in way["leads"]} for way in given]
            return own | (set().union(*owners) - agree - {seller})
        values = sum(number(each["value"]) for each in self.case["pillars"][p]["packages"].values())
        least = number(rule["de_minimis_percent"]) * values / 100
        stakes = {h: self.stake_in(s, p, h) for h in set(rule["restrictive"]) - agree - {seller}}
        return own | {h for h, stake in stakes.items() if stake > 0 and stake >= least}

    def may_sell(self, s: Json, p: str, seller: str, places: Iterable[str]) -> bool:
        """Is the nation a member that may hold work, and free to sell to every destination?"""
        if seller not in self.members(s, p) or not self.tier(s, p, seller)["may"]:
            return False
        rule = self.case["pillars"][p]["export"]
        if rule is None or not self.applies(rule["id"]):
            return True
        return not any(self.objectors(s, p, seller, place) for place in places)

    @remembered
    def exported(self, s: Json, p: str) -> Fraction:
        """Return the units sold to others, none if nobody may sell them."""
        stated = self.case["pillars"][p]["production"]["exports"]
        if stated is None:
            return Fraction(0)
        sellers = self.members(s, p) if stated["seller"] is None else [stated["seller"]]
        free = any(self.may_sell(s, p, seller, stated["destinations"]) for seller in sellers)
        return number(stated["quantity"]) if free else Fraction(0)

    def abroad(self, s: Json, p: str) -> Fraction:
        """Return the units for states outside the case."""
        return number(self.case["pillars"][p]["production"]["base_quantity"]) + self.exported(s, p)

    def line(self, s: Json, p: str) -> Json | None:
        name = s["pillars"][p].get("lines")
        return self.case["pillars"][p]["lines"]["configurations"][name] if name else None

    def assembled(self, s: Json, p: str, host: str) -> list[Fraction]:
        """Return the units that the host assembles, buyer by buyer; the first host does what is left."""
        line = self.line(s, p)
        first = line["hosts"][0]
        served = [n for n in self.members(s, p) if line["assembles_for"].get(n, first) == host]
        others = [number(self.case["pillars"][p]["production"]["base_quantity"]), self.exported(s, p)]
        return [self.units(s, p, n) for n in served] + (others if host == first else [])

    # -- spin-off ----------------------------------------------------------------------------------------

    def spinoff_of_way(self, p: str, package: Json, way: Json, n: str) -> int:
        """Return what one way to do a package brings the nation, rounded once."""
        full = number(self.case["pillars"][p]["absorption"]["full_effect_from_percent"])
        own = number(self.case["nations"][n]["competence_percent"])
        competence = number(package["competence_percent"].get(n), own)
        share = Fraction(way["shares"].get(n, 0))
        effect = min(Fraction(1), share / full) if full else Fraction(share > 0)
        gain = number(package["value"]) * number(package["spinoff_percent"]) * competence * effect / 10000
        if n in way["leads"]:
            gain += number(package["lead_bonus"]) / len(way["leads"])
        return rounded(gain)

    @remembered
    def spinoff(self, s: Json, n: str) -> int:
        """Return value beyond the work that is paid for, in the nation where the work is done."""
        total = 0
        for p in s["pillars"]:
            total += sum(self.spinoff_of_way(p, package, way, n) for _, package, way in self.chosen(s, p))
            line = self.line(s, p)
            if line is not None and n in line["hosts"]:
                per_unit = number(self.case["pillars"][p]["lines"]["spinoff_per_unit"])
                total += sum(rounded(per_unit * units) for units in self.assembled(s, p, n))
        for _, option in self.options(s, n):
            if option["vector"] is not None:
                total += rounded(number(option["vector"]["spinoff"]))
            else:
                per_unit = number(option["offset_per_unit"]) * number(option["quantity"])
                total += rounded(number(option["offset"]) + per_unit)
        return total

    # -- cost --------------------------------------------------------------------------------------------

    def grown(self, p: str, package: Json) -> Fraction:
        return number(self.case["pillars"][p]["growth"]) if package["phase"] == "development" else Fraction(1)

    def work_cost(self, p: str, package: Json, way: Json) -> int:
        """Return what a way to do a package costs, whoever pays."""
        if self.mode(way) == "none":
            return 0
        if self.mode(way) == "civil":
            return rounded(number(package["civil"]["price"]))
        index = package["cost_index_percent"]
        there = sum(number(index.get(h), 100) * share for h, share in way["shares"].items())
        premium = number(package["split_premium_percent"]) * (len(way["shares"]) - 1) / 100
        return rounded(number(package["value"]) * (there * self.grown(p, package) / 10000 + premium))

    def development_value(self, p: str) -> Fraction:
        packages = self.case["pillars"][p]["packages"].values()
        return sum((number(k["value"]) for k in packages if k["phase"] == "development"), Fraction(0))

    def coordination(self, s: Json, p: str) -> int:
        """Return the cost of governing together."""
        stated, partners = self.case["pillars"][p]["coordination"], self.partners(s, p)
        if stated["table"] is not None:
            return rounded(reached(stated["table"], "partners", partners, "million"))
        more = power_less_one(max(partners, Fraction(1)), number(stated["gamma"]))
        return rounded(self.development_value(p) * more)

    @remembered
    def pool(self, s: Json, p: str, phase: str) -> int:
        """Return what the members share in a phase."""
        shared = [
            self.work_cost(p, package, way)
            for _, package, way in self.chosen(s, p)
            if package["phase"] == phase and self.mode(way) != "effect"
        ]
        if phase != "development":
            return sum(shared)
        pillar, plan = self.case["pillars"][p], s["pillars"][p]
        added = [self.coordination(s, p), rounded(number(pillar["rights"][plan["rights"]]["cost"]))]
        for name in plan["variants"]:
            percent = number(pillar["variants"][name]["development_percent"])
            added.append(rounded(self.development_value(p) * percent / 100))
        line = self.line(s, p)
        if line is not None and line["pooled"]:
            added.append(rounded(number(line["set_up"]) * len(line["hosts"])))
        return sum(shared) + sum(added)

    def contribution(self, s: Json, p: str, n: str, phase: str) -> Fraction | None:
        """Return the member's fixed contribution to a phase, None if it bears the rest."""
        tier = self.tier(s, p, n)
        stated = tier["contribution"] if phase == "development" else tier["later_contributions"].get(phase)
        return None if stated is None else number(stated)

    def has_phase(self, p: str, phase: str) -> bool:
        """Is there anything to share in the phase?"""
        packages = self.case["pillars"][p]["packages"].values()
        return phase == "development" or any(package["phase"] == phase for package in packages)

    def parts(self, s: Json, p: str, phase: str) -> dict[str, Fraction]:
        """Return in which proportion the rest is borne; the parts of a rule that closes sum to one."""
        rule = self.case["pillars"][p]["cost_sharing"][phase]
        bearing = [n for n in self.members(s, p) if self.contribution(s, p, n, phase) is None]
        if rule["rule"] == "tier_fixed" and rule["residual"] != "core_equally":
            return {rule["residual"]: Fraction(1)} if rule["residual"] in self.members(s, p) else {}
        if rule["rule"] in ("tier_fixed", "equal"):
            return {n: Fraction(1, len(bearing)) for n in bearing}
        if rule["rule"] == "fixed":
            return {n: number(rule["percent"].get(n)) / 100 for n in bearing}
        if rule["rule"] == "negotiated":
            agreed = s["pillars"][p].get("cost_percent", {}).get(phase, {})
            return {n: Fraction(agreed.get(n, 0), 100) for n in bearing}
        units = {n: self.units(s, p, n) for n in bearing}
        total = sum(units.values())
        return {n: each / total for n, each in units.items()} if total else {}

    def payments(self, s: Json, p: str, phase: str, pool: Fraction) -> dict[str, Fraction]:
        """Return who pays how much of a pool: fixed contributions, and parts of the rest."""
        parts = self.parts(s, p, phase)
        fixed = {n: self.contribution(s, p, n, phase) for n in self.members(s, p) if n not in parts}
        paid = {n: each or Fraction(0) for n, each in fixed.items()}
        rest = pool - sum(paid.values(), Fraction(0))
        return paid | {n: part * rest for n, part in parts.items()}

    def access_cost(self, s: Json, p: str, n: str) -> int:
        """Return what the member pays for level 3 or 4 that it gets by right."""
        total, most = 0, self.case["nations"][n]["absorptive_caps"]
        for f, stated in self.case["functions"].items():
            if p not in stated["packages"]:
                continue
            name = stated["packages"][p]
            source = self.role(s, p, n, f)
            if source and min(source.level, most.get(f, 4)) >= 3:
                value = number(self.case["pillars"][p]["packages"][name]["value"])
                percent = number(stated["access_cost_percent"])
                total += rounded(number(stated["access_cost"]) + percent * value / 100)
        return total

    @remembered
    def own_development(self, s: Json, p: str, n: str) -> int:
        """Return the member's own cost in the first period: access, effects, lines, licences."""
        total = self.access_cost(s, p, n)
        for _, package, way in self.chosen(s, p):
            if self.mode(way) == "effect" and n in way["leads"]:
                total += self.work_cost(p, package, way)
        line = self.line(s, p)
        if line is not None and n in line["hosts"] and not line["pooled"]:
            total += rounded(number(line["set_up"]))
        deals = [self.case["pillars"][p]["licences"][name] for name in s["pillars"][p].get("licences", ())]
        return total + sum(rounded(number(deal["fee"])) for deal in deals if deal["nation"] == n)

    def unit_costs(self, s: Json, p: str, n: str) -> int:
        """Return what the member pays for its units: price by band, premiums, support."""
        pillar, plan, units = self.case["pillars"][p], s["pillars"][p], self.units(s, p, n)
        if not units:
            return 0
        total = sum(self.units(s, p, each) for each in self.members(s, p)) + self.abroad(s, p)
        price = reached(pillar["production"]["bands"], "from_quantity", total, "unit_price") * units
        costs = [price]
        costs += [price * number(pillar["variants"][v]["unit_percent"]) / 100 for v in plan["variants"]]
        line = self.line(s, p)
        if line is not None:
            host = line["assembles_for"].get(n, line["hosts"][0])
            costs.append(units * (number(line["unit_premium"]) + number(line["premium_by_host"].get(host))))
        if pillar["support"] is not None:
            years = number(pillar["support"]["years"])
            costs.append(units * number(pillar["support"]["per_unit_year"]) * years)
        return sum(rounded(each) for each in costs)

    def levy(self, s: Json, p: str, n: str | None) -> Fraction:
        """Return the nation's receipts from levies, or with no nation those of all."""
        sharing = [m for m in self.members(s, p) if self.tier(s, p, m)["levy_share"]]
        stated = self.case["pillars"][p]["production"]["exports"]
        if stated is None or not sharing or (n is not None and n not in sharing):
            return Fraction(0)
        receipts = Fraction(rounded(number(stated["levy_per_unit"]) * self.exported(s, p)))
        return receipts if n is None else receipts / len(sharing)

    def service(self, s: Json, p: str) -> Fraction | None:
        """Return when the product enters service, in years; None if the case does not say."""
        stated = self.case["pillars"][p]["service"]
        if stated is None:
            return None
        partners = self.partners(s, p)
        months = reached(stated["delays"], "partners", partners, "months")
        for name in s["pillars"][p]["variants"]:
            months += number(self.case["pillars"][p]["variants"][name]["delay_months"])
        return number(stated["year"]) + months / 12

    def gap(self, need: str, n: str, meets: str, date: Fraction | None) -> int:
        """Return what lateness and a stopgap cost the nation."""
        stated = self.case["needs"][need]
        years = number(stated["stopgap_years"].get(n)) if meets == "stopgap" else Fraction(0)
        if date is not None and n in stated["required_from"]:
            years += max(Fraction(0), date - number(stated["required_from"][n]))
        return rounded(years * number(stated["gap_cost_per_year"].get(n)))

    def option_cost(self, option: Json) -> int:
        if option["vector"] is not None:
            return rounded(number(option["vector"]["cost"]))
        per_unit = number(option["support_per_unit_year"]) * number(option["support_years"])
        per_unit += number(option["unit_price"])
        return rounded(number(option["price"]) + number(option["quantity"]) * per_unit)

    def filled_by(self, s: Json, n: str, need: str) -> list[str]:
        """Return the pillars by which the nation fills the need."""
        stated = self.case["needs"][need]["pillars"]
        return [p for p in stated if n in self.members(s, p) and self.tier(s, p, n)["buys"]]

    @remembered
    def later_costs(self, s: Json, n: str) -> int:
        """Return units, support, outside options and gaps."""
        total = sum(self.unit_costs(s, p, n) for p in s["pillars"] if n in self.members(s, p))
        for need, option in self.options(s, n):
            total += self.option_cost(option)
            if option["vector"] is None:
                date = None if option["in_service"] is None else number(option["in_service"])
                total += self.gap(need, n, option["meets"], date)
        for need, stated in self.case["needs"].items():
            if stated["nations"] is None or n in stated["nations"]:
                for p in self.filled_by(s, n, need):
                    total += self.gap(need, n, stated["pillars"][p]["meets"], self.service(s, p))
        return total

    @remembered
    def costs(self, s: Json, n: str) -> tuple[Fraction, Fraction, Fraction]:
        """Return what the nation pays in the first period, later (less levies received), and in all."""
        first, later, receipts = Fraction(0), Fraction(self.later_costs(s, n)), Fraction(0)
        for p in s["pillars"]:
            if n not in self.members(s, p):
                continue
            first += self.own_development(s, p, n)
            receipts += self.levy(s, p, n)
            for phase in PHASES:
                if self.has_phase(p, phase):
                    paid = self.payments(s, p, phase, Fraction(self.pool(s, p, phase)))[n]
                    first, later = (first + paid, later) if phase == PHASES[0] else (first, later + paid)
        return first, later - receipts, first + later - receipts

    def programme_cost(self, s: Json) -> Fraction:
        """Return pools and own costs of all, never the sum of payments."""
        total = Fraction(sum(self.later_costs(s, n) for n in self.nations))
        for p in s["pillars"]:
            total += sum(self.own_development(s, p, n) for n in self.members(s, p)) - self.levy(s, p, None)
            total += sum(self.pool(s, p, phase) for phase in PHASES if self.has_phase(p, phase))
        return total

    # -- values ------------------------------------------------------------------------------------------

    def worth(self, s: Json, n: str) -> Worth:
        return Worth(self.autonomy(s, n), self.spinoff(s, n), self.costs(s, n)[2])

    def programme(self, s: Json) -> tuple[int, int, int]:
        """Return stake-weighted autonomy, summed spin-off, and cost."""
        stakes = {n: int(number(self.case["nations"][n]["stake"])) for n in self.nations}
        cost = self.programme_cost(s)
        assert cost.denominator == 1
        autonomy = sum(stake * self.autonomy(s, n) for n, stake in stakes.items())
        return autonomy, sum(self.spinoff(s, n) for n in self.nations), int(cost)
