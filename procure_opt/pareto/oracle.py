"""The two questions that the search asks of a feasible set, and what counts as an answer."""

from __future__ import annotations

from typing import Protocol

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
