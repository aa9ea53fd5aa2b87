"""Small random cases, seeded, that between them state everything this version decides.

``random_case(seed)`` is the case of that number, the same on every machine and in every process. A case is
small enough to be enumerated (at most ``MOST_CANDIDATES`` structures) and mean enough to be interesting:
numbers that do not divide, caps that just bind, owners that are not where the work is.

:mod:`exercised` says which fields and kinds of condition they exercise; a test insists that none is missing.
"""

from __future__ import annotations

import functools
import itertools
import math
import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from brute_force import candidates, number_of_plans
from random_terms import add_terms

from procure_opt.accounts.conditions import BUILT
from procure_opt.case.conditions import Condition
from procure_opt.case.model import Case

MOST_CANDIDATES = 600
NATIONS = ("NOR", "ALP", "BET")
OTHERS = ("vendor_x", "third_state")
DESTINATIONS = ("near", "far")
POSITIONS = ("then", "if", "not", "any_of", "requires")

Json = dict[str, Any]


class Draw(random.Random):
    """Random choices in the words of a case."""

    def chance(self, percent: float) -> bool:
        """Return True in so many percent of all draws."""
        return self.random() * 100 < percent

    def number(self, low: int, high: int) -> int | Decimal:
        """Return a number between low and high: whole, or with up to two decimals."""
        whole = self.randint(low, high)
        digits = self.choice((0, 0, 1, 2))
        return (
            whole
            if not digits
            else min(Decimal(whole) + Decimal(self.randint(1, 9)) / 10**digits, Decimal(high))
        )

    def some(self, items: Sequence[str], least: int = 0, most: int | None = None) -> list[str]:
        """Return a sorted sample of at least ``least`` items."""
        return sorted(self.sample(list(items), self.randint(least, len(items) if most is None else most)))

    def maybe(self, stated: Json, key: str, percent: float, value: Any) -> None:
        """Set the key with this probability; ``value`` may be a function that draws it."""
        if self.chance(percent):
            stated[key] = value() if callable(value) else value


def random_conditions(seed: int) -> list[Json]:
    """Return conditions for the random case of this number: one of each kind, a few combined."""
    writer = _Writer(seed, _attempt(seed))
    writer.case()
    writer.draw.seed(f"conditions {seed}")
    return [writer.atom(kind) for kind in writer.kinds()] + [writer.condition(depth=2) for _ in range(4)]


@functools.lru_cache(maxsize=1024)
def _attempt(seed: int) -> int:
    """Return the number of the first draw of the case that is small enough."""
    documents = (
        Case.model_validate(sorted_keys(_Writer(seed, attempt).case())) for attempt in itertools.count()
    )
    return next(attempt for attempt, case in enumerate(documents) if not _too_many(case))


@functools.lru_cache(maxsize=1024)
def random_case(seed: int) -> Case:
    """Return the random case of this number."""
    return Case.model_validate(random_document(seed))


def random_document(seed: int) -> Json:
    """Return the case of this number as plain data with sorted keys."""
    return sorted_keys(_Writer(seed, _attempt(seed)).case())


def sorted_keys(data: Any) -> Any:
    """Return the data with the keys of every mapping sorted."""
    if isinstance(data, dict):
        return {key: sorted_keys(data[key]) for key in sorted(data)}
    return [sorted_keys(each) for each in data] if isinstance(data, list | tuple) else data


def reversed_keys(data: Any) -> Any:
    """Return the data with the keys of every mapping in falling order."""
    if isinstance(data, dict):
        return {key: reversed_keys(data[key]) for key in sorted(data, reverse=True)}
    return [reversed_keys(each) for each in data] if isinstance(data, list | tuple) else data


def _too_many(case: Case) -> bool:
    if math.prod(1 + number_of_plans(case, pillar) for pillar in case.pillars) > 4 * MOST_CANDIDATES:
        return True
    counted = sum(1 for _ in itertools.islice(candidates(case), MOST_CANDIDATES + 1))
    return counted > MOST_CANDIDATES


class _Writer:
    """Writes one random case as plain data."""

    def __init__(self, seed: int, attempt: int) -> None:
        self.seed = seed
        self.draw = Draw(f"case {seed}, attempt {attempt}")
        draw = self.draw
        self.nations = list(NATIONS[: 2 if draw.chance(65) else 3])
        self.pillars = ["aircraft", "cloud"][: 1 if draw.chance(60) else 2]
        self.tiers: dict[str, Json] = {}
        self.packages: dict[str, list[str]] = {}
        self.variants: dict[str, list[str]] = {}
        self.regimes: dict[str, list[str]] = {}
        self.need_pillars: dict[str, list[str]] = {}
        self.functions: dict[str, Json] = {}
        self.options: dict[str, dict[str, list[str]]] = {}
        self.holds_caps: list[Json] = []

    def case(self) -> Json:
        """Return the whole case."""
        draw = self.draw
        self._frame()
        pillars = {name: self._pillar(name) for name in self.pillars}
        self._draw_functions(pillars)
        needs = {need: self._need(need) for need in sorted(self.need_pillars)}
        self._cap_release(pillars)
        tasks = {f"task_{i}": self._task(i) for i in range(draw.randint(1, 3))}
        stated: Json = {
            "case": 1,
            "id": f"random-{self.seed}",
            "title": f"Random case {self.seed}",
            "marking": "UNCLASSIFIED - SYNTHETIC",
            "as_of": "2026-01",
            "fictional": True,
            "money": {"currency": "EUR", "price_base": 2025},
            "autonomy": {"consent": draw.choice((1, 1, 2, 0)), "denial": draw.choice((1, 3, 3, 2))},
            "participation": self._participation(),
            "nations": {name: self._nation(list(tasks)) for name in self.nations},
            "others": {name: {"name": name} for name in OTHERS},
            "functions": self.functions,
            "tasks": tasks,
            "needs": needs,
            "pillars": pillars,
            "red_lines": self._red_lines(),
        }
        draw.maybe(stated, "decision", 30, {"date": "2025-06"})
        self._hang_together(stated)
        self._switch(stated)
        add_terms(self, stated)
        return stated

    def _frame(self) -> None:
        """Draw which needs there are and which pillars fill them."""
        draw = self.draw
        if len(self.pillars) == 1:
            needed = draw.chance(85) or self._cycled() == "takes_outside"
            self.need_pillars = {"fighter": ["aircraft"]} if needed else {}
        else:
            self.need_pillars = (
                {"fighter": list(self.pillars)} if draw.chance(45) else {"fighter": ["aircraft"]}
            )
            if self.need_pillars["fighter"] == ["aircraft"] and draw.chance(25):
                self.need_pillars["network"] = ["cloud"]
        if self.need_pillars and draw.chance(8):
            self.need_pillars["gap_filler"] = []

    def _participation(self) -> Json:
        draw = self.draw
        stated: Json = {"sense": draw.choice(("pareto", "pareto", "off", "off", "cone"))}
        draw.maybe(stated, "id", 50, "IR")
        return stated

    # -- nations -----------------------------------------------------------------------------------------

    def _nation(self, tasks: list[str]) -> Json:
        draw = self.draw
        stated: Json = {"name": "A nation", "stake": draw.randint(1, 3)}
        if draw.chance(70):
            cuts = sorted(draw.randint(0, 100) for _ in tasks[1:])
            ends = zip([0, *cuts], [*cuts, 100], strict=True)
            stated["task_weights"] = {task: high - low for task, (low, high) in zip(tasks, ends, strict=True)}
        else:
            classes: Json = {"must": [], "want": [], "nice": []}
            for task in tasks:
                classes[draw.choice(("must", "want", "nice"))].append(task)
            stated["task_classes"] = classes
        draw.maybe(stated, "competence_percent", 30, lambda: draw.number(50, 150))
        draw.maybe(stated, "absorptive_caps", 20, lambda: self._levels(1, 3))
        draw.maybe(stated, "own_capability", 25, lambda: self._levels(1, 4))
        draw.maybe(stated, "budget", 35, self._budget)
        return stated

    def _budget(self) -> Json:
        draw = self.draw
        stated: Json = {}
        draw.maybe(stated, "id", 50, "BUDGET")
        for period, (low, high) in (("development", (60, 450)), ("later", (60, 450)), ("total", (200, 800))):
            draw.maybe(stated, period, 50, lambda low=low, high=high: draw.number(low, high))
        return stated

    def _levels(self, low: int, high: int) -> Json:
        return {name: self.draw.randint(low, high) for name in self.draw.some(sorted(self.functions), 1)}

    # -- functions and tasks -----------------------------------------------------------------------------

    def _draw_functions(self, pillars: Json) -> None:
        draw = self.draw
        for name in ("engine", "mission", "links")[: draw.randint(1, 3)]:
            among = draw.some(self.pillars, 1)
            stated: Json = {"packages": {p: draw.choice(sorted(pillars[p]["packages"])) for p in among}}
            draw.maybe(stated, "endurance_months", 45, lambda: draw.choice((3, 6, 12)))
            draw.maybe(stated, "access_cost", 30, lambda: draw.number(5, 40))
            draw.maybe(stated, "access_cost_percent", 25, lambda: draw.number(1, 12))
            self.functions[name] = stated

    def _task(self, number: int) -> Json:
        draw = self.draw
        needed = draw.some(sorted(self.functions), 0 if draw.chance(15) else 1, min(2, len(self.functions)))
        stated: Json = {
            "text": f"task {number}",
            "needs": {f: draw.choice((1, 2, 2, 3, 3, 4)) for f in needed},
        }
        draw.maybe(stated, "horizon_months", 55, lambda: draw.choice((1, 3, 6, 12, 24)))
        if number == 0 and POSITIONS[self.seed // len(BUILT) % len(POSITIONS)] == "requires":
            stated["requires"] = self.atom(self._cycled(), own_nation=True)
        else:
            draw.maybe(stated, "requires", 35, lambda: self.condition(depth=1, own_nation=True))
        return stated

    # -- pillars -----------------------------------------------------------------------------------------

    def _pillar(self, name: str) -> Json:
        draw = self.draw
        self.tiers[name] = self._tiers()
        self.packages[name] = [
            f"{name}_{letter}" for letter in "ab"[: draw.choice((1, 2) if name == "cloud" else (1, 2, 2))]
        ]
        self.regimes[name] = ["closed", "open", "shared"][: draw.choice((1, 1, 2, 2, 3))]
        stated: Json = {
            "tiers": self.tiers[name],
            "rights": {regime: self._regime(name) for regime in self.regimes[name]},
            "packages": {package: self._package() for package in self.packages[name]},
        }
        self._add_money(name, stated)
        self._add_variants(name, stated)
        draw.maybe(
            stated, "absorption", 70, lambda: {"full_effect_from_percent": draw.choice((100, 50, "33.3", 0))}
        )
        draw.maybe(stated, "juste_retour", 28, lambda: self._juste_retour(name))
        draw.maybe(stated, "export", 55, self._export)
        draw.maybe(stated, "service", 45, self._service)
        return stated

    def _tiers(self) -> Json:
        draw = self.draw
        core: Json = {
            "may": draw.choice((["lead", "hold"], ["lead"])),
            "partner_weight": draw.choice((1, 1, "0.9")),
        }
        draw.maybe(core, "work", 25, lambda: self._work_terms(contributes=False))
        tiers: Json = {"core": core}
        if draw.chance(60):
            tiers["associate"] = self._associate()
        if draw.chance(35):
            tiers["buyer"] = {"partner_weight": draw.choice((0, "0.25")), "may": draw.choice(([], ["hold"]))}
            draw.maybe(tiers["buyer"], "contribution", 60, lambda: draw.number(0, 20))
            draw.maybe(tiers["buyer"], "min_offtake", 40, lambda: draw.randint(5, 20))
            draw.maybe(tiers["buyer"], "has_level", 30, False)
        if draw.chance(25):
            tiers["observer"] = {
                "buys": False,
                "export_say": draw.chance(30),
                "has_level": draw.chance(40),
                "contribution": 0,
            }
        for tier in tiers.values():
            draw.maybe(tier, "open_to", 20, lambda: draw.some(self.nations, 1))
            draw.maybe(tier, "export_say", 10, False)
            draw.maybe(tier, "min_offtake", 6, lambda: draw.randint(5, 15))
        return tiers

    def _associate(self) -> Json:
        draw = self.draw
        associate: Json = {
            "may": draw.choice((["hold"], ["lead", "hold"], ["hold"])),
            "partner_weight": draw.choice(("0.5", "0.25", "0.3")),
        }
        draw.maybe(associate, "contribution", 75, lambda: draw.number(10, 90))
        draw.maybe(associate, "work", 55, lambda: self._work_terms(contributes="contribution" in associate))
        return associate

    def _work_terms(self, *, contributes: bool) -> Json:
        draw = self.draw
        stated: Json = {}
        draw.maybe(stated, "id", 60, "RET")
        draw.maybe(stated, "min_percent", 50, lambda: draw.choice((10, 20, "33.3", 40)))
        draw.maybe(stated, "max_percent", 40, lambda: draw.choice((30, 50, "66.6", 60)))
        if contributes:
            draw.maybe(stated, "at_most_contribution", 50, True)
        return stated

    def _regime(self, pillar: str) -> Json:
        draw = self.draw
        levels: Json = {}
        for tier in sorted(self.tiers[pillar]):
            if draw.chance(88):
                lead = draw.choice((4, 4, 4, 3, 2))
                holder = draw.choice((3, 3, 2, 2, 1))
                levels[tier] = {
                    "lead": lead,
                    "holder": min(lead, holder),
                    "other": min(holder, draw.choice((2, 2, 3, 1, 0))),
                }
        stated: Json = {"levels": levels}
        draw.maybe(stated, "cost", 30, lambda: draw.number(1, 30))
        return stated

    def _add_money(self, name: str, stated: Json) -> None:
        draw = self.draw
        sharing = draw.choice(("core_equally", "core_equally", "nation", "equal", "fixed", "unstated"))
        if sharing != "unstated":
            stated["cost_sharing"] = {"development": self._sharing(sharing)}
        draw.maybe(stated, "growth", 50, lambda: draw.choice(("1.3", "1.65", 2, "1.125")))
        draw.maybe(stated, "coordination", 60, self._coordination)
        draw.maybe(
            stated,
            "quantities",
            90,
            lambda: {n: draw.randint(4, 24) for n in self.nations if draw.chance(90)},
        )
        draw.maybe(stated, "production", 80, self._production)
        draw.maybe(
            stated, "support", 30, lambda: {"per_unit_year": draw.number(0, 1), "years": draw.randint(1, 6)}
        )

    def _sharing(self, rule: str) -> Json:
        draw = self.draw
        if rule == "core_equally":
            return {"rule": "tier_fixed"}
        if rule == "nation":
            return {"rule": "tier_fixed", "residual": draw.choice(self.nations)}
        if rule == "equal":
            return {"rule": "equal"}
        payers = draw.some(self.nations, 1)
        cuts = sorted(draw.sample(range(10, 95, 5), len(payers) - 1))
        percent: Json = {n: high - low for n, low, high in zip(payers, [0, *cuts], [*cuts, 100], strict=True)}
        if len(payers) == 3 and draw.chance(40):
            percent = dict(zip(payers, ("33.4", "33.3", "33.3"), strict=True))
        return {"rule": "fixed", "percent": percent}

    def _coordination(self) -> Json:
        draw = self.draw
        if draw.chance(50):
            return {"gamma": draw.choice(("0.1", "0.25", "0.5", 0))}
        steps = draw.sample((1, "1.5", "1.75", 2, "2.5", 3), draw.randint(1, 3))
        return {"table": [{"partners": step, "million": draw.number(5, 60)} for step in steps]}

    def _production(self) -> Json:
        draw = self.draw
        starts = [0, *sorted(draw.sample(range(6, 60), draw.choice((0, 1, 2))))]
        prices = [draw.number(2, 9) for _ in starts]
        bands = [
            {"from_quantity": start, "unit_price": price} for start, price in zip(starts, prices, strict=True)
        ]
        stated: Json = {"bands": draw.sample(bands, len(bands)) if draw.chance(85) else []}
        draw.maybe(stated, "base_quantity", 30, lambda: draw.randint(1, 15))
        if draw.chance(45):
            exports: Json = {"quantity": draw.randint(3, 25), "destinations": draw.some(DESTINATIONS)}
            draw.maybe(exports, "seller", 50, lambda: draw.choice(self.nations))
            stated["exports"] = exports
        return stated

    def _add_variants(self, name: str, stated: Json) -> None:
        draw = self.draw
        least = int(self._cycled() == "variant")
        self.variants[name] = ["carrier", "nuclear"][: max(least, draw.choice((0, 0, 1, 1, 2)))]
        stated["variants"] = {variant: self._variant() for variant in self.variants[name]}

    def _variant(self) -> Json:
        draw = self.draw
        stated: Json = {}
        draw.maybe(stated, "development_percent", 60, lambda: draw.number(1, 9))
        draw.maybe(stated, "unit_percent", 60, lambda: draw.number(1, 12))
        draw.maybe(stated, "delay_months", 50, lambda: draw.choice((5, 6, 12)))
        draw.maybe(stated, "required_by", 25, lambda: draw.some(self.nations, 1, 1))
        draw.maybe(stated, "refused_by", 25, lambda: draw.some(self.nations, 1, 1))
        return stated

    def _service(self) -> Json:
        draw = self.draw
        steps = draw.sample((0, 1, "1.5", 2, "2.25", 3), draw.choice((0, 1, 2, 3)))
        return {
            "year": draw.randint(2033, 2037),
            "delays": [{"partners": s, "months": draw.choice((6, 12, 7, 18))} for s in steps],
        }

    def _juste_retour(self, pillar: str) -> Json:
        draw = self.draw
        stated: Json = {}
        draw.maybe(stated, "id", 60, "JR")
        if draw.chance(50):
            stated["band_percent"] = draw.choice((10, 25, "16.6", 5))
        if "band_percent" not in stated or draw.chance(20):
            draw.maybe(stated, "min_percent", 75, lambda: draw.choice((66, 80, 100, "33.3")))
            draw.maybe(stated, "max_percent", 60, lambda: draw.choice((120, 100, 150, "133.3")))
        draw.maybe(stated, "tiers", 40, lambda: draw.some(sorted(self.tiers[pillar]), 1))
        return stated

    def _export(self) -> Json:
        draw = self.draw
        rule = draw.choice(("unanimous", "presumed_consent"))
        speakers = [*self.nations, "third_state"]
        stated: Json = {"rule": rule, "destinations": {name: {} for name in DESTINATIONS}}
        draw.maybe(stated, "id", 50, "EXPORT")
        draw.maybe(
            stated, "consents", 70, lambda: {n: draw.some(DESTINATIONS, 1) for n in draw.some(speakers, 1)}
        )
        draw.maybe(
            stated, "vetoes", 70, lambda: {n: draw.some(DESTINATIONS, 1, 1) for n in draw.some(speakers, 1)}
        )
        return stated

    # -- packages ----------------------------------------------------------------------------------------

    def _package(self) -> Json:
        draw = self.draw
        stated: Json = {"value": draw.randint(30, 240)}
        self._add_ways(stated)
        draw.maybe(
            stated,
            "cost_index_percent",
            55,
            lambda: {n: draw.number(85, 130) for n in draw.some(self.nations, 1)},
        )
        draw.maybe(stated, "may_lead", 15, lambda: draw.some(self.nations, 1))
        draw.maybe(stated, "may_hold", 15, lambda: draw.some(self.nations, 1))
        draw.maybe(stated, "owners", 25, lambda: self._owners(self.nations))
        draw.maybe(stated, "controlled_content", 40, self._content)
        draw.maybe(stated, "denial_share_percent", 25, lambda: draw.choice((30, 40, "33.5", 50)))
        draw.maybe(stated, "split_premium_percent", 55, lambda: draw.number(1, 8))
        draw.maybe(stated, "spinoff_percent", 85, lambda: draw.number(5, 90))
        draw.maybe(
            stated,
            "competence_percent",
            20,
            lambda: {n: draw.number(60, 140) for n in draw.some(self.nations, 1)},
        )
        draw.maybe(stated, "lead_bonus", 40, lambda: draw.number(1, 15))
        return stated

    def _add_ways(self, stated: Json) -> None:
        """Draw in which ways the package may be shared; at least one pattern or grid."""
        draw = self.draw
        patterns: list[Any] = [[100], [60, 40], {"shares": [50, 50], "joint_leads": 2}, [55, 45]]
        if len(self.nations) == 3:
            patterns += [[34, 33, 33], {"shares": [40, 40, 20], "joint_leads": 2}]
        if draw.chance(12):
            stated["grid"] = {"step": draw.choice((50, 25)), "max_holders": 2}
            draw.maybe(stated["grid"], "lead_min", 60, 50)
            draw.maybe(stated["grid"], "holder_min", 60, 50)
        else:
            chosen = draw.sample(patterns, draw.choice((1, 2, 2)))
            stated["patterns"] = chosen
        draw.maybe(stated, "listed", 20, lambda: [self._listed()])
        draw.maybe(stated, "forbidden", 20, lambda: [self._listed()])

    def _listed(self) -> Json:
        draw = self.draw
        first, second = draw.sample(self.nations, 2)
        shares, leads = draw.choice(
            (
                ({first: 100}, [first]),
                ({first: 60, second: 40}, [first]),
                ({first: 50, second: 50}, [first, second]),
            )
        )
        stated: Json = {"leads": leads, "shares": shares}
        draw.maybe(stated, "owners", 30, lambda: self._owners(sorted(shares)))
        return stated

    def _owners(self, places: list[str]) -> Json:
        return {n: self.draw.choice([*self.nations, *OTHERS]) for n in self.draw.some(places, 1, 1)}

    def _content(self) -> list[Json]:
        draw = self.draw
        stated: Json = {"owner": draw.choice([*self.nations, *OTHERS])}
        draw.maybe(stated, "if_held_by", 40, lambda: draw.choice(self.nations))
        return [stated]

    def _cap_release(self, pillars: Json) -> None:
        draw = self.draw
        for name in self.pillars:
            if draw.chance(45):
                holder = draw.choice([*self.nations, *OTHERS[:1]])
                capped = draw.choice([n for n in self.nations if n != holder])
                function = draw.choice(sorted(self.functions))
                cap: Json = {
                    "holder": holder,
                    "nation": capped,
                    "function": function,
                    "level": draw.randint(0, 2),
                }
                draw.maybe(cap, "id", 60, "CAP")
                pillars[name]["release_caps"] = [cap]

    # -- needs -------------------------------------------------------------------------------------------

    def _need(self, need: str) -> Json:
        draw = self.draw
        fillers: Json = {}
        for pillar in self.need_pillars[need]:
            fillers[pillar] = {"meets": "stopgap" if draw.chance(20) else "full"}
        concerned = draw.some(self.nations, 1) if draw.chance(20) else self.nations
        self.options[need] = {n: ["alone", "buy"][: draw.choice((1, 1, 2))] for n in concerned}
        if draw.chance(6) and fillers:
            self.options[need].pop(draw.choice(concerned))
        stated: Json = {
            "pillars": fillers,
            "outside": {n: {o: self._option() for o in options} for n, options in self.options[need].items()},
        }
        if concerned != self.nations:
            stated["nations"] = concerned
        if draw.chance(55):
            stated["gap_cost_per_year"] = {n: draw.number(2, 20) for n in draw.some(self.nations, 1)}
            stated["required_from"] = {n: draw.randint(2033, 2037) for n in draw.some(self.nations, 1)}
            draw.maybe(
                stated,
                "stopgap_years",
                60,
                lambda: {n: draw.number(1, 8) for n in draw.some(self.nations, 1)},
            )
        return stated

    def _option(self) -> Json:
        draw = self.draw
        stated: Json = {"level": draw.choice((0, 1, 2, 2, 3, 4))}
        draw.maybe(stated, "price", 70, lambda: draw.number(40, 250))
        draw.maybe(stated, "quantity", 70, lambda: draw.randint(4, 24))
        if "quantity" in stated:
            stated["unit_price"] = draw.number(2, 10)
            draw.maybe(stated, "offset_per_unit", 45, lambda: draw.number(0, 3))
            draw.maybe(stated, "support_per_unit_year", 25, lambda: draw.number(0, 1))
            draw.maybe(stated, "support_years", 50, lambda: draw.randint(1, 6))
        draw.maybe(stated, "offset", 45, lambda: draw.number(0, 60))
        draw.maybe(stated, "vendor", 60, lambda: draw.choice([*OTHERS, *self.nations]))
        draw.maybe(
            stated,
            "levels",
            25,
            lambda: {f: draw.randint(0, 4) for f in draw.some(sorted(self.functions), 1)},
        )
        draw.maybe(stated, "revocable_by", 35, lambda: draw.some([*OTHERS, *self.nations], 0, 2))
        draw.maybe(stated, "hosted_by", 20, lambda: draw.some([*OTHERS, *self.nations], 1, 1))
        draw.maybe(stated, "keeps", 30, ["task_0"])
        draw.maybe(stated, "in_service", 40, lambda: draw.randint(2030, 2038))
        draw.maybe(stated, "meets", 25, "stopgap")
        return stated

    # -- policies ----------------------------------------------------------------------------------------

    def _hang_together(self, stated: Json) -> None:
        draw = self.draw
        draw.maybe(
            stated, "incompatible", 15 if len(self.nations) == 3 else 6, lambda: {"QUARREL": self._quarrel()}
        )
        if len(self.pillars) == 2:
            if draw.chance(30):
                stated["pillars"]["cloud"]["requires_any"] = ["aircraft"]
            elif draw.chance(40):
                first, second = draw.sample(self.pillars, 2)
                stated["links"] = {"LINK": {"pillar": first, "needs": second, "both_ways": draw.chance(40)}}

    def _quarrel(self) -> Json:
        stated: Json = {"nations": self.draw.some(self.nations, 2)}
        self.draw.maybe(stated, "pillar", 40, lambda: self.draw.choice(self.pillars))
        return stated

    def _switch(self, stated: Json) -> None:
        draw = self.draw
        ids = ["IR", "BALANCE", "BUDGET", "RET", "JR", "CAP", "EXPORT", "LINK", "QUARREL", "RL0", "RL1"]
        draw.maybe(stated, "off", 20, lambda: draw.some(ids, 1, 2))
        soft = sorted(stated["red_lines"])
        if soft:
            draw.maybe(stated, "on", 25, lambda: draw.some(soft, 1))

    def _red_lines(self) -> Json:
        draw = self.draw
        lines = {f"RL{i}": self._red_line(i) for i in range(draw.choice((0, 1, 1, 2)))}
        position = POSITIONS[self.seed // len(BUILT) % len(POSITIONS)]
        if position != "requires":
            lines["RL0"] = {**self._red_line(9), **self._placed(position)}
        return lines

    def _red_line(self, number: int) -> Json:
        draw = self.draw
        stated: Json = {
            "owner": draw.choice(self.nations),
            "text": f"line {number}",
            "as_of": "2024-05" if draw.chance(92) else "2025-12",
            "speaker": draw.choice(("parliament", "minister", "treaty", "law"))
            if draw.chance(90)
            else "official",
            "then": self.condition(depth=2),
            "source": "nowhere",
        }
        draw.maybe(stated, "if", 75, lambda: self.condition(depth=1))
        draw.maybe(stated, "status", 4, "withdrawn")
        draw.maybe(stated, "grade", 8, "hard")
        return stated

    def _placed(self, position: str) -> Json:
        """Return ``if`` and ``then`` with the kind whose turn it is in the position whose turn it is."""
        atom = self.atom(self._cycled())
        if position == "not":
            atom = {"not": atom}
        elif position == "any_of":
            atom = {"any_of": [atom, self.condition(depth=0)]}
        return {"if": atom, "then": self.condition(depth=0)} if position == "if" else {"then": atom}

    def _cycled(self) -> str:
        return BUILT[self.seed % len(BUILT)]

    # -- conditions --------------------------------------------------------------------------------------

    def condition(self, depth: int, *, own_nation: bool = False) -> Json:
        """Return a condition; with ``own_nation`` its atoms mostly leave the nation out, as tasks do."""
        draw = self.draw
        if depth and draw.chance(35):
            form = draw.choice(("any_of", "all_of", "not"))
            inner = [
                self.condition(depth - 1, own_nation=own_nation) for _ in range(1 if form == "not" else 2)
            ]
            return {form: inner[0] if form == "not" else inner}
        stated = self.atom(draw.choice(self.kinds()), own_nation=own_nation)
        if draw.chance(10):
            stated |= self.atom(draw.choice(self.kinds()), own_nation=own_nation)
        return stated

    def kinds(self) -> list[str]:
        """Return the kinds of condition that have something to speak of in this case."""
        silent = {"takes_outside"} - ({"takes_outside"} if self.options else set())
        silent |= set() if any(self.variants.values()) else {"variant"}
        return [kind for kind in BUILT if kind not in silent]

    def atom(self, kind: str, *, own_nation: bool = False) -> Json:
        """Return a condition of just this kind."""
        stated = getattr(self, f"_draw_{kind}")()
        names_nation = "nation" in type(self)._fields_of(kind)
        if names_nation and not (own_nation and self.draw.chance(75)):
            stated["nation"] = self.draw.choice(self.nations)
        return {kind: stated}

    @staticmethod
    def _fields_of(kind: str) -> frozenset[str]:
        annotation = Condition.model_fields[kind].annotation
        model = next(part for part in annotation.__args__ if part is not type(None))  # type: ignore[union-attr]
        return frozenset(model.model_fields)

    def _somewhere(self) -> tuple[str, Json]:
        """Return a pillar and how a condition names it: it may leave it out where there is only one."""
        pillar = self.draw.choice(self.pillars)
        silent = len(self.pillars) == 1 and self.draw.chance(60)
        return pillar, {} if silent else {"pillar": pillar}

    def _draw_participates(self) -> Json:
        return self._somewhere()[1]

    def _draw_tier(self) -> Json:
        pillar, stated = self._somewhere()
        return {**stated, "tiers": self._named_tiers(pillar)}

    def _draw_excludes(self) -> Json:
        draw = self.draw
        pillar, stated = self._somewhere()
        draw.maybe(stated, "tiers", 50, lambda: self._named_tiers(pillar))
        return stated

    def _named_tiers(self, pillar: str) -> list[str]:
        """Return some tiers, now and then one of them twice."""
        named = self.draw.some(sorted(self.tiers[pillar]), 1)
        return [*named, named[0]] if self.draw.chance(10) else named

    def _draw_leads(self) -> Json:
        pillar, stated = self._somewhere()
        self.draw.maybe(stated, "package", 55, lambda: self.draw.choice(self.packages[pillar]))
        self.draw.maybe(stated, "alone", 35, True)
        return stated

    _draw_does_not_lead = _draw_leads

    def _draw_share(self) -> Json:
        pillar, stated = self._somewhere()
        draw = self.draw
        draw.maybe(stated, "packages", 50, lambda: draw.some(self.packages[pillar], 1))
        draw.maybe(stated, "at_least_percent", 60, lambda: draw.choice((20, "33.3", 40, 60)))
        if "at_least_percent" not in stated or draw.chance(30):
            stated["at_most_percent"] = draw.choice((30, 40, 60, "66.7"))
        return stated

    def _draw_equal_footing(self) -> Json:
        return self._somewhere()[1]

    def _draw_cost_at_most(self) -> Json:
        return {"million": self.draw.number(80, 450)}

    def _draw_level(self) -> Json:
        return {
            "function": self.draw.choice(sorted(self.functions)),
            "at_least": self.draw.choice((0, 1, 2, 3, 3, 4)),
        }

    def _draw_variant(self) -> Json:
        pillar, variant = self.draw.choice([(p, v) for p in self.pillars for v in self.variants[p]])
        stated: Json = {"pillar": pillar, "variant": variant}
        self.draw.maybe(stated, "chosen", 40, False)
        return stated

    def _draw_rights(self) -> Json:
        pillar, stated = self._somewhere()
        return {**stated, "regimes": self.draw.some(self.regimes[pillar], 1)}

    def _draw_in_service_by(self) -> Json:
        return {**self._somewhere()[1], "year": self.draw.randint(2034, 2038)}

    def _draw_exists(self) -> Json:
        stated: Json = {"pillar": self.draw.choice(self.pillars)}
        self.draw.maybe(stated, "exists", 40, False)
        return stated

    def _draw_members(self) -> Json:
        pillar, stated = self._somewhere()
        draw = self.draw
        draw.maybe(stated, "tiers", 40, lambda: self._named_tiers(pillar))
        draw.maybe(stated, "at_least", 60, lambda: draw.randint(1, 2))
        if "at_least" not in stated or draw.chance(30):
            stated["at_most"] = draw.randint(1, 2)
        return stated

    def _draw_takes_outside(self) -> Json:
        draw = self.draw
        stated: Json = {"need": draw.choice(sorted(self.options))}
        draw.maybe(stated, "option", 50, lambda: draw.choice(("alone", "buy")))
        return stated

    def _draw_assembles_at_home(self) -> Json:
        return self._somewhere()[1]

    def _draw_done_as(self) -> Json:
        pillar, stated = self._somewhere()
        modes = self.draw.sample(("shared", "effect", "civil", "none"), self.draw.choice((1, 2)))
        return {**stated, "package": self.draw.choice(self.packages[pillar]), "modes": modes}

    def _draw_may_export(self) -> Json:
        return {**self._somewhere()[1], "destinations": self.draw.some(DESTINATIONS, 1)}
