"""Hindcast on TRI-1: a record that is on the front is possible, lies on it, and is matched in all items."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from tri1_claim import tri1_case

from procure_opt.analysis.hindcast import Hindcast, hindcast
from procure_opt.analysis.hindcast.closeness import distance
from procure_opt.analysis.hindcast.possibility import graded
from procure_opt.case.history import Falsifier, History
from procure_opt.case.model import Case
from procure_opt.change import changed
from procure_opt.formulation.decode import taken
from procure_opt.formulation.record import agreement, items_of, settled, weights
from procure_opt.study import random_structures, solve
from procure_opt.words.hindcast import told

SIGNED: dict[str, Any] = {
    "date": "2024-12-12",
    "source": "example",
    "pillars": {
        "aircraft": {
            "tiers": {"ALP": "core", "BET": "core"},
            "packages": {"mission": {"leads": ["ALP"]}, "airframe": {"leads": ["BET"]}},
        }
    },
    "outside": {"combat_aircraft": {"GAM": "off_the_shelf"}},
}
TRIO: dict[str, Any] = {
    "date": "2024-12-12",
    "source": "example",
    "pillars": {"aircraft": {"tiers": {"ALP": "associate", "BET": "core", "GAM": "core"}}},
}
ALONE = {
    "text": "Bethany builds without Alpland",
    "as_of": "2026-01-01",
    "condition": {"exists": {"pillar": "aircraft"}, "not": {"participates": {"nation": "ALP"}}},
}


def case_with(**history: dict[str, Any]) -> Case:
    return changed(tri1_case(), historical={n: History.model_validate(h) for n, h in history.items()})


@pytest.fixture(scope="module")
def cast() -> Hindcast:
    falsifiers = {
        "X1": Falsifier.model_validate({**ALONE, "expected": "impossible"}),
        "X2": Falsifier.model_validate({**ALONE, "expected": "not_on_front"}),
    }
    return hindcast(changed(case_with(signed=SIGNED, trio=TRIO), falsifiers=falsifiers), draws=60)


def test_the_known_parts_of_a_record_are_items() -> None:
    """Existence, three seats (one empty), two leads, one outside option."""
    items = items_of(tri1_case(), History.model_validate(SIGNED))
    assert [item.text for item in items] == [
        "aircraft comes about",
        "ALP is core in aircraft",
        "BET is core in aircraft",
        "GAM is not in aircraft",
        "BET lead aircraft.airframe",
        "ALP lead aircraft.mission",
        "GAM fills combat_aircraft by off_the_shelf",
    ]


def test_what_was_signed_is_possible_and_efficient(cast: Hindcast) -> None:
    """S-f2c4677b7db4 of TRI-1 is just this; Alpland as an associate may not lead the mission system (RL1)."""
    found = {(cell.target, cell.grade): cell for cell in cast.cells}
    assert found["as in the record signed", "hard"].possible
    refused = found["as in the record trio", "hard"]
    assert refused.possible is False and refused.conflict == ("RL1",) and refused.stated
    signed, trio = cast.records
    assert signed.closeness.best == 0
    assert signed.agreement.best == signed.agreement.items == 7
    assert trio.closeness.best is None


def test_falsifiers_are_decided(cast: Hindcast) -> None:
    """Whatever holds of the front holds of the case: an expectation about both is judged alike."""
    possible, on_front = cast.verdicts
    structures = [each.structure for each in solve(cast.case)]
    alone = any("aircraft" in s.pillars and not s.is_member("ALP", "aircraft") for s in structures)
    assert on_front.holds is not None and possible.holds is not None
    assert on_front.holds or alone or not possible.holds


def test_the_words_tell_all_of_it(cast: Hindcast) -> None:
    text = "\n".join(told(cast))
    assert "RL1 (ALP (Alpland), parliament, 2024-01-15)" in text
    assert "stated, not explained" in text
    assert "record signed: 7 known items" in text
    assert "X1 (impossible)" in text


def test_a_sum_of_weights_is_the_agreement() -> None:
    case = tri1_case()
    items = items_of(case, History.model_validate(SIGNED))
    found, constant = weights(items)
    for each in solve(case):
        summed = constant + sum(found.get(key, 0) for key in taken(case, each.structure))
        assert summed == agreement(case, each.structure, items)


def test_distance_is_the_largest_shortfall_from_the_nearest() -> None:
    """Ranges 10, 4 and 20: (8, 5, 110) misses (10, 5, 100) by 20 % and 50 %, (0, 9, 80) by 100 % and more."""
    assert distance((8, 5, 110), [(10, 5, 100), (0, 9, 80)]) == 50
    assert distance((10, 5, 100), [(10, 5, 100), (0, 9, 80)]) == Fraction(0)


def test_random_structures_obey_the_case_and_are_the_same_again() -> None:
    case = tri1_case()
    first, second = (random_structures(case, 40, seed=7) for _ in range(2))
    assert [structure.id for structure, _ in first] == [structure.id for structure, _ in second]
    assert len({structure.id for structure, _ in first}) > 10


def test_grades_switch_on_what_was_said_before_the_decision() -> None:
    """Said by an official RL4 is soft and applies in the second and third run, by a company in the second."""
    for speaker, official in (("official", ("RL4",)), ("company", ())):
        lines = dict(tri1_case().red_lines)
        lines["RL4"] = lines["RL4"].model_copy(update={"speaker": speaker})
        by_grade = {grade: case.on for grade, case in graded(changed(tri1_case(), red_lines=lines)).items()}
        assert by_grade == {"hard": (), "hard and soft": ("RL4",), "official only": official}


def test_settled_decisions_leave_open_what_an_item_leaves_open() -> None:
    case = tri1_case()
    items = items_of(case, History.model_validate(SIGNED))
    keys = {key for each in solve(case) for key in taken(case, each.structure)}
    fixed = settled(keys, items)
    assert fixed["tier", "aircraft", "ALP", "core"] == 1
    assert all(fixed[key] == 0 for key in keys if key[:3] == ("tier", "aircraft", "GAM"))
