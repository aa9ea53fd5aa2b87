"""For a wargame: FCAS from 2022 to 2026, played twice; once it ends as it did, once it does not.

Three seats, two phases (the editions of the case), no solver. What is said is shortened, and the second
game is made up. The two structures that are proposed stand in the file beside this one.
Run it: ``python examples/5_wargame.py``
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from procure_opt import load_case, wargame

NATIONS = ("DEU", "ESP", "FRA")
STRUCTURES = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
PHASE_1B = {
    "ngf": {"tiers": dict.fromkeys(NATIONS, "core")},
    "system": {"tiers": {"DEU": "lead", "ESP": "partner", "FRA": "partner"}},
    "ngf_des": None,
}
"""What was settled in 2022: one fighter of the three, and no other one."""
CARRIER_AND_BOMB = {"all_of": [{"variant": {"pillar": "ngf", "variant": v}} for v in ("carrier", "nuclear")]}
LINE = {"order": "announce", "then": {"not": CARRIER_AND_BOMB}, "text": "no carrier, no bomb"}
FIGHTER = {"order": "propose", "structure": STRUCTURES["together"], "text": "the fighter of the three"}
NO_FIGHTER = {"order": "propose", "structure": STRUCTURES["apart"], "text": "the cloud, and no fighter"}
MONEY = {"order": "pay", "to": "DEU", "million": 2000, "for": "P2"}


def accepts(proposal: str) -> dict[str, str]:
    return {"order": "accept", "proposal": proposal}


def play(second: list[dict[str, Any]]) -> None:
    state = wargame.start([load_case("fcas@2022"), load_case("fcas@2026")], seats=NATIONS, seed=3)
    first = {"FRA": {"order": "propose", "parts": {"pillars": PHASE_1B}, "text": "Phase 1B"}}
    agreed = {"DEU": accepts("P1"), "ESP": accepts("P1")}
    for orders in (first, agreed, {"facilitator": {"order": "open_phase"}}, *second):
        state = wargame.step(state, orders)
        print("\n".join(f"  {text}" for text in wargame.observe(state, "facilitator")["log"][-1]["heard"]))
    judged = wargame.who_accepts(state, state.table.deal().id)
    print(
        "by the definitions:", {seat: each["reasons"] or "accepts" for seat, each in judged["seats"].items()}
    )
    record = state.case.historical["june_2026"].pillars["ngf"].exists
    made = state.table.deal().content(state.case).structure.pillars
    print("a common fighter:", "ngf" in made, "- as in the record:", ("ngf" in made) == record)


if __name__ == "__main__":
    opening = {"FRA": [{"order": "announce", "line": "F15"}, FIGHTER], "DEU": LINE}
    print("as it went:")
    refusal = [{"order": "reject", "proposal": "P2"}, NO_FIGHTER]
    play([opening, {"DEU": refusal}, {"ESP": accepts("P3"), "FRA": accepts("P3")}])
    print("as it did not go:")
    change = [{"order": "retract", "line": "A1"}, accepts("P2")]
    play([opening, {"FRA": MONEY}, {"DEU": change, "ESP": accepts("P2")}])
