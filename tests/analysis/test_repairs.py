"""Conflicts and repairs: the known ones of TRI-1, and all of them in random cases, by trying every set."""

from __future__ import annotations

import json
import random
from itertools import chain, combinations

import pytest
from brute_force import enumerate_case
from random_cases import random_case
from tri1_claim import call, tri1_case

from procure_opt.analysis.repairs import MOST_GUESSES, _guesses, repairs_of
from procure_opt.case.model import Case
from procure_opt.case.switches import switchable
from procure_opt.change import requiring, without
from procure_opt.possible import binds

Ids = tuple[str, ...]


def test_gamma_as_core_with_alpland_needs_one_of_three_rules_gone() -> None:
    """Known from an enumeration that shares no code with this program: RL1, RL4, or the release caps."""
    found = repairs_of(requiring(tri1_case(), ["GAM tier core", "ALP in"]))
    assert found.conflicts == (("CAP", "RL1", "RL4"),)
    assert found.repairs == (("CAP",), ("RL1",), ("RL4",)) and found.complete and not found.possible


def test_what_is_possible_has_neither() -> None:
    found = repairs_of(tri1_case())
    assert found.possible and found.complete and not found.conflicts and not found.repairs


def test_what_no_rule_forbids_has_no_repair() -> None:
    found = repairs_of(requiring(tri1_case(), ["GAM in", "GAM out"]))
    assert found.conflicts == ((),) and not found.repairs and found.complete


def _every(case: Case, rules: list[str]) -> tuple[list[Ids], list[Ids]]:
    """Return all minimal conflicts and repairs by trying every set of rules."""
    sets = list(chain.from_iterable(combinations(rules, size) for size in range(len(rules) + 1)))
    works = {kept: enumerate_case(without(case, sorted(set(rules) - set(kept)))).count > 0 for kept in sets}
    bad = [kept for kept in sets if not works[kept]]
    conflicts = [each for each in bad if not any(set(other) < set(each) for other in bad)]
    good = [tuple(sorted(set(rules) - set(kept))) for kept in sets if works[kept]]
    repairs = [each for each in good if not any(set(other) < set(each) for other in good)]
    return sorted(conflicts), sorted(repairs)


@pytest.mark.parametrize("seed", [11, 23, 43, 62, 76, 94])
def test_random_cases_have_just_the_conflicts_and_repairs_that_trying_finds(seed: int) -> None:
    """Cases of which no structure is feasible, with three to five rules that can go."""
    case = random_case(seed)
    rules = [name for name in switchable(case) if binds(case, name)]
    assert 3 <= len(rules) <= 5 and not enumerate_case(case).count
    found = repairs_of(case)
    assert (sorted(found.conflicts), sorted(found.repairs)) == _every(case, rules)


@pytest.mark.parametrize("required", ["GAM tier core", "GAM in"])
def test_without_time_nothing_is_called_complete_or_impossible(required: str) -> None:
    """The second of them is possible, and was called impossible."""
    found = repairs_of(requiring(tri1_case(), [required, "ALP in"]), time_limit=1e-9)
    assert not found.complete and found.possible is None and not found.conflicts


@pytest.mark.parametrize("seed", range(8))
def test_guesses_are_all_minimal_sets_that_take_from_every_conflict(seed: int) -> None:
    lot = random.Random(seed)
    conflicts = [tuple(sorted(lot.sample("abcdefg", lot.randint(1, 4)))) for _ in range(lot.randint(1, 6))]
    conflicts = [each for each in conflicts if not any(set(other) < set(each) for other in conflicts)]
    sets = chain.from_iterable(combinations("abcdefg", size) for size in range(8))
    taking = [each for each in sets if all(set(each) & set(conflict) for conflict in conflicts)]
    least = [each for each in taking if not any(set(other) < set(each) for other in taking)]
    assert _guesses(conflicts) == (tuple(least), True)


def test_many_conflicts_apart_take_no_time_and_what_is_left_out_is_said() -> None:
    """Half a million sets; that took hours, whatever the time limit."""
    guesses, are_all = _guesses([(f"a{each}", f"b{each}", f"c{each}") for each in range(12)])
    assert len(guesses) == MOST_GUESSES and not are_all and {len(each) for each in guesses} == {12}


# -- the verb --------------------------------------------------------------------------------------------


def test_the_verb_names_conflict_and_repairs_and_what_comes_of_them() -> None:
    words = ("whatif", "tests/oracles/tri1.yaml", "--require", "GAM tier core", "ALP in")
    code, out, err = call(*words)
    assert (code, err) == (4, "")
    assert "3 smallest ways to make it possible: drop CAP; or RL1; or RL4" in out
    code, out, err = call(*words, "--fronts")
    assert (code, err) == (0, "") and out.count("the front as it is -> the front without") == 3


def test_the_verb_says_what_is_possible() -> None:
    code, out, _ = call("whatif", "tests/oracles/tri1.yaml", "--require", "GAM in")
    assert code == 0 and "possible: some structure obeys every rule" in out


def test_the_verb_says_that_there_was_no_time() -> None:
    words = ("whatif", "tests/oracles/tri1.yaml", "--require", "GAM in", "--time-limit", "0.000001")
    code, out, err = call(*words)
    assert (code, err) == (3, "") and "there was no time to find out" in out and "impossible" not in out
    code, out, _ = call(*words, "--json")
    assert (code, json.loads(out)["possible"], json.loads(out)["complete"]) == (3, None, False)


def test_a_requirement_that_means_nothing_is_refused() -> None:
    code, out, err = call("whatif", "tests/oracles/tri1.yaml", "--require", "GAM teir core")
    assert (code, out) == (2, "") and 'did you mean "tier"' in err
