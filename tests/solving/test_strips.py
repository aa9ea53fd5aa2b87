"""Where numbers stand among sorted values, by strips: never too far up, whatever the values are."""

from __future__ import annotations

import numpy as np
import pytest

from procure_opt.solving.corners import Corners, Scale

EDGES = [
    [0.0],
    [1.0, 1.0, 1.0],
    [-np.inf, np.inf],
    [-np.inf, 0.0, 5e-324, np.inf],
    [0.0, 1e-310],
    [-1e300, 0.0, 1e300],
    [0.0, 1.0, 2.0, 1e15],
    [-5.0, -5.0, 3.0, 3.25, 900.0],
]


@pytest.mark.parametrize("values", EDGES, ids=str)
def test_at_the_edges(values: list[float]) -> None:
    known = np.array(values)
    asked = np.array(
        [each for v in values for each in (np.nextafter(v, -np.inf), v, np.nextafter(v, np.inf))]
    )
    assert (Scale(known).places(asked) <= np.searchsorted(known, asked)).all()


def test_at_random_numbers() -> None:
    chance = np.random.default_rng(1)
    near = 0
    for _ in range(200):
        known = np.sort(chance.normal(size=chance.integers(1, 300)) * 10.0 ** chance.integers(-6, 9))
        asked = np.concatenate([known, chance.normal(size=200) * known.max()])
        told, true = Scale(known).places(asked), np.searchsorted(known, asked)
        assert (told <= true).all()
        near += int((told == true).sum())
    assert near > 50_000, "strips should rarely be too generous"


def test_what_is_no_number_may_be_above() -> None:
    corners = Corners(np.array([[1.0, 3.0], [6.0, 1.0]]))
    assert corners.any_above(np.array([[np.nan, 9.0], [2.0, np.nan]])).tolist() == [True, False]
