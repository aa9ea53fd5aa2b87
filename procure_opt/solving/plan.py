"""What is to be swept, and what comes out of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property

from procure_opt.solving.boxes import Boxes, Point
from procure_opt.solving.extremes import Extremes
from procure_opt.solving.matrix import Matrix, Vector
from procure_opt.solving.outline import Outline
from procure_opt.solving.part import Ones
from procure_opt.solving.ranking import Rank, Ranking

Judge = Callable[[Ones], Point | None]
"""What an assignment is worth; None: it breaks a rule."""
Told = Callable[[int, int, int], None]
"""Told at times: boxes found, fields begun, fields in all."""


@dataclass(frozen=True)
class Plan:
    """What is to be swept: a program with 0/1 choices, cut into parts by what is fixed in each.

    ``first``: choices that are settled one way after the other in each part, because little is left of the
    program then. ``watched``: the three objectives; ``steps``: the resolution. ``digits``: (place, value) of
    a choice's column in the rank of an assignment; of those worth the same the first in rank is kept, and
    the largest sum of ``scores`` (of columns). ``early``: columns of choices that are settled before the
    others, though they move no objective, because they decide what the others may be. ``grain``: how finely
    objectives are mixed in the bounds of large parts; any gives the same boxes. ``apart``: only the least
    value of each objective is looked for. ``implied``: 0/1 columns that follow from choices, but are settled
    with the first ones where that leaves few ways, because very much hangs on them.
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
    grain: int = 4
    apart: bool = False
    implied: Sequence[int] = ()

    @property
    def digest(self) -> str:
        """Hash of everything that is to be swept, sixteen hex digits."""
        content = hashlib.sha256()
        for each in fields(self.matrix):
            content.update(getattr(self.matrix, each.name).tobytes())
        stated = (
            [sorted(fixed.items()) for fixed in self.fixings],
            [list(choice) for choice in (*self.choices, *self.first)],
            [list(each) for each in (self.watched, self.steps, sorted(self.early))],
            [sorted(each.items()) for each in (self.digits, self.scores)],
            self.grain,
            self.apart,
            list(self.implied),
        )
        content.update(repr(stated).encode())
        return content.hexdigest()[:16]

    def boxes(self) -> Boxes:
        """Return what holds the best that is found: nothing yet."""
        highest = self.matrix.high[list(self.watched)].tolist()
        return Extremes(highest) if self.apart else Boxes(self.steps, highest)

    @cached_property
    def ranking(self) -> Ranking:
        """The order among assignments that are worth the same."""
        return Ranking(self.digits)

    @cached_property
    def outline(self) -> Outline:
        """What every part must know."""
        return Outline(
            self.choices, self.watched, self.steps, self.early, self.ranking, self.scores, self.grain
        )

    def held(self, ones: Ones) -> Holders:
        """Return what is to be noted of an assignment."""
        score = sum(self.scores.get(column, 0) for column in ones)
        return Holders(ones, self.ranking.rank(ones), ones, score)


@dataclass(frozen=True, slots=True)
class Holders:
    """Of the assignments that are worth one point: the first in rank, and one with the largest score."""

    first: Ones
    rank: Rank
    closest: Ones
    score: int

    def joined(self, other: Holders | None) -> Holders:
        """Return what holds of the assignments of both."""
        if other is None:
            return self
        first = min(self, other, key=lambda each: each.rank)
        closest = max(self, other, key=lambda each: each.score)
        return Holders(first.first, first.rank, closest.closest, closest.score)


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
