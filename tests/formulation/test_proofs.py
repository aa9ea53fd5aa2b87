"""What the search believes to be proven about a branch holds for every feasible structure in it."""

from __future__ import annotations

import pytest
from brute_force import enumerate_case
from random_cases import random_case

from procure_opt.formulation.branch import Branch
from procure_opt.formulation.decode import encode
from procure_opt.formulation.formulation import formulate
from procure_opt.formulation.oracle import CaseOracle
from procure_opt.pareto.enumeration import enumerate_nondominated

Point = tuple[int, int, int]
ROUNDING = 1e-3


def refuted(branch: Branch, point: Point) -> list[object]:
    """Return the planes and answers of the branch that a feasible point in it contradicts."""
    under = [
        a for a in branch.answers if all(u is None or y <= u for y, u in zip(point, a.upper, strict=True))
    ]
    found: list[object] = [a for a in under if _worth(a.weights, point) < a.least - ROUNDING]
    return found + [p for p in branch.planes if _worth(p.weights, point) < p.level - ROUNDING]


def _worth(weights: tuple[float, ...], point: Point) -> float:
    return sum(w * y for w, y in zip(weights, point, strict=True))


@pytest.mark.parametrize("seed", range(70, 90))
def test_no_feasible_structure_contradicts_what_is_proven_about_its_branch(seed: int) -> None:
    """After a whole enumeration: planes, answers and bounds of each branch against all feasible structures.

    Case 85 is one in which HiGHS 1.15.1 with presolve calls a feasible question infeasible.
    """
    case = random_case(seed)
    formulation = formulate(case)
    oracle = CaseOracle(formulation)
    enumerate_nondominated(oracle)
    for (autonomy, spinoff, cost), structures in enumerate_case(case).feasible.items():
        point = (-autonomy, -spinoff, cost)
        for structure in structures:
            ones = encode(case, formulation.variables.decisions(), structure)
            for branch in oracle.branches:
                if all(ones[column] == value for column, value in branch.fixed.items()):
                    assert refuted(branch, point) == []
                    assert branch.least((0.0, 0.0, 1.0), point) <= cost + ROUNDING
