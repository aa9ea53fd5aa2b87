"""A solver's word is a proof only in the two cases that are proofs; a scripted HiGHS says all the others."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from highspy import Highs, HighsModelStatus, HighsStatus
from programs import knapsack

from procure_opt.errors import EngineDoubt, LimitReached
from procure_opt.solving.engine import Limits
from procure_opt.solving.highs import SETTINGS, HighsEngine

PROGRAM, OBJECTIVE = knapsack([5, 4, 3], [2, 2, 2], 4)
BEST = (1.0, 1.0, 0.0)


class Scripted(Highs):
    """HiGHS that runs truly and reports what it is told, once per run; the truth when the script ends."""

    def __init__(self, *script: dict[str, Any]) -> None:
        super().__init__()
        self.script: Iterator[dict[str, Any]] = iter(script)
        self.lie: dict[str, Any] = {}
        self.seen: list[dict[str, object]] = []

    def run(self) -> HighsStatus:
        self.lie = next(self.script, {})
        self.seen.append({name: self.getOptionValue(name)[1] for name in ("presolve", "random_seed")})
        return self.lie.get("run", super().run())

    def getModelStatus(self) -> HighsModelStatus:
        return self.lie.get("model", super().getModelStatus())

    def getInfo(self) -> Any:
        true = super().getInfo()
        names = ("mip_dual_bound", "objective_function_value", "primal_solution_status")
        return SimpleNamespace(**{name: self.lie.get(name, getattr(true, name)) for name in names})

    def getSolution(self) -> Any:
        true = super().getSolution()
        return SimpleNamespace(
            value_valid=self.lie.get("value_valid", true.value_valid), col_value=true.col_value
        )


def asked(*script: dict[str, Any]) -> tuple[tuple[float, ...] | None, Scripted]:
    highs = Scripted(*script)
    answer = HighsEngine(PROGRAM, Limits(), highs).minimise(OBJECTIVE, {}, gap=0.5)
    return answer, highs


NO_PROOFS: list[dict[str, Any]] = [
    {"run": HighsStatus.kError},
    {"run": HighsStatus.kWarning},
    {"run": HighsStatus.kWarning, "model": HighsModelStatus.kInfeasible},
    {"value_valid": False},
    {"primal_solution_status": 1},
    {"mip_dual_bound": -9.51},
    {"mip_dual_bound": float("-inf")},
    {"mip_dual_bound": float("nan")},
] + [
    {"model": status}
    for status in HighsModelStatus.__members__.values()
    if status not in (HighsModelStatus.kOptimal, HighsModelStatus.kInfeasible, HighsModelStatus.kTimeLimit)
]


@pytest.mark.parametrize("lie", NO_PROOFS, ids=str)
def test_what_is_no_proof_is_asked_again_more_safely_and_then_doubted(lie: dict[str, Any]) -> None:
    with pytest.raises(EngineDoubt, match="HiGHS, asked twice"):
        asked(lie, lie)
    answer, highs = asked(lie)
    assert answer == pytest.approx(BEST)
    assert highs.seen == [
        {"presolve": SETTINGS["presolve"], "random_seed": SETTINGS["random_seed"]},
        {"presolve": "off", "random_seed": 2},
    ]
    assert highs.getOptionValue("presolve")[1] == SETTINGS["presolve"]


def test_infeasible_is_believed_when_it_is_said_twice() -> None:
    """Without presolve and with it; what only one of the two denies is there."""
    denial = {"model": HighsModelStatus.kInfeasible}
    answer, highs = asked(denial, denial)
    assert answer is None
    assert [each["presolve"] for each in highs.seen] == ["off", "on"]
    assert highs.getOptionValue("presolve")[1] == "off"
    assert asked(denial)[0] == pytest.approx(BEST)
    assert asked({"mip_dual_bound": -12.0}, denial, denial)[0] is None


def test_a_time_limit_proves_nothing_even_with_a_solution_at_hand() -> None:
    with pytest.raises(LimitReached):
        asked({"model": HighsModelStatus.kTimeLimit})


def test_a_gap_within_the_one_asked_for_is_a_proof() -> None:
    answer, highs = asked({"mip_dual_bound": -9.5})
    assert answer == pytest.approx(BEST)
    assert len(highs.seen) == 1


def test_a_refused_option_is_an_error_not_a_default() -> None:
    class Deaf(Scripted):
        def setOptionValue(self, name: str, value: Any) -> HighsStatus:
            return HighsStatus.kOk if name == "mip_rel_gap" else super().setOptionValue(name, value)

    with pytest.raises(EngineDoubt, match="keeps another value for option mip_rel_gap"):
        HighsEngine(PROGRAM, Limits(), Deaf())


def test_a_refused_change_of_the_model_is_an_error() -> None:
    class Stubborn(Scripted):
        def changeColsBounds(self, *arguments: Any) -> HighsStatus:
            return HighsStatus.kError

    with pytest.raises(EngineDoubt, match="did not accept bounds"):
        HighsEngine(PROGRAM, Limits(), Stubborn()).minimise(OBJECTIVE, {0: 0.0}, gap=0.5)
