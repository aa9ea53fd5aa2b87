"""One test per bug that the twins had, named after it."""

from __future__ import annotations

from pathlib import Path

from fixed_decisions import Fixed

from procure_opt.accounts.autonomy import autonomy, autonomy_expression
from procure_opt.accounts.conditions import holds, literal
from procure_opt.case.conditions import Condition
from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.formulation.variables import Variables
from procure_opt.structure.arrangements import arrangements
from procure_opt.structure.structure import PillarPlan, Structure

ORACLES = Path(__file__).parents[1] / "oracles"


def test_a_tier_named_twice_counts_once() -> None:
    """``tiers: [core, core]``: a core member is excluded once, not twice (the literal was 1 - 2 = -1)."""
    case = load_case(ORACLES / "rights.yaml")
    (way, *_) = arrangements(case, "jet", "cell")
    both = Structure({"jet": PillarPlan({"ALP": "core", "BET": "core"}, "open", (), {"cell": way})}, {})
    twice = Condition.model_validate({"excludes": {"nation": "ALP", "tiers": ["core", "core"]}})
    members = Condition.model_validate({"members": {"tiers": ["core", "core"], "at_most": 2}})
    for condition, expected in ((twice, False), (members, True)):
        columns: list[int] = []

        def state(x: Variables, condition: Condition = condition, columns: list[int] = columns) -> None:
            column = x.column(("literal",), -9, 9)
            x.require(x.total([(1, column), (-1, literal(x.case, x, condition))]) == 0)
            columns.append(x.index[column.name])

        solution = Fixed(case, state).solution(both)
        assert holds(case, both, condition) is expected
        assert solution is not None
        assert round(solution[columns[0]]) == expected


def _two_sources() -> tuple[Case, Structure]:
    """Return a nation with level 2 on a function by its outside option and by its seat in another pillar."""
    data = load_case(ORACLES / "outside_options.yaml").model_dump(by_alias=True, exclude_unset=True)
    data["pillars"]["cloud"] = data["pillars"]["jet"]
    data["functions"]["mission"]["packages"] = {"jet": "cell", "cloud": "cell"}
    case = Case.model_validate(data)
    (way,) = arrangements(case, "cloud", "cell")
    cloud = PillarPlan({"ALP": "core"}, "standard", (), {"cell": way})
    return case, Structure({"cloud": cloud}, {"fighter": {"ALP": "bought"}})


def test_a_task_reached_in_two_ways_counts_once() -> None:
    """Operate (60) and upgrade (40) by the cloud, operate bought as well: 100 + 100 points, not 160 + 160."""
    case, structure = _two_sources()
    columns: list[int] = []

    def state(x: Variables) -> None:
        points = autonomy_expression(case, x, "ALP")
        column = x.column(("points",), 0, 1_000)
        x.require(x.total([(1, column), (-1, points)]) == 0)
        columns.append(x.index[column.name])

    fixed = Fixed(case, state)
    solution = fixed.solution(structure, {columns[0]: -1.0})
    assert autonomy(case, structure, "ALP").points == 200
    assert solution is not None
    assert round(solution[columns[0]]) == 200
