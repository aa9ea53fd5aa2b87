"""The state of an enumeration: zones, what is proven empty, what was found, and the next step to take.

The order of steps is Tamby & Vanderpooten (2021): among all open zones u and directions k, the one whose
projection without k, the product of ``u_i - (least value seen)_i`` over i != k, is largest, because its
answer covers most. Unbounded components count first, so that the ideal point is found first.

With a resolution, all corners are in box coordinates, and a point found is *reduced* before it joins: f_i is
minimised over the points that are in no worse box in the other objectives, one i after the other, until it
is proven that no better box exists; the representative is then the least sum inside the box.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from heapq import heappop, heappush
from math import inf, prod
from operator import le

from procure_opt.errors import EngineDoubt
from procure_opt.pareto.emptiness import EmptyRegions
from procure_opt.pareto.oracle import Oracle
from procure_opt.pareto.points import Point, box_of, nondominated
from procure_opt.pareto.share import proven_share
from procure_opt.pareto.zones import Bound, Corner, SearchZones

Step = tuple[Corner, int]


class Search:
    """Everything known so far; each method keeps it true, whatever the oracle raises in between."""

    def __init__(self, oracle: Oracle, resolution: tuple[int, ...]) -> None:
        self.oracle = oracle
        self.resolution = resolution
        self.zones = SearchZones(oracle.dimension)
        self.empty = EmptyRegions(oracle.dimension)
        self.found: dict[Point, Point] = {}
        """The representative of each box found."""
        self.unfinished: set[Point] = set()
        self.open: set[Corner] = set()
        self.lows: Point = ()
        self.highs: Point = ()
        """The least and largest component found in each objective, in box coordinates."""
        self.solves = 0
        self.contradictions = 0
        self._doubted: set[Step] = set()
        self._agenda: list[tuple[int, float, Corner, int]] = []
        self._open(self.zones.corners())

    def next_step(self) -> Step | None:
        """Return the open zone and direction to solve next; None if there is nothing left to try."""
        while self._agenda:
            _, _, corner, k = heappop(self._agenda)
            if corner in self.open:
                return corner, k
        return None

    def explore(self, corner: Corner, k: int) -> None:
        """Minimise objective k over the projection of a zone and draw every conclusion from the answer.

        If the answer is doubtful, the zone stays open and its next direction, if any, goes on the agenda.
        """
        try:
            point = self._minimise(k, corner)
            if point is not None:
                self.settle(point)
        except EngineDoubt:
            self._doubted.add((_without(corner, k), k))
            if corner in self.open:
                self._plan(corner)

    def expect(self, points: Iterable[Point]) -> None:
        """Note feasible points that are to be settled, so that a stop before that loses none."""
        smallest: dict[Point, Point] = {}
        for point in sorted(points, key=lambda y: (-sum(y), y)):
            smallest[box_of(point, self.resolution)] = point
        self.unfinished |= {smallest[box] for box in nondominated(smallest)}

    def settle(self, point: Point) -> None:
        """Let a feasible point join, after reducing its box if there is a resolution."""
        box = box_of(point, self.resolution)
        if self._dominated(box):
            return
        self.unfinished.add(point)
        self._heed(box)
        if max(self.resolution) > 1:
            box = self._reduced(box)
            self.found[box] = self._representative(box)
        else:
            self.found[box] = point
        self._cut(box)
        self.unfinished.discard(point)

    def make_consistent(self) -> None:
        """Finish what an interrupt may have left half done: the last cut, and which zones are open."""
        if self.found:
            self.zones.insert(next(reversed(self.found)))
        self.open = {u for u in self.zones.corners() if not self.empty.cover(u)}
        self.unfinished = {y for y in self.unfinished if not self._dominated(box_of(y, self.resolution))}

    def share(self) -> Fraction:
        """Return the share of objective space that is decided; defined in the module ``share``."""
        unbounded = (inf,) * len(self.lows)
        proven = all(self.empty.cover(_replaced(unbounded, k, low)) for k, low in enumerate(self.lows))
        return proven_share(self.lows if proven and self.found else None, self.highs, list(self.open))

    def _minimise(self, k: int, corner: Corner) -> Point | None:
        """Ask for the least f_k below ``corner`` in the other objectives and note what that proves."""
        projection = _without(corner, k)
        upper = self._upper(projection)
        point = self._accepted(self.oracle.minimise(k, upper), upper)
        least = inf if point is None else point[k] // self.resolution[k]
        proven = _replaced(projection, k, least)
        self.empty.add(proven)
        self.open = {u for u in self.open if not all(map(le, u, proven))}
        return point

    def _upper(self, corner: Corner) -> Bound:
        """Return the largest integers allowed strictly below a corner in box coordinates."""
        return tuple(
            None if u == inf else int(u) * delta - 1 for u, delta in zip(corner, self.resolution, strict=True)
        )

    def _accepted(self, point: Point | None, upper: Bound) -> Point | None:
        self.solves += 1
        if point is None or all(u is None or y <= u for y, u in zip(point, upper, strict=True)):
            return point
        raise EngineDoubt(f"the solver answered {point}, which breaks the bounds {upper}")

    def _reduced(self, box: Point) -> Point:
        """Return a box, equal to or dominating ``box``, that is proven nondominated.

        Once f_i is least over all points in no worse box elsewhere, it stays least when the others shrink.
        """
        for i in range(len(box)):
            around = tuple(b + 1 for b in box)
            if self.empty.cover(_replaced(around, i, box[i])):
                continue
            point = self._minimise(i, around)
            if point is None or point[i] // self.resolution[i] > box[i]:
                raise EngineDoubt(f"the solver denied a point that it found before, in box {box}")
            box = box_of(point, self.resolution)
        return box

    def _representative(self, box: Point) -> Point:
        upper = self._upper(tuple(b + 1 for b in box))
        point = self._accepted(self.oracle.least_sum(upper), upper)
        if point is None or box_of(point, self.resolution) != box:
            raise EngineDoubt(f"the solver answered {point} for the least sum in box {box}")
        return point

    def _heed(self, box: Point) -> None:
        """Drop the proofs that a feasible box refutes, and open again what rested on them."""
        wrong = self.empty.retract(box)
        self.contradictions += wrong
        if wrong:
            self._open(u for u in self.zones.corners() if u not in self.open)

    def _cut(self, box: Point) -> None:
        self.lows = tuple(map(min, self.lows or box, box))
        self.highs = tuple(map(max, self.highs or box, box))
        born = self.zones.insert(box)
        self.open = {u for u in self.open if u in self.zones}
        self._open(born)

    def _open(self, corners: Iterable[Corner]) -> None:
        for corner in [u for u in corners if not self.empty.cover(u)]:
            self.open.add(corner)
            self._plan(corner)

    def _plan(self, corner: Corner) -> None:
        """Put a zone on the agenda, in its most promising direction that has not failed before."""
        steps = [
            (*_promise(_without(corner, k), self.lows), corner, k)
            for k in range(len(corner))
            if (_without(corner, k), k) not in self._doubted
        ]
        if steps:
            heappush(self._agenda, min(steps))

    def _dominated(self, box: Point) -> bool:
        return any(all(map(le, other, box)) for other in self.found)


def _promise(projection: Corner, lows: Point) -> tuple[int, float]:
    """Return a sort key: many unbounded components first, then a large product of extents."""
    extents = [max(u - low, 1) for u, low in zip(projection, lows, strict=False) if u != inf]
    return -projection.count(inf), -prod(extents)


def _without(corner: Corner, k: int) -> Corner:
    return _replaced(corner, k, inf)


def _replaced(corner: Corner, k: int, value: float) -> Corner:
    return (*corner[:k], value, *corner[k + 1 :])
