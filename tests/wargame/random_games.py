"""Random games of TRI-1, seeded: orders that a seat can give, and some that it cannot."""

from __future__ import annotations

import functools
import random
from typing import Any

from tri1_claim import tri1_case, tri1_claim

from procure_opt.case.model import Case
from procure_opt.structure.arrangements import arrangements
from procure_opt.structure.structure import PillarPlan, Structure
from procure_opt.wargame import State, check_order, start, step

TERMS = ("ALP leads mission", "GAM in aircraft", "BET tier core in aircraft", "GAM out of aircraft")
Json = dict[str, Any]


@functools.cache
def known() -> tuple[Json, ...]:
    """Return the structures of TRI-1's front, as data."""
    return tuple(each.structure.to_json() for each in tri1_claim().structures)


def any_structure(draw: random.Random, case: Case) -> Json:
    """Return a structure with known names; it may break any rule but those of names."""
    tiers = {n: draw.choice(["core", "associate"]) for n in sorted(case.nations) if draw.random() < 0.7}
    if not tiers:
        return {
            "pillars": {},
            "outside": {"combat_aircraft": dict.fromkeys(sorted(case.nations), "off_the_shelf")},
        }
    ways = {
        k: draw.choice(arrangements(case, "aircraft", k)) for k in sorted(case.pillars["aircraft"].packages)
    }
    outside = {n: "off_the_shelf" for n in sorted(case.nations) if n not in tiers}
    plan = PillarPlan(tiers, "standard", (), ways)
    return Structure({"aircraft": plan}, {"combat_aircraft": outside}).to_json()


def random_order(draw: random.Random, state: State, seat: str) -> Json:
    """Return an order that often can be given."""
    ids = [each.id for each in state.table.proposals] or ["P1"]
    kinds = ["propose", *["accept"] * 8, "reject", "withdraw", "announce", "retract", "pay", "pass"]
    if seat == "facilitator":
        kinds = ["override", "pass", "open_phase"]
    kind = draw.choice(kinds)
    return {"order": kind} | _FIELDS[kind](draw, state, seat, ids)


def _propose(draw: random.Random, state: State, seat: str, ids: list[str]) -> Json:
    chance = draw.random()
    if chance < 0.4:
        return {"structure": draw.choice(known())}
    if chance < 0.6:
        return {"structure": any_structure(draw, state.case)}
    if chance < 0.8:
        return {"terms": [draw.choice(TERMS)], "text": "so be it"}
    return {"parts": {"pillars": {"aircraft": {"tiers": {"GAM": draw.choice(["core", "associate", None])}}}}}


def _accept(draw: random.Random, state: State, seat: str, ids: list[str]) -> Json:
    after: list[Json] = []
    if draw.random() < 0.2:
        after = [draw.choice([{"concluded": draw.choice(ids)}, {"accepted": draw.choice(ids), "by": "BET"}])]
    return {"proposal": draw.choice(ids)} | ({"if": after} if after else {})


def _announce(draw: random.Random, state: State, seat: str, ids: list[str]) -> Json:
    if draw.random() < 0.5:
        return {"line": draw.choice(["RL1", "RL2", "RL3", "RL4"])}
    return {"if": "ALP in aircraft", "then": draw.choice(TERMS), "text": "never otherwise"}


def _pay(draw: random.Random, state: State, seat: str, ids: list[str]) -> Json:
    later = {"for": draw.choice(ids)} if draw.random() < 0.6 else {}
    return {"to": draw.choice(["ALP", "BET", "GAM"]), "million": draw.randint(0, 300)} | later


def _override(draw: random.Random, state: State, seat: str, ids: list[str]) -> Json:
    verdict = draw.choice(["possible", "impossible", "concluded", "void", "forgiven"])
    who = {"seat": draw.choice(["ALP", "BET", "GAM"])} if verdict == "forgiven" else {}
    return {"verdict": verdict, "proposal": draw.choice(ids), "reason": "time is short"} | who


_FIELDS: Any = {
    "propose": _propose,
    "accept": _accept,
    "announce": _announce,
    "pay": _pay,
    "override": _override,
    "reject": lambda draw, state, seat, ids: {"proposal": draw.choice(ids)},
    "withdraw": lambda draw, state, seat, ids: {"proposal": draw.choice(ids)},
    "retract": lambda draw, state, seat, ids: {"line": draw.choice(["A1", "A2"])},
    "pass": lambda draw, state, seat, ids: {},
    "open_phase": lambda draw, state, seat, ids: {},
}


def random_turn(draw: random.Random, state: State) -> dict[str, list[Json]]:
    """Return orders of one turn that all can be given."""
    seats = [name for name, _ in state.seats] + ["facilitator"]
    orders: dict[str, list[Json]] = {}
    for seat in seats:
        drawn = [random_order(draw, state, seat) for _ in range(draw.choice([0, 1, 1, 2]))]
        orders[seat] = [each for each in drawn if not check_order(state, seat, each)]
    return {seat: each for seat, each in orders.items() if each}


def random_game(number: int, turns: int = 7, case: Case | None = None) -> State:
    """Return the random game of this number, to its end."""
    draw = random.Random(number)
    state = start(case or tri1_case(), seed=number)
    for _ in range(turns):
        state = step(state, random_turn(draw, state))
    return state
