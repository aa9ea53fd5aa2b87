"""The data of a page: what the model says, in the words that all tellers use."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from claims import front_so_far
from tri1_claim import tri1_claim

from procure_opt.claim import Claim, Evidence
from procure_opt.report.data import report_data
from procure_opt.words.explain import difference, explain


@pytest.fixture(scope="module")
def data() -> Any:
    return json.loads(json.dumps(report_data(tri1_claim()), allow_nan=False))


def test_every_structure_stands_there_with_its_values(data: Any) -> None:
    claim = tri1_claim()
    assert [each["id"] for each in data["structures"]] == [each.id for each in claim.structures]
    values = [each.values for each in claim.structures]
    assert [tuple(each["values"]) for each in data["structures"]] == values


def test_words_are_those_of_explain(data: Any) -> None:
    """All but the meaning of the tasks, which the page tells once."""
    claim = tri1_claim()
    for told, each in zip(data["structures"], claim.structures, strict=True):
        lines = [data["lines"][place] for place in told["explain"]]
        said = explain(each)
        assert lines == said[: len(lines)] and "The tasks" in said[len(lines) : len(lines) + 2]


def test_what_nations_pay_and_get_adds_up_to_the_programme(data: Any) -> None:
    """Autonomy is weighed by stakes; gains and payments are summed."""
    stakes = [tri1_claim().case.nations[each["id"]].stake.whole for each in data["nations"]]
    for told in data["structures"]:
        gets = [data["gets"][place] for place in told["gets"]]
        points = [stake * each["autonomy"] for stake, each in zip(stakes, gets, strict=True)]
        assert sum(points) == told["values"][0]
        assert sum(each["spinoff"] for each in gets) == told["values"][1]
        assert sum(each["pays"] for each in gets) == pytest.approx(told["values"][2])
        for each in gets:
            assert sum(million for _, million in each["items"]) == pytest.approx(each["pays"])


def test_the_next_step_is_the_one_that_explain_names(data: Any) -> None:
    claim = tri1_claim()
    for place, told in enumerate(data["structures"]):
        for step in told["next"]:
            if step is not None:
                other = claim.structures[step["to"]]
                assert step["text"] == difference(claim.structures[place], other)
    assert data["structures"][0]["next"][0] is None  # nothing has more autonomy than the first


def test_a_red_line_binds_only_where_what_it_is_about_is_the_case(data: Any) -> None:
    claim = tri1_claim()
    for told, each in zip(data["structures"], claim.structures, strict=True):
        assert set(told["bind"]) <= set(each.case.red_lines)
    bound = [set(told["bind"]) for told in data["structures"]]
    assert any(bound) and len({frozenset(each) for each in bound}) > 1


def test_the_command_names_a_bundled_case_by_its_name_and_another_by_a_word() -> None:
    assert report_data(tri1_claim())["reproduce"].startswith("procure-opt run CASE --resolution autonomy=1 ")
    gcap = front_so_far("gcap@2022")
    assert report_data(gcap)["reproduce"].startswith("procure-opt run gcap@2022 --resolution autonomy=")


def test_structures_that_agree_with_the_record_are_marked() -> None:
    (record,) = report_data(front_so_far("gcap@2022"))["records"]
    assert record["date"] == "2022-12-09" and 0 < record["most"] <= len(record["items"]) and record["nearest"]


def test_an_incomplete_front_says_so_and_an_empty_one_has_a_head() -> None:
    claim = front_so_far("gcap@2022")
    data = report_data(claim)
    assert not data["complete"] and data["completeness"].startswith("incomplete (time limit)")
    assert f"of the {len(claim.structures)} found so far" in data["trilemma"][0]
    everything = ((None, None, None),)
    nothing = Claim(claim.case, (), Evidence((1, 1, 1), everything, everything, Fraction(0), "time limit"))
    assert report_data(nothing)["structures"] == [] and report_data(nothing)["trilemma"] == []


def test_numbers_come_with_basis_and_source() -> None:
    rows = report_data(front_so_far("gcap@2022"))["inputs"]
    assumed = [row for row in rows if row["basis"] == "assumed"]
    assert assumed and all(row["low"] and row["high"] for row in assumed)
    assert any(row["source"].count(",") >= 1 for row in rows if row["basis"] == "retrieved")


def test_the_data_do_not_depend_on_who_asked_before() -> None:
    claim = tri1_claim()
    again = replace(claim, structures=tuple(replace(each) for each in claim.structures))
    assert report_data(claim) == report_data(again)
