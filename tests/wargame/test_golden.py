"""TRI-1's golden injects: the fronts that an enumeration found which shares no code with this program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tri1_claim import tri1_case

from procure_opt.case.history import Inject
from procure_opt.study import solve
from procure_opt.wargame.event import happen

INJECTS = {
    "withdrawal_BET": Inject(kind="withdrawal", nation="BET", text="Bethany goes"),
    "order_cut_ALP_60_to_45": Inject(kind="order_cut", nation="ALP", percent=25, text="fifteen fewer"),
    "engine_overrun_plus30pts": Inject(kind="cost_overrun", package="engine", percent=30, text="cracks"),
    "export_denial_ALP_to_GAM": Inject(kind="export_denial", holder="ALP", nation="GAM", text="no licence"),
}
FRONTS = {
    "withdrawal_BET": [(740, 960, 9450), (230, 120, 6960)],
    "order_cut_ALP_60_to_45": [
        (1060, 920, 9106), (910, 920, 9025), (860, 900, 8544), (800, 900, 8526), (740, 960, 9060),
        (740, 940, 8861), (740, 920, 8797), (740, 900, 8253), (550, 965, 9070), (490, 945, 8892),
        (230, 105, 6090),
    ],
    "engine_overrun_plus30pts": [
        (1060, 920, 9571), (910, 920, 9490), (860, 900, 9159), (800, 900, 9141), (740, 960, 9720),
        (740, 920, 9208), (740, 900, 8868), (550, 980, 10210), (230, 120, 6960),
    ],
    "export_denial_ALP_to_GAM": [
        (1060, 920, 9301), (910, 920, 9220), (800, 900, 8871), (740, 960, 9450), (740, 920, 8938),
        (680, 900, 8598), (550, 980, 9940), (230, 120, 6960),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(INJECTS))
def test_the_front_after_a_golden_inject_is_exact(name: str) -> None:
    front = solve(happen(tri1_case(), [INJECTS[name]]).case, workers=1)
    assert front.complete
    assert list(front.vectors) == FRONTS[name]


def test_the_figures_above_are_those_of_the_oracle(oracles: Path) -> None:
    known = json.loads((oracles / "tri1_injects.json").read_text())
    assert {name: [list(vector) for vector in front] for name, front in FRONTS.items()} == {
        name: known[name] for name in FRONTS
    }
