"""What is possible is what enumeration finds; dropping any one member of a conflict makes it possible."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from brute_force import enumerate_case
from random_cases import random_case
from tri1_claim import tri1_case

from procure_opt import rules
from procure_opt.case.history import History
from procure_opt.case.load import load_case
from procure_opt.change import requiring, without
from procure_opt.errors import LimitReached
from procure_opt.formulation.decode import taken
from procure_opt.formulation.formulation import state_rules
from procure_opt.formulation.record import Item, items_of
from procure_opt.possible import example, minimal_conflict, regrets
from procure_opt.solving.engine import Limits
from procure_opt.words.conflict import conflict_text

ORACLES = Path(__file__).parent / "oracles"
LED: dict[str, Any] = {
    "date": "2024-12-12",
    "source": "example",
    "pillars": {"aircraft": {"tiers": {}, "packages": {"mission": {"leads": ["ALP"]}}}},
}


@pytest.mark.parametrize("seed", range(350, 390))
def test_what_is_possible_is_what_enumeration_finds(seed: int) -> None:
    """Decision by decision: taken in some feasible structure, or in none."""
    case = random_case(seed)
    feasible = [s for structures in enumerate_case(case).feasible.values() for s in structures]
    assert (example(case) is not None) is bool(feasible)
    ever = {key for structure in feasible for key in taken(case, structure)}
    for key in sorted(state_rules(case).decisions(), key=str)[seed % 5 :: 5]:
        item = Item("taken", frozenset([key]))
        found = example(case, (item,))
        assert (found is not None) is (key in ever)
        if found is not None:
            assert rules.is_feasible(case, found) and item.agrees(frozenset(taken(case, found)))


def test_what_is_not_on_offer_is_impossible() -> None:
    assert (
        example(tri1_case(), (Item("a fourth seat", frozenset([("tier", "aircraft", "DEL", "core")])),))
        is None
    )


def test_two_stated_opposites_are_the_whole_conflict() -> None:
    case = requiring(tri1_case(), ["GAM in", "GAM out"])
    assert minimal_conflict(case) == ("REQ1", "REQ2")


def test_a_conflict_is_minimal() -> None:
    case = requiring(tri1_case(), ["GAM tier core"])
    conflict = minimal_conflict(case)
    assert "REQ1" in conflict and "RL3" in conflict
    others = [
        name for name in ("CAP", "IR", "RET", "RL1", "RL2", "RL3", "RL4", "REQ1") if name not in conflict
    ]
    assert example(without(case, others)) is None
    for name in conflict:
        assert example(without(case, [*others, name])) is not None


def test_a_conflict_with_what_is_asked_is_minimal() -> None:
    """Alpland without the lead of the mission system: RL1 alone forbids it."""
    by_alpland = next(i for i in items_of(tri1_case(), History.model_validate(LED)) if "mission" in i.text)
    led = Item("ALP does not lead", by_alpland.keys, wanted=False)
    joined = Item("ALP joins", frozenset([("tier", "aircraft", "ALP", "core")]))
    assert example(tri1_case(), (led, joined)) is None
    assert minimal_conflict(tri1_case(), (led, joined)) == ("RL1",)


def test_what_is_impossible_without_every_rule_has_an_empty_conflict() -> None:
    seats = [Item(tier, frozenset([("tier", "aircraft", "ALP", tier)])) for tier in ("core", "associate")]
    assert minimal_conflict(tri1_case(), seats) == ()


def test_a_case_with_a_structure_has_no_conflict() -> None:
    with pytest.raises(ValueError, match="it is possible"):
        minimal_conflict(tri1_case())


def test_no_time_is_said() -> None:
    with pytest.raises(LimitReached):
        minimal_conflict(requiring(tri1_case(), ["GAM tier core"]), time_limit=0.0001)
    with pytest.raises(LimitReached):
        example(tri1_case(), limits=Limits.within(-1.0))


def test_what_cannot_be_switched_off_is_said_too() -> None:
    assert "even without every rule" in conflict_text(tri1_case(), (), {})[0]
    lines = conflict_text(without(tri1_case(), ["RL2"]), ("RET",), {"RET": "work terms"})
    assert lines[1:] == ["  RET: work terms", "without it there is one"]


def test_who_would_rather_be_outside_is_named() -> None:
    """That participation forbids something says little; whose, and against which option, says it."""
    case = requiring(load_case(ORACLES / "staying_out.yaml"), ["pillar jet"])
    conflict = minimal_conflict(case)
    assert conflict == ("IR", "REQ1")
    unhappy = regrets(case, conflict)
    assert unhappy == ("BET is better off with alone",)
    told = conflict_text(case, conflict, {"IR": "participation"}, unhappy)
    assert "    for instance, with all else obeyed BET is better off with alone" in told
    assert regrets(case, ("REQ1",)) == ()
