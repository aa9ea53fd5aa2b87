"""Numbers looked up against every assignment, and planes of relaxations against what they bound."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
from menus import CHOICES, WATCHED, Small
from scipy.optimize import linprog

from procure_opt.solving import tables as tables_module
from procure_opt.solving.forward import Forward
from procure_opt.solving.menu import Menu
from procure_opt.solving.relaxation import Plane, Relaxation
from procure_opt.solving.tables import OPEN, Tables

CELLS = (1, 4, 20, 1024)
JOINED = (1, 6, 40, 16384)
"""Combinations of kinds in one junction; 1 joins nothing that matters."""
SIZES = [*itertools.product(CELLS, JOINED)]
MIXTURES = np.array([[1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [0.2, 0.5, 3.0], [0.0, 1.0, 1.0]])
Taken = tuple[int, ...]
"""The state of each group."""


def _menu(small: Small) -> Menu:
    return Menu.of(small.matrix, CHOICES)


def _planes(small: Small) -> list[Plane]:
    relaxation = Relaxation(small.matrix)
    found = [relaxation.plane(dict(zip(WATCHED, row, strict=True))) for row in MIXTURES.tolist()]
    return [plane for plane in found if plane is not None]


@pytest.fixture(autouse=True)
def _joined_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are joined before anything is looked up, not only where much is."""
    monkeypatch.setattr(tables_module, "WORTH_JOINING", 1)


def _tables(small: Small, cells: int, joined: int = 1) -> Tables:
    menu = _menu(small)
    return Tables(Forward(small.matrix, menu, WATCHED), menu, small.matrix, _planes(small), cells, joined)


def _asked(tables: Tables, taken: Taken) -> tuple[bool, list[float]]:
    states = {group: np.array([state]) for group, state in enumerate(taken) if state != OPEN}
    kept, bounds = tables.examine(states, 1)
    return bool(len(kept)), bounds[:, 0].tolist() if len(kept) else []


def _agreeing(small: Small, taken: Taken) -> Iterator[tuple[int, ...]]:
    """What feasible assignments that agree with the states are worth, and the sum."""
    menu = _menu(small)
    columns = [
        None if state == OPEN else menu.columns[menu.starts[group] + state - 1]
        for group, state in enumerate(taken)
    ]
    for ones in small.assignments():
        agrees = all(
            column is None or (column in ones if column >= 0 else not ones & set(choice))
            for column, choice in zip(columns, CHOICES, strict=True)
        )
        if agrees and (point := small.judge_with_sum(ones)) is not None:
            yield point


def _some(random: Random, menu: Menu) -> Taken:
    return tuple(random.choice([OPEN, *range(1, menu.size(g) + 1)]) for g in range(menu.groups))


@pytest.mark.parametrize(("cells", "joined"), SIZES)
def test_with_every_choice_made_what_is_looked_up_is_what_the_judge_says(cells: int, joined: int) -> None:
    for seed in range(3):
        small = Small(seed)
        menu, tables = _menu(small), _tables(small, cells, joined)
        for taken in itertools.product(*(range(1, menu.size(g) + 1) for g in range(menu.groups))):
            possible, bounds = _asked(tables, taken)
            points = list(_agreeing(small, taken))
            assert possible == bool(points)
            assert not points or bounds == pytest.approx(points[0])


@pytest.mark.parametrize(("cells", "joined"), SIZES)
def test_with_choices_open_bounds_hold_and_are_no_worse_than_those_passed_forward(
    cells: int, joined: int
) -> None:
    """Impossible means that nothing agrees; and looking up may say more than ranges, never less."""
    denied = better = 0
    for seed in range(30):
        small = Small(seed)
        menu, tables = _menu(small), _tables(small, cells, joined)
        forward = Forward(small.matrix, menu, WATCHED)
        taken = _some(Random(seed), menu)
        possible, bounds = _asked(tables, taken)
        points = list(_agreeing(small, taken))
        denied += not possible
        assert possible or not points
        if not possible:
            continue
        assert all(low <= y + 1e-9 for point in points for low, y in zip(bounds, point, strict=True))
        places = [
            menu.within(g) if state == OPEN else slice(menu.starts[g] + state - 1, menu.starts[g] + state)
            for g, state in enumerate(taken)
        ]
        least = sum(forward.forms[:, place].min(axis=1) for place in places)[:, None]
        most = sum(forward.forms[:, place].max(axis=1) for place in places)[:, None]
        ranges = forward.examine(least, most)[1][:, 0]
        assert all(low <= bound + 1e-9 for low, bound in zip(ranges, bounds, strict=False))
        better += bool(np.any(ranges + 0.5 < bounds[:-1]))
    assert denied > 0
    assert better > 0 or cells < max(CELLS)


def test_growth_is_never_more_than_the_bounds_rise() -> None:
    """What is left out before it is examined rests on this."""
    grown = 0
    for seed, cells in itertools.product(range(20), CELLS):
        small = Small(seed)
        menu, tables = _menu(small), _tables(small, cells)
        taken = _some(Random(seed), menu)
        possible, before = _asked(tables, taken)
        for group in (g for g, state in enumerate(taken) if state == OPEN and possible):
            states = {g: np.array([state]) for g, state in enumerate(taken) if state != OPEN}
            growth = tables.growth.of_clusters(states, 1, group)[:, 0, :]
            for place in range(menu.size(group)):
                after = (*taken[:group], place + 1, *taken[group + 1 :])
                if (found := _asked(tables, after))[0]:
                    assert np.all(np.array(before) + growth[:, place] <= np.array(found[1]) + 1e-9)
                    grown += bool(np.any(growth[:, place] > 1e-9))
    assert grown > 0


@pytest.mark.parametrize("cells", CELLS)
def test_planes_are_below_everything_that_agrees(cells: int) -> None:
    for seed in range(30):
        small = Small(seed)
        menu, tables = _menu(small), _tables(small, cells)
        assert len(_planes(small)) == len(MIXTURES)
        for draw in range(5):
            taken = _some(Random(100 * seed + draw), menu)
            states = {g: np.array([state]) for g, state in enumerate(taken) if state != OPEN}
            planes = tables.planes(states, 1)[:, 0]
            for point in _agreeing(small, taken):
                assert np.all(planes <= MIXTURES @ point[:3] + 1e-6)


def test_a_plane_says_at_the_root_what_the_relaxation_says() -> None:
    """The bound of a plane over all columns is the optimum that another solver finds."""
    for seed in range(10):
        small = Small(seed)
        matrix = small.matrix
        for mixture, plane in zip(MIXTURES, _planes(small), strict=True):
            ends = np.where(plane.weights > 0, matrix.low, matrix.high)
            assert plane.constant + plane.weights @ ends == pytest.approx(_optimum(small, mixture), abs=1e-6)


def test_without_a_solution_there_is_no_plane() -> None:
    small = Small(0)
    matrix = small.matrix
    low = matrix.low.copy()
    low[list(CHOICES[0])] = 1.0
    stuck = type(matrix)(
        low, matrix.high, matrix.whole, matrix.rows, matrix.columns, matrix.entries,
        matrix.row_low, matrix.row_high,
    )  # fmt: skip
    assert Relaxation(stuck).plane({WATCHED[0]: 1.0}) is None


def _optimum(small: Small, mixture: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    matrix = small.matrix
    rows = np.zeros((len(matrix.row_low), len(matrix.low)))
    rows[matrix.rows, matrix.columns] = matrix.entries
    up, down = np.isfinite(matrix.row_high), np.isfinite(matrix.row_low)
    costs = np.zeros(len(matrix.low))
    costs[list(WATCHED)] = mixture
    found = linprog(
        costs,
        A_ub=np.concatenate([rows[up], -rows[down]]),
        b_ub=np.concatenate([matrix.row_high[up], -matrix.row_low[down]]),
        bounds=list(zip(matrix.low, matrix.high, strict=True)),
    )
    return float(found.fun)
