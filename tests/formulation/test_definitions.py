"""With all choices made, a pass over the rows says what a structure is worth; no column is left open."""

from __future__ import annotations

import numpy as np
import pytest
from random_cases import random_case

from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.formulation.formulation import formulate
from procure_opt.formulation.oracle import CaseOracle
from procure_opt.solving.forward import NEAR
from procure_opt.solving.parts import fields, shuffled
from tests.benchmarks.synthetic import synthetic_case

ENOUGH = 6
"""Fields in which something can be drawn."""


@pytest.mark.parametrize("name", ["eurofighter", "fcas", "gcap@2022", "nh90@2001", "nh90@2006"])
def test_what_the_sweep_claims_is_what_the_definitions_say(name: str) -> None:
    """Random structures of a few parts: feasible, and worth what the bounds of their choices say.

    Once in FCAS nearly every claim was wrong: contexts with several open rights regimes were stated only by
    their sums. Once nearly every claim of NH90 2006 was: delays that hang on variants were.
    """
    _assert_claims_hold(load_case(name))


def _assert_claims_hold(case: Case) -> None:
    """Draw structures of a few parts, and judge each."""
    oracle = CaseOracle(formulate(case))
    plan = oracle.survey.plan
    chance = np.random.default_rng(1)
    seen = claims = 0
    for part in shuffled(len(plan.fixings)):
        for _, made in fields(plan, [part]):
            for each in made:
                swath = each.drawn(chance, 100)
                seen += swath.width > 0
                for place in range(min(swath.width, 5)):
                    bounds = np.ceil(swath.bounds[:3, place] - NEAR).astype(int)
                    assert oracle.judge(each.ground.ones(swath, place)) == tuple(bounds.tolist())
                    claims += 1
        if seen >= ENOUGH:
            break
    assert claims >= ENOUGH


def test_what_the_sweep_claims_of_many_nations_is_what_the_definitions_say() -> None:
    """How many partners count was once said by two rows together, by none alone: nearly all was wrong."""
    _assert_claims_hold(Case.model_validate(synthetic_case(10, 2, 2, 2)))


@pytest.mark.parametrize("seed", [269, 337, 349, *range(25)])
def test_no_claim_of_a_sweep_is_in_doubt(seed: int) -> None:
    """Nothing has to be swept a second time, with a judge at every assignment; three cases once had to be."""
    oracle = CaseOracle(formulate(random_case(seed)))
    oracle.survey.run()
    assert oracle.survey.findings.finished and not oracle.survey.doubted
