"""Small random instances in the file's own form, and their fronts by trying everything. Seeded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import floor
from random import Random
from typing import Any

Values = tuple[Fraction, ...]
Data = dict[str, Any]
KINDS = ("knapsack", "assignment", "boxes", "equality", "decimal", "negative")


def data_of(
    name: str, sense: Sequence[str], costs: Sequence[Sequence[float]], upper: Sequence[float]
) -> Data:
    """Return an instance without rows: integer columns from 0 to ``upper``."""
    n = len(upper)
    return {
        "name": name,
        "sense": list(sense),
        "objectives": [list(row) for row in costs],
        "A_ub": {"rows": [], "cols": [], "vals": [], "m": 0, "n": n},
        "b_lower": [],
        "b_upper": [],
        "lb": [0] * n,
        "ub": list(upper),
        "integer": [1] * n,
    }


def with_row(data: Data, terms: dict[int, float], lower: float | None, upper: float | None) -> Data:
    """Add a row to an instance, in place, and return it."""
    matrix = data["A_ub"]
    for column, value in terms.items():
        matrix["rows"].append(matrix["m"])
        matrix["cols"].append(column)
        matrix["vals"].append(value)
    matrix["m"] += 1
    data["b_lower"].append(lower)
    data["b_upper"].append(upper)
    return data


def random_pure(random: Random, dimension: int, kind: str) -> Data:
    """Return a pure integer instance with at most a few hundred assignments; may be infeasible."""
    n = 9 if kind == "assignment" else random.randint(2, 8 - dimension)
    top = 1 if kind == "assignment" else random.choice([1, 1, 2])
    low = -9 if kind == "negative" else 0
    scale = random.choice([1, 7, 100])
    costs: list[list[float]] = [[scale * random.randint(low, 12) for _ in range(n)] for _ in range(dimension)]
    if kind == "decimal":
        costs = [[random.randint(0, 99) / 10 for _ in range(n)] for _ in range(dimension)]
    sense = [random.choice(["min", "max"]) for _ in range(dimension)]
    data = data_of(f"{kind}{dimension}", sense, costs, [top] * n)
    if kind == "assignment":
        for i in range(3):
            with_row(data, {3 * i + j: 1 for j in range(3)}, 1, 1)
            with_row(data, {3 * j + i: 1 for j in range(3)}, 1, 1)
    elif kind != "boxes":
        weights = {j: random.randint(1, 30) for j in range(n)}
        half = top * sum(weights.values()) // 2
        with_row(data, weights, half if kind == "equality" else None, half)
        with_row(data, {j: random.randint(-3, 3) for j in range(n)}, random.choice([None, 0]), None)
    return data


def front_by_trying(data: Data) -> list[list[int | float]]:
    """Return the front of a pure integer instance, in its own sense, sorted."""
    return front_of(data["sense"], _values(data))


def front_of(sense: Sequence[str], values: Iterator[Values]) -> list[list[int | float]]:
    """Return the values that none of the others is at least as good as everywhere, sorted."""
    signs = [1 if s == "min" else -1 for s in sense]
    seen = sorted({tuple(s * v for s, v in zip(signs, y, strict=True)) for y in values})
    kept: list[Values] = []
    for y in seen:
        if not any(all(a <= b for a, b in zip(z, y, strict=True)) for z in kept):
            kept.append(y)
    plain = [[_plain(s * v) for s, v in zip(signs, y, strict=True)] for y in kept]
    return sorted(plain)


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _values(data: Data) -> Iterator[Values]:
    matrix = data["A_ub"]
    rows: list[dict[int, Fraction]] = [{} for _ in range(matrix["m"])]
    for i, j, v in zip(matrix["rows"], matrix["cols"], matrix["vals"], strict=True):
        rows[i][j] = Fraction(str(v))
    bounds = list(zip(data["b_lower"], data["b_upper"], strict=True))
    costs = [[Fraction(str(c)) for c in row] for row in data["objectives"]]
    for x in product(*(range(a, b + 1) for a, b in zip(data["lb"], data["ub"], strict=True))):
        sums = [sum(c * x[j] for j, c in row.items()) for row in rows]
        if all(
            (a is None or s >= a) and (b is None or s <= b) for s, (a, b) in zip(sums, bounds, strict=True)
        ):
            yield tuple(sum((c * v for c, v in zip(row, x, strict=True)), Fraction(0)) for row in costs)


def random_mixed(random: Random) -> tuple[Data, list[list[int | float]]]:
    """Return a mixed integer instance on a grid and its front.

    Binaries x_j with prices; shares 0 <= s_j <= x_j of any size that add up to at most ``room``; and an
    integer z with ``grid * z <= sum of (a_j x_j + b_j s_j)``. Objectives: grid * z (max), price (min), and a
    merit of the x (max). Given x, the largest z follows from giving room to the largest b_j first.
    """
    n, grid = random.randint(2, 5), random.choice([1, 5, 0.5])
    room = random.randint(1, 10 * n) / 10
    a, b = ([random.randint(0, 20) for _ in range(n)] for _ in range(2))
    price, merit = ([random.randint(1, 9) for _ in range(n)] for _ in range(2))
    nothing = [0] * n
    costs = [[*nothing, *nothing, grid], [*price, *nothing, 0], [*merit, *nothing, 0]]
    data = data_of("mixed", ["max", "min", "max"], costs, [*[1] * n, *[1] * n, 1000])
    data["integer"] = [1] * n + [0] * n + [1]
    data["grid"] = [grid, None, None]
    for j in range(n):
        with_row(data, {n + j: 1, j: -1}, None, 0)
    with_row(data, {n + j: 1 for j in range(n)}, None, room)
    with_row(data, {**dict(enumerate(a)), **{n + j: b[j] for j in range(n)}, 2 * n: -grid}, 0, None)
    values = _mixed_values(n, Fraction(str(grid)), Fraction(str(room)), a, b, price, merit)
    return data, front_of(data["sense"], values)


def _mixed_values(
    n: int, grid: Fraction, room: Fraction, a: list[int], b: list[int], price: list[int], merit: list[int]
) -> Iterator[Values]:
    for x in product((0, 1), repeat=n):
        left, most = room, Fraction(sum(c for c, v in zip(a, x, strict=True) if v))
        for gain in sorted((c for c, v in zip(b, x, strict=True) if v), reverse=True):
            share = min(left, Fraction(1))
            most, left = most + gain * share, left - share
        z = floor(most / grid)
        cost, worth = (sum(c for c, v in zip(row, x, strict=True) if v) for row in (price, merit))
        yield (grid * z, Fraction(cost), Fraction(worth))
