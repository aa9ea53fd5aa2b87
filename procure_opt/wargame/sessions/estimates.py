"""Private cost estimates: what the treasury of a nation believes things cost, drawn from the stated ranges.

For each kind of cost a seat has one factor, in per mille of the stated cost. It is drawn evenly between the
sums of low and of high ends of the numbers behind that kind of cost, by a hash of seed, case and seat;
whole numbers throughout, the same on every machine. Where a case states no range the factor is 1000.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator
from fractions import Fraction

from procure_opt.accounts.cost import cost_items
from procure_opt.case.inputs import inputs
from procure_opt.case.model import Case
from procure_opt.case.number import Number
from procure_opt.case.paths import Path
from procure_opt.structure.structure import Structure

from .plain import canonical

WHOLE = 1000
_UNITS = ("unit_price", "per_unit_year")
_OUTSIDE = ("price", "unit_price", "support_per_unit_year")

Estimate = tuple[tuple[str, int], ...]
"""(kind of cost, per mille of what the case states), sorted."""


def estimate(case: Case, seed: int, nation: str) -> Estimate:
    """Return what the nation's treasury believes; the same for the same case id, seed and nation.

    >>> from procure_opt.case.load import load_case
    >>> dict(estimate(load_case("gcap"), 0, "ITA")).keys() >= {"development", "units", "outside"}
    True
    """
    return tuple(
        (kind, _drawn(low, high, canonical(["cost estimate", seed, case.id, nation, kind])))
        for kind, (low, high) in sorted(_ranges(case, nation).items())
    )


def _drawn(low: int, high: int, said: str) -> int:
    number = int.from_bytes(hashlib.sha256(said.encode("ascii")).digest()[:8], "big")
    return low + number % (high - low + 1)


@functools.lru_cache(maxsize=1024)
def _ranges(case: Case, nation: str) -> dict[str, tuple[int, int]]:
    """Return kind of cost -> (lowest, highest) factor that the ranges allow, per mille."""
    found: dict[str, list[Number]] = {}
    for kind, number in _numbers(case, nation):
        found.setdefault(kind, []).append(number)
    return {kind: _bounds(numbers) for kind, numbers in found.items()}


def _numbers(case: Case, nation: str) -> Iterator[tuple[str, Number]]:
    for each in inputs(case):
        for path in each.paths:
            kind = _kind(case, path, nation)
            if kind is not None:
                yield kind, each.number


def _kind(case: Case, path: Path, nation: str) -> str | None:
    """Return the kind of cost that a number decides for the nation; None if none."""
    if path[0] == "pillars" and path[2] == "packages" and path[-1] == "value":
        return case.pillars[str(path[1])].packages[str(path[3])].phase
    if path[0] == "pillars" and path[-1] in _UNITS:
        return "units"
    if path[0] == "needs" and path[2] == "outside" and path[3] == nation and path[-1] in _OUTSIDE:
        return "outside"
    return None


def _bounds(numbers: Iterable[Number]) -> tuple[int, int]:
    known = tuple(numbers)
    stated = sum(number.value for number in known)
    if not stated:
        return WHOLE, WHOLE
    low = sum(number.low if number.low is not None else number.value for number in known)
    high = sum(number.high if number.high is not None else number.value for number in known)
    return int(WHOLE * low // stated), int(WHOLE * high // stated)


def believed_cost(case: Case, structure: Structure, nation: str, believed: Estimate) -> Fraction:
    """Million: what the nation's treasury believes that it pays; exact."""
    factors = dict(believed)
    items = cost_items(case, structure, nation)
    return sum((million * Fraction(factors.get(item, WHOLE), WHOLE) for item, million in items), Fraction(0))
