"""The parts of a program, each with its tree, and the one question that is asked of them all.

The question: what is the least value of one watched column under bounds on all? Best first: among all
nodes of all trees the one whose proven bound is lowest comes next. A node is closed by planes, which
arithmetic proves whatever the relaxation's status (:mod:`.plane`); by ``judge``, which says exactly what
an assignment is worth; or, where a part resists for long, by the exact solver's word that nothing better
is in it. A point counts only if ``judge`` confirms it. Trees, planes and denials outlive the question.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from procure_opt.errors import EngineDoubt
from procure_opt.solving.engine import Limits
from procure_opt.solving.experience import Experience
from procure_opt.solving.hunt import Hunt, Point
from procure_opt.solving.matrix import Matrix, Vector
from procure_opt.solving.part import HALF, Ones, Part
from procure_opt.solving.plane import Plane
from procure_opt.solving.proofs import Proofs
from procure_opt.solving.reduction import reduced
from procure_opt.solving.tree import Node, Split, any_split, splits

Judge = Callable[[Ones], Point | None]
"""What an assignment is worth in the watched columns; None: it breaks a rule."""
PATIENCE = 40
"""Relaxations of one part in one question, before the exact solver is asked: 20 to 100 do about as well."""
MOST_TRIALS = 10
"""Splits that are tried at one node; others that are new wait for a later node."""


class Forest:
    """A program with 0/1 choices, cut into parts by what is fixed; ``watched`` are whole-valued columns.

    The parts must together hold every solution. ``judge`` decides; a relaxation only proposes.
    """

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
    ) -> None:
        self.parts: list[Part] = []
        self.fixed: list[Mapping[int, float]] = []
        """What each part fixes; those that have no solution are left out."""
        self._judge = judge
        self._judged: dict[Ones, Point | None] = {}
        self._proofs = Proofs(len(watched))
        self._experience: dict[int, Experience] = {}
        self._roots: list[Node] = []
        for fixed in fixings:
            left = reduced(matrix, fixed, watched)
            if left is not None:
                self._roots.append(Node(self._proofs.new_node(), len(self.parts)))
                self.parts.append(Part(left, choices, watched, engine, limits or Limits()))
                self.fixed.append(fixed)

    @property
    def relaxations(self) -> int:
        """How many relaxations were solved."""
        return sum(part.relaxations for part in self.parts)

    @property
    def solves(self) -> int:
        """How often the exact solver has run."""
        return sum(part.solves for part in self.parts)

    def least(
        self, aim: int, upper: Sequence[int], costs: Sequence[float], step: int, best: Point | None
    ) -> Point | None:
        """Return a point with the least value of the aim, or ``best`` if none is a step better.

        ``costs``: 1 for the aim, and weights that break ties for the others; these must add less than a half
        between any two points under ``upper``.

        Raises :class:`LimitReached` when time is up; nothing that was learnt is lost.
        """
        hunt = Hunt(aim, np.array(upper, dtype=float), np.array(costs), step, best)
        known = self._proofs.bounds(aim, hunt.upper)
        queue = [(float(known[root.number]), -root.number, root) for root in self._roots]
        heapq.heapify(queue)
        while queue:
            bound, _, node = heapq.heappop(queue)
            if hunt.closes(bound):
                break
            if self._is_denied(node, hunt):
                continue
            if not node.children:
                bound = max(bound, self._visit(node, bound, hunt))
            if not hunt.closes(bound):
                for child in node.children:
                    earlier = self._known(child, known, hunt)
                    heapq.heappush(queue, (max(bound, earlier), -child.number, child))
        return hunt.best

    def holders(self, point: Point) -> Iterator[int]:
        """Yield the numbers of the parts of which it is open whether they hold a point nowhere worse."""
        upper = np.array(point, dtype=float)
        known = self._proofs.bounds(0, upper)
        for number, root in enumerate(self._roots):
            if not self.parts[number].covers(upper) and _has_open_leaf(root, known):
                yield number

    def _known(self, node: Node, known: Vector, hunt: Hunt) -> float:
        """Return the bound from what was proven earlier; nodes born in this question ask their own plane."""
        if node.number < len(known):
            return float(known[node.number])
        return self._proofs.bound(node.plane, hunt.aim, hunt.upper) if node.plane else -math.inf

    def _visit(self, node: Node, bound: float, hunt: Hunt) -> float:
        """Learn about a node without children; if that does not close it, split it. Return the new bound."""
        part = self.parts[node.part]
        only = part.assignment(node)
        if only is not None:
            point = self._worth(only)
            self._proofs.settle(node.number, point)
            hunt.hear(point)
            return math.inf
        plane, values = part.relax(node, hunt.upper, hunt.costs)
        hunt.spent[node.part] += 1
        self._proofs.add(node.number, plane)
        bound = max(bound, self._proofs.bound(plane, hunt.aim, hunt.upper))
        proposed = None if values is None else part.proposed(values)
        if proposed is not None:
            hunt.hear(self._worth(proposed))
        if not hunt.closes(bound):
            node.children = self._split(node, values, bound, hunt)
        return bound

    def _split(self, node: Node, values: Vector | None, bound: float, hunt: Hunt) -> tuple[Node, ...]:
        """Return two children, by the split that promises to raise the bound most on both sides."""
        part = self.parts[node.part]
        low, high = part.bounds(node)
        experience = self._experience.setdefault(hunt.aim, Experience())
        chosen: Split | None = None
        planes: tuple[Plane, ...] = ()
        most = -math.inf
        trials = MOST_TRIALS
        found = () if values is None else splits(part.choices, part.switches, low, high, values)
        for each in found:
            name = part.name(each)
            tried: tuple[Plane, ...] = ()
            if trials and experience.is_new(name):
                tried, trials = self._try(node, each, bound, hunt), trials - 1
            if (promise := experience.score(name)) > most:
                chosen, planes, most = each, tried, promise
        chosen = chosen or any_split(part.choices, low, high, values)
        if chosen is None:
            raise EngineDoubt("a node without open choices was to be split")
        children = tuple(node.child(self._proofs.new_node(node.number), side) for side in chosen.sides)
        for child, plane in zip(children, planes, strict=False):
            child.plane = plane
            self._proofs.add(child.number, plane)
        return children

    def _try(self, node: Node, split: Split, bound: float, hunt: Hunt) -> tuple[Plane, ...]:
        """Look at both sides of a split that was never tried, and learn what it gains."""
        part = self.parts[node.part]
        planes = []
        for number, side in enumerate(split.sides):
            plane, _ = part.relax(node.child(-1, side), hunt.upper, hunt.costs)
            gain = hunt.gain(bound, self._proofs.bound(plane, hunt.aim, hunt.upper))
            self._experience[hunt.aim].note(part.name(split), number, gain)
            planes.append(plane)
        return tuple(planes)

    def _is_denied(self, node: Node, hunt: Hunt) -> bool:
        """Is there the exact solver's word that the part holds nothing better? It is asked late."""
        part = self.parts[node.part]
        if part.covers(hunt.better):
            return True
        if hunt.spent[node.part] < PATIENCE:
            return False
        hunt.spent[node.part] = 0
        try:
            return self._ask(part, hunt)
        except EngineDoubt:
            return False

    def _ask(self, part: Part, hunt: Hunt) -> bool:
        """Ask the exact solver for the best point of a part; False if the answer proves nothing."""
        upper = hunt.better
        values = part.solve(upper, hunt.costs)
        if values is not None:
            claimed = float(hunt.costs @ values[part.watched])
            proposed = part.proposed(values)
            point = None if proposed is None else self._worth(proposed)
            hunt.hear(point)
            if point is None or not float(hunt.costs @ point) <= claimed + HALF / 2 or np.any(point > upper):
                return False
            upper[hunt.aim] = point[hunt.aim] - 1
        part.empty.append(upper)
        return True

    def _worth(self, ones: Ones) -> Point | None:
        if ones not in self._judged:
            self._judged[ones] = self._judge(ones)
        return self._judged[ones]


def _has_open_leaf(root: Node, known: Vector) -> bool:
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if known[node.number] == math.inf:
            continue
        if not node.children:
            return True
        nodes += node.children
    return False
