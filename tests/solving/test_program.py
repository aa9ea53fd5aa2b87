"""Programs refuse what a solver would silently misread; weights stay below half a step."""

from __future__ import annotations

from math import inf, nan
from random import Random

import pytest

from procure_opt.errors import UsageError
from procure_opt.solving.augmentation import augmentation, tie_gap
from procure_opt.solving.engine import Limits, open_engine
from procure_opt.solving.program import Program, Row

ONE = Program((0.0,), (1.0,), (True,), ())


@pytest.mark.parametrize(
    "row",
    [
        ((0,), (1e15,), 0.0, 1.0),
        ((0,), (nan,), 0.0, 1.0),
        ((0,), (1.0,), nan, 1.0),
        ((0,), (1.0,), inf, inf),
        ((0,), (1.0,), 0.0, 1e16),
        ((0, 0), (1.0, 2.0), 0.0, 1.0),
        ((0, 1), (1.0,), 0.0, 1.0),
    ],
)
def test_a_row_that_would_be_misread_is_refused(
    row: tuple[tuple[int, ...], tuple[float, ...], float, float],
) -> None:
    with pytest.raises(UsageError, match="a row needs"):
        Row(*row)


def test_a_row_about_a_column_that_does_not_exist_is_refused_in_programs_and_cuts() -> None:
    stray = Row((1,), (1.0,), 0.0, 1.0)
    with pytest.raises(UsageError, match="columns that the program has not"):
        Program((0.0,), (1.0,), (True,), (stray,))
    with pytest.raises(UsageError, match="columns that the program has not"):
        open_engine("highs", ONE, Limits()).add_row(stray)


def test_columns_need_usable_bounds() -> None:
    for lower, upper in [((nan,), (1.0,)), ((0.0,), (1e18,)), ((inf,), (inf,)), ((0.0, 0.0), (1.0,))]:
        with pytest.raises(UsageError):
            Program(lower, upper, (True,), ())


def test_weights_times_ranges_stay_below_half_a_step_whichever_objective_is_left_out() -> None:
    random = Random(1)
    for _ in range(300):
        ranges = [random.choice([0, 1, 7, 10**3, 10**5, 10**9]) for _ in range(random.randint(1, 5))]
        weights = augmentation(ranges)
        weighed = [w * r for w, r in zip(weights, ranges, strict=True)]
        assert all(sum(weighed) - left_out < 0.5 for left_out in weighed) or len(ranges) == 1
        assert 0 < tie_gap(weights) <= 0.5


def test_a_negative_range_is_refused() -> None:
    with pytest.raises(UsageError):
        augmentation((3, -1))
