"""Private cost estimates: what the treasury of a nation believes things cost, drawn from the stated ranges.

Every number with a range behind a kind of cost is drawn by a hash of seed, case id, nation and its place: as
often between its low end and what is stated as between that and its high end. The kind's factor, in per mille
of the stated cost, is what the drawn numbers make together of the stated ones, weighed by the units and years
that they count for. No float, the same on every machine; without ranges nothing is believed but the case.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from fractions import Fraction

from procure_opt.accounts.cost import cost_items
from procure_opt.case.inputs import Movable, inputs
from procure_opt.case.model import Case
from procure_opt.case.number import Number
from procure_opt.case.paths import Path, dotted
from procure_opt.structure.structure import Structure

from .plain import canonical

WHOLE = 1000
_UNITS = ("unit_price", "per_unit_year")
_OUTSIDE = ("price", "unit_price", "support_per_unit_year")

Estimate = tuple[tuple[str, int], ...]
"""(kind of cost, per mille of what the case states), sorted."""


@functools.lru_cache(maxsize=4096)
def estimate(case: Case, seed: int, nation: str) -> Estimate:
    """Return what the nation's treasury believes; the same for the same numbers, case id, seed and nation.

    >>> from procure_opt.case.load import load_case
    >>> dict(estimate(load_case("gcap"), 0, "ITA")).keys() >= {"development", "units", "outside"}
    True
    """
    drawn: dict[str, Fraction] = {}
    stated: dict[str, Fraction] = {}
    for kind, path, number, weight in _numbers(case, nation):
        said = canonical(["cost estimate", seed, case.id, nation, dotted(path)])
        drawn[kind] = drawn.get(kind, Fraction(0)) + weight * believed_number(number, said)
        stated[kind] = stated.get(kind, Fraction(0)) + weight * number.exact
    return tuple((kind, int(WHOLE * drawn[kind] // stated[kind])) for kind in sorted(drawn) if stated[kind])


def believed_number(number: Number, said: str) -> Fraction:
    """Return the number as drawn by the hash of a text: its median is what is stated."""
    place = int.from_bytes(hashlib.sha256(said.encode("ascii")).digest()[:8], "big") % (WHOLE + 1)
    low = number.exact if number.low is None else Fraction(number.low)
    high = number.exact if number.high is None else Fraction(number.high)
    share = Fraction(abs(2 * place - WHOLE), WHOLE)
    return number.exact + share * ((high if 2 * place > WHOLE else low) - number.exact)


@functools.lru_cache(maxsize=16)
def _inputs(case: Case) -> tuple[Movable, ...]:
    return inputs(case)


def _numbers(case: Case, nation: str) -> Iterator[tuple[str, Path, Number, Fraction]]:
    """Yield (kind of cost, place, number, how many units and years it counts for) that the nation bears."""
    for each in _inputs(case):
        for path in each.paths:
            if path[0] == "pillars" and path[2] == "packages" and path[-1] == "value":
                phase = case.pillars[str(path[1])].packages[str(path[3])].phase
                yield phase, path, each.number, Fraction(1)
            elif path[0] == "pillars" and path[-1] in _UNITS:
                support = case.pillars[str(path[1])].support
                late = support is not None and path[-1] == "per_unit_year"
                yield "units", path, each.number, support.years.exact if support and late else Fraction(1)
            elif path[0] == "needs" and path[2:4] == ("outside", nation) and path[-1] in _OUTSIDE:
                yield "outside", path, each.number, _weight(case, path)


def _weight(case: Case, path: Path) -> Fraction:
    option = case.needs[str(path[1])].outside[str(path[3])][str(path[4])]
    if path[-1] == "price":
        return Fraction(1)
    return option.quantity.exact * (1 if path[-1] == "unit_price" else option.support_years.exact)


@functools.lru_cache(maxsize=65536)
def items_of(case: Case, structure: Structure, nation: str) -> tuple[tuple[str, Fraction], ...]:
    """Return (item, million) of what the nation's treasury pays; remembered, it is most of a judgement."""
    return tuple(cost_items(case, structure, nation))


@functools.lru_cache(maxsize=65536)
def believed_cost(case: Case, structure: Structure, nation: str, believed: Estimate) -> Fraction:
    """Million: what the nation's treasury believes that it pays; exact."""
    factors = dict(believed)
    items = items_of(case, structure, nation)
    return sum((million * Fraction(factors.get(item, WHOLE), WHOLE) for item, million in items), Fraction(0))
