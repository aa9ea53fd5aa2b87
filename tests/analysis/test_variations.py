"""What is varied: one thing at a time, at a coarser resolution, in the units of each view."""

from __future__ import annotations

from pathlib import Path

from ranged import long_form, ranged
from tri1_claim import VECTORS, tri1_case

from procure_opt.analysis.variations import base_of, coarsened, steps, variations
from procure_opt.case.inputs import inputs
from procure_opt.case.model import Case
from procure_opt.case.nations import TaskClasses
from procure_opt.change import changed


def of_kind(case: Case, kind: str) -> dict[str, Case | None]:
    return {each.name: each.case for each in variations(case, (), VECTORS) if each.kind == kind}


def test_every_input_goes_to_both_ends(tmp_path: Path) -> None:
    edits = {"stake: 3": f"stake: {long_form('3', '2', '3', 'x')}"}
    case, _ = ranged("tri1", edits, tmp_path)
    (low,) = [each for each in variations(case, inputs(case), VECTORS) if each.kind == "input"]
    assert low.name == "nations.ALP.stake = 2 (low; stated 3)", "the high end is the base again"
    assert low.case is not None and low.case.nations["ALP"].stake.whole == 2


def test_weights_but_not_those_of_the_base() -> None:
    assert base_of(tri1_case()).name == "view programme, (a, d) = (1, 1)"
    assert list(of_kind(tri1_case(), "weights")) == ["(a, d) = (1, 3)", "(a, d) = (0, 1)"]


def test_every_view_but_that_of_the_base() -> None:
    views = of_kind(tri1_case(), "view")
    assert list(views) == ["egalitarian", "nation:ALP", "nation:BET", "nation:GAM"]
    assert "programme" in of_kind(changed(tri1_case(), view="nation:BET"), "view")


def test_a_view_that_the_case_has_not_is_refused_with_its_reason(tmp_path: Path) -> None:
    case, _ = ranged("two_pillars", {}, tmp_path)
    (refused,) = [each for each in variations(case, (), VECTORS) if each.case is None]
    assert refused.name == "nation:ALP" and "participation" in refused.refused


def test_a_coarser_case_takes_larger_steps() -> None:
    assert steps(coarsened(tri1_case(), 4)) == {"autonomy": 4, "spinoff": 4, "cost": 4}


def test_a_view_is_told_apart_as_finely_as_the_base() -> None:
    coarse = coarsened(tri1_case(), 60)
    views = of_kind(coarse, "view")
    alp, equal = views["nation:ALP"], views["egalitarian"]
    assert alp is not None and equal is not None
    # ALP has at most 200 of 1200 points; of the money a third
    assert steps(alp)["autonomy"] == 10 and steps(alp)["spinoff"] == 20
    # per mille of ranges from 230 to 1060, 120 to 980, 6960 to 9940, rounded up
    assert steps(equal) == {"autonomy": 73, "spinoff": 70, "cost": 21}


def test_task_classes_move_as_a_whole() -> None:
    case = tri1_case()
    classes = TaskClasses(must=("operate",), want=("upgrade", "mission_data"), nice=("engine_depth",))
    alp = case.nations["ALP"].model_copy(update={"task_weights": None, "task_classes": classes})
    classed = changed(case, nations=case.nations | {"ALP": alp})
    moved = of_kind(classed, "task class")
    assert list(moved) == ["every must a want", "every want a nice", "every nice a want"]
    weights = [each.nations["ALP"].weights() for each in moved.values() if each is not None]
    # 3 + 2 + 2 + 1 before; then 2 + 2 + 2 + 1, 3 + 1 + 1 + 1, 3 + 2 + 2 + 2
    assert [each["operate"] for each in weights] == [29, 50, 34]
    assert all(each is None or each.nations["BET"] == case.nations["BET"] for each in moved.values())


def test_weights_have_no_classes_to_move() -> None:
    assert of_kind(tri1_case(), "task class") == {}
