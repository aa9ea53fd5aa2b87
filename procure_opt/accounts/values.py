"""The values of a structure: of each nation, and of the programme (the broker's view)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure

from .autonomy import Autonomy, autonomy
from .cost import national_cost, programme_cost
from .gaps import concerned
from .remembered import remembered
from .spinoff import spinoff

Vector = tuple[int, int, int]
"""(autonomy, spin-off, cost) as people say them: more, more, less is better."""


@dataclass(frozen=True, slots=True)
class NationalValues:
    """What a nation gets: autonomy points, spin-off in million, cost in (fractions of) million."""

    autonomy: Autonomy
    spinoff: int
    cost: Fraction


def national_values(case: Case, structure: Structure, nation: str) -> NationalValues:
    """Return the nation's own three values."""
    return NationalValues(
        autonomy(case, structure, nation),
        spinoff(case, structure, nation),
        national_cost(case, structure, nation),
    )


def programme_vector(case: Case, structure: Structure) -> Vector:
    """Return stake-weighted autonomy points, summed spin-off and summed cost in million."""
    points = sum(
        stated.stake.whole * autonomy(case, structure, n).points for n, stated in case.nations.items()
    )
    gains = sum(spinoff(case, structure, nation) for nation in case.nations)
    return points, gains, programme_cost(case, structure)


def outside_combinations(case: Case, nation: str) -> Iterator[Structure]:
    """Yield every way in which the nation fills all its needs outside (nobody else does anything)."""
    needs = [need for need in sorted(case.needs) if nation in concerned(case, need)]
    menus = [sorted(case.needs[need].outside.get(nation, {})) for need in needs]
    for options in product(*menus):
        yield Structure({}, {need: {nation: option} for need, option in zip(needs, options, strict=True)})


@remembered
def values_outside(case: Case, nation: str) -> tuple[tuple[Structure, NationalValues], ...]:
    """Return every combination of the nation's outside options with what it gets by it.

    Remembered, because participation compares every structure with all of them.
    """
    return tuple(
        (alone, national_values(case, alone, nation)) for alone in outside_combinations(case, nation)
    )
