"""Inputs: numbers with a range; what is stated alike in several places is one of them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from ranged import long_form, ranged

from procure_opt.case.inputs import Movable, at_end, inputs
from procure_opt.case.number import Number
from procure_opt.change import changed, with_soft, without
from procure_opt.errors import UsageError

RATE = long_form("10", "5", "20", "One rate.")


def test_a_rate_repeated_in_each_package_is_one_input(tmp_path: Path) -> None:
    case, _ = ranged("two_pillars", {"spinoff_percent: 10": f"spinoff_percent: {RATE}"}, tmp_path)
    (rate,) = inputs(case)
    assert rate.where == (
        "pillars.cloud.packages.code.spinoff_percent",
        "pillars.drone.packages.wing.spinoff_percent",
        "pillars.jet.packages.cell.spinoff_percent",
    )
    high = at_end(case, rate, "high")
    packages = [package for pillar in high.pillars.values() for package in pillar.packages.values()]
    assert [package.spinoff_percent.whole for package in packages] == [20, 20, 20]
    assert high.digest != case.digest and case.pillars["jet"].packages["cell"].spinoff_percent.whole == 10


def test_what_is_stated_otherwise_is_another_input(tmp_path: Path) -> None:
    others = {
        "[[100]], spinoff_percent: 10}}\n  drone": f"[[100]], spinoff_percent: {RATE}}}}}\n  drone",
        "value: 80, patterns: [[100]], spinoff_percent: 10": "value: 80, patterns: [[100]], spinoff_percent: "
        + long_form("10", "5", "20", "Another reason."),
    }
    case, _ = ranged("two_pillars", others, tmp_path)
    assert [each.where for each in inputs(case)] == [
        ("pillars.drone.packages.wing.spinoff_percent",),
        ("pillars.jet.packages.cell.spinoff_percent",),
    ]


def test_without_source_and_note_only_the_same_field_is_alike(tmp_path: Path) -> None:
    bare = long_form("10", "5", "20")
    edits = {
        "spinoff_percent: 10": f"spinoff_percent: {bare}",
        "patterns: [[100]]": f"patterns: [[100]], split_premium_percent: {bare}",
    }
    case, _ = ranged("two_pillars", edits, tmp_path)
    assert [len(each.paths) for each in inputs(case)] == [3, 3]
    assert {each.where[0].rpartition(".")[2] for each in inputs(case)} == {
        "split_premium_percent",
        "spinoff_percent",
    }


def test_what_decides_nothing_is_no_input(tmp_path: Path) -> None:
    edits = {
        "million: 2200": f"million: {long_form('2200', '2000', '2500', 'x')}",
        "stake: 1\n": "stake: 1\n",
    }
    case, _ = ranged("tri1", edits, tmp_path)
    assert [each.where for each in inputs(case)] == [("red_lines.RL3.then.cost_at_most.million",)]
    assert inputs(without(case, ["RL3"])) == ()
    assert len(inputs(with_soft(without(case, ["RL3"]), ["RL3"]))) == 1
    step = Number(value=Decimal(2), low=Decimal(1), high=Decimal(5))
    coarse = changed(case, resolution=case.resolution.model_copy(update={"cost": step}))
    assert inputs(coarse) == inputs(case)


def test_a_range_of_one_value_moves_nothing(tmp_path: Path) -> None:
    case, _ = ranged("two_pillars", {"value: 80": f"value: {long_form('80', '80', '80')}"}, tmp_path)
    assert inputs(case) == ()


def test_whole_numbers_stop_inside_their_range(tmp_path: Path) -> None:
    case, _ = ranged("two_pillars", {"value: 80": f"value: {long_form('80', '70.5', '90.5')}"}, tmp_path)
    (value,) = inputs(case)
    ends = [at_end(case, value, end).pillars["drone"].packages["wing"].value.whole for end in ("low", "high")]
    assert ends == [71, 90]


def test_an_end_that_the_format_refuses_is_said(tmp_path: Path) -> None:
    case, _ = ranged("two_pillars", {}, tmp_path)
    number = Number(value=Decimal(80), low=Decimal(-1), high=Decimal(90))
    with pytest.raises(UsageError, match=r"wing\.value cannot be -1: .* at least 0"):
        at_end(case, Movable((("pillars", "drone", "packages", "wing", "value"),), number), "low")


def test_inside_red_lines_and_lists_too(tmp_path: Path) -> None:
    edits = {
        "million: 2200": f"million: {long_form('2200', '2000', '2500', 'x')}",
        "{from_quantity: 50, unit_price: 53}": "{from_quantity: 50, unit_price: "
        + long_form("53", "50", "55")
        + "}",
    }
    case, _ = ranged("tri1", edits, tmp_path)
    price, ceiling = inputs(case)
    assert price.where == ("pillars.aircraft.production.bands[1].unit_price",)
    assert at_end(case, price, "low").pillars["aircraft"].production.bands[1].unit_price.whole == 50
    then = at_end(case, ceiling, "high").red_lines["RL3"].then
    assert then.cost_at_most is not None and then.cost_at_most.million.whole == 2500
