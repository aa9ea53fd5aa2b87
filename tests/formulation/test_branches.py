"""Into whatever parts a case falls, with a column per coalition or without: the front is the same."""

from __future__ import annotations

import pytest
from random_cases import random_case

from procure_opt.accounts import coalitions as coalitions_module
from procure_opt.case.model import Case
from procure_opt.formulation import branches as branches_module
from procure_opt.formulation.branches import branches
from procure_opt.formulation.formulation import formulate
from procure_opt.formulation.oracle import CaseOracle
from tests.benchmarks.synthetic import synthetic_case

EVERYBODY, WORKERS, NOBODY = "everybody", "workers", "nobody"
"""Whose seats are settled in each part."""


@pytest.fixture
def without_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a case of many nations: coalitions are too many for a column each."""
    monkeypatch.setattr(coalitions_module, "coalitions", lambda *_: None)


def settle(whose: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settle the seats of some nations only."""
    if whose == WORKERS:
        monkeypatch.setattr(branches_module, "_everybody", branches_module._workers)
    if whose == NOBODY:
        monkeypatch.setattr(branches_module, "MOST_BRANCHES", 0)


def front(seed: int) -> list[tuple[int, ...]]:
    """The points of a random case, swept without a doubt."""
    oracle = CaseOracle(formulate(random_case(seed)))
    oracle.survey.run()
    assert oracle.survey.findings.finished and not oracle.survey.doubted
    assert not oracle.survey.findings.left
    return oracle.survey.points()


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("whose", [EVERYBODY, WORKERS, NOBODY])
def test_the_front_does_not_hang_on_the_parts(seed: int, whose: str, request: pytest.FixtureRequest) -> None:
    known = front(seed)
    request.getfixturevalue("without_columns")
    settle(whose, request.getfixturevalue("monkeypatch"))
    assert front(seed) == known


def test_of_many_nations_only_those_that_may_work_are_seated() -> None:
    case = Case.model_validate(synthetic_case(10, 2, 2, 2))
    parts = list(branches(case))
    seated = {key[2] for part in parts[1:] for key in part if key[0] == "tier"}
    assert seated == {"AAA", "AAB", "AAC", "AAD"}
    assert len(parts) == 1 + (4 * 4 - 3 * 3) * 3 * 3, "each sits at a tier or nowhere, and one leads"
    assert {part["exists", "system"] for part in parts} == {0, 1}
