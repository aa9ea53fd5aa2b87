"""Small programs with choices, and columns that follow from them, whose every assignment can be tried."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from random import Random

from procure_opt.solving.matrix import Matrix
from procure_opt.solving.program import Program, Row

Point = tuple[int, ...]
GROUPS, OPTIONS = 4, 3
COUNT = GROUPS * OPTIONS
CHOICES = tuple(tuple(range(g * OPTIONS, (g + 1) * OPTIONS)) for g in range(GROUPS))
SUM, BOTH, ENOUGH, SHORT = COUNT, COUNT + 1, COUNT + 2, COUNT + 3
WATCHED = (COUNT + 4, COUNT + 5, COUNT + 6)
TOGETHER = COUNT + 7
FREE = -math.inf


class Small:
    """Four choices of three, the last of which may be left out, three objectives, and a load that is limited.

    Among the columns: a sum; a literal that is 1 if two sets of options are both hit; a literal that is 1
    exactly if the load is at least a threshold; and a credit that is wanted but never forced, bounded by
    both. The second objective has the credit in it, the third the literal.
    """

    def __init__(self, seed: int) -> None:
        random = Random(seed)
        size = random.choice([1, 20])
        self.weights = [[random.randint(-size, size) for _ in range(COUNT)] for _ in WATCHED]
        self.load = [random.randint(0, 9) for _ in range(COUNT)]
        self.most = random.randint(12, 30)
        self.threshold = random.randint(5, 20)
        self.hits = [frozenset(random.sample(choice, 2)) for choice in CHOICES[:2]]
        self.credit = random.randint(1, 15)
        self.fee = random.randint(1, 15)
        every = tuple(range(COUNT))
        low = (0.0,) * COUNT + (0.0, 0.0, 0.0, 0.0) + (-200.0,) * 3 + (-600.0,)
        high = (1.0,) * COUNT + (99.0, 1.0, 1.0, float(self.credit)) + (200.0,) * 3 + (600.0,)
        whole = (True,) * COUNT + (False, False, True, False) + (False,) * 4
        self.program = Program(
            low, high, whole, (*self._choices(), *self._derived(every), *self._objectives())
        )

    def _choices(self) -> Iterator[Row]:
        for group, choice in enumerate(CHOICES):
            yield Row(choice, (1.0,) * OPTIONS, 0.0 if group == GROUPS - 1 else 1.0, 1.0)

    def _derived(self, every: tuple[int, ...]) -> Iterator[Row]:
        yield Row((*every, SUM), (*map(float, self.load), -1.0), 0.0, 0.0)
        yield Row((SUM,), (1.0,), FREE, float(self.most))
        for hit in self.hits:
            yield Row((*sorted(hit), BOTH), (-1.0, -1.0, 1.0), FREE, 0.0)
        ones = sorted(self.hits[0] | self.hits[1])
        yield Row((*ones, BOTH), (*(-1.0 for _ in ones), 1.0), -1.0, math.inf)
        yield Row((SUM, ENOUGH), (-1.0, float(self.threshold)), FREE, 0.0)
        yield Row((SUM, ENOUGH), (1.0, -float(99 - self.threshold)), FREE, float(self.threshold - 1))
        yield Row((BOTH, SHORT), (-float(self.credit), 1.0), FREE, 0.0)
        yield Row((ENOUGH, SHORT), (-float(self.credit), 1.0), FREE, 0.0)

    def _objectives(self) -> Iterator[Row]:
        extra = ((), ((SHORT, -1.0),), ((ENOUGH, float(self.fee)),))
        for watched, weights, more in zip(WATCHED, self.weights, extra, strict=True):
            terms = [(j, float(a)) for j, a in enumerate(weights) if a] + list(more) + [(watched, -1.0)]
            yield Row(tuple(j for j, _ in terms), tuple(a for _, a in terms), 0.0, 0.0)
        yield Row((*WATCHED, TOGETHER), (1.0, 1.0, 1.0, -1.0), 0.0, 0.0)

    @property
    def matrix(self) -> Matrix:
        """The program as arrays."""
        return Matrix.of(self.program)

    @property
    def fixings(self) -> list[dict[int, float]]:
        """Three parts: one for each option of the first choice."""
        return [{j: float(j == one) for j in CHOICES[0]} for one in CHOICES[0]]

    def judge(self, ones: frozenset[int]) -> Point | None:
        """Worth of an assignment; None where it is too heavy or a choice is not made."""
        taken = [len(ones & set(choice)) for choice in CHOICES]
        load = sum(self.load[j] for j in ones)
        if taken[:-1] != [1] * (GROUPS - 1) or taken[-1] > 1 or load > self.most:
            return None
        first, second, third = (sum(weights[j] for j in ones) for weights in self.weights)
        enough = load >= self.threshold
        both = all(ones & hit for hit in self.hits)
        return first, second - self.credit * (enough and both), third + self.fee * enough

    def judge_with_sum(self, ones: frozenset[int]) -> Point | None:
        """The same with the sum of the three."""
        point = self.judge(ones)
        return None if point is None else (*point, sum(point))

    def assignments(self) -> Iterator[frozenset[int]]:
        """Every way to choose."""
        for picked in itertools.product(*CHOICES[:-1], (*CHOICES[-1], None)):
            yield frozenset(j for j in picked if j is not None)

    def points(self) -> dict[Point, list[frozenset[int]]]:
        """Everything feasible: the assignments of each point."""
        found: dict[Point, list[frozenset[int]]] = {}
        for ones in self.assignments():
            if (point := self.judge(ones)) is not None:
                found.setdefault(point, []).append(ones)
        return found

    def best(self, steps: Point) -> list[Point]:
        """The nondominated boxes' points that are smallest by sum, then lexicographically."""
        boxes: dict[Point, list[Point]] = {}
        for point in self.points():
            boxes.setdefault(tuple(y // d for y, d in zip(point, steps, strict=True)), []).append(point)
        kept = [
            box
            for box in boxes
            if not any(
                other != box and all(a <= b for a, b in zip(other, box, strict=True)) for other in boxes
            )
        ]
        return sorted(min(boxes[box], key=lambda y: (sum(y), y)) for box in kept)
