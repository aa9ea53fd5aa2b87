"""Hypervolume against counting cells, and what must hold for any set of points."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

from procure_opt.pareto.hypervolume import Reference, hypervolume, reference_of


def _counted(points: list[tuple[int, ...]], side: int) -> Fraction:
    """Count unit cells of a cube that some point dominates."""
    cells = product(range(side), repeat=3)
    hit = sum(
        any(all(p <= c for p, c in zip(point, cell, strict=True)) for point in points) for cell in cells
    )
    return Fraction(hit, side**3)


def test_it_counts_what_is_dominated() -> None:
    random = Random(1)
    box = Reference((0, 0, 0), (Fraction(7),) * 3)
    for count in (0, 1, 2, 3, 5, 8, 13) * 12:
        points = [tuple(random.randint(0, 6) for _ in range(3)) for _ in range(count)]
        assert hypervolume(points, box) == _counted(points, 7)


def test_order_repetition_and_dominated_points_change_nothing() -> None:
    random = Random(2)
    points = [tuple(random.randint(-9, 90) for _ in range(3)) for _ in range(12)]
    box = reference_of(points)
    worse = [tuple(value + 1 for value in points[0])]
    assert hypervolume(points, box) == hypervolume([*reversed(points), *points, *worse], box)


def test_an_axis_without_a_range_does_not_count() -> None:
    points = [(0, 4, 7), (2, 3, 7)]
    box = reference_of(points)
    flat = [(0, 4, 7), (2, 3, 7)]
    assert hypervolume(points, box) == hypervolume(flat, box) > 0
    assert hypervolume([(1, 1, 1)], reference_of([(1, 1, 1)])) == 1
