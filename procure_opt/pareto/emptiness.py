"""What the solves have proven: regions ``{b : b_i < w_i for all i}`` without a feasible box.

One solve that minimises f_k under bounds v on the other objectives proves such a region whatever it answers:
w = v with infinity at k if there is no feasible point, and w = v with the least value at k if there is one.
A zone u is therefore proven empty exactly if u <= w for some w; results are reused for every zone they
cover, which generalises the zone removal rule of

    S. Tamby, D. Vanderpooten (2021): Enumeration of the Nondominated Set of Multiobjective Discrete
    Optimization Problems. INFORMS Journal on Computing 33(1), 72-85.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from operator import le

from procure_opt.pareto.points import Point
from procure_opt.pareto.zones import Corner, strictly_below


class EmptyRegions:
    """A growing set of regions proven empty, sorted along each axis to keep the look-up short.

    >>> empty = EmptyRegions(2)
    >>> empty.add((5, 9)); empty.add((2, 11))
    >>> empty.cover((5, 8)), empty.cover((3, 11)), len(empty)
    (True, False, 2)
    """

    def __init__(self, dimension: int) -> None:
        self._axes: list[list[tuple[float, Corner]]] = [[] for _ in range(dimension)]

    def __len__(self) -> int:
        """Return the number of regions."""
        return len(self._axes[0])

    def add(self, corner: Corner) -> None:
        """Note that nothing feasible lies strictly below ``corner``."""
        for axis, w_i in zip(self._axes, corner, strict=True):
            insort(axis, (w_i, corner))

    def cover(self, corner: Corner) -> bool:
        """Return whether it is proven that nothing feasible lies strictly below ``corner``."""
        return any(all(map(le, corner, w)) for _, w in self._candidates(corner))

    def retract(self, box: Point) -> int:
        """Forget the regions that ``box``, now known to be feasible, shows to be wrong; return how many.

        >>> empty = EmptyRegions(2)
        >>> empty.add((5, 9))
        >>> empty.retract((4, 8)), empty.cover((5, 9))
        (1, False)
        """
        before = len(self)
        if any(strictly_below(box, w) for _, w in self._candidates(box)):
            self._axes = [[(w_i, w) for w_i, w in axis if not strictly_below(box, w)] for axis in self._axes]
        return before - len(self)

    def _candidates(self, corner: Corner) -> list[tuple[float, Corner]]:
        """Return the regions that reach ``corner`` along the axis where fewest do, the nearest first."""
        starts = [bisect_left(axis, (u_i,)) for axis, u_i in zip(self._axes, corner, strict=True)]
        i = starts.index(max(starts))
        return self._axes[i][starts[i] :]
