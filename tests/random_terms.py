"""The second half of a random case: terms that are added to what :mod:`random_cases` has written.

Phases and their sharing, quantity menus, lines, licences, modes of a package, content thresholds, levies,
balance over pillars, cones, and what is enough. Each is drawn by its own chance, so that some cases have none
and some have several.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

Json = dict[str, Any]
PHASES = ("development", "production", "support")


def add_terms(writer: Any, stated: Json) -> None:
    """Add terms to a case in place; ``writer`` knows its names and draws."""
    draw = writer.draw
    for name in writer.pillars:
        pillar = stated["pillars"][name]
        draw.maybe(pillar, "lines", 22, lambda name=name: _lines(writer, name))
        _add_modes(writer, pillar)
        _add_phases(writer, name, pillar)
        _add_menus(writer, pillar)
        _add_licences(writer, name, pillar)
        _add_content(writer, pillar)
        _add_levies(writer, pillar)
    _add_balance(writer, stated)
    planned = [*writer.nations, "vendor_x", "third_state"]
    for nation in stated["nations"].values():
        draw.maybe(nation, "enough", 10, lambda: draw.choice((60, 100, 250)))
        draw.maybe(nation, "plans_against", 10, lambda: draw.some(planned, 0, 2))
        if stated["participation"]["sense"] == "cone":
            nation["exchange_rates"] = _rates(writer)
    for task in stated["tasks"].values():
        draw.maybe(task, "tolerates_undisclosed", 45, True)
    for need in stated["needs"].values():
        for options in need["outside"].values():
            for option in options.values():
                draw.maybe(option, "vector", 4, lambda: _vector(writer))


def _vector(writer: Any) -> Json:
    draw = writer.draw
    return {"autonomy": draw.randint(0, 250), "spinoff": draw.number(0, 60), "cost": draw.number(40, 250)}


def _rates(writer: Any) -> Json:
    draw = writer.draw
    low, more = draw.choice((Decimal("0.1"), Decimal("0.5"), 1)), draw.choice((0, 1, Decimal("1.5")))
    first, wider = draw.choice((0, Decimal("0.4"))), draw.choice((0, 1))
    return {
        "autonomy": {"low": low, "high": low + more},
        "spinoff": {"low": first, "high": first + wider},
    }


def _add_modes(writer: Any, pillar: Json) -> None:
    draw = writer.draw
    for package in pillar["packages"].values():
        draw.maybe(package, "optional", 9, True)
        if draw.chance(12):
            package["effect"] = {"by": draw.some(writer.nations, 1)}
            draw.maybe(package["effect"], "level", 50, lambda: draw.choice((0, 2)))
        if draw.chance(10):
            package["civil"] = {
                "supplier": draw.choice(("vendor_x", "third_state")),
                "price": draw.number(20, 200),
            }
            draw.maybe(package["civil"], "level", 50, lambda: draw.choice((0, 1)))


def _add_phases(writer: Any, name: str, pillar: Json) -> None:
    draw = writer.draw
    names = writer.packages[name]
    if len(names) > 1 and draw.chance(25):
        phase = draw.choice(PHASES[1:])
        pillar["packages"][names[1]]["phase"] = phase
        rule = _sharing(
            writer,
            name,
            draw.choice(("by_units", "offtake", "negotiated", "equal", "nation", "fixed", "unstated")),
        )
        if rule is not None:
            pillar.setdefault("cost_sharing", {})[phase] = rule
        for tier in pillar["tiers"].values():
            draw.maybe(tier, "later_contributions", 25, lambda phase=phase: {phase: draw.number(0, 15)})
    if draw.chance(22):
        rule = _sharing(writer, name, draw.choice(("offtake", "negotiated")))
        pillar.setdefault("cost_sharing", {})["development"] = rule


def _sharing(writer: Any, name: str, kind: str) -> Json | None:
    draw = writer.draw
    if kind == "unstated":
        return None
    if kind == "by_units":
        return {"rule": "own_quantity"}
    if kind == "offtake":
        return {"rule": "offtake"}
    if kind == "negotiated":
        rule: Json = {"rule": "negotiated", "step_percent": draw.choice((50, 50, 25))}
        bounds = (
            {"min_percent": 50},
            {"max_percent": 50},
            {"min_percent": 25, "max_percent": 75},
            {"max_percent": "33.3"},
        )
        draw.maybe(
            rule,
            "tiers",
            50,
            lambda: {t: dict(draw.choice(bounds)) for t in draw.some(sorted(writer.tiers[name]), 1, 1)},
        )
        return rule
    stated: Json = writer._sharing(kind)
    return stated


def _add_menus(writer: Any, pillar: Json) -> None:
    draw = writer.draw
    if draw.chance(22) and pillar.get("quantities"):
        nation = draw.choice(sorted(pillar["quantities"]))
        pillar["quantities"][nation] = {"menu": draw.sample((0, 6, 9, 14, 20), 2)}


def _lines(writer: Any, name: str) -> Json:
    draw = writer.draw
    found: Json = {}
    for number in range(draw.choice((1, 2, 2))):
        hosts = draw.sample(writer.nations, draw.choice((1, 1, 2)))
        line: Json = {"hosts": hosts}
        draw.maybe(line, "set_up", 60, lambda: draw.number(5, 40))
        draw.maybe(line, "pooled", 30, True)
        draw.maybe(line, "unit_premium", 40, lambda: draw.number(0, 2))
        draw.maybe(line, "premium_by_host", 35, lambda hosts=hosts: {draw.choice(hosts): draw.number(0, 2)})
        if len(hosts) > 1:
            line["assembles_for"] = {n: draw.choice(hosts) for n in draw.some(writer.nations, 1)}
        draw.maybe(line, "minimum_load", 35, lambda: draw.randint(3, 18))
        draw.maybe(line, "levels", 40, lambda: {draw.choice(sorted(writer.functions)): draw.randint(1, 4)})
        found[f"line_{number}"] = line
    stated: Json = {"configurations": found}
    draw.maybe(stated, "spinoff_per_unit", 60, lambda: draw.number(0, 2))
    draw.maybe(stated, "tiers", 30, lambda: draw.some(sorted(writer.tiers[name]), 1))
    return stated


def _add_licences(writer: Any, name: str, pillar: Json) -> None:
    draw = writer.draw
    controlled = [f for f in sorted(writer.functions) if name in writer.functions[f]["packages"]]
    if controlled and draw.chance(15):
        nation, holder = draw.sample([*writer.nations, "vendor_x"], 2)
        if nation == "vendor_x":
            nation, holder = holder, nation
        pillar["licences"] = {
            "deal": {
                "nation": nation,
                "function": draw.choice(controlled),
                "holder": holder,
                "level": draw.randint(1, 4),
                "fee": draw.number(1, 30),
            }
        }


def _add_content(writer: Any, pillar: Json) -> None:
    draw = writer.draw
    for package in pillar["packages"].values():
        for content in package.get("controlled_content", ()):
            draw.maybe(content, "percent", 60, lambda: draw.choice((10, "33.3", 70)))
    if "export" in pillar and draw.chance(40):
        rule = pillar["export"]
        rule["rule"] = draw.choice(("threshold", "threshold", "see_through"))
        if rule["rule"] == "threshold":
            rule["restrictive"] = draw.some([*writer.nations, "third_state"], 1)
            draw.maybe(rule, "de_minimis_percent", 75, lambda: draw.choice((20, "33.3", 35, 50)))


def _add_levies(writer: Any, pillar: Json) -> None:
    draw = writer.draw
    if "exports" in pillar.get("production", {}) and draw.chance(45):
        pillar["production"]["exports"]["levy_per_unit"] = draw.number(0, 2)
        for tier in pillar["tiers"].values():
            draw.maybe(tier, "levy_share", 60, True)


def _add_balance(writer: Any, stated: Json) -> None:
    draw = writer.draw
    if draw.chance(35 if len(writer.pillars) == 2 else 6):
        rule: Json = draw.choice(
            (
                {"min_percent": 66},
                {"band_percent": 25},
                {"max_percent": 120},
                {"min_percent": 80, "max_percent": 150},
            )
        )
        stated["global_balance"] = dict(rule)
        draw.maybe(stated["global_balance"], "id", 50, "BALANCE")
        draw.maybe(stated["global_balance"], "tiers", 30, ["core"])
