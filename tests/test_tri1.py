"""TRI-1, the smallest oracle: three nations, three packages, 1 702 structures, 30 feasible, nine efficient.

The numbers are literal. Where the folder ``shared`` stands beside the repository, the enumerating program in
it is also run with other numbers of the same shape, and the case with these numbers must agree with it.
"""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from brute_force import candidates

from procure_opt import rules
from procure_opt.accounts.values import programme_vector
from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.rules import work_roles
from procure_opt.study import solve

CASE = Path(__file__).parent / "oracles" / "tri1.yaml"

FRONT = {
    (1060, 920, 9301), (910, 920, 9220), (860, 900, 8889), (800, 900, 8871), (740, 960, 9450),
    (740, 920, 8938), (740, 900, 8598), (550, 980, 9940), (230, 120, 6960),
}  # fmt: skip
RELAXED: dict[str, tuple[int, set[tuple[int, int, int]], set[tuple[int, int, int]]]] = {
    "RL1": (81, set(), set()),
    "RL2": (
        47,
        {
            (1060, 920, 9289),
            (940, 920, 9205),
            (860, 920, 9151),
            (860, 900, 8877),
            (800, 900, 8775),
            (790, 920, 9124),
        },
        {(1060, 920, 9301), (910, 920, 9220), (860, 900, 8889), (800, 900, 8871)},
    ),
    "RL3": (54, {(370, 1000, 10220)}, set()),
    "RL4": (52, {(930, 900, 9189)}, set()),
    "RET": (98, set(), set()),
    "IR": (
        49,
        {(1060, 900, 8925), (1000, 900, 8907), (860, 900, 8871), (850, 900, 8826), (740, 900, 8580)},
        {(860, 900, 8889), (800, 900, 8871), (740, 900, 8598)},
    ),
    "CAP": (40, {(860, 900, 8871)}, {(860, 900, 8889), (800, 900, 8871)}),
}
"""Rule left out -> (feasible structures, points gained, points lost); from tri1_front.json."""
PERTURBED = 10


def without(case: Case, rule: str) -> Case:
    """Return the case with one rule switched off."""
    return Case.model_validate(case.model_dump(by_alias=True) | {"off": (rule,)})


def worth(case: Case) -> dict[tuple[int, ...], frozenset[str | None]]:
    """Return (vector, number) -> ids of the rules broken, for the structures that can be written down."""
    able = [s for s in candidates(case) if not any(True for _ in work_roles.violations(case, s))]
    return {
        (*programme_vector(case, structure), number): frozenset(
            v.id for v in rules.violations(case, structure)
        )
        for number, structure in enumerate(able)
    }


def test_nine_of_1702_structures_are_efficient() -> None:
    """The front of TRI-1, and that it is complete."""
    front = solve(load_case(CASE))
    assert set(front.vectors) == FRONT
    assert len(front) == 9
    assert front.complete


@pytest.mark.parametrize("rule", sorted(RELAXED))
def test_relaxing_a_rule_gains_and_loses_the_points_of_the_oracle(rule: str) -> None:
    """One rule left out: the relaxed front, point by point."""
    _, gained, lost = RELAXED[rule]
    front = solve(without(load_case(CASE), rule))
    assert set(front.vectors) == (FRONT - lost) | gained
    assert front.complete


def test_thirty_of_1702_structures_are_feasible_and_more_without_a_rule() -> None:
    """Counted with the plain rules; without RL1, say, 81."""
    broken = worth(load_case(CASE))
    assert len(broken) == 1702
    assert sum(not ids for ids in broken.values()) == 30
    relaxed = {rule: sum(ids <= {rule} for ids in broken.values()) for rule in RELAXED if rule != "CAP"}
    assert relaxed == {rule: count for rule, (count, _, _) in RELAXED.items() if rule != "CAP"}


def test_without_release_caps_forty_structures_are_feasible() -> None:
    """A cap changes what the structures are worth, so it is counted apart."""
    assert sum(not ids for ids in worth(without(load_case(CASE), "CAP")).values()) == 40


# -- other numbers of the same shape ---------------------------------------------------------------------

NATIONS = ("ALP", "BET", "GAM")
PACKAGES = ("airframe", "engine", "mission")


def _oracle(oracles: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("tri1_oracle", oracles / "tri1.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def perturb(oracle: ModuleType, draw: random.Random) -> None:
    """Give the oracle other numbers that still divide exactly (values in hundreds, indices in fives)."""
    oracle.V = [100 * draw.randint(4, 14) for _ in PACKAGES]
    oracle.EFF = [[5 * draw.randint(18, 27) for _ in PACKAGES] for _ in NATIONS]
    oracle.SPLIT = draw.randint(0, 9)
    steps = [draw.randint(50, 300) for _ in range(4)]
    oracle.COORD = {2 + i: sum(steps[:i]) for i in range(5)}
    oracle.T2_FEE = draw.choice((250, 300, 350, 420))
    oracle.Q = [draw.randint(10, 70) for _ in NATIONS]
    starts = sorted(draw.sample(range(20, sum(oracle.Q) + 10), 3), reverse=True)
    prices = sorted(draw.sample(range(40, 66), 4))
    oracle.BANDS = list(zip([*starts, 0], prices, strict=True))
    oracle.OUT_PRICE, oracle.OUT_OFFSET = draw.randint(50, 66), draw.randint(0, 3)
    oracle.SPIN = [10 * draw.randint(1, 6) for _ in PACKAGES]
    oracle.RHO = [draw.choice((1, 2, 2)) for _ in NATIONS]
    oracle.LEADBONUS = draw.randint(0, 60)
    oracle.OMEGA = [_weights(draw) for _ in NATIONS]
    oracle.THETA = [draw.randint(1, 4) for _ in NATIONS]
    oracle.RIGHTS = {
        ("T1", "lead"): 4, ("T1", "second"): draw.choice((3, 3, 2)), ("T1", "none"): 2,
        ("T2", "second"): draw.choice((2, 3)), ("T2", "none"): draw.choice((1, 2, 2)),
    }  # fmt: skip
    leaders = [(h, n) for h in range(3) for n in range(3) if h != n]
    oracle.CAP = {(*draw.choice(leaders), draw.randrange(3)): draw.randint(1, 2) for _ in range(3)}
    # the oracle does not ask whether Gamma can bear to stay out when nobody cooperates: let it
    oracle.BUDGET_GAM = oracle.Q[2] * oracle.OUT_PRICE + draw.randint(0, 8) * 100


def _weights(draw: random.Random) -> list[int]:
    cuts = sorted(draw.randint(0, 100) for _ in range(3))
    return [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]


def restated(case: Case, oracle: ModuleType) -> Case:
    """Return the case with the oracle's numbers in place of its own."""
    data: dict[str, Any] = case.model_dump(by_alias=True, exclude_unset=True)
    pillar = data["pillars"]["aircraft"]
    for i, nation in enumerate(NATIONS):
        tasks = ("operate", "mission_data", "upgrade", "engine_depth")
        stated = data["nations"][nation]
        stated["stake"], stated["competence_percent"] = oracle.THETA[i], 50 * oracle.RHO[i]
        stated["task_weights"] = dict(zip(tasks, oracle.OMEGA[i], strict=True))
        pillar["quantities"][nation] = oracle.Q[i]
        option = data["needs"]["combat_aircraft"]["outside"][nation]["off_the_shelf"]
        option |= {
            "quantity": oracle.Q[i],
            "unit_price": oracle.OUT_PRICE,
            "offset_per_unit": oracle.OUT_OFFSET,
        }
    for k, package in enumerate(PACKAGES):
        pillar["packages"][package] |= {
            "value": oracle.V[k],
            "cost_index_percent": {n: oracle.EFF[i][k] for i, n in enumerate(NATIONS)},
            "split_premium_percent": oracle.SPLIT,
            "spinoff_percent": oracle.SPIN[k],
            "lead_bonus": oracle.LEADBONUS,
        }
    pillar["tiers"]["associate"]["contribution"] = oracle.T2_FEE
    pillar["coordination"] = {
        "table": [{"partners": m / 2, "million": c} for m, c in sorted(oracle.COORD.items())]
    }
    pillar["production"] = {"bands": [{"from_quantity": q, "unit_price": p} for q, p in oracle.BANDS]}
    pillar["rights"]["standard"]["levels"] = {
        "core": {"lead": 4, "holder": oracle.RIGHTS["T1", "second"], "other": oracle.RIGHTS["T1", "none"]},
        "associate": {"holder": oracle.RIGHTS["T2", "second"], "other": oracle.RIGHTS["T2", "none"]},
    }
    pillar["release_caps"] = [
        {"id": "CAP", "holder": NATIONS[h], "nation": NATIONS[n], "function": PACKAGES[k], "level": level}
        for (h, n, k), level in sorted(oracle.CAP.items())
    ]
    data["red_lines"]["RL3"]["then"] = {"cost_at_most": {"nation": "GAM", "million": oracle.BUDGET_GAM}}
    return Case.model_validate(data)


def test_the_case_of_the_file_states_the_numbers_of_the_oracle(oracles: Path) -> None:
    """Putting the oracle's own numbers into the case changes nothing: the same nine points."""
    case = load_case(CASE)
    assert set(solve(restated(case, _oracle(oracles))).vectors) == FRONT


@pytest.mark.parametrize("seed", range(PERTURBED))
def test_with_other_numbers_the_case_and_the_oracle_agree(seed: int, oracles: Path) -> None:
    """Random values, prices, weights, caps and thresholds: the same front as the enumerating program's."""
    oracle = _oracle(oracles)
    perturb(oracle, random.Random(seed))
    _, expected, total, feasible, _ = oracle.solve()
    front = solve(restated(load_case(CASE), oracle))
    assert total == 1702
    assert set(front.vectors) == set(expected), f"{feasible} feasible"
    assert front.complete
