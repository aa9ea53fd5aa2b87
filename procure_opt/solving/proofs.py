"""Everything proven about the nodes of a search, as one array of planes: asked of all nodes at once."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from procure_opt.solving.matrix import Vector
from procure_opt.solving.plane import NOTHING, Plane

SLIGHT = 1e-12


class Proofs:
    """Planes of numbered nodes; a node inherits what is proven about its parent."""

    def __init__(self, dimension: int) -> None:
        self.nodes = 0
        self.planes = 0
        self._owner = np.zeros(1024, dtype=np.int64)
        self._weights = np.zeros((1024, dimension))
        self._levels = np.zeros(1024)
        self._generations: list[tuple[list[int], list[int]]] = []
        self._generation: list[int] = []

    def new_node(self, parent: int | None = None) -> int:
        """Return the number of one more node."""
        self.nodes += 1
        number = self.nodes - 1
        depth = 0 if parent is None else self._generation[parent] + 1
        self._generation.append(depth)
        if parent is not None:
            while len(self._generations) < depth:
                self._generations.append(([], []))
            children, parents = self._generations[depth - 1]
            children.append(number)
            parents.append(parent)
        return number

    def add(self, node: int, plane: Plane) -> None:
        """Note that all points of the node obey the plane."""
        if plane.level == NOTHING:
            return
        if self.planes == len(self._levels):
            self._owner = np.concatenate([self._owner, np.zeros_like(self._owner)])
            self._weights = np.concatenate([self._weights, np.zeros_like(self._weights)])
            self._levels = np.concatenate([self._levels, np.zeros_like(self._levels)])
        self._owner[self.planes] = node
        self._weights[self.planes] = plane.weights
        self._levels[self.planes] = plane.level
        self.planes += 1

    def settle(self, node: int, point: Sequence[int] | None) -> None:
        """Note that the node holds just this point, or nothing."""
        dimension = self._weights.shape[1]
        if point is None:
            self.add(node, Plane(np.zeros(dimension), math.inf))
            return
        for i, value in enumerate(point):
            weights = np.zeros(dimension)
            weights[i] = 1.0
            self.add(node, Plane(weights, float(value)))

    def bounds(self, aim: int, upper: Vector) -> Vector:
        """Return for every node a number that no value of ``aim`` under ``upper`` is below."""
        count = self.planes
        best = np.full(self.nodes, -math.inf)
        found = _least(self._weights[:count], self._levels[:count], aim, upper)
        np.maximum.at(best, self._owner[:count], found)
        for children, parents in self._generations:
            best[children] = np.maximum(best[children], best[parents])
        return best

    def bound(self, plane: Plane, aim: int, upper: Vector) -> float:
        """Return what one plane says about it."""
        return float(_least(plane.weights[None, :], np.array([plane.level]), aim, upper)[0])


def _least(weights: Vector, levels: Vector, aim: int, upper: Vector) -> Vector:
    """Solve each plane for the aim, the other columns at their upper bounds."""
    others = upper.copy()
    others[aim] = 0.0
    sizes = np.where(np.isfinite(levels), np.abs(levels), 0.0) + weights @ np.abs(others)
    slack = levels - weights @ others - SLIGHT * sizes
    slope = weights[:, aim]
    with np.errstate(divide="ignore", invalid="ignore"):
        least = np.where(slope > 0, slack / slope, np.where(slack > 0, math.inf, -math.inf))
    return np.where(least > upper[aim], math.inf, least)
