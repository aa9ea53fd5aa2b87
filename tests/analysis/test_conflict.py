"""Minimal conflicts: dropping any one member makes a structure possible."""

from __future__ import annotations

import pytest
from tri1_claim import tri1_case

from procure_opt.analysis.conflict import is_possible, minimal_conflict
from procure_opt.change import requiring, without
from procure_opt.errors import LimitReached
from procure_opt.solving.engine import Limits
from procure_opt.words.conflict import conflict_text


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
    assert not is_possible(case, others, Limits())
    for name in conflict:
        assert is_possible(case, [*others, name], Limits())


def test_a_case_with_a_structure_has_no_conflict() -> None:
    with pytest.raises(ValueError, match="has a structure"):
        minimal_conflict(tri1_case())


def test_no_time_is_said() -> None:
    with pytest.raises(LimitReached):
        minimal_conflict(requiring(tri1_case(), ["GAM in", "GAM out"]), time_limit=0.0001)


def test_what_cannot_be_switched_off_is_said_too() -> None:
    assert "even without every rule" in conflict_text(tri1_case(), (), {})[0]
    lines = conflict_text(without(tri1_case(), ["RL2"]), ("RET",), {"RET": "work terms"})
    assert lines[1:] == ["  RET: work terms", "without it there is one"]
