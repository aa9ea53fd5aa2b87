"""``solve`` finds just what enumeration finds: 320 random cases, every vector, every canonical structure."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from brute_force import (
    all_arrangements,
    candidates,
    enumerate_case,
    everything,
    nondominated,
    size_of_everything,
)
from exercised import conditions_in, decided_fields, stated_in
from random_cases import MOST_CANDIDATES, POSITIONS, random_case, random_document, reversed_keys

from procure_opt import rules
from procure_opt.accounts.conditions import BUILT
from procure_opt.case.model import Case
from procure_opt.structure.arrangements import arrangements
from procure_opt.study import solve

TESTS = Path(__file__).parent
EXACT = range(320)
"""Cases solved at resolution 1."""
CHUNK = 10
COARSE = range(320, 350)
"""Cases solved in boxes."""
CHOICES = {
    "Filler.meets": ("stopgap",),
    "OutsideOption.meets": ("stopgap",),
    "Export.rule": ("presumed_consent", "unanimous", "threshold", "see_through"),
    "Participation.sense": ("off", "pareto", "cone"),
    "WorkPackage.phase": ("production", "support"),
    "RedLine.speaker": ("law", "minister", "official", "parliament", "treaty"),
}


# -- the sample ------------------------------------------------------------------------------------------


def test_every_field_that_this_version_decides_is_stated_by_some_random_case() -> None:
    """A field of the format without a random case is a failing test: each is set in two cases or more."""
    found: Counter[str] = Counter()
    for seed in EXACT:
        found.update(set(stated_in(random_case(seed))))
    assert sorted(field for field in decided_fields() if found[field] < 2) == []


def test_every_kind_of_condition_stands_in_every_position_of_some_random_case() -> None:
    """Each kind is found in ``then``, ``if``, under ``not``, in ``any_of`` and in a task's ``requires``."""
    found: Counter[tuple[str, str]] = Counter()
    for seed in EXACT:
        found.update(set(conditions_in(random_case(seed))))
    assert [(p, kind) for p, kind in itertools.product(POSITIONS, BUILT) if not found[p, kind]] == []


def test_every_choice_of_words_is_made_by_some_random_case() -> None:
    """Rules of sharing and export, senses of participation, grades of speakers: each occurs."""
    text = "\n".join(random_case(seed).canonical for seed in EXACT)
    missing = [
        (field, word)
        for field, words in CHOICES.items()
        for word in words
        if f'"{field.partition(".")[2]}":"{word}"' not in text
    ]
    sharing = [
        '"residual":"core_equally"',
        '"residual":"ALP"',
        *(f'"rule":"{rule}"' for rule in ("equal", "fixed", "offtake", "own_quantity", "negotiated")),
    ]
    assert missing + [words for words in sharing if words not in text] == []


def test_every_family_of_rules_is_broken_by_some_structure_of_the_sample() -> None:
    """A family that no random structure breaks is tested by nothing; four of them cannot be broken here."""
    broken: Counter[str] = Counter()
    for seed in EXACT:
        case = random_case(seed)
        for structure in itertools.islice(candidates(case), 0, None, 14):
            broken.update({violation.rule for violation in rules.violations(case, structure)})
    names = {family.__name__.rpartition(".")[2] for family in rules.families()}
    # brute_force.candidates leaves these out already; tests/formulation/test_twins.py breaks them
    assert sorted(names - set(broken)) == ["fillers", "membership", "names", "quantities"]


def test_random_cases_are_small_and_mostly_possible() -> None:
    """At most 600 candidates; four of five cases are possible, one of five has a front of four or more."""
    fronts = [len(enumerate_case(random_case(seed)).front) for seed in range(0, 320, 10)]
    assert all(sum(1 for _ in candidates(random_case(seed))) <= MOST_CANDIDATES for seed in EXACT)
    assert sum(size >= 1 for size in fronts) >= 0.8 * len(fronts)
    assert sum(size >= 4 for size in fronts) >= 0.2 * len(fronts)


# -- enumeration itself ----------------------------------------------------------------------------------


def test_nothing_feasible_is_lost_by_leaving_out_the_impossible() -> None:
    """On 25 tiny cases the short enumeration finds the feasible structures of the full product."""
    checked = 0
    for seed in itertools.count():
        case = random_case(seed)
        if size_of_everything(case) <= 4_000:
            full = {s.id for s in everything(case) if rules.is_feasible(case, s)}
            short = [s.id for s in candidates(case) if rules.is_feasible(case, s)]
            assert sorted(full) == sorted(short), f"case {seed}"
            checked += 1
        if checked == 25:
            break


def test_arrangements_are_those_found_by_trying_all_orders_of_all_nations() -> None:
    """Patterns, grids, joint leads, listed and forbidden ways: the same set, sorted, without repetition."""
    for seed in range(120):
        case = random_case(seed)
        for pillar, stated in case.pillars.items():
            for package in stated.packages:
                ways = arrangements(case, pillar, package)
                assert list(ways) == sorted(all_arrangements(case, pillar, package)), (
                    f"case {seed}, {package}"
                )


def test_of_five_vectors_two_are_dominated() -> None:
    """More autonomy, more spin-off, less cost: (2,2,9) and (1,1,5) lose to (2,2,5)."""
    vectors = [(2, 2, 5), (2, 2, 9), (1, 1, 5), (1, 3, 5), (0, 0, 4)]
    assert nondominated(vectors) == {(2, 2, 5), (1, 3, 5), (0, 0, 4)}


# -- the answer ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", range(EXACT.start, EXACT.stop, CHUNK))
def test_the_front_is_that_of_enumeration(first: int) -> None:
    """Vectors, completeness and canonical structures, at resolution 1."""
    for seed in range(first, first + CHUNK):
        case = random_case(seed)
        answer, front = enumerate_case(case), solve(case)
        assert front.complete, f"case {seed}: {front.evidence.reason}"
        assert list(front.vectors) == answer.front, f"case {seed}"
        for each in front:
            assert each.structure == answer.canonical(each.values), f"case {seed}, {each.values}"


@pytest.mark.parametrize("seed", COARSE)
def test_boxes_are_represented_by_their_smallest_sums(seed: int) -> None:
    """With a resolution above 1: one vector per nondominated box, the smallest by (sum, order)."""
    steps = [(50, 20, 40), (7, 1, 100), (200, 60, 15)][seed % 3]
    document = random_document(seed)
    document["resolution"] = dict(zip(("autonomy", "spinoff", "cost"), steps, strict=True))
    case = Case.model_validate(document)
    front = solve(case)
    assert front.complete
    assert list(front.vectors) == enumerate_case(case).representatives(steps)


@pytest.mark.parametrize("seed", [1, 8, 21, 33])
def test_the_order_of_keys_in_a_case_changes_nothing(seed: int) -> None:
    """The same case with all keys in falling order: same vectors, same structures."""
    front = solve(random_case(seed))
    turned = solve(Case.model_validate(reversed_keys(random_document(seed))))
    assert turned.vectors == front.vectors
    assert [each.id for each in turned] == [each.id for each in front]


_SCRIPT = """
import json, sys
from procure_opt.study import solve
from random_cases import random_case
fronts = [solve(random_case(seed)) for seed in (5, 9)]
print(json.dumps([[(e.values, e.id) for e in f] + [f.evidence.bounds] for f in fronts]))
"""


def test_the_hash_seed_of_python_changes_nothing() -> None:
    """Two fronts, with their ids and bounds, from processes with PYTHONHASHSEED 1 and 4242."""
    path = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    answers = []
    for hash_seed in ("1", "4242"):
        environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": path}
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT], env=environment, capture_output=True, check=True
        )
        answers.append(json.loads(done.stdout))
    assert answers[0] == answers[1]
    assert all(len(front) > 1 for front in answers[0])
