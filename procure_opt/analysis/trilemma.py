"""Is it a trilemma? What is left of the third goal when two are held near their ideal.

For each pair of goals at 80, 90 or 100 percent of their ideal, the best possible third in percent of its
range (0 its worst value on the front, 100 its best). A goal to be raised is at q percent if its value is at
least q percent of the best; cost is, if the least cost is at least q percent of it. "Only a dilemma" is a
possible finding: then some third stays at 100. Definition: model.md, section 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

Vector = tuple[int, int, int]
GOALS = ("autonomy", "spinoff", "cost")
COST = 2
LEVEL = 90
"""Percent of their ideal at which two goals are held wherever the test is told in a sentence."""


def ideal(vectors: Sequence[Vector]) -> Vector:
    """Return the best value of each goal over the vectors (autonomy and spin-off high, cost low).

    >>> ideal([(10, 5, 100), (4, 9, 80)])
    (10, 9, 80)
    """
    return max(v[0] for v in vectors), max(v[1] for v in vectors), min(v[2] for v in vectors)


def nadir(vectors: Sequence[Vector]) -> Vector:
    """Return the worst value of each goal over the vectors (which should be a front).

    >>> nadir([(10, 5, 100), (4, 9, 80)])
    (4, 5, 100)
    """
    return min(v[0] for v in vectors), min(v[1] for v in vectors), max(v[2] for v in vectors)


def reaches(value: int, best: int, goal: int, level: int) -> bool:
    """Tell whether the value of the goal is at ``level`` percent of its best.

    >>> reaches(954, 1060, 0, 90), reaches(953, 1060, 0, 90)
    (True, False)
    >>> reaches(111, 100, 2, 90), reaches(112, 100, 2, 90)
    (True, False)
    """
    return 100 * best >= level * value if goal == COST else 100 * value >= level * best


def best_third(vectors: Sequence[Vector], held: tuple[int, int], level: int) -> Fraction | None:
    """Return the best of the third goal, in percent of its range, with two goals held at ``level`` percent.

    None if no vector reaches both. 100 if the third goal has no range.

    >>> best_third([(10, 5, 100), (10, 4, 90), (4, 9, 80)], (0, 1), 80)
    >>> best_third([(10, 5, 100), (10, 4, 90), (4, 9, 80)], (0, 2), 80)
    Fraction(20, 1)
    """
    best, worst = ideal(vectors), nadir(vectors)
    third = next(goal for goal in range(3) if goal not in held)
    left = [v[third] for v in vectors if all(reaches(v[goal], best[goal], goal, level) for goal in held)]
    if not left:
        return None
    if best[third] == worst[third]:
        return Fraction(100)
    return max(Fraction(100 * (value - worst[third]), best[third] - worst[third]) for value in left)


def thirds(vectors: Sequence[Vector], level: int = 90) -> tuple[tuple[str, str, str, Fraction | None], ...]:
    """Return, for each pair of goals, (first, second, third, best of the third in percent of its range)."""
    if not vectors:
        return ()
    return tuple(
        (GOALS[a], GOALS[b], GOALS[3 - a - b], best_third(vectors, (a, b), level))
        for a, b in combinations(range(3), 2)
    )
