"""Seats that are left out of the search: nobody may notice that they are gone."""

from __future__ import annotations

from dataclasses import replace

from brute_force import candidates, enumerate_case
from random_cases import random_case

from procure_opt import rules
from procure_opt.accounts.views import vector
from procure_opt.case.model import Case
from procure_opt.formulation.idle import idle_seats
from procure_opt.structure.structure import Structure
from procure_opt.study import solve

SEEDS = range(400, 520)
MOST = 300
"""Structures of a case that are looked at, evenly spread."""
CIVIL = 211957
"""A case in which an observer has a level only from a civil supplier."""


def _without(structure: Structure, seats: frozenset[tuple[str, str, str]]) -> Structure:
    pillars = {
        name: replace(plan, tiers={n: t for n, t in plan.tiers.items() if (name, n, t) not in seats})
        for name, plan in structure.pillars.items()
    }
    return replace(structure, pillars=pillars)


def _some(case: Case) -> list[Structure]:
    everything = list(candidates(case))
    return [s for s in everything[:: len(everything) // MOST + 1] if rules.is_feasible(case, s)]


def test_a_structure_without_its_idle_seats_is_allowed_and_worth_the_same() -> None:
    looked_at = 0
    for case in map(random_case, SEEDS):
        seats = idle_seats(case)
        for structure in _some(case) if seats else []:
            other = _without(structure, seats)
            if other != structure and all(plan.tiers for plan in other.pillars.values()):
                looked_at += 1
                assert rules.is_feasible(case, other)
                assert vector(case, other) == vector(case, structure)
    assert looked_at > 20


def test_a_seat_that_gives_a_level_from_a_civil_supplier_is_not_idle() -> None:
    """A regression: such a seat was left out, and the front lacked a structure."""
    case = random_case(CIVIL)
    front = solve(case, workers=1)
    assert front.complete
    assert list(front.vectors) == enumerate_case(case).front
