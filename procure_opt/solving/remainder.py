"""The parts that are too large to be swept, asked one question at a time through the exact solver.

The question: what is the least value of one watched column under bounds on all? Every answer is judged: what
breaks a rule, or is worth less than the solver claims, is cut off and the part asked again. That there is
nothing better is the solver's word; such words are kept, and asked for once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from procure_opt.solving.engine import Limits
from procure_opt.solving.matrix import Matrix, Vector
from procure_opt.solving.part import HALF, Ones, Part
from procure_opt.solving.reduction import reduced

Point = tuple[int, ...]
Judge = Callable[[Ones], Point | None]
"""What an assignment is worth in the watched columns; None: it breaks a rule."""


class Remainder:
    """Parts of a program, by what is fixed in them; those without a solution are left out."""

    def __init__(
        self,
        matrix: Matrix,
        fixings: Sequence[Mapping[int, float]],
        choices: Sequence[Sequence[int]],
        watched: Sequence[int],
        judge: Judge,
        *,
        engine: str = "highs",
        limits: Limits | None = None,
        defined_whole: frozenset[int] = frozenset(),
    ) -> None:
        self.parts: list[Part] = []
        self.fixed: list[Mapping[int, float]] = []
        """What each part fixes."""
        self.cut_off = 0
        """Answers that did not stand up to the judge."""
        self._known: list[Point] = []
        """What assignments that were cut off are worth all the same."""
        self._watched, self._judge = tuple(watched), judge
        for fixed in fixings:
            if (left := reduced(matrix, fixed, watched)) is not None:
                self.parts.append(Part(left, choices, engine, limits or Limits(), defined_whole))
                self.fixed.append(fixed)

    @property
    def solves(self) -> int:
        """How often the solver has run."""
        return sum(part.solves for part in self.parts)

    def least(
        self, aim: int, upper: Sequence[int], costs: Sequence[float], step: int, best: Point | None
    ) -> Point | None:
        """Return a point with the least value of the aim, or ``best`` if none is a step better.

        ``costs``: 1 for the aim, and weights that break ties for the others; these must add less than a half
        between any two points under ``upper``.

        Raises :class:`LimitReached` when time is up; nothing that was learnt is lost.
        """
        for point in self._known:
            if all(y <= u for y, u in zip(point, upper, strict=True)) and (
                best is None or point[aim] < best[aim]
            ):
                best = point
        for part in self.parts:
            while not part.is_denied(bounds := _below(upper, aim, step, best)):
                best = self._better(part, bounds, costs, best)
        return best

    def holders(self, point: Point) -> Iterator[int]:
        """Yield the numbers of the parts of which it is open whether they hold a point nowhere worse."""
        upper = np.array(point, dtype=float)
        return (number for number, part in enumerate(self.parts) if not part.is_denied(upper))

    def must_deny(self, upper: Sequence[int]) -> bool:
        """Is the solver's word needed to say that nothing lies under these bounds of the watched columns?"""
        bounds = dict(zip(self._watched, upper, strict=True))
        return any(not part.is_out_of_reach(bounds) for part in self.parts)

    def _better(self, part: Part, bounds: Vector, costs: Sequence[float], best: Point | None) -> Point | None:
        """Ask a part for its best point under bounds; note what the answer shows; return the best point."""
        objective = {column: cost for column, cost in zip(self._watched, costs, strict=True) if cost}
        upper = dict(zip(self._watched, bounds.tolist(), strict=True))
        answer = part.minimise(objective, upper, gap=HALF / 2)
        if answer is None:
            part.deny(bounds)
            return best
        ones = part.ones(answer)
        point = self._judge(ones)
        claimed = sum(cost * answer[column] for column, cost in objective.items())
        fits = point is not None and all(y <= u for y, u in zip(point, bounds, strict=True))
        worth = np.inf if point is None else sum(c * y for c, y in zip(costs, point, strict=True))
        if not fits or worth > claimed + HALF / 2:
            part.cut_off(ones)
            self.cut_off += 1
            self._known += [] if point is None else [point]
        return point if fits else best


def _below(upper: Sequence[int], aim: int, step: int, best: Point | None) -> Vector:
    """Return the bounds under which a point is a step better than the best."""
    bounds = np.array(upper, dtype=float)
    if best is not None:
        bounds[aim] = min(bounds[aim], best[aim] // step * step - 1)
    return bounds
