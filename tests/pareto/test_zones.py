"""Zones, certificate and the definition of local upper bounds agree on random sets."""

from __future__ import annotations

from itertools import product
from math import inf
from operator import le, lt
from random import Random

import pytest
from listed import on_a_sphere, random_points

from procure_opt.pareto.certificate import covers, final_bounds
from procure_opt.pareto.points import Point, dominates, nondominated
from procure_opt.pareto.zones import Corner, SearchZones, bound_of, corner_of


def by_definition(points: list[Point], dimension: int) -> set[Corner]:
    """All maximal corners, made of coordinates that occur or infinity, that no point lies strictly below."""
    axes = [[*sorted({y[i] for y in points}), inf] for i in range(dimension)]
    free = [u for u in product(*axes) if not any(all(map(lt, y, u)) for y in points)]
    return {u for u in free if not any(u != v and all(map(le, u, v)) for v in free)}


@pytest.mark.parametrize("dimension", [1, 2, 3, 4])
def test_zones_and_certificate_are_the_definition(dimension: int) -> None:
    random = Random(dimension)
    for _ in range((200, 200, 200, 60)[dimension - 1]):
        points = random_points(random, dimension)[: 7 - dimension]
        zones = SearchZones(dimension)
        for point in points:
            zones.insert(point)
        corners = by_definition(points, dimension)
        assert set(zones.corners()) == corners
        assert set(map(corner_of, final_bounds(points, dimension))) == corners


def test_the_order_of_insertion_and_dominated_points_do_not_matter() -> None:
    random = Random(5)
    for _ in range(200):
        points = random_points(random, 3)
        zones = SearchZones(3)
        for point in random.sample(points, len(points)):
            zones.insert(point)
        bounds = [bound_of(u) for u in zones.corners()]
        assert covers(nondominated(points), bounds, (1, 1, 1))


def test_inserting_a_point_twice_is_harmless() -> None:
    zones = SearchZones(3)
    zones.insert((1, 2, 3))
    before = set(zones.corners())
    assert zones.insert((1, 2, 3)) == ()
    assert set(zones.corners()) == before


def test_a_zone_holds_exactly_what_no_point_reaches() -> None:
    points = [(2, 1, 3), (1, 3, 2), (3, 2, 1), (2, 2, 2)]
    zones = SearchZones(3)
    for point in points:
        zones.insert(point)
    for y in product(range(5), repeat=3):
        reached = any(p == y or dominates(p, y) for p in points)
        assert reached != any(all(map(lt, y, u)) for u in zones.corners())


def test_a_missing_or_an_additional_bound_does_not_cover() -> None:
    points, bounds = [(1, 4), (4, 1)], [(1, None), (4, 4), (None, 1)]
    assert covers(points, bounds, (1, 1))
    assert not covers(points, bounds[1:], (1, 1))
    assert not covers(points, [*bounds, (3, 4)], (1, 1))
    assert not covers(points, [*bounds, bounds[0]], (1, 1))
    assert not covers(points[:1], bounds, (1, 1))


def test_negative_values_are_boxed_towards_minus_infinity() -> None:
    assert covers([(-1, -10)], [(-1, None), (None, -1)], (10, 10))


@pytest.mark.parametrize("dimension", [2, 3, 4])
def test_many_zones_are_those_of_the_certificate_and_hold_what_they_should(dimension: int) -> None:
    random = Random(30 + dimension)
    for width in (6, 40, 10**6):
        points = [tuple(random.randint(0, width) for _ in range(dimension)) for _ in range(400)]
        points += on_a_sphere(random, dimension, (0, 0, 300, 150, 30)[dimension])
        zones = SearchZones(dimension)
        for point in points:
            held = [u for u in zones.corners() if all(map(lt, point, u))]
            assert zones.holding(point) == held
            born = zones.insert(point)
            assert list(zones.corners())[len(zones) - len(born) :] == list(born)
            assert not any(u in zones for u in held)
        assert covers(nondominated(points), map(bound_of, zones.corners()), (1,) * dimension)
        for corner in [*points[:20], *random.sample(sorted(zones.corners()), min(20, len(zones)))]:
            assert set(zones.below(corner)) == {u for u in zones.corners() if all(map(le, u, corner))}
