"""Each kind of inject on a case small enough to be reckoned by hand: what it changes, and by how much."""

from __future__ import annotations

from typing import Any

import pytest
from tri1_claim import TESTS, tri1_case

from procure_opt import rules
from procure_opt.accounts.autonomy import autonomy
from procure_opt.accounts.units import menu
from procure_opt.accounts.values import values_outside
from procure_opt.case.history import Inject
from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.case.number import plain
from procure_opt.change import without
from procure_opt.structure.structure import Structure
from procure_opt.study import solve
from procure_opt.wargame.event import Happened, happen
from procure_opt.wargame.injects import kind_of, kinds


def oracle(name: str) -> Case:
    return load_case(TESTS / "oracles" / f"{name}.yaml")


def after(case: Case, kind: str, **stated: Any) -> Happened:
    return happen(case, [Inject.model_validate({"kind": kind, "text": "", **stated})])


def front(case: Case) -> list[tuple[int, int, int]]:
    return list(solve(case, workers=1).vectors)


def test_there_is_a_module_for_every_kind_that_a_case_can_state() -> None:
    stated = Inject.model_json_schema()["properties"]["kind"]["enum"]
    assert kinds() == tuple(sorted(stated))
    for kind in kinds():
        module = kind_of(kind)
        fields = {name for choice in module.NEEDS for name in choice} | {*module.TAKES}
        assert fields <= set(Inject.model_fields)
        assert "leaves alone" in " ".join((module.__doc__ or "").split()), kind


def test_eviction_is_paid_if_the_pillar_goes_on_and_sunk_money_is_paid_whatever_happens() -> None:
    """TRI-1 without BET: (740, 960, 9450) with ALP building alone, (230, 120, 6960) without a pillar."""
    happened = after(tri1_case(), "withdrawal", nation="BET", sunk=300, eviction=50)
    assert front(happened.case) == [(740, 960, 9500), (230, 120, 6960)]
    assert happened.sunk == ("BET has spent 300 million EUR in vain",)


def test_who_withdraws_from_one_pillar_stays_in_the_others() -> None:
    case = oracle("two_pillars")
    first = sorted(case.pillars)[0]
    happened = after(case, "withdrawal", nation="ALP", pillar=first)
    (new,) = set(happened.case.red_lines) - set(case.red_lines)
    out = happened.case.red_lines[new].then.excludes
    assert out is not None and (out.nation, out.pillar) == ("ALP", first)


def test_a_sum_is_an_overrun_in_points_of_the_packages_value() -> None:
    """The engine is worth 900: 270 million are the 30 points of the golden inject."""
    for size in ({"million": 270}, {"percent": 30}):
        case = after(tri1_case(), "cost_overrun", package="engine", **size).case
        index = case.pillars["aircraft"].packages["engine"].cost_index_percent
        assert {nation: number.value for nation, number in index.items()} == {
            "ALP": 140,
            "BET": 130,
            "GAM": 160,
        }


def test_an_overrun_in_one_nation_leaves_the_others_their_cost() -> None:
    stated = after(tri1_case(), "cost_overrun", package="engine", percent=30, nation="ALP").case
    index = stated.pillars["aircraft"].packages["engine"].cost_index_percent
    assert {nation: number.value for nation, number in index.items()} == {"ALP": 140, "BET": 100, "GAM": 130}


def test_a_civil_supplier_becomes_dearer_too() -> None:
    """Radio: 50 of its value of 60 are 30 million more: CIV 30 -> 60, ALP 60 -> 90; the cell stays at 100."""
    assert front(oracle("civil")) == [(270, 6, 160), (140, 0, 130), (0, 0, 0)]
    happened = after(oracle("civil"), "cost_overrun", package="radio", percent=50)
    assert front(happened.case) == [(270, 6, 190), (140, 0, 160), (0, 0, 0)]


def test_a_licence_that_is_not_delivered_is_worth_nothing() -> None:
    """licences: BET had all 200 points for 20 more (400, 0, 120); of what ALP withholds it can do nothing."""
    case = oracle("licences")
    assert (400, 0, 120) in front(case)
    happened = after(case, "export_denial", holder="ALP", nation="BET")
    assert happened.case.pillars["jet"].licences["deal"].level == 1
    assert front(happened.case) == [(200, 0, 100), (0, 0, 0)]


def test_a_vendor_that_denies_leaves_its_customers_no_level() -> None:
    """TRI-1: off the shelf, ALP operates (30 points) while the vendor agrees; at level 1 it cannot."""
    case = after(tri1_case(), "export_denial", holder="vendor_x", nation="ALP").case
    ((alone, _),) = values_outside(case, "ALP")
    assert autonomy(tri1_case(), alone, "ALP").points == 30
    assert autonomy(case, alone, "ALP").points == 0
    ((other, _),) = values_outside(case, "BET")
    assert autonomy(case, other, "BET").points == 40


def test_a_menu_is_cut_and_who_had_chosen_from_it_keeps_its_place() -> None:
    """menus: ALP chooses 4 or 8 of 24 in development; half of it is 2 or 4; with BET's 4 no band of 12."""
    case = oracle("menus")
    signed = next(each for each in solve(case, workers=1) if each.values[2] == 60).structure
    assert signed.pillars["jet"].quantities == {"ALP": 8}
    cut = Inject.model_validate({"kind": "order_cut", "nation": "ALP", "percent": 50, "text": ""})
    happened = happen(case, [cut], signed)
    assert menu(happened.case, "jet", "ALP") == (2, 4)
    assert happened.structure is not None and happened.structure.pillars["jet"].quantities == {"ALP": 4}
    assert rules.is_feasible(happened.case, happened.structure)


def test_an_entrant_may_sit_where_it_could_not() -> None:
    """budgets: the tier of the associate is open to ALP alone."""
    case = oracle("budgets")
    every = after(case, "new_entrant", nation="BET").case.pillars["jet"].tiers
    assert every["associate"].open_to == ("ALP", "BET")
    core = after(case, "new_entrant", nation="BET", tier="core").case
    assert core == case, "that tier was open to all"


def test_a_failed_technology_leaves_the_supplier() -> None:
    """civil: without ALP's radio there is CIV's, at 130 for 140 points."""
    happened = after(oracle("civil"), "technology_failure", package="radio")
    assert front(happened.case) == [(140, 0, 130), (0, 0, 0)]


def test_a_failed_technology_without_a_way_around_ends_the_pillar() -> None:
    assert front(after(tri1_case(), "technology_failure", package="engine").case) == [(230, 120, 6960)]


def test_a_nation_whose_technology_fails_leads_no_more() -> None:
    """TRI-1, airframe: RL2 has BET as core only as its lead, so it is an associate or out."""
    found = solve(after(tri1_case(), "technology_failure", package="airframe", nation="BET").case, workers=1)
    assert found.complete and len(found) > 1
    for each in found:
        for plan in each.structure.pillars.values():
            assert "BET" not in plan.packages["airframe"].leads
            assert plan.tiers.get("BET") != "core"


def test_months_of_delay_are_months_of_gap() -> None:
    """lateness: both build, 18 months late at 12 a year for ALP: 118. A year more is 12 million more."""
    case = oracle("lateness")
    assert front(case) == [(400, 0, 118), (0, 0, 94)]
    assert front(after(case, "delay", months=12).case) == [(400, 0, 130), (0, 0, 94)]
    assert front(after(case, "delay", months=12, million=7).case) == [(400, 0, 137), (0, 0, 94)]


def test_a_budget_falls_by_a_share_or_by_a_sum() -> None:
    case = oracle("budgets")
    half = after(case, "budget_shock", nation="ALP", percent=50).case.nations["ALP"].budget
    assert half is not None
    assert [half.development, half.later, half.total] == [plain(25), plain(20), plain("42.5")]
    less = after(case, "budget_shock", nation="ALP", million=45).case.nations["ALP"].budget
    assert less is not None
    assert [less.development, less.later, less.total] == [plain(5), plain(0), plain(40)]
    assert half.id == "TREASURY"


def test_red_lines_come_and_go() -> None:
    """TRI-1 without RL2 is known: (1060, 920, 9289) is cheaper by 12 than with it."""
    gone = after(tri1_case(), "red_line_withdrawn", red_line="RL2").case
    assert (1060, 920, 9289) in front(gone)
    assert front(after(gone, "red_line_announced", red_line="RL2").case) == front(tri1_case())
    assert after(tri1_case(), "red_line_announced", red_line="RL2").case == tri1_case()


def test_an_election_weighs_tasks_anew_and_moves_lines() -> None:
    """Off the shelf GAM can operate, with consent: 60 points; with all weight on the engine none."""
    weights = {"operate": 0, "mission_data": 0, "upgrade": 0, "engine_depth": 100}
    case = after(tri1_case(), "election", nation="GAM", task_weights=weights, withdraws=["RL3"]).case
    alone = Structure({}, {"combat_aircraft": {"GAM": "off_the_shelf"}})
    assert [autonomy(each, alone, "GAM").points for each in (tri1_case(), case)] == [60, 0]
    assert case.off == ("RL3",) and case.nations["GAM"].stake == tri1_case().nations["GAM"].stake


def test_injects_happen_one_after_the_other() -> None:
    two = [Inject(kind="withdrawal", nation=nation, text=nation) for nation in ("BET", "GAM")]
    happened = happen(tri1_case(), two)
    assert sorted(set(happened.case.red_lines) - set(tri1_case().red_lines)) == ["INJECT1", "INJECT2"]
    assert happened.texts == ("BET", "GAM") and sorted(happened.leaving) == ["BET", "GAM"]


@pytest.mark.parametrize("kind", kinds())
def test_what_comes_in_stays_as_it_is(kind: str) -> None:
    case, stated = SENSIBLE[kind]
    before = case.model_dump_json()
    inject = Inject.model_validate({"kind": kind, "text": "x", **stated})
    told = inject.model_dump_json()
    happened = happen(case, [inject])
    assert (case.model_dump_json(), inject.model_dump_json()) == (before, told)
    assert happened.case != case and happened.sentences[0]
    assert happen(case, [inject]) == happened


SENSIBLE: dict[str, tuple[Case, dict[str, Any]]] = {
    "withdrawal": (tri1_case(), {"nation": "BET", "eviction": 5}),
    "cost_overrun": (tri1_case(), {"package": "engine", "percent": 30}),
    "export_denial": (tri1_case(), {"holder": "ALP"}),
    "order_cut": (tri1_case(), {"nation": "ALP", "percent": 25}),
    "new_entrant": (oracle("budgets"), {"nation": "BET"}),
    "technology_failure": (tri1_case(), {"package": "engine"}),
    "delay": (oracle("lateness"), {"months": 6}),
    "budget_shock": (oracle("budgets"), {"nation": "ALP", "percent": 10}),
    "red_line_announced": (without(tri1_case(), ["RL1"]), {"red_line": "RL1"}),
    "red_line_withdrawn": (tri1_case(), {"red_line": "RL1"}),
    "election": (tri1_case(), {"nation": "GAM", "withdraws": ["RL3"]}),
}
