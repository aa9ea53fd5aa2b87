"""What the solves have proven: regions ``{b : b_i < w_i for all i}`` without a feasible box.

One solve that minimises f_k under bounds v on the other objectives proves such a region whatever it answers:
w = v with infinity at k if there is no feasible point, and w = v with the least value at k if there is one.
A zone u is therefore proven empty exactly if u <= w for some w; results are reused for every zone they
cover, which generalises the zone removal rule of

    S. Tamby, D. Vanderpooten (2021): Enumeration of the Nondominated Set of Multiobjective Discrete
    Optimization Problems. INFORMS Journal on Computing 33(1), 72-85.
"""

from __future__ import annotations

from procure_opt.pareto.points import Point
from procure_opt.pareto.tree import Tree
from procure_opt.pareto.zones import Corner, strictly_below


class EmptyRegions:
    """A growing set of regions proven empty.

    >>> empty = EmptyRegions()
    >>> empty.add((5, 9)); empty.add((2, 11))
    >>> empty.cover((5, 8)), empty.cover((3, 11)), len(empty)
    (True, False, 2)
    """

    def __init__(self) -> None:
        self._regions = Tree()

    def __len__(self) -> int:
        """Return the number of regions."""
        return sum(1 for _ in self._regions)

    def add(self, corner: Corner) -> None:
        """Note that nothing feasible lies strictly below ``corner``."""
        self._regions.add(corner)

    def cover(self, corner: Corner) -> bool:
        """Return whether it is proven that nothing feasible lies strictly below ``corner``."""
        return any(True for _ in self._regions.above(corner))

    def retract(self, box: Point) -> int:
        """Forget the regions that ``box``, now known to be feasible, shows to be wrong; return how many.

        >>> empty = EmptyRegions()
        >>> empty.add((5, 9))
        >>> empty.retract((4, 8)), empty.cover((5, 9))
        (1, False)
        """
        wrong = [w for w in self._regions.above(box) if strictly_below(box, w)]
        for corner in wrong:
            self._regions.discard(corner)
        return len(wrong)
