"""What the search believes to be proven about a part holds for every feasible structure in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from brute_force import enumerate_case
from random_cases import random_case

from procure_opt import rules
from procure_opt.accounts.values import programme_vector
from procure_opt.change import at_resolution
from procure_opt.errors import LimitReached
from procure_opt.formulation.canonical import canonical_structure
from procure_opt.formulation.decode import encode, taken
from procure_opt.formulation.formulation import formulate
from procure_opt.formulation.idle import idle_seats
from procure_opt.formulation.oracle import CaseOracle
from procure_opt.formulation.variables import Variables
from procure_opt.pareto.enumeration import enumerate_nondominated
from procure_opt.pareto.points import nondominated
from procure_opt.solving import field, sweep
from procure_opt.solving.boxes import Boxes
from procure_opt.solving.engine import Limits
from procure_opt.solving.plan import Findings
from procure_opt.solving.sample import sample
from procure_opt.solving.survey import Survey
from procure_opt.study import solve, survey


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
def test_the_sweep_finds_the_largest_score_of_each_point(seed: int) -> None:
    """Weights of decisions at random: the largest sum among all structures that share a vector."""
    case = random_case(seed)
    chance = Random(seed)
    scores = {key: chance.randint(-2, 3) for key in sorted(Variables(case).decisions(), key=str)}
    oracle = CaseOracle(formulate(case), scores=scores)
    oracle.look_round()
    every = enumerate_case(case)
    assert oracle.survey.findings.finished and not oracle.survey.findings.left
    for point in oracle.survey.points():
        sharing = every.feasible[-point[0], -point[1], point[2]]
        best = max(sum(scores[key] for key in taken(case, each)) for each in sharing)
        assert oracle.survey.findings.holders[point].score == best


def test_an_idle_seat_is_one_that_nothing_tells_from_staying_out() -> None:
    """Every feasible structure with an idle seat, in 250 cases: without it, feasible and worth the same.

    Once the sole bearer of a pillar's cost was called idle as an observer (case 1681): a wrong front.
    """
    checked = 0
    for seed in (*range(250), 1681):
        case = random_case(seed)
        idle = idle_seats(case)
        for vector, structures in enumerate_case(case).feasible.items() if idle else ():
            for structure in structures:
                for pillar, nation, tier in sorted(idle):
                    plan = structure.pillars.get(pillar)
                    if plan is not None and plan.tiers.get(nation) == tier:
                        tiers = {n: t for n, t in plan.tiers.items() if n != nation}
                        without = replace(
                            structure, pillars={**structure.pillars, pillar: replace(plan, tiers=tiers)}
                        )
                        assert rules.is_feasible(case, without), f"case {seed}"
                        assert programme_vector(case, without) == vector, f"case {seed}"
                        checked += 1
    assert checked > 10


def test_an_idle_seat_that_is_asked_for_is_looked_at() -> None:
    """The front of the structures in which somebody sits idle, against enumeration.

    Once a signed deal with an observer was called impossible (GCAP 2026 under its hard lines alone).
    """
    checked = 0
    for seed in range(250):
        case = random_case(seed)
        for pillar, nation, tier in sorted(idle_seats(case)):
            every = enumerate_case(case).feasible
            seated = [
                (-autonomy, -spinoff, cost)
                for (autonomy, spinoff, cost), structures in every.items()
                for structure in structures
                if (plan := structure.pillars.get(pillar)) is not None and plan.tiers.get(nation) == tier
            ]
            found = survey(case, within={("tier", pillar, nation, tier): 1}).front
            points = sorted((-autonomy, -spinoff, cost) for autonomy, spinoff, cost in found.vectors)
            assert found.complete and points == list(nondominated(seated)), f"case {seed}"
            checked += bool(seated)
    assert checked >= 3


def test_the_sole_bearer_is_never_idle() -> None:
    case = random_case(1681)
    answer, front = enumerate_case(case), solve(case)
    assert front.complete and list(front.vectors) == answer.front


def test_what_was_stopped_shows_no_structure_as_canonical_that_it_does_not_know_to_be_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All zones closed, but sets with the same values not followed: incomplete, and said so."""
    monkeypatch.setattr(field, "AT_ONCE", 2)
    monkeypatch.setattr(sweep, "AT_A_TIME", 1)
    monkeypatch.setattr(sweep, "BEAM", 0)
    case = random_case(23)
    answer = enumerate_case(case)
    for patience in range(60):
        calls = iter(range(patience))

        def stop(self: sweep.Sweep, calls: Iterator[int] = calls) -> None:
            if next(calls, None) is None:
                raise LimitReached("as ordered")

        monkeypatch.setattr(sweep.Sweep, "_check_time", stop)
        front = solve(case, workers=1)
        if front.complete:
            assert [each.structure for each in front] == [answer.canonical(v) for v in answer.front]


@pytest.mark.parametrize("step", [1, 20])
def test_what_is_found_so_far_is_not_dominated(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """Everything that a sweep has judged was once called efficient when it was stopped."""
    judged: list[tuple[int, ...]] = []

    def stopped(self: Survey, told: object = None) -> None:
        judged.extend(point for _, point in sample(self.plan, 60, self._judge, 1, Limits()))
        self.findings.open = None
        raise LimitReached("time is up")

    monkeypatch.setattr(Survey, "run", stopped)
    case = at_resolution(random_case(83), {"autonomy": step, "spinoff": step, "cost": step})
    front = solve(case, workers=1)
    assert not front.complete
    boxes = Boxes((step, step, step))
    boxes.take_all(judged)
    assert sorted((-autonomy, -spinoff, cost) for autonomy, spinoff, cost in front.vectors) == boxes.points
    assert len(boxes.points) < len(set(judged))
