"""Seats that are left out of the search: nobody may notice that they are gone."""

from __future__ import annotations

from brute_force import enumerate_case
from random_cases import random_case

from procure_opt.study import solve

CIVIL = 211957
"""A case in which an observer has a level only from a civil supplier."""


def test_a_seat_that_gives_a_level_from_a_civil_supplier_is_not_idle() -> None:
    """A regression: such a seat was left out, and the front lacked a structure."""
    case = random_case(CIVIL)
    front = solve(case, workers=1)
    assert front.complete
    assert list(front.vectors) == enumerate_case(case).front
