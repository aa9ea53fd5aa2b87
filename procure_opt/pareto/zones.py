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

from collections.abc import Iterable
from math import inf
from operator import le, lt

from procure_opt.pareto.points import Point

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
        self._zones: dict[Corner, Defining] = {(inf,) * dimension: ((),) * dimension}

    def __len__(self) -> int:
        """Return the number of zones."""
        return len(self._zones)

    def __contains__(self, corner: Corner) -> bool:
        """Return whether ``corner`` is one of the local upper bounds."""
        return corner in self._zones

    def corners(self) -> Iterable[Corner]:
        """Return the local upper bounds, in no particular order."""
        return self._zones.keys()

    def insert(self, point: Point) -> tuple[Corner, ...]:
        """Cut ``point`` and all that it dominates out of the zones; return the corners that are new.

        An exception in between (Ctrl-C, say) leaves the zones as they were; inserting twice is harmless.
        """
        around = [(u, z) for u, z in self._zones.items() if all(map(le, point, u))]
        split = [(u, z) for u, z in around if strictly_below(point, u)]
        born = {v: d for u, z in split for v, d in _children(point, u, z)}
        touched = {u: _with_defining(point, u, z) for u, z in around}
        gone = {u for u, _ in split}
        self._zones = {u: touched.get(u, z) for u, z in self._zones.items() if u not in gone} | born
        return tuple(born)


def _children(point: Point, u: Corner, defining: Defining) -> Iterable[tuple[Corner, Defining]]:
    """Split zone u by a point inside it, leaving out the parts that lie in a sibling of u."""
    for j, y_j in enumerate(point):
        rest = tuple(
            (point,) if k == j else tuple(z for z in z_k if z[j] < y_j) for k, z_k in enumerate(defining)
        )
        if all(rest[k] or u[k] == inf for k in range(len(u))):
            yield (*u[:j], y_j, *u[j + 1 :]), rest


def _with_defining(point: Point, u: Corner, defining: Defining) -> Defining:
    """Return the defining points of u with ``point`` added if it lies on exactly one face of the zone."""
    faces = [k for k, y_k in enumerate(point) if y_k == u[k]]
    if len(faces) != 1 or point in defining[faces[0]]:
        return defining
    k = faces[0]
    return (*defining[:k], (*defining[k], point), *defining[k + 1 :])
