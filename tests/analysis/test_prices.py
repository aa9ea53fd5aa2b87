"""Prices of rules: the known ones of TRI-1, and what follows from the definition for random cases."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from brute_force import enumerate_case
from random_cases import random_case
from tri1_claim import ROOT, TRI1, call, matches_golden, tri1_case

from procure_opt.analysis.prices import Price, PriceTable, price_table
from procure_opt.case.switches import switchable
from procure_opt.change import without
from procure_opt.errors import UsageError
from procure_opt.possible import binds
from procure_opt.study import solve

GAINS = {
    "RL1": "0", "RL2": "233600/65629179", "RL3": "55/256221", "RL4": "1561480/1378212759",
    "RET": "0", "IR": "36909890/1378212759", "CAP": "16480/51044917",
}  # fmt: skip
"""More hypervolume without each rule of TRI-1, by an enumeration that shares no code with this program."""
SAVINGS = {
    "RL2": {(1060, 920, 9301): 12, (910, 920, 9220): 15, (860, 900, 8889): 12, (800, 900, 8871): 96},
    "IR": {(860, 900, 8889): 18, (800, 900, 8871): 45, (740, 900, 8598): 18},
    "CAP": {(860, 900, 8889): 18},
}


@pytest.fixture(scope="module")
def table() -> PriceTable:
    return price_table(solve(tri1_case()), solve)


def _saved(table: PriceTable, price: Price) -> dict[tuple[int, int, int], int]:
    pairs = zip(table.front, price.savings, strict=True)
    return {each.values: saved for each, saved in pairs if saved}


def test_prices_of_tri1_are_the_known_ones(table: PriceTable) -> None:
    assert table.volume == Fraction("595675054/1378212759")
    assert {price.ids[0]: price.gain for price in table.prices} == {n: Fraction(g) for n, g in GAINS.items()}
    for price in table.prices:
        assert _saved(table, price) == SAVINGS.get(price.ids[0], {})


def test_the_figures_above_are_those_of_the_oracle(oracles: Path) -> None:
    known = json.loads((oracles / "tri1_analysis.json").read_text())["price_of_red_line"]
    assert {name: stated["hv_gain"] for name, stated in known.items()} == GAINS
    for name, stated in known.items():
        told = {str(vector): saved for vector, saved in SAVINGS.get(name, {}).items()}
        assert told == stated["cost_saving_by_point"]


def test_what_a_rule_frees_breaks_it_and_what_it_makes_is_beaten_without_it(table: PriceTable) -> None:
    for price in table.prices:
        for each in price.freed:
            assert each.values not in table.front.vectors or each.id not in {kept.id for kept in table.front}
        beaten = [each for each in table.front if each.values not in price.front.vectors]
        assert {each.id for each in price.made} == {each.id for each in beaten}


def test_pairs_are_priced_in_the_same_box_and_do_not_add_up() -> None:
    table = price_table(solve(tri1_case()), solve, ids=("RL2", "IR", "RL4"), pairs=True)
    gain = {price.ids: price.gain for price in table.prices}
    assert len(gain) == 6
    for first, second in (("RL2", "IR"), ("RL2", "RL4"), ("IR", "RL4")):
        assert gain[first, second] >= max(gain[first,], gain[second,])
    assert any(gain[pair] != gain[pair[0],] + gain[pair[1],] for pair in gain if len(pair) == 2)


def test_random_cases_by_brute_force() -> None:
    """The fronts that prices are made of are those of enumeration, with and without each rule."""
    priced = 0
    for seed in range(12):
        case = random_case(seed)
        front = solve(case)
        if not len(front) or case.view != "programme" or case.resolution.steps != (1, 1, 1):
            continue
        table = price_table(front, solve)
        assert len(table.prices) == sum(binds(case, name) for name in switchable(case))
        for price in table.prices:
            assert set(price.front.vectors) == set(enumerate_case(without(case, price.ids)).front)
            assert price.gain >= 0 and all(saved is not None and saved >= 0 for saved in price.savings)
            priced += 1
    assert priced > 5


def test_a_rule_that_does_not_bind_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match='"RL9" is no rule that binds'):
        price_table(solve(tri1_case()), solve, ids=("RL9",))


# -- the verb --------------------------------------------------------------------------------------------


def test_the_verb_prints_the_table() -> None:
    code, out, err = call("redlines", "tests/oracles/tri1.yaml", "--id", "RL2", "IR", "--pairs")
    assert (code, err) == (0, "") and matches_golden("cli/redlines.txt", out)


def test_a_case_without_structure_gets_its_conflicts(tmp_path: Path) -> None:
    """RL1 asks for Gamma as core, too; RL4 and the release caps stand against it."""
    stated = (ROOT / TRI1).read_text(encoding="utf-8")
    asked = "then: {all_of: [{leads: {nation: ALP, package: mission}}, {tier: {nation: GAM, tiers: [core]}}]}"
    old = "if: {participates: {nation: ALP}}\n    then: {leads: {nation: ALP, package: mission}}"
    assert old in stated
    (tmp_path / "case.yaml").write_text(stated.replace(old, asked), encoding="utf-8")
    code, out, _ = call("redlines", str(tmp_path / "case.yaml"))
    assert code == 4 and "conflict 1" in out and "to make it possible: drop" in out
