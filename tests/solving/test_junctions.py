"""Clusters joined by kinds say exactly what the steps would say that are followed once for all."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from random import Random

import numpy as np
import pytest
from brute_force import enumerate_case
from menus import CHOICES, WATCHED, Small
from random_cases import random_case

from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.formulation.formulation import formulate
from procure_opt.formulation.oracle import CaseOracle
from procure_opt.solving import ground as ground_module
from procure_opt.solving import tables as tables_module
from procure_opt.solving.forward import Forward
from procure_opt.solving.kinds import ALIKE, Kinds
from procure_opt.solving.matrix import Matrix, Numbers, Vector
from procure_opt.solving.menu import Menu
from procure_opt.solving.parts import fields
from procure_opt.solving.tables import Tables
from procure_opt.study import solve

NEVER = 10**12
SETS = 300
Told = tuple[Numbers, Vector]


def _both(
    monkeypatch: pytest.MonkeyPatch, forward: Forward, menu: Menu, matrix: Matrix, cells: int, joined: int
) -> tuple[Tables, Tables]:
    """Tables that follow every step, and tables that are joined."""
    found = []
    for worth in (NEVER, 1):
        monkeypatch.setattr(tables_module, "WORTH_JOINING", worth)
        found.append(Tables(forward, menu, matrix, (), cells, joined))
    return found[0], found[1]


def _states(random: Random, menu: Menu, groups: int) -> dict[int, Numbers]:
    """Some groups settled at random, for many sets of choices."""
    chosen = random.sample(range(menu.groups), groups)
    return {g: np.array([random.randint(1, menu.size(g)) for _ in range(SETS)]) for g in chosen}


def _asked(tables: Tables, states: dict[int, Numbers]) -> Told:
    tables.examine(states, SETS)
    return tables.examine(states, SETS)


def _assert_alike(one: Tables, other: Tables, random: Random, menu: Menu) -> int:
    """Compare what both say with more and more settled; return how many sets were possible."""
    possible = 0
    for groups in range(menu.groups + 1):
        states = _states(random, menu, groups)
        (kept, bounds), (kept_too, bounds_too) = _asked(one, states), _asked(other, states)
        assert kept.tolist() == kept_too.tolist()
        np.testing.assert_allclose(bounds_too, bounds, rtol=0, atol=1e-9)
        possible += len(kept) if groups else 0
    return possible


def _parts(case: Case) -> Iterator[tuple[Forward, Menu, Matrix]]:
    plan = CaseOracle(formulate(case), (1, 1, 1)).survey.plan
    for _, found in fields(plan, range(0, len(plan.fixings), max(1, len(plan.fixings) // 4))):
        for field in found[-2:]:
            yield field.ground._forward, field.ground.menu, field.ground.left.matrix


def test_small_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    fewer = 0
    for seed, (cells, joined) in itertools.product(
        range(10), itertools.product((1, 4, 20), (1, 6, 40, 4096))
    ):
        small = Small(seed)
        menu = Menu.of(small.matrix, CHOICES)
        forward = Forward(small.matrix, menu, WATCHED)
        one, other = _both(monkeypatch, forward, menu, small.matrix, cells, joined)
        assert _assert_alike(one, other, Random(seed), menu)
        fewer += len(other._followed.steps) < len(one._followed.steps)
    assert fewer > 30


@pytest.mark.parametrize("name", ["gcap", "nh90@2001", "random"])
def test_parts_of_cases(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [random_case(seed) for seed in range(12)] if name == "random" else [load_case(name)]
    possible = fewer = 0
    for case in cases:
        for (forward, menu, matrix), cells in itertools.product(_parts(case), (16, 1024)):
            one, other = _both(monkeypatch, forward, menu, matrix, cells, 4096)
            possible += _assert_alike(one, other, Random(cells), menu)
            fewer += len(other._followed.steps) < len(one._followed.steps)
    assert possible and fewer


def _grown(tables: Tables, states: dict[int, Numbers], group: int, menu: Menu) -> tuple[int, int]:
    """Compare growth with what bounds come to; return how often there was any, and any by junctions."""
    possible, before = _asked(tables, states)
    states = {g: each[possible] for g, each in states.items()}
    width, size = len(possible), menu.size(group)
    parents, taken = np.divmod(np.arange(width * size), size)
    known = tables.growth.of_clusters(states, width, group).reshape(len(before), -1)
    more = tables.growth.of_junctions(states, parents, taken + 1, group)
    kept, after = tables.examine(
        {g: s[parents] for g, s in states.items()} | {group: taken + 1}, width * size
    )
    promised = before[:, parents] + known + more
    assert np.all(promised[:, kept] <= after + 1e-9)
    return int(np.sum(known[:, kept] > 1e-9)), int(np.sum(more[:, kept] > 1e-9))


@pytest.mark.parametrize("name", ["small", "gcap", "nh90@2001"])
def test_growth_is_never_more_than_the_bounds_rise(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left out before it is examined rests on this."""
    small = [Small(seed) for seed in range(20)]
    menus = [Menu.of(each.matrix, CHOICES) for each in small]
    programs: Iterable[tuple[Forward, Menu, Matrix]] = (
        ((Forward(s.matrix, m, WATCHED), m, s.matrix) for s, m in zip(small, menus, strict=True))
        if name == "small"
        else _parts(load_case(name))
    )
    random, by_clusters, by_junctions = Random(3), 0, 0
    for (forward, menu, matrix), cells in itertools.product(list(programs), (6, 200)):
        _, tables = _both(monkeypatch, forward, menu, matrix, cells, 4096)
        for groups in range(menu.groups):
            states = _states(random, menu, groups) or {}
            group = random.choice([g for g in range(menu.groups) if g not in states])
            found = _grown(tables, states, group, menu)
            by_clusters, by_junctions = by_clusters + found[0], by_junctions + found[1]
    assert by_clusters and by_junctions


def test_fronts_of_cases_are_those_of_enumeration(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty random cases, all of whose clusters are small and joined at once."""
    monkeypatch.setattr(tables_module, "WORTH_JOINING", 1)
    held: list[Tables] = []
    monkeypatch.setattr(ground_module, "Tables", lambda *given: held.append(Tables(*given, 6)) or held[-1])
    for seed in range(60):
        case = random_case(seed)
        assert list(solve(case).vectors) == enumerate_case(case).front, f"case {seed}"
    assert sum(bool(tables._junctions) for tables in held) > 30


def test_the_first_cell_may_be_impossible() -> None:
    """What all possible cells agree on is looked up at one of these."""
    kinds = Kinds(np.array([False, True, True]), np.array([[np.inf, 4.0, 4.0]]))
    assert kinds.of(0) == ALIKE
    assert kinds.firsts(ALIKE).tolist() == [1]


def test_kinds_against_pairs_of_cells() -> None:
    """Two cells are of one kind exactly if no row tells them apart."""
    random = Random(1)
    for _ in range(100):
        ok = np.array([random.random() < 0.8 for _ in range(12)] + [True])
        rows = np.array([[float(random.randint(0, 2)) for _ in ok] for _ in range(3)])
        kinds = Kinds(ok, rows)
        both = kinds.joined(kinds.of(0), kinds.of(2))
        of_cell, cells = kinds.kinds(both), np.flatnonzero(ok).tolist()
        for a, b in itertools.combinations(cells, 2):
            alike = rows[0][a] == rows[0][b] and rows[2][a] == rows[2][b]
            assert (of_cell[a] == of_cell[b]) == alike
        assert [int(of_cell[first]) for first in kinds.firsts(both)] == list(range(kinds.count(both)))
