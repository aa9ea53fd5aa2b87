"""Integer columns cut into few values: what the rows leave of a column, in digits if that is much.

A column from 0 to 100 becomes two choices, tens and units, so that the first tells most of it; a choice
between a hundred values would have to be made at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from procure_opt.solving.matrix import Matrix
from procure_opt.solving.reduction import reduced
from tests.benchmarks.instance import Instance
from tests.benchmarks.model import program_of

MOST_TOGETHER = 11
"""Values between which one choice is made; more are cut into digits."""


@dataclass(frozen=True, slots=True)
class Digits:
    """``low <= x <= high``: x is ``low`` and one of ``worths`` of each digit, or nothing of it."""

    low: int
    high: int
    worths: tuple[tuple[int, ...], ...]

    @staticmethod
    def of(low: int, high: int) -> Digits:
        """Return the digits of a column: as few as possible, with as few values as that allows.

        >>> Digits.of(3, 5).worths
        ((1, 2),)
        >>> Digits.of(0, 30).worths
        ((6, 12, 18, 24, 30), (1, 2, 3, 4, 5))
        >>> Digits.of(7, 7).worths
        ()
        """
        values = high - low + 1
        count = next(c for c in range(1, 64) if MOST_TOGETHER**c >= values)
        base = next(b for b in range(2, MOST_TOGETHER + 1) if b**count >= values)
        return Digits(low, high, tuple(_worths(values, base, count)))

    @property
    def are_more(self) -> bool:
        """Do the largest values of all digits together exceed the column?"""
        return self.low + sum(worths[-1] for worths in self.worths) > self.high


def _worths(values: int, base: int, count: int) -> Iterator[tuple[int, ...]]:
    for power in (base**place for place in reversed(range(count))):
        if worths := tuple(power * digit for digit in range(1, base) if power * digit < values):
            yield worths


def digits_of(instance: Instance) -> list[Digits] | None:
    """Return the digits of each column, by what the rows leave of it; None: there is no solution.

    All columns must be integer and bounded.
    """
    left = reduced(Matrix.of(program_of(instance, 1)), {})
    if left is None:
        return None
    ends = {j: (value, value) for j, value in enumerate(left.values.tolist())}
    still_open = zip(left.matrix.low.tolist(), left.matrix.high.tolist(), strict=True)
    ends |= dict(zip(left.kept.tolist(), still_open, strict=True))
    return [Digits.of(round(ends[j][0]), round(ends[j][1])) for j in range(instance.columns)]
