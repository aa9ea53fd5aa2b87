"""Cases that are left to an exact solver as a whole: each finds the front, and is said to have been asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from brute_force import candidates, nondominated
from random_cases import random_case
from solving.engines import ENGINES, installed
from tri1_claim import TRI1, call, tri1_bytes

from procure_opt import rules
from procure_opt.accounts.views import vector
from procure_opt.case.load import load_case
from procure_opt.change import changed
from procure_opt.formulation.formulation import formulate
from procure_opt.formulation.oracle import CaseOracle
from procure_opt.pareto.enumeration import enumerate_nondominated
from procure_opt.solving.engine import Engine, Limits, open_engine
from procure_opt.solving.plan import Findings
from procure_opt.solving.program import Program
from procure_opt.solving.survey import Survey
from procure_opt.study import solve

ORACLES = Path(__file__).parents[1] / "oracles"


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of an engine; one is kept open, so that CP-SAT's process starts once."""
    keeps_it_open: Engine = open_engine(
        installed(request.param), Program((0.0,), (1.0,), (True,), ()), Limits()
    )
    keeps_it_open.read_settings()
    yield request.param


@pytest.fixture
def unswept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sweep leave everything."""

    def leave(self: Survey, told: object = None) -> None:
        self.findings = Findings(left=set(range(len(self.plan.fixings))))

    monkeypatch.setattr(Survey, "run", leave)


@pytest.mark.usefixtures("unswept")
@pytest.mark.parametrize("view", ["programme", "nation"])
def test_the_fronts_of_random_cases_are_found(engine: str, view: str) -> None:
    """As a nation sees a case costs may be fractions, for which whole numbers are a little too good."""
    for seed in range(70, 78):
        case = random_case(seed)
        if view == "nation":
            case = changed(case, view=f"nation:{min(case.nations)}")
        feasible = (each for each in candidates(case) if rules.is_feasible(case, each))
        expected = nondominated(vector(case, each) for each in feasible)
        oracle = CaseOracle(formulate(case), engine=engine)
        oracle.look_round()
        found = enumerate_nondominated(oracle)
        assert found.complete and {(-a, -s, c) for a, s, c in found.points} == expected


@pytest.mark.usefixtures("unswept")
def test_no_question_about_tri2_is_denied(engine: str) -> None:
    """HiGHS 1.15.1 without presolve called this one infeasible, and a complete front had 47 of 48 points."""
    oracle = CaseOracle(formulate(load_case(ORACLES / "tri2.yaml")), engine=engine)
    oracle.look_round()
    point = oracle.minimise(1, (-941, None, 11167))
    assert point is not None and point[1] == -1166


def test_without_such_parts_all_zones_rest_on_arithmetic(engine: str) -> None:
    journey = solve(load_case(ORACLES / "tri1.yaml"), engine=engine).journey
    assert (journey.engine, journey.solves, journey.settings) == ("sweep", 0, {})
    assert (journey.closed, journey.closed_by_solver_too) == (15, 0)


@pytest.mark.usefixtures("unswept")
def test_the_result_has_the_same_bytes_and_the_manifest_says_who_closed_what(
    engine: str, tmp_path: Path
) -> None:
    code, out, _ = call("run", TRI1, "--engine", engine, "--out", str(tmp_path))
    assert code == 0 and (tmp_path / "result.json").read_bytes() == tri1_bytes()
    journey = json.loads((tmp_path / "manifest.json").read_text())["journey"]
    too = journey["closed_by_solver_too"]
    assert 0 < too <= journey["closed"] == 15 and journey["solves"] > 0 and "version" in journey["settings"]
    said = f"closed, {15 - too} by arithmetic alone, {too} on an exact solver's word, too ({engine}, asked"
    assert said in out
    code, out, _ = call("verify", str(tmp_path), "--resolve", "--engine", engine)
    assert code == 0
    assert "15 of 15 closed zones are closed again" in out and f"in that search, 15 zones are {said}" in out


def test_without_resolve_no_engine_is_asked_for() -> None:
    code, _, err = call("verify", "nowhere", "--engine", "cpsat")
    assert code == 2 and "--engine go with --resolve" in err
    code, _, err = call("run", TRI1, "--engine", "cplex")
    assert code == 2 and "invalid choice: 'cplex'" in err
