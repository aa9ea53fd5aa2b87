"""What an engine may take for whole is whole for every structure: so no structure is lost by taking it so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from brute_force import candidates
from random_cases import random_case

from procure_opt import rules
from procure_opt.accounts.views import vector
from procure_opt.case.model import Case
from procure_opt.change import changed
from procure_opt.formulation.decode import encode
from procure_opt.formulation.formulation import formulate, to_program
from procure_opt.formulation.variables import WHOLE_BY_MEANING
from procure_opt.solving.engine import Limits, open_engine
from procure_opt.solving.matrix import Matrix
from procure_opt.solving.reduction import Reduction, reduced
from procure_opt.structure.structure import Structure

SEEDS = (*range(300, 308), 314)
STRUCTURES = 3


def _structures(case: Case, random: Random) -> list[Structure]:
    every = list(candidates(case))
    random.shuffle(every)
    feasible = (each for each in every if rules.is_feasible(case, each))
    return [each for each, _ in zip(feasible, range(STRUCTURES), strict=False)]


def _seen_as(case: Case, view: str) -> Case:
    """Return the case in a view; any ideals do for the egalitarian one."""
    if view == "nation":
        return changed(case, view=f"nation:{max(case.nations)}")
    ideals = {nation: {"autonomy": 401, "spinoff": 307, "cost_parts": -13} for nation in case.nations}
    return changed(case, view=view, ideals=ideals) if view == "egalitarian" else case


def _has_whole_solution(left: Reduction, whole: frozenset[int], upper: dict[int, float]) -> bool:
    place = {int(column): k for k, column in enumerate(left.kept)}
    program = left.matrix.program()
    integer = tuple(a or int(j) in whole for a, j in zip(program.integer, left.kept, strict=True))
    settled = [j for j in whole if j not in place]
    if any(left.values[j] != round(left.values[j]) for j in settled):
        return False
    here = {place[j]: bound for j, bound in upper.items()}
    engine = open_engine("highs", replace(program, integer=integer), Limits())
    return engine.minimise({}, here, gap=0.5) is not None


@pytest.mark.parametrize("view", ["programme", "nation", "egalitarian"])
def test_every_structure_has_a_solution_with_these_columns_whole(view: str) -> None:
    met: Counter[object] = Counter()
    for seed in SEEDS:
        case = _seen_as(random_case(seed), view)
        formulation = formulate(case)
        x, program = formulation.variables, to_program(formulation.variables)
        matrix = Matrix.of(program)
        met.update(x.keys[j][0] for j in program.defined_whole)
        for structure in _structures(case, Random(seed)):
            ones = encode(case, x.decisions(), structure)
            autonomy, spinoff, cost = vector(case, structure)
            upper = dict(zip(formulation.objectives, (-autonomy, -spinoff, cost), strict=True))
            left = reduced(matrix, ones, formulation.objectives)
            assert left is not None
            assert _has_whole_solution(left, program.defined_whole, dict(upper)), (seed, structure.id)
    if view == "programme":
        assert set(met) == WHOLE_BY_MEANING - {"least gain"}
    if view == "egalitarian":
        assert "least gain" in met
