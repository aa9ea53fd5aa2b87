"""TRI-2: negotiated shares, menus, lines, a civil supplier, an effect, budgets, content that stops exports.

56 458 technical structures and 66 cost splits, enumerated by a program of its own that knows nothing of this
package. Where its results are at hand, every vector is compared; what is written here holds without them.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest

from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.change import changed, seen_as, without
from procure_opt.front import Front
from procure_opt.study import solve

ORACLE = Path(__file__).parent / "oracles" / "tri2.yaml"
COUNTS = {"RL1": 51, "RL2": 48, "JR": 34, "BUD": 49, "IR": 44, "CAP": 47}
"""Rule switched off -> efficient vectors."""
FOCAL = {"ALP": 10, "BET": 9, "GAM": 15}
"""Nation -> efficient vectors in its own view."""


@functools.cache
def tri2() -> Case:
    return load_case(ORACLE)


@functools.cache
def golden(oracles: Path) -> Any:
    return json.loads((oracles / "tri2_front.json").read_text(encoding="utf-8"))


@functools.cache
def front_of(*off: str) -> Front:
    return solve(without(tri2(), off))


@functools.cache
def front_seen_by(nation: str) -> Front:
    return solve(seen_as(tri2(), f"nation:{nation}"))


def listed(vectors: Any) -> list[tuple[int, ...]]:
    return sorted(tuple(each) for each in vectors)


def test_there_are_48_efficient_vectors() -> None:
    front = front_of()
    assert front.complete and len(front) == 48
    assert (850, 1090, 9654) in front.vectors, "lost without the gate on release caps"
    assert front.vectors[0] == (990, 1170, 11309)


@pytest.mark.parametrize("off", sorted(COUNTS))
def test_a_relaxation_has_as_many_vectors_as_known(off: str) -> None:
    front = front_of(off)
    assert front.complete and len(front) == COUNTS[off]


@pytest.mark.parametrize("nation", sorted(FOCAL))
def test_a_focal_nation_has_as_many_vectors_as_known(nation: str) -> None:
    """Cost counts tenths of a million, which make every negotiated payment whole."""
    front = front_seen_by(nation)
    assert front.complete and len(front) == FOCAL[nation]


def test_they_are_those_of_enumeration(oracles: Path) -> None:
    rows = golden(oracles)["sum"]["front"]
    assert listed(front_of().vectors) == listed((row["A"], row["S"], row["C"]) for row in rows)


@pytest.mark.parametrize("off", sorted(COUNTS))
def test_a_relaxation_has_the_vectors_of_enumeration(off: str, oracles: Path) -> None:
    assert listed(front_of(off).vectors) == listed(golden(oracles)[f"relax_{off}"]["front"])


@pytest.mark.parametrize("nation", sorted(FOCAL))
def test_a_focal_nation_has_the_vectors_of_enumeration(nation: str, oracles: Path) -> None:
    assert listed(front_seen_by(nation).vectors) == listed(golden(oracles)[f"focal_{nation}"]["front"])


def test_every_percent_of_a_negotiated_bill_is_borne() -> None:
    for each in front_of():
        for plan in each.structure.pillars.values():
            assert sum(plan.cost_percent["development"].values()) == 100


def test_the_last_structure_is_no_programme_at_all() -> None:
    """Everybody buys off the shelf: 120 units at 58 million, and operate only while the vendor agrees."""
    last = front_of()[-1]
    assert last.values == (3 * 30 + 2 * 40 + 60, 120, 120 * 58)
    assert not last.structure.pillars


def test_other_numbers_give_another_front() -> None:
    """Set-up at 600 for each of two lines: a structure with two lines is dearer by as much."""
    data = tri2().model_dump(by_alias=True, exclude_unset=True)
    data["pillars"]["aircraft"]["lines"]["configurations"]["alp"]["set_up"] = {"value": 301}
    dearer = solve(changed(tri2(), pillars=Case.model_validate(data).pillars))
    hosted = {v.values for v in front_of() if any(p.lines == "alp" for p in v.structure.pillars.values())}
    kept = {v.values for v in front_of()} - hosted
    assert dearer.complete and hosted
    assert kept <= set(dearer.vectors)
    assert {(a, s, c + 1) for a, s, c in hosted} <= set(dearer.vectors) | {
        (a, s, c + 1) for a, s, c in hosted if any(d >= a and e >= s and f <= c + 1 for d, e, f in kept)
    }
