"""One branch of a case: what is settled in it, and everything that is proven about it so far.

Proofs are shared between questions. A relaxation solved once leaves a supporting plane
``w . y >= b`` that all points of the branch obey; an answer of the exact solver holds for every
question that asks no more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from procure_opt.errors import EngineDoubt
from procure_opt.solving.part import Part

Bound = tuple[int | None, ...]
Weights = tuple[float, ...]

INFEASIBLE = math.inf
SLACK = 1e-3
"""Given away on every bound from floating point; objectives are whole, so half a unit would be too much."""
LARGEST_SCALE = 1e3
"""A plane is scaled up by this much at most: its rounding errors grow with it."""


@dataclass(frozen=True, slots=True)
class Plane:
    """All points of the branch obey ``sum(w_i y_i) >= level``."""

    weights: Weights
    level: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Under ``upper``, no point of the branch has ``sum(w_i y_i)`` below ``least``."""

    weights: Weights
    upper: Bound
    least: float


@dataclass
class Branch:
    """A branch and its proofs; ``fixed`` is column -> value, ``part`` the program with these values."""

    fixed: Mapping[int, float]
    part: Part | None = None
    planes: list[Plane] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def program(self) -> Part:
        """Return the part of the program that can be asked; a branch made only of proofs has none."""
        if self.part is None:
            raise EngineDoubt("this branch has proofs but no program")
        return self.part

    def least(self, weights: Weights, upper: Bound) -> float:
        """Return a proven lower bound of ``sum(w_i y_i)`` under ``upper``; infinite if nothing is there."""
        if self.part is not None and self.part.is_empty:
            return INFEASIBLE
        best = -math.inf
        for plane in self.planes:
            best = max(best, _from_plane(plane, weights, upper))
        for answer in self.answers:
            if _asks_no_less(answer.upper, upper):
                if answer.least == INFEASIBLE or answer.weights == weights:
                    best = max(best, answer.least)
                elif (only := _single(answer.weights)) is not None:
                    limit = upper[only]
                    if limit is not None and answer.least > limit:
                        return INFEASIBLE
        return best


def _from_plane(plane: Plane, weights: Weights, upper: Bound) -> float:
    """Bound the objective by the plane, scaled until it fits under it; the rest by ``upper``."""
    if not _inside(plane, upper):
        return INFEASIBLE
    ratios = [w / p for w, p in zip(weights, plane.weights, strict=True) if 0 < w <= p * LARGEST_SCALE]
    best = -math.inf
    for scale in ratios:
        rest = 0.0
        for w, p, u in zip(weights, plane.weights, upper, strict=True):
            over = scale * p - w
            if over > 0:
                if u is None:
                    break
                rest += over * u
            elif over < 0:
                break
        else:
            best = max(best, scale * plane.level - rest)
    return best


def _inside(plane: Plane, upper: Bound) -> bool:
    """Can a point under ``upper`` obey the plane?"""
    most = 0.0
    for p, u in zip(plane.weights, upper, strict=True):
        if p > 0:
            if u is None:
                return True
            most += p * u
    return most >= plane.level - SLACK * max(1.0, sum(plane.weights))


def _asks_no_less(wide: Bound, narrow: Bound) -> bool:
    """Does every point under ``narrow`` lie under ``wide``?"""
    return all(w is None or (n is not None and n <= w) for w, n in zip(wide, narrow, strict=True))


def _single(weights: Weights) -> int | None:
    """Return the objective that alone has weight, if there is just one."""
    chosen = [i for i, w in enumerate(weights) if w]
    return chosen[0] if len(chosen) == 1 else None


def plane_of(weights: Weights, value: float, slopes: Sequence[float], upper: Bound) -> Plane:
    """Return the plane that a relaxation proves.

    >>> plane_of((0.0, 1.0), 5.0, (-2.0, 0.0), (3, None))
    Plane(weights=(2.0, 1.0), level=11.0)
    """
    total = tuple(w - s for w, s in zip(weights, slopes, strict=True))
    level = value - sum(s * u for s, u in zip(slopes, upper, strict=True) if u is not None)
    return Plane(total, level)
