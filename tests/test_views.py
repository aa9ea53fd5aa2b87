"""Views: a nation's own values, and the smallest gains, against enumeration with arithmetic of its own."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pytest
from brute_force import candidates, nondominated
from random_cases import random_case

from procure_opt import rules
from procure_opt.accounts.values import NationalValues, national_values, values_outside
from procure_opt.accounts.views import cost_parts, steps_in_view
from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.change import LARGEST_STEP, at_resolution, changed, seen_as
from procure_opt.structure.structure import Structure
from procure_opt.study import solve

Gets = dict[str, NationalValues]


def with_participation(seed: int) -> Case | None:
    """Return the random case of this number if a nation's view makes sense in it."""
    case = random_case(seed)
    off = case.participation.sense == "off" or not case.applies(case.participation.id)
    return None if off else case


SEEDS = [seed for seed in range(900) if with_participation(seed)][:60]


def feasible(case: Case) -> list[tuple[Structure, Gets]]:
    """Return every feasible structure with what each nation gets."""
    return [
        (structure, {nation: national_values(case, structure, nation) for nation in case.nations})
        for structure in candidates(case)
        if rules.is_feasible(case, structure)
    ]


def best(vectors: set[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    return sorted(nondominated(vectors), key=lambda v: (-v[0], -v[1], v[2]))


@pytest.mark.parametrize("seed", SEEDS[::2])
def test_the_front_of_a_nation_is_that_of_its_own_values(seed: int) -> None:
    """Points, spin-off, and cost in parts of a million that make every payment whole."""
    case = random_case(seed)
    known = feasible(case)
    for nation in case.nations:
        own = seen_as(case, f"nation:{nation}")
        front = solve(own)
        parts = cost_parts(own)
        vectors = {
            (gets[nation].autonomy.points, gets[nation].spinoff, math.ceil(gets[nation].cost * parts))
            for _, gets in known
        }
        assert front.complete
        assert list(front.vectors) == best(vectors), f"case {seed}, {nation}"


def smallest_gains(case: Case, known: list[tuple[Structure, Gets]]) -> set[tuple[int, int, int]]:
    """Return (least gain of autonomy, least gain of spin-off, most saving missed), per mille, by hand."""
    spans: list[list[tuple[str, Fraction, Fraction]]] = [[], [], []]
    for nation in case.nations:
        alone = [values for _, values in values_outside(case, nation)]
        if not alone:
            continue
        for place, (read, pick) in enumerate(GOALS):
            base = pick(read(values) for values in alone)
            ideal = pick(read(gets[nation]) for _, gets in known)
            if ideal != base and pick((ideal, base)) == ideal:
                spans[place].append((nation, Fraction(base), Fraction(ideal)))
    found = set()
    for _, gets in known:
        shares = [
            [1000 * (GOALS[place][0](gets[n]) - base) / (ideal - base) for n, base, ideal in spans[place]]
            for place in range(3)
        ]
        least = [math.floor(min(each, default=Fraction(1000))) for each in shares]
        found.add((least[0], least[1], 1000 - least[2]))
    return found


GOALS = (
    (lambda values: Fraction(values.autonomy.points), max),
    (lambda values: Fraction(values.spinoff), max),
    (lambda values: values.cost, min),
)


@pytest.mark.parametrize("seed", SEEDS[1:40:2])
def test_the_egalitarian_front_is_that_of_the_smallest_gains(seed: int) -> None:
    """Gains over the best alone, in per mille of the gain to the nation's own ideal."""
    case = random_case(seed)
    known = feasible(case)
    front = solve(changed(case, view="egalitarian"))
    assert front.complete
    assert bool(known) == bool(front.vectors)
    if known and exact(case):
        assert list(front.vectors) == best(smallest_gains(case, known)), f"case {seed}"


def exact(case: Case) -> bool:
    """Are national payments whole in the parts in which ideals are stated?"""
    parts = cost_parts(changed(case, view=f"nation:{min(case.nations)}"))
    every = itertools.chain.from_iterable(gets.values() for _, gets in feasible(case))
    return all((values.cost * parts).denominator == 1 for values in every)


def test_the_largest_step_is_the_largest_in_every_view() -> None:
    """A nation counts cost in parts of a million, of which a step has many; it was refused as too large."""
    case = at_resolution(load_case("gcap"), {"cost": LARGEST_STEP})
    for nation in case.nations:
        seen = seen_as(case, f"nation:{nation}")
        assert at_resolution(seen, steps_in_view(seen, case)).resolution.cost.whole <= LARGEST_STEP
