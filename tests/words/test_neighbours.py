"""Neighbours: found through groups of near structures, the same as among all of them one by one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from tri1_claim import tri1_case, tri1_claim

from procure_opt.change import at_resolution
from procure_opt.claim import Efficient, minimised
from procure_opt.structure.structure import Structure
from procure_opt.words.neighbours import Neighbours


def found(each: Efficient, beside: Sequence[Efficient]) -> list[str | None]:
    neighbours = Neighbours(beside)
    places = [neighbours.nearest_better(each, goal) for goal in range(3)]
    return [None if place is None else beside[place].id for place in places]


def one_by_one(each: Efficient, beside: Sequence[Efficient], goal: int) -> str | None:
    """The definition: fractions of the ranges, added up, for every structure that has a step more."""
    mine, theirs = minimised(each.values), [minimised(other.values) for other in beside]
    spans = [max(axis) - min(axis) or 1 for axis in zip(mine, *theirs, strict=True)]
    step = each.case.resolution.steps[goal]

    def lost(values: tuple[int, ...]) -> Fraction:
        return sum((Fraction(max(values[k] - mine[k], 0), spans[k]) for k in range(3)), Fraction(0))

    better = [pair for pair in zip(theirs, beside, strict=True) if mine[goal] - pair[0][goal] >= step]
    best = min(better, key=lambda pair: (lost(pair[0]), pair[0]), default=None)
    return None if best is None else best[1].id


def front(size: int, largest: int, seed: int) -> list[Efficient]:
    """Structures with values at random: some dominate others, which no front has, but a file may state."""
    chance, case = random.Random(seed), tri1_case()
    return [
        Efficient(
            case,
            (chance.randrange(largest), chance.randrange(largest), chance.randrange(10 * largest)),
            Structure({}, {"aircraft": {"ALP": f"way {number}"}}),
        )
        for number in range(size)
    ]


@pytest.mark.parametrize(("size", "largest"), [(1, 5), (2, 1), (9, 4), (60, 8), (150, 1000)])
def test_the_same_as_one_by_one(size: int, largest: int) -> None:
    beside = front(size, largest, seed=size)
    told = 0
    for each in [*beside, *front(3, 2 * largest, seed=1000)]:
        others = [other for other in beside if other.id != each.id]
        wanted = [one_by_one(each, others, goal) for goal in range(3)]
        assert found(each, others) == wanted
        if each in beside:
            assert found(each, beside) == wanted, "a structure is no neighbour of itself"
        told += sum(place is not None for place in wanted)
    assert told or size < 9


def test_the_nearest_step_to_more_of_a_goal() -> None:
    claim = tri1_claim()
    nearest = ["S-dfb375ee7844", "S-dfb375ee7844", "S-7e009fac0de3"]
    assert found(claim.find("40a5"), claim.structures) == nearest
    assert found(claim.structures[0], claim.structures)[0] is None


def test_less_than_a_step_of_the_resolution_is_no_more_of_a_goal() -> None:
    """At steps of 30 million a gain of 20 in spin-off is noise; the next offer gains 40."""
    claim = tri1_claim()
    coarse = at_resolution(claim.case, {"spinoff": 30})
    beside = tuple(replace(each, case=coarse) for each in claim.structures)
    middle = replace(claim.find("40a5"), case=coarse)
    place = Neighbours(beside).nearest_better(middle, 1)
    assert place is None or beside[place].values[1] >= middle.values[1] + 30


def test_nobody_beside() -> None:
    assert found(tri1_claim().structures[0], ()) == [None, None, None]
