"""What the search believes to be proven about a branch holds for every feasible structure in it."""

from __future__ import annotations

import pytest
from brute_force import enumerate_case
from random_cases import random_case

from procure_opt.formulation.decode import encode
from procure_opt.formulation.formulation import formulate
from procure_opt.formulation.oracle import CaseOracle
from procure_opt.pareto.enumeration import enumerate_nondominated
from procure_opt.solving import forest


@pytest.mark.parametrize("patience", [0, 40])
@pytest.mark.parametrize("seed", range(70, 90))
def test_no_feasible_structure_contradicts_what_is_proven_about_its_branch(
    monkeypatch: pytest.MonkeyPatch, seed: int, patience: int
) -> None:
    """After a whole enumeration, by planes or by the exact solver, against all feasible structures.

    Case 85 is one in which HiGHS 1.15.1 with presolve calls a feasible question infeasible.
    """
    monkeypatch.setattr(forest, "PATIENCE", patience)
    case = random_case(seed)
    formulation = formulate(case)
    oracle = CaseOracle(formulation)
    found = enumerate_nondominated(oracle)
    every = enumerate_case(case)
    assert found.complete and sorted(found.points) == sorted((-a, -s, c) for a, s, c in every.front)
    decisions = formulation.variables.decisions()
    for (autonomy, spinoff, cost), structures in every.feasible.items():
        point = (-autonomy, -spinoff, cost, cost - autonomy - spinoff)
        for structure in structures:
            ones = encode(case, decisions, structure)
            for number, fixed in enumerate(oracle.forest.fixed):
                if all(ones[column] == value for column, value in fixed.items()):
                    assert number in oracle.forest.holders(point)
