"""Where a value lies between the worst and the best of the front; and corners, for the triangle."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from procure_opt.claim import minimised

Scores = tuple[Fraction, Fraction, Fraction]
LEVELS = ("low", "middle", "high")


def scores(vectors: Sequence[tuple[int, int, int]]) -> list[Scores]:
    """Return for each (autonomy, spin-off, cost) how far each goal is from its worst (0) to its best (1).

    A goal that all have alike is at 1.

    >>> [[str(goal) for goal in each] for each in scores([(10, 5, 100), (4, 9, 100), (4, 5, 80)])]
    [['1', '0', '0'], ['0', '1', '0'], ['0', '0', '1']]
    """
    turned = [minimised(vector) for vector in vectors]
    ends = [(min(axis), max(axis)) for axis in zip(*turned, strict=True)]
    return [
        (_score(a, *ends[0]), _score(b, *ends[1]), _score(c, *ends[2])) for a, b, c in turned
    ]  # fmt: skip


def _score(value: int, best: int, worst: int) -> Fraction:
    return Fraction(1) if best == worst else Fraction(worst - value, worst - best)


def corners(each: Scores) -> tuple[float, float, float]:
    """Return the pull of the three corners, 1 in all: the scores in proportion (a third each if all are 0).

    >>> corners((Fraction(1), Fraction(1), Fraction(0)))
    (0.5, 0.5, 0.0)
    """
    total = sum(each)
    if not total:
        return 1 / 3, 1 / 3, 1 / 3
    return float(each[0] / total), float(each[1] / total), float(each[2] / total)


def level(score: Fraction) -> int:
    """Return 0, 1 or 2: in which third of the range.

    >>> level(Fraction(0)), level(Fraction(1, 3)), level(Fraction(1))
    (0, 1, 2)
    """
    return min(2, int(3 * score))


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Return round numbers between two ends, at most so many.

    >>> ticks(6960, 9940), ticks(5, 5)
    ([7000.0, 8000.0, 9000.0], [5])
    """
    if low >= high:
        return [low]
    step = next(step for step in _steps(high - low) if (high - low) / step <= most - 1)
    first = -int(-low // step) if low >= 0 else int(low // step) + 1
    marks = [first * step + n * step for n in range(most + 1)]
    return [mark for mark in marks if low <= mark <= high]


def _steps(span: float) -> list[float]:
    """Steps of 1, 2 and 5 times powers of ten, from too fine to too coarse for the span."""
    power = 0
    while 10.0**power > span / 10:
        power -= 1
    while 10.0 ** (power + 1) <= span / 10:
        power += 1
    return [factor * 10.0 ** (power + n) for n in range(3) for factor in (1, 2, 5)]
