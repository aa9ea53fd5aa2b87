"""Where the numbers of a case come from: counted by hand for TRI-1 with a few bases added."""

from __future__ import annotations

from pathlib import Path

from broken_case import TRI_1, Edits, edited, text_of

from procure_opt.case.load import check_case
from procure_opt.case.provenance import BASES, Provenance, provenance

ASSUMED = {"value": 1.3, "low": 1, "high": 1.65, "basis": "assumed"}


def _of(edits: Edits, folder: Path) -> Provenance:
    path = folder / "case.yaml"
    path.write_text(text_of(edited(edits)), encoding="utf-8")
    return provenance(check_case(path)[0])


def test_only_stated_numbers_are_counted() -> None:
    # resolution 3, autonomy 2, stakes 3, options 3 x 3, tiers 2 + 1 + 1, table 5 x 2, bands 4 x 2,
    # quantities 3, packages 3 x (value, 3 indexes, premium, spin-off, bonus) = 21, absorption 1, RL3 1
    assert len(provenance(check_case(TRI_1)[0]).entries) == 3 + 2 + 3 + 9 + 4 + 10 + 8 + 3 + 21 + 1 + 1


def test_levels_weights_and_patterns_are_not_numbers_of_this_kind() -> None:
    told = [entry.where for entry in provenance(check_case(TRI_1)[0]).entries]
    assert not [
        where for where in told if "task_weights" in where or "patterns" in where or "levels" in where
    ]
    assert "pillars.aircraft.production.bands[0].unit_price" in told


def test_numbers_are_counted_by_basis(tmp_path: Path) -> None:
    found = {"value": 1200, "source": "example", "basis": "retrieved"}
    told = _of(
        {"pillars.aircraft.growth": ASSUMED, "pillars.aircraft.packages.airframe.value": found}, tmp_path
    )
    assert told.counts() == {"retrieved": 1, "recalled": 0, "derived": 0, "assumed": 1, "unsourced": 64}
    assert tuple(told.counts()) == BASES


def test_an_assumed_number_shows_its_range(tmp_path: Path) -> None:
    (entry,) = _of({"pillars.aircraft.growth": ASSUMED}, tmp_path).assumed()
    assert (entry.where, entry.range) == ("pillars.aircraft.growth", ("1", "1.65"))


def test_it_is_told_in_a_sentence_and_the_percents_sum_to_a_hundred(tmp_path: Path) -> None:
    told = _of({"pillars.aircraft.growth": ASSUMED}, tmp_path)
    assert str(told) == "66 numbers: 2 % assumed, 98 % unsourced"
    assert sum(told.percent().values()) == 100


def test_a_case_without_numbers_says_so() -> None:
    assert (str(Provenance(())), Provenance(()).percent()) == ("0 numbers", {})
