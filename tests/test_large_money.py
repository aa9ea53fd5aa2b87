"""Money of ten thousand times its size that differs by one, budgets missed by one: nothing is lost."""

from __future__ import annotations

import math
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from brute_force import enumerate_case
from random_cases import random_document

from procure_opt.accounts.values import national_values
from procure_opt.case.model import Case
from procure_opt.study import solve

MONEY = frozenset(
    [
        "value",
        "unit_price",
        "price",
        "contribution",
        "cost",
        "access_cost",
        "million",
        "total",
        "later",
        "development",
        "set_up",
        "fee",
        "offset",
        "production",
        "support",
        "unit_premium",
    ]
)
FACTORS = (997, 9973, 20_011)
MOST = 9_999_999
"""The largest amount of money that a case may state is ten million million."""


def enlarged(stated: Any, chance: Random, factor: int, key: str = "") -> Any:
    """Multiply all money, and move each amount by one at most."""
    if isinstance(stated, dict):
        return {name: enlarged(each, chance, factor, name) for name, each in stated.items()}
    if isinstance(stated, list):
        return [enlarged(each, chance, factor, key) for each in stated]
    if key in MONEY and isinstance(stated, int | float | Decimal) and stated:
        return min(int(stated * factor) + chance.choice((-1, 0, 1)), MOST)
    return stated


def red_line(owner: str, million: int) -> dict[str, Any]:
    """A nation pays no more than that."""
    line = {"text": "no more", "as_of": "2026-11", "speaker": "minister", "source": "nowhere", "owner": owner}
    return line | {"then": {"cost_at_most": {"nation": owner, "million": million}}}


def assert_exact(case: Case) -> None:
    """The front is that of enumeration, and complete."""
    front = solve(case, workers=1)
    assert front.complete
    assert list(front.vectors) == enumerate_case(case).front


@pytest.mark.parametrize("seed", range(12))
def test_no_point_is_lost_and_no_budget_missed_by_one(seed: int) -> None:
    chance = Random(seed)
    document = enlarged(random_document(seed), chance, chance.choice(FACTORS))
    case = Case.model_validate(document)
    assert_exact(case)
    for each in solve(case, workers=1).structures[:1]:
        nation = chance.choice(sorted(case.nations))
        pays = math.ceil(national_values(case, each.structure, nation).cost)
        for million in (pays, pays - 1):
            if 1 <= million <= MOST:
                lines = dict(document.get("red_lines") or {}) | {"PAYS": red_line(nation, million)}
                assert_exact(Case.model_validate(document | {"red_lines": lines}))
