"""Ranges of columns against every assignment: they hold for all that agree, exactly when all is chosen."""

from __future__ import annotations

import itertools
from random import Random

import numpy as np
import pytest
from menus import CHOICES, WATCHED, Small

from procure_opt.errors import UsageError
from procure_opt.solving.forward import Forward
from procure_opt.solving.matrix import Matrix
from procure_opt.solving.menu import Menu
from procure_opt.solving.program import Program, Row


def _examined(small: Small, chosen: list[int | None]) -> tuple[bool, list[float]]:
    """Bounds when some groups have an alternative (its number in the menu) and others (None) are open."""
    matrix = small.matrix
    menu = Menu.of(matrix, CHOICES)
    forward = Forward(matrix, menu, WATCHED)
    least, most = np.zeros((len(forward.forms), 1)), np.zeros((len(forward.forms), 1))
    for group, taken in enumerate(chosen):
        within = menu.within(group) if taken is None else slice(taken, taken + 1)
        least[:, 0] += forward.forms[:, within].min(axis=1)
        most[:, 0] += forward.forms[:, within].max(axis=1)
    possible, bounds = forward.examine(least, most)
    return bool(possible[0]), bounds[:, 0].tolist()


def test_with_every_choice_made_the_bounds_are_what_the_judge_says() -> None:
    """Eight programs, every assignment: possible exactly if feasible, and worth exactly the bounds."""
    for seed in range(8):
        small = Small(seed)
        menu = Menu.of(small.matrix, CHOICES)
        for picked in itertools.product(*(range(*menu.within(g).indices(99)) for g in range(len(CHOICES)))):
            ones = frozenset(menu.columns[place] for place in picked) - {-1}
            possible, bounds = _examined(small, list(picked))
            point = small.judge(ones)
            assert possible == (point is not None)
            assert point is None or bounds == pytest.approx(point)


def test_with_choices_open_the_bounds_hold_for_all_that_agree() -> None:
    """No feasible assignment that agrees with the choices made is below the bounds; impossible means none."""
    denied = 0
    for seed in range(30):
        small, random = Small(seed), Random(seed)
        menu = Menu.of(small.matrix, CHOICES)
        chosen = [random.choice([None, *range(*menu.within(g).indices(99))]) for g in range(len(CHOICES))]
        possible, bounds = _examined(small, chosen)
        columns = [None if taken is None else menu.columns[taken] for taken in chosen]
        agreeing = [
            point
            for ones in small.assignments()
            if all(
                column is None or (column in ones if column >= 0 else not ones & set(choice))
                for column, choice in zip(columns, CHOICES, strict=True)
            )
            and (point := small.judge(ones)) is not None
        ]
        denied += not possible
        assert possible or not agreeing
        assert all(low <= y + 1e-9 for point in agreeing for low, y in zip(bounds, point, strict=True))
    assert denied > 0


def test_a_choice_adds_its_weight_to_the_bounds_or_more() -> None:
    """What the sweep relies on before it looks: bound of the whole + growth <= bound with the choice made."""
    for seed in range(20):
        small = Small(seed)
        matrix = small.matrix
        menu = Menu.of(matrix, CHOICES)
        weights = Forward(matrix, menu, WATCHED).weights
        _, whole = _examined(small, [None] * len(CHOICES))
        for group in range(len(CHOICES)):
            within = weights[:, menu.within(group)]
            growth = within - within.min(axis=1, keepdims=True)
            for place in range(menu.size(group)):
                chosen: list[int | None] = [None] * len(CHOICES)
                chosen[group] = menu.starts[group] + place
                _, bounds = _examined(small, chosen)
                assert np.all(np.array(whole) + growth[:, place] <= np.array(bounds) + 1e-9)


def test_a_watched_column_that_nothing_defines_is_refused() -> None:
    program = Program((0.0, 0.0), (1.0, 9.0), (True, True), (Row((0, 1), (-3.0, 1.0), 0.0, 9.0),))
    matrix = Matrix.of(program)
    with pytest.raises(UsageError, match="defined by a row"):
        Forward(matrix, Menu.of(matrix, [(0,)]), [1])
