"""What is to be swept, and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from procure_opt.solving.boxes import Point
from procure_opt.solving.matrix import Matrix, Vector
from procure_opt.solving.part import Ones

Judge = Callable[[Ones], Point | None]
"""What an assignment is worth; None: it breaks a rule."""
Told = Callable[[int, int, int], None]
"""Told at times: boxes found, fields begun, fields in all."""
Rank = tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """What is to be swept: a program with 0/1 choices, cut into parts by what is fixed in each.

    ``first``: choices that are settled one way after the other in each part, because little is left of the
    program then. ``watched``: the three objectives; ``steps``: the resolution. ``digits``: (place, value) of
    a choice's column in the rank of an assignment; of those worth the same the first in rank is kept, and
    the one with the largest sum of ``scores``. ``early``: columns of choices that are settled before the
    others, though they move no objective, because they decide what the others may be.
    """

    matrix: Matrix
    fixings: Sequence[Mapping[int, float]]
    choices: Sequence[Sequence[int]]
    first: Sequence[Sequence[int]]
    watched: Sequence[int]
    steps: Sequence[int]
    digits: Mapping[int, tuple[int, int]]
    scores: Mapping[int, int] = field(default_factory=dict)
    early: frozenset[int] = frozenset()

    @cached_property
    def places(self) -> int:
        """The number of places of a rank."""
        return 1 + max((place for place, _ in self.digits.values()), default=-1)

    def score(self, ones: Iterable[int]) -> int:
        """Return the sum of the scores of an assignment."""
        return sum(self.scores.get(column, 0) for column in ones) if self.scores else 0

    def rank(self, ones: Iterable[int]) -> Rank:
        """Return the digits of an assignment."""
        rank = [0] * self.places
        for column in ones:
            place, value = self.digits[column]
            rank[place] = value
        return tuple(rank)


@dataclass
class Holders:
    """The assignments that are worth one point: the first in rank, the largest score, how many were met."""

    first: Ones
    rank: Rank
    score: int = 0
    met: int = 0

    def join(self, other: Holders) -> None:
        """Add what was met elsewhere."""
        self.met += other.met
        self.score = max(self.score, other.score)
        if other.rank < self.rank:
            self.first, self.rank = other.first, other.rank


@dataclass
class Findings:
    """What a sweep has found, and what it has left open."""

    holders: dict[Point, Holders] = field(default_factory=dict)
    """By the points that represent the best boxes."""
    left: set[int] = field(default_factory=set)
    """Parts that were too large."""
    looked_at: int = 0
    open: list[Vector] | None = field(default_factory=list)
    """Bounds of the sets of choices that are not followed yet; None: all is open."""

    @property
    def finished(self) -> bool:
        """True if nothing is open but the parts that are left to others."""
        return self.open is not None and not self.open
