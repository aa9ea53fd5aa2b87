"""The two questions that the search asks of a feasible set, and what counts as an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from procure_opt.pareto.points import Point
from procure_opt.pareto.zones import Bound


class Oracle(Protocol):
    """The feasible set, as far as the search can see it. All objectives are integers and minimised.

    Both methods may raise LimitReached (nothing was proved, and time is up) and EngineDoubt (nothing was
    proved, and asking something else may still work). In ``upper``, None is no bound.
    """

    dimension: int

    def minimise(self, objective: int, upper: Bound) -> Point | None:
        """Return a feasible point with the least f_objective among those with f_i <= upper[i].

        Ties should go to a small sum of the other objectives: that saves solves, but no point is lost
        without it. None as the answer PROVES that there is no such point.
        """

    def least_sum(self, upper: Bound) -> Point | None:
        """Return the feasible point with f <= upper that is smallest by sum, then lexicographically.

        Asked only with a resolution above 1. None as the answer PROVES that there is no such point.
        """


@runtime_checkable
class ManyZones(Protocol):
    """What an oracle offers besides, if it can answer for several zones with one solve."""

    widest: int
    """The largest number of zones in one question, at least 1."""

    def minimise_any(self, objective: int, zones: Sequence[tuple[Bound, int]]) -> Point | None:
        """Return a feasible point that is lowest below the level of a zone whose bounds it keeps.

        Each zone is a pair of bounds and a level; what is minimised over all zones and the points that keep
        ``f_i <= upper[i]`` of that zone is ``f_objective - level``. None PROVES that no point keeps the
        bounds of any zone. Asked only with a resolution of 1.
        """
