"""For a wargame: FCAS from 2021 to 2026, played twice; once it ends as it did, once it does not.

Three seats, two phases with a gate each (the editions of the case), no solver. Moves and structures stand in
the file beside this one: what was said has its date and its source (an id in ``cases/fcas/case.yaml``), and
is shortened; the end of the second game is made up.
Run it: ``python examples/5_wargame.py``
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from procure_opt import load_case, wargame

TOLD = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def with_structures(orders: Any) -> Any:
    """Return orders with the structure itself where they name one."""
    if isinstance(orders, list):
        return [with_structures(each) for each in orders]
    name = orders.get("structure")
    return orders if name is None else orders | {"structure": TOLD["structures"][name]}


def play(state: wargame.State, chapter: str) -> wargame.State:
    """Make the moves of a chapter, and print what everybody hears (and what one seat hears: in brackets)."""
    for move in TOLD["moves"][chapter]:
        if "inject" in move:
            state = wargame.inject(state, move["inject"])
        else:
            orders = {seat: with_structures(each) for seat, each in move["orders"].items()}
            state = wargame.step(state, orders)
        for heard in wargame.observe(state, "facilitator")["log"][-1]["heard"]:
            print("  ", heard if isinstance(heard, str) else f"[{heard['to'][0]}: {heard['text']}]")
    return state


def review(state: wargame.State) -> None:
    """Print the report on a phase: offers against walk-aways, costs at home, lines, money, the record."""
    report = wargame.debrief(state)
    for offer in report["offers"]:
        if judged := offer["judged"]:
            says = {seat: each["reasons"] or "accepts" for seat, each in judged["seats"].items()}
            print(f"  {offer['proposal']} of {offer['by']}, {offer['status']}; by the definitions: {says}")
    for cost in report["home_costs"]:
        told = "forgiven" if cost["forgiven"] else "stands"
        print(f"  cost at home of {cost['seat']}: {cost['line']}, {told}")
    for line in report["announcements"]:
        said = line["announced_in_turn"]
        print(f"  line {line['line']} of {line['owner']}:", f"said in turn {said}" if said else "never said")
    print(
        "  deals that nobody proposed:", report["missed"]["known"], f"(needs {report['missed']['missing']})"
    )
    print("  paid on the side:", wargame.observe(state, "facilitator")["ledger"])
    for name, record in report["records"].items():
        print(f"  as in the record {name}: {record['agree']} of {record['known']}; other: {record['differ']}")


if __name__ == "__main__":
    editions = [load_case("fcas@2022"), load_case("fcas@2026")]
    opening = wargame.start(editions, seats=["DEU", "ESP", "FRA"], seed=3)
    print("to the gate of December 2022:")
    signed = play(opening, "to_2022")
    review(signed)
    print("to the gate of May 2026:")
    eve = play(play(signed, "gate"), "to_2026")
    for ending in ("as_it_went", "as_it_did_not_go"):
        print(f"{ending.replace('_', ' ')}:")
        review(play(eve, ending))
