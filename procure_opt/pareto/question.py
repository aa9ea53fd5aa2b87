"""One step of the search: the zones that one question is about, and what its answer proves.

A question minimises f_k over the union of the projections of some zones; what is compared is not f_k itself
but how far it lies below the corner of the zone, ``f_k - u_k``. If the least of these differences is 0 or
more, every zone of the question is empty; if it is d < 0, the point that reaches it is new, and no zone of
the question has a point with ``f_k < u_k + d``. So one solve closes as many zones as it asks about, or finds
a point; with one zone it is the question of Tamby & Vanderpooten (2021).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from procure_opt.pareto.points import Point
from procure_opt.pareto.zones import Corner


@dataclass(frozen=True, slots=True)
class Question:
    """Minimise objective ``k`` over the projections of ``corners``, measured from each corner's u_k.

    With two corners or more, each u_k is finite.
    """

    corners: tuple[Corner, ...]
    k: int

    def projections(self) -> tuple[Corner, ...]:
        """Return the corners with no bound on the objective that is minimised."""
        return tuple(without(corner, self.k) for corner in self.corners)

    def proofs(self, box: Point | None) -> Iterator[Corner]:
        """Yield the corners of the regions that the answer ``box`` proves empty; None: there is no point.

        >>> list(Question(((5, 9),), 0).proofs((3, 4))), list(Question(((5, 9),), 0).proofs(None))
        ([(3, 9)], [(inf, 9)])
        >>> list(Question(((5, 9), (8, 7)), 0).proofs((6, 4)))
        [(3, 9), (6, 7)]
        """
        if box is None:
            yield from self.projections()
        elif len(self.corners) == 1:
            yield replaced(self.corners[0], self.k, box[self.k])
        else:
            drop = min(box[self.k] - u[self.k] for u in self.corners if _fits(box, without(u, self.k)))
            for u in self.corners:
                yield replaced(u, self.k, u[self.k] + drop)


def nearest(
    corner: Corner, k: int, others: Iterable[Corner], extents: Iterable[int], count: int
) -> tuple[Corner, ...]:
    """Return ``corner`` and up to ``count - 1`` others that are closest to it without objective k.

    Close zones have bounds that differ little, so that the either-or of one question stays tight. Distances
    are sums of differences in units of the extents of the objectives; zones with an unbounded component,
    where that of ``corner`` is bounded, or the other way round, are infinitely far and left out.

    >>> nearest((5, 9, 2), 0, [(1, 8, 3), (1, 2, 9), (7, 9, inf)], (10, 10, 10), 2)
    ((5, 9, 2), (1, 8, 3))
    """
    if count < 2 or corner[k] == inf:
        return (corner,)
    scales = [1 / max(extent, 1) for extent in extents]
    near = sorted((_distance(corner, u, k, scales), u) for u in set(others) if u != corner and u[k] < inf)
    return (corner, *(u for distance, u in near[: count - 1] if distance < inf))


def without(corner: Corner, k: int) -> Corner:
    """Return the corner with no bound in component k.

    >>> without((5, 9), 0)
    (inf, 9)
    """
    return replaced(corner, k, inf)


def replaced(corner: Corner, k: int, value: float) -> Corner:
    """Return the corner with another component k.

    >>> replaced((5, 9), 1, 3)
    (5, 3)
    """
    return (*corner[:k], value, *corner[k + 1 :])


def _fits(box: Point, projection: Corner) -> bool:
    return all(b < u for b, u in zip(box, projection, strict=True))


def _distance(a: Corner, b: Corner, k: int, scales: list[float]) -> float:
    parts = zip(a, b, scales, strict=False)
    return sum(abs(x - y) * scale for i, (x, y, scale) in enumerate(parts) if i != k and x != y)
