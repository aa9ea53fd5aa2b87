"""The package against a second program that was written from the specification alone (:mod:`independent`).

For every structure both say whether it is allowed, what each nation has and what the programme has; for
every small oracle both list the same structures and the same front.
"""

from __future__ import annotations

import functools
import itertools
import json
from pathlib import Path
from random import Random

import pytest
from brute_force import candidates
from independent import Judge
from random_cases import random_case

from procure_opt import rules
from procure_opt.accounts.values import national_values
from procure_opt.accounts.views import vector
from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure

ORACLES = Path(__file__).parent / "oracles"
LARGE = ("tri1", "tri2")
"""Oracles of which only some structures are compared."""
SEEDS = range(60)
PER_SEED = 20
UNWORKABLE = {"bearing", "licences", "lines", "names", "negotiation", "quantities"}
"""A structure that breaks one of these has no values that mean anything."""


def judge(case: Case) -> Judge:
    """Return the second program's view of the case: plain data with defaults filled in."""
    return Judge(case.model_dump(mode="json", by_alias=True))


def compare(case: Case, second: Judge, structure: Structure) -> None:
    """Both programs say the same of the structure."""
    plain = json.loads(json.dumps(structure.to_json()))
    here = {violation.rule for violation in rules.violations(case, structure)}
    there = set(second.broken(plain))
    where = f"{case.id}: {plain}"
    assert bool(here) == bool(there), where
    if here & UNWORKABLE:
        return
    assert here == there, where
    for nation in case.nations:
        ours, theirs = national_values(case, structure, nation), second.worth(plain, nation)
        assert (ours.autonomy.points, ours.spinoff, ours.cost) == (
            theirs.autonomy,
            theirs.spinoff,
            theirs.cost,
        ), f"{nation} in {where}"
    assert vector(case, structure) == second.programme(plain), where


@functools.cache
def oracle(name: str) -> Case:
    return load_case(ORACLES / f"{name}.yaml")


SMALL = sorted({path.stem for path in ORACLES.glob("*.yaml")} - set(LARGE))


@pytest.mark.parametrize("name", SMALL)
def test_both_allow_the_same_structures_of_an_oracle_and_value_them_alike(name: str) -> None:
    """Every structure that either program thinks of."""
    case, second = oracle(name), judge(oracle(name))
    ours = set(candidates(case))
    theirs = {Structure.from_json(plain) for plain in second.structures()}
    for structure in sorted(ours | theirs, key=lambda each: each.id):
        compare(case, second, structure)
    allowed = {Structure.from_json(plain) for plain, _ in second.allowed}
    assert allowed == {structure for structure in ours if rules.is_feasible(case, structure)}


@pytest.mark.parametrize("seed", SEEDS)
def test_both_judge_random_structures_of_random_cases_alike(seed: int) -> None:
    """Structures at equal distances among all candidates of the case."""
    case, second = random_case(seed), judge(random_case(seed))
    every = list(candidates(case))
    for structure in every[:: max(1, len(every) // PER_SEED)]:
        compare(case, second, structure)


def test_both_find_nine_efficient_vectors_of_tri1() -> None:
    """All thirty structures that are allowed, and every hundredth of the rest."""
    case, second = oracle("tri1"), judge(oracle("tri1"))
    assert len(second.allowed) == 30
    assert len(second.front) == 9
    for plain, _ in second.allowed:
        compare(case, second, Structure.from_json(plain))
    for structure in itertools.islice(candidates(case), 0, None, 100):
        compare(case, second, structure)


def test_both_judge_structures_of_tri2_alike() -> None:
    """Too many to list; a hundred and twenty are drawn."""
    case, second = oracle("tri2"), judge(oracle("tri2"))
    draw = Random(2)
    for _ in range(120):
        compare(case, second, Structure.from_json(second.drawn(draw)))
