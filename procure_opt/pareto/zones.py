"""Local upper bounds: corners u of the search zones ``{y : y_i < u_i for all i}`` that are still possible.

The zones of a set N of points cover everything that no point of N is equal to or dominates, and none of
them contains another. ``SearchZones.insert`` keeps that true when a point joins N, by Algorithm 5 and
Theorem 5.1 (redundancy avoidance, not assuming general position) of

    K. Klamroth, R. Lacour, D. Vanderpooten (2015): On the representation of the search region in
    multi-objective optimization. European Journal of Operational Research 245(3), 767-778.

In the paper's letters: u is a local upper bound; ``Z^k(u)`` are the *defining points* of u in component k,
the points z of N with ``z_k = u_k`` and ``z_i < u_i`` for i != k. A zone exists for u exactly if each
component is unbounded or has a defining point. Points may join in any order and may be dominated:
dominated points leave the zones as they are without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from math import inf
from operator import lt

from procure_opt.pareto.points import Point
from procure_opt.pareto.tree import Tree

Bound = tuple[int | None, ...]
"""An upper bound per objective; None where there is none."""

Corner = tuple[float, ...]
"""A bound as the algorithms compare it: integers, and infinity where there is none."""

Defining = tuple[tuple[Point, ...], ...]


def corner_of(bound: Bound) -> Corner:
    """Return ``bound`` with infinity for None.

    >>> corner_of((3, None))
    (3, inf)
    """
    return tuple(inf if u is None else u for u in bound)


def bound_of(corner: Corner) -> Bound:
    """Return ``corner`` with None for infinity; the inverse of :func:`corner_of`.

    >>> bound_of(corner_of((3, None)))
    (3, None)
    """
    return tuple(None if u == inf else int(u) for u in corner)


def strictly_below(point: Point, corner: Corner) -> bool:
    """Return whether ``point`` lies in the zone of ``corner``.

    >>> strictly_below((1, 2), (2, inf)), strictly_below((2, 2), (2, inf))
    (True, False)
    """
    return all(map(lt, point, corner))


class SearchZones:
    """The local upper bounds of a growing set of points.

    >>> zones = SearchZones(2)
    >>> for point in [(4, 1), (1, 4), (2, 2)]:
    ...     _ = zones.insert(point)
    >>> sorted(zones.corners())
    [(1, inf), (2, 4), (4, 2), (inf, 1)]
    """

    def __init__(self, dimension: int) -> None:
        corner = (inf,) * dimension
        self._ages = count()
        self._zones = {corner: _Zone(next(self._ages), ((),) * dimension)}
        self._tree = Tree([corner])
        """All corners; after an interrupt perhaps others, too."""

    def __len__(self) -> int:
        """Return the number of zones."""
        return len(self._zones)

    def __contains__(self, corner: Corner) -> bool:
        """Return whether ``corner`` is one of the local upper bounds."""
        return corner in self._zones

    def corners(self) -> Iterable[Corner]:
        """Return the local upper bounds, the oldest first."""
        return self._zones.keys()

    def below(self, corner: Corner) -> Iterator[Corner]:
        """Yield the local upper bounds that are nowhere above ``corner``."""
        return (u for u in self._tree.below(corner) if u in self._zones)

    def holding(self, point: Point) -> list[Corner]:
        """Return the corners of the zones in which ``point`` lies, the oldest first."""
        return [u for u in self._around(point) if strictly_below(point, u)]

    def insert(self, point: Point) -> tuple[Corner, ...]:
        """Cut ``point`` and all that it dominates out of the zones; return the corners that are new.

        Inserting twice is harmless, and an exception in between (Ctrl-C, say) is made good by it: the zones
        that are cut go last, so that all that came of them comes of them again.
        """
        around = self._around(point)
        gone = [u for u in around if strictly_below(point, u)]
        born = {v: d for u in gone for v, d in _children(point, u, self._zones[u].defining)}
        for u in around:
            self._zones[u].add(point, u)
        for u, defining in born.items():
            self._tree.add(u)
            self._zones[u] = _Zone(next(self._ages), defining)
        for u in gone:
            del self._zones[u]
            self._tree.discard(u)
        return tuple(born)

    def _around(self, point: Point) -> list[Corner]:
        """Return the local upper bounds that are nowhere below ``point``, the oldest first."""
        reaching = {u for u in self._tree.above(point) if u in self._zones}
        return sorted(reaching, key=lambda u: self._zones[u].age)


@dataclass(slots=True)
class _Zone:
    """What is remembered of a zone: when it came about, and its defining points."""

    age: int
    defining: Defining

    def add(self, point: Point, u: Corner) -> None:
        """Take ``point`` among the defining points if it lies on exactly one face of the zone, u."""
        faces = [k for k, y_k in enumerate(point) if y_k == u[k]]
        if len(faces) == 1 and point not in self.defining[faces[0]]:
            k = faces[0]
            self.defining = (*self.defining[:k], (*self.defining[k], point), *self.defining[k + 1 :])


def _children(point: Point, u: Corner, defining: Defining) -> Iterable[tuple[Corner, Defining]]:
    """Split zone u by a point inside it, leaving out the parts that lie in a sibling of u."""
    for j, y_j in enumerate(point):
        rest = tuple(
            (point,) if k == j else tuple(z for z in z_k if z[j] < y_j) for k, z_k in enumerate(defining)
        )
        if all(rest[k] or u[k] == inf for k in range(len(u))):
            yield (*u[:j], y_j, *u[j + 1 :]), rest
