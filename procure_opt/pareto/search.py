"""The state of an enumeration: zones, what is proven empty, what was found, and the next step to take.

The order of steps is Tamby & Vanderpooten (2021): among all open zones u and directions k, the one whose
projection without k, the product of ``u_i - (least value seen)_i`` over i != k, is largest, because its
answer covers most. Unbounded components count first, so that the ideal point is found first.

An oracle that can answer for several zones at once is asked for the one chosen and the zones nearest to it
(:mod:`procure_opt.pareto.question`); that finds the same points with fewer solves.

With a resolution, all corners are in box coordinates, and a point found is *reduced* before it joins: f_i is
minimised over the points that are in no worse box in the other objectives, one i after the other, until it
is proven that no better box exists; the representative is then the least sum inside the box.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from heapq import heappop, heappush
from math import inf, prod

from procure_opt.errors import EngineDoubt
from procure_opt.pareto.emptiness import EmptyRegions
from procure_opt.pareto.oracle import ManyZones, Oracle
from procure_opt.pareto.points import Point, box_of, nondominated
from procure_opt.pareto.question import Question, nearest, replaced, without
from procure_opt.pareto.share import proven_share
from procure_opt.pareto.zones import Bound, Corner, SearchZones

Step = tuple[Corner, int]
_LOOKED_AT = 60
"""How many entries of the agenda may share a question: its first ones, which promise most."""


class Search:
    """Everything known so far; each method keeps it true, whatever the oracle raises in between."""

    def __init__(self, oracle: Oracle, resolution: tuple[int, ...]) -> None:
        self.oracle = oracle
        self.resolution = resolution
        self.zones = SearchZones(oracle.dimension)
        self.empty = EmptyRegions()
        self.found: dict[Point, Point] = {}
        """The representative of each box found."""
        self.unfinished: set[Point] = set()
        self.open: set[Corner] = set()
        self.lows: Point = ()
        self.highs: Point = ()
        """The least and largest component found in each objective, in box coordinates."""
        self.solves = 0
        self.contradictions = 0
        self._many = oracle if isinstance(oracle, ManyZones) and max(resolution) == 1 else None
        self._widest = self._many.widest if self._many else 1
        self._doubted: set[Step] = set()
        self._alone: set[Corner] = set()
        self._asked: set[Corner] = set()
        """The zones of questions that are not answered yet."""
        self._agenda: list[tuple[int, float, Corner, int]] = []
        self._open(self.zones.corners())

    def next_question(self) -> Question | None:
        """Return what to ask next; None if there is nothing left to try, or all of it is being asked."""
        while self._agenda:
            _, _, corner, k = heappop(self._agenda)
            if corner in self.open and corner not in self._asked and not self._has_failed(corner, k):
                return self._asking(corner, k)
        return None

    def explore(self, question: Question) -> None:
        """Ask the oracle and draw every conclusion from the answer."""
        try:
            point = self._ask(question)
        except EngineDoubt:
            self.doubt(question)
        else:
            self.conclude(question, point)

    def conclude(self, question: Question, point: Point | None) -> None:
        """Draw every conclusion from the answer to a question of any earlier time."""
        self._asked.difference_update(question.corners)
        try:
            accepted = self._accepted(point, [self.upper(u) for u in question.projections()])
            self._prove(question, accepted)
            if accepted is not None:
                self.settle(accepted)
        except EngineDoubt:
            self.doubt(question)
        else:
            self._plan_again(question)

    def doubt(self, question: Question) -> None:
        """Note that the answer proves nothing: the zones stay open and are asked about in another way.

        Zones asked about together are next asked about alone; one alone in its next direction, if any.
        """
        self._asked.difference_update(question.corners)
        if len(question.corners) > 1:
            self._alone.update(question.corners)
        else:
            self._doubted.update((u, question.k) for u in question.projections())
        self._plan_again(question)

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
        proven = all(self.empty.cover(replaced(unbounded, k, low)) for k, low in enumerate(self.lows))
        return proven_share(self.lows if proven and self.found else None, self.highs, list(self.open))

    def _asking(self, corner: Corner, k: int) -> Question:
        """Return the question about a zone, and about others near it if the oracle can take several."""
        corners: tuple[Corner, ...] = (corner,)
        if self._widest > 1 and corner not in self._alone:
            near = (u for _, _, u, _ in self._agenda[:_LOOKED_AT] if self._may_join(u, k))
            extents = [high - low for low, high in zip(self.lows, self.highs, strict=True)]
            corners = nearest(corner, k, near, extents, self._widest)
        self._asked.update(corners)
        return Question(corners, k)

    def _may_join(self, corner: Corner, k: int) -> bool:
        free = corner in self.open and corner not in self._asked and corner not in self._alone
        return free and not self._has_failed(corner, k)

    def _has_failed(self, corner: Corner, k: int) -> bool:
        return (without(corner, k), k) in self._doubted

    def zones_of(self, question: Question) -> list[tuple[Bound, int]]:
        """Return the bounds and the level of each zone of a question, as an oracle takes them."""
        uppers = [self.upper(u) for u in question.projections()]
        if len(uppers) == 1:
            return [(uppers[0], 0)]
        return [(upper, int(u[question.k])) for upper, u in zip(uppers, question.corners, strict=True)]

    def _ask(self, question: Question) -> Point | None:
        zones = self.zones_of(question)
        if len(zones) == 1 or self._many is None:
            return self.oracle.minimise(question.k, zones[0][0])
        return self._many.minimise_any(question.k, zones)

    def _prove(self, question: Question, point: Point | None) -> None:
        """Note what an answer proves empty, and close the zones that this covers."""
        for corner in question.proofs(None if point is None else box_of(point, self.resolution)):
            self.empty.add(corner)
            self.open.difference_update(self.zones.below(corner))

    def _minimise(self, k: int, corner: Corner) -> Point | None:
        """Ask for the least f_k below ``corner`` in the other objectives and note what that proves."""
        question = Question((corner,), k)
        uppers = [self.upper(u) for u in question.projections()]
        point = self._accepted(self.oracle.minimise(k, uppers[0]), uppers)
        self._prove(question, point)
        return point

    def upper(self, corner: Corner) -> Bound:
        """Return the largest integers allowed strictly below a corner in box coordinates."""
        return tuple(
            None if u == inf else int(u) * delta - 1 for u, delta in zip(corner, self.resolution, strict=True)
        )

    def _accepted(self, point: Point | None, uppers: list[Bound]) -> Point | None:
        self.solves += 1
        if point is None or any(_keeps(point, upper) for upper in uppers):
            return point
        raise EngineDoubt(f"the solver answered {point}, which breaks the bounds {uppers}")

    def _reduced(self, box: Point) -> Point:
        """Return a box, equal to or dominating ``box``, that is proven nondominated.

        Once f_i is least over all points in no worse box elsewhere, it stays least when the others shrink.
        """
        for i in range(len(box)):
            around = tuple(b + 1 for b in box)
            if self.empty.cover(replaced(around, i, box[i])):
                continue
            point = self._minimise(i, around)
            if point is None or point[i] // self.resolution[i] > box[i]:
                raise EngineDoubt(f"the solver denied a point that it found before, in box {box}")
            box = box_of(point, self.resolution)
        return box

    def _representative(self, box: Point) -> Point:
        upper = self.upper(tuple(b + 1 for b in box))
        point = self._accepted(self.oracle.least_sum(upper), [upper])
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
        self.open.difference_update(self.zones.holding(box))
        self._open(self.zones.insert(box))

    def _open(self, corners: Iterable[Corner]) -> None:
        for corner in [u for u in corners if not self.empty.cover(u)]:
            self.open.add(corner)
            self._plan(corner)

    def _plan(self, corner: Corner) -> None:
        """Put a zone on the agenda, in its most promising direction that has not failed before."""
        steps = [
            (*_promise(without(corner, k), self.lows), corner, k)
            for k in range(len(corner))
            if not self._has_failed(corner, k)
        ]
        if steps:
            heappush(self._agenda, min(steps))

    def _plan_again(self, question: Question) -> None:
        for corner in question.corners:
            if corner in self.open:
                self._plan(corner)

    def _dominated(self, box: Point) -> bool:
        """Return whether a box found is equal to this one or dominates it: then no zone holds it."""
        return not self.zones.holding(box)


def _promise(projection: Corner, lows: Point) -> tuple[int, float]:
    """Return a sort key: many unbounded components first, then a large product of extents."""
    extents = [max(u - low, 1) for u, low in zip(projection, lows, strict=False) if u != inf]
    return -projection.count(inf), -prod(extents)


def _keeps(point: Point, upper: Bound) -> bool:
    return all(u is None or y <= u for y, u in zip(point, upper, strict=True))
