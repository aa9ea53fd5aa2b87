"""What the search believes to be proven about a part holds for every feasible structure in it."""

from __future__ import annotations

import pytest
from brute_force import enumerate_case
from random_cases import random_case

from procure_opt.formulation.canonical import canonical_structure
from procure_opt.formulation.decode import encode
from procure_opt.formulation.formulation import formulate
from procure_opt.formulation.idle import idle_seats
from procure_opt.formulation.oracle import CaseOracle
from procure_opt.pareto.enumeration import enumerate_nondominated
from procure_opt.solving.survey import Survey
from procure_opt.solving.sweep import Findings


@pytest.mark.parametrize("seed", range(70, 90))
def test_parts_that_are_not_swept_are_solved_exactly(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """With no patience in the sweep: the exact solver finds the front, and denies no feasible structure.

    Case 85 is one in which HiGHS 1.15.1 with presolve calls a feasible question infeasible.
    """

    def refuse(self: Survey, told: object = None) -> None:
        self.findings = Findings(left=set(range(len(self.plan.fixings))))

    monkeypatch.setattr(Survey, "run", refuse)
    case = random_case(seed)
    formulation = formulate(case)
    oracle = CaseOracle(formulation)
    oracle.look_round()
    found = enumerate_nondominated(oracle)
    every = enumerate_case(case)
    assert found.complete and sorted(found.points) == sorted((-a, -s, c) for a, s, c in every.front)
    assert oracle.remainder.solves > 0 or not oracle.remainder.parts
    decisions = formulation.variables.decisions()
    for (autonomy, spinoff, cost), structures in every.feasible.items():
        point = (-autonomy, -spinoff, cost, cost - autonomy - spinoff)
        for structure in structures:
            ones = encode(case, decisions, structure)
            for number, fixed in enumerate(oracle.remainder.fixed):
                if all(ones[column] == value for column, value in fixed.items()):
                    assert number in oracle.remainder.holders(point)
    for point in found.points:
        vector = (-point[0], -point[1], point[2])
        assert canonical_structure(oracle, point) == every.canonical(vector)


@pytest.mark.parametrize("seed", range(100, 130))
def test_the_sweep_meets_every_structure_of_a_point(seed: int) -> None:
    """Just as many as enumeration counts, unless somebody may sit idle: such seats are left out."""
    case = random_case(seed)
    oracle = CaseOracle(formulate(case))
    oracle.look_round()
    every = enumerate_case(case)
    assert oracle.survey.findings.finished and not oracle.survey.findings.left
    for point in oracle.survey.points():
        met, there = (
            oracle.survey.findings.holders[point].met,
            len(every.feasible[-point[0], -point[1], point[2]]),
        )
        assert met == there or (idle_seats(case) and 0 < met < there)
