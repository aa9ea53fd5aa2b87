"""What an input does to a front, computed by hand on five structures and on one."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from ranged import long_form, ranged

from procure_opt.analysis.influence import SAMPLE, influence, ranking, spread
from procure_opt.case.model import Case
from procure_opt.change import seen_as
from procure_opt.claim import Efficient
from procure_opt.study import solve

RATE = {"spinoff_percent: 10": f"spinoff_percent: {long_form('10', '5', '20', 'One rate.')}"}
JET = {"cell: {value: 100": f"cell: {{value: {long_form('100', '80', '130', 'The jet.')}"}


def front(case: Case) -> list[Efficient]:
    return list(solve(case).structures)


def test_one_structure_and_one_number(tmp_path: Path) -> None:
    # all three pillars: spin-off 10 + 8 + 5 = 23; at 5 percent 5 + 4 + 3 (2.5 rounded up) = 12, at 20 46
    case, _ = ranged("two_pillars", RATE, tmp_path)
    (everything,) = (each for each in front(case) if len(each.structure.pillars) == 3)
    (rate,) = influence(case, [everything])
    # no range over one structure, so in shares of its value
    assert rate.shares == (0, Fraction(11 + 23, 23), 0)
    assert rate.influence == Fraction(34, 23) and rate.breaks == 0


def test_a_value_moves_spinoff_and_cost_of_those_that_have_the_pillar(tmp_path: Path) -> None:
    # five structures, three with the jet; costs from 0 to 230, spin-off from 0 to 23; it moves 50 and 5
    case, _ = ranged("two_pillars", JET, tmp_path)
    structures = front(case)
    assert len(structures) == 5
    (value,) = influence(case, structures)
    assert value.shares == (0, Fraction(3 * 5, 5 * 23), Fraction(3 * 50, 5 * 230))


def test_the_largest_comes_first_and_ties_go_by_path(tmp_path: Path) -> None:
    edits = {
        **JET,
        "wing: {value: 80": f"wing: {{value: {long_form('80', '79', '81', 'A little.')}",
        "name: Alpland": f"name: Alpland, stake: {long_form('1', '1', '2', 'Only nation.')}",
        "code: {value: 50": f"code: {{split_premium_percent: {long_form('0', '0', '9')}, value: 50",
    }
    case, _ = ranged("two_pillars", edits, tmp_path)
    found = influence(case, front(case))
    assert [each.where[0].split(".")[-1] for each in found] == [
        "stake",
        "value",
        "value",
        "split_premium_percent",
    ]
    # two of five have 200 points of autonomy, the whole range, and stake 2 doubles them
    assert found[0].shares == (Fraction(2, 5), 0, 0)
    assert found[-1].influence == 0, "nobody splits a package"


def test_structures_that_break_a_rule_are_counted(tmp_path: Path) -> None:
    # ALP as an associate pays 35, and 40 later for its aircraft: too much for a later budget of 30
    later = {"later: 40": f"later: {long_form('40', '30', '60', 'Treasury.')}"}
    case, _ = ranged("budgets", later, tmp_path)
    structures = front(case)
    assert [each.structure.is_member("ALP", "jet") for each in structures] == [True]
    (budget,) = influence(case, structures)
    assert (budget.influence, budget.broken_low, budget.broken_high) == (0, 1, 0)


def test_the_input_itself_is_not_touched(tmp_path: Path) -> None:
    case, _ = ranged("two_pillars", JET, tmp_path)
    before = case.model_dump_json()
    influence(case, front(case))
    assert case.model_dump_json() == before


def test_in_the_view_of_a_nation_cost_stays_in_millions(tmp_path: Path) -> None:
    # costs come from one contribution, so that the parts of a million change with the input
    edits = {"contribution: 300": f"contribution: {long_form('300', '200', '300.5', 'x')}"}
    case, _ = ranged("tri1", edits, tmp_path)
    seen = seen_as(case, "nation:GAM")
    (contribution,) = influence(seen, front(seen))
    assert contribution.influence < 3


def test_a_long_front_is_sampled_from_end_to_end(tmp_path: Path) -> None:
    case, _ = ranged("two_pillars", {}, tmp_path)
    (one, *_) = front(case)
    many = [Efficient(case, (place, 0, 0), one.structure) for place in range(100)]
    some = [each.values[0] for each in spread(many)]
    assert (len(some), some[0], some[-1]) == (SAMPLE, 0, 99)
    assert {b - a for a, b in pairwise(some)} == {4, 5}
    assert spread(many[:7]) == many[:7]


def test_a_ranking_keeps_what_moves_and_beside_it_what_breaks(tmp_path: Path) -> None:
    edits = {
        "later: 40": f"later: {long_form('40', '30', '60', 'Treasury.')}",
        "unit_price: 4": f"unit_price: {long_form('4', '3', '4', 'Ten are bought.', 'derived')}",
    }
    case, _ = ranged("budgets", edits, tmp_path)
    structures = front(case)
    found = influence(case, structures)
    told = ranking(case, found, len(structures), True)
    assert told.sha256 == case.digest and told.of == 2
    assert [each.paths for each in told.inputs] == [("pillars.jet.production.bands[0].unit_price",)]
    assert [each.basis for each in told.inputs] == ["derived"]
    assert [each.paths for each in told.gates] == [("nations.ALP.budget.later",)]
    # the only structure costs 140, of which ten units at 4
    assert (told.structures, told.inputs[0].influence, told.gates[0].broken_low) == (1, 71, 1000)


def test_no_front_no_influence(tmp_path: Path) -> None:
    case, _ = ranged("two_pillars", JET, tmp_path)
    assert influence(case, []) == ()
