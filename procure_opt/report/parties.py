"""Who is at the table, what can be done together, and what each could have without the others."""

from __future__ import annotations

from typing import Any

from procure_opt.accounts.values import values_outside
from procure_opt.case.model import Case
from procure_opt.errors import printable
from procure_opt.words.names import nation_name
from procure_opt.words.numbers import amount
from procure_opt.words.standing import red_line_text, why_not

MOST_OUTSIDE = 12
"""Ways to stay outside that a card shows; with several needs there can be hundreds."""


def nations(case: Case) -> list[dict[str, Any]]:
    """Return the nations in order, each with its points in all, its ways outside and its red lines."""
    return [_nation(case, nation) for nation in sorted(case.nations)]


def _nation(case: Case, nation: str) -> dict[str, Any]:
    weights = case.nations[nation].weights()
    return {
        "id": nation,
        "name": nation_name(case, nation),
        "short": case.nations[nation].name,
        "points": sum(weights.values()),
        "weights": [weights.get(task, 0) for task in sorted(case.tasks)],
        "outside": (ways := _outside(case, nation))[:MOST_OUTSIDE],
        "outside_more": max(len(ways) - MOST_OUTSIDE, 0),
        "red_lines": _red_lines(case, nation),
    }


def _outside(case: Case, nation: str) -> list[dict[str, Any]]:
    """Return what the nation has by each way outside, with most autonomy first."""
    told: list[dict[str, Any]] = []
    for alone, gets in values_outside(case, nation):
        ways = [f"{need} by {option}" for need, option in alone.taken_outside(nation)]
        told.append(
            {
                "way": "; ".join(ways) or "nothing",
                "a0": gets.autonomy.a0,
                "n1": gets.autonomy.n1,
                "autonomy": gets.autonomy.points,
                "spinoff": gets.spinoff,
                "spinoff_text": amount(gets.spinoff),
                "pays": float(gets.cost),
                "pays_text": amount(gets.cost),
            }
        )
    return sorted(told, key=lambda each: (-each["autonomy"], each["pays"], each["way"]))


def _red_lines(case: Case, nation: str) -> list[dict[str, Any]]:
    own = [name for name in sorted(case.red_lines) if case.red_lines[name].owner == nation]
    return [{"id": name, "text": red_line_text(case, name), "why_not": why_not(case, name)} for name in own]


def holders(case: Case) -> dict[str, str]:
    """Return everybody who can deny something, by id, as people read them."""
    return {each: nation_name(case, each) for each in sorted({*case.nations, *case.others})}


def packages(case: Case) -> list[dict[str, Any]]:
    """Return the work packages by pillar, with their reference values in million."""
    return [
        {
            "pillar": pillar,
            "id": package,
            "name": package if len(case.pillars) == 1 else f"{pillar}: {package}",
            "value": float(stated.packages[package].value.exact),
            "value_text": amount(stated.packages[package].value.exact),
        }
        for pillar, stated in sorted(case.pillars.items())
        for package in sorted(stated.packages)
    ]


def tasks(case: Case) -> list[dict[str, str]]:
    """Return the tasks of autonomy in order, with their texts."""
    return [{"id": task, "text": printable(stated.text, 500)} for task, stated in sorted(case.tasks.items())]


def tiers(case: Case) -> list[list[str]]:
    """Return every tier as pillar and name."""
    return [[name, tier] for name, pillar in sorted(case.pillars.items()) for tier in sorted(pillar.tiers)]
