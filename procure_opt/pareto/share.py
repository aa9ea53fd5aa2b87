"""How much of objective space is decided: an honest, cheap figure for a progress line, not a proof.

A fixed lattice of 1009 boxes (rank-1 lattice, Korobov form; N. M. Korobov 1959) is spread over the region
from the proven ideal box to the known worst one. The share counts the lattice boxes that lie in no open zone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from procure_opt.pareto.points import Point
from procure_opt.pareto.tree import Tree
from procure_opt.pareto.zones import Corner

SAMPLES = 1009
_GENERATOR = 76


def proven_share(ideal: Point | None, worst: Point, open_corners: Sequence[Corner]) -> Fraction:
    """Return the share of lattice boxes between ``ideal`` and ``worst`` (both included) in no open zone.

    1 only if no zone is open, at most 1008/1009 otherwise; 0 while an ideal value is unproven (None). The
    figure is an estimate (to about 0.03) of a share of volume. It can fall when a new worst value
    stretches the region.

    >>> proven_share((0, 0), (99, 99), [])
    Fraction(1, 1)
    >>> float(proven_share((0, 0), (99, 99), [(50, 50)]))
    0.7502477700693756
    """
    if not open_corners:
        return Fraction(1)
    if ideal is None:
        return Fraction(0)
    zones = Tree(open_corners)
    inside = (tuple(b + 1 for b in box) for box in _lattice(ideal, worst))
    decided = sum(not any(True for _ in zones.above(corner)) for corner in inside)
    return Fraction(min(decided, SAMPLES - 1), SAMPLES)


class Gauge:
    """A share read at every step but measured anew only when the steps have grown by a tenth."""

    def __init__(self) -> None:
        self._due = 0
        self._last = Fraction(0)

    def read(self, steps: int, measure: Callable[[], Fraction], *, final: bool = False) -> Fraction:
        """Return the share as of now or shortly before; ``final`` forces a measurement.

        >>> gauge = Gauge()
        >>> [int(gauge.read(n, lambda: Fraction(n))) for n in (1, 2, 11, 20, 27)]
        [1, 1, 11, 11, 27]
        """
        if final or steps >= self._due:
            self._last = measure()
            self._due = steps + steps // 10 + 10
        return self._last


def _lattice(ideal: Point, worst: Point) -> list[Point]:
    """Return box ``ideal_i + floor(frac(j g^i / N) * extent_i)`` for j = 0..N-1."""
    extents = [high - low + 1 for low, high in zip(ideal, worst, strict=True)]
    steps = [pow(_GENERATOR, i, SAMPLES) for i in range(len(ideal))]
    axes = list(zip(ideal, steps, extents, strict=True))
    return [
        tuple(low + j * step % SAMPLES * extent // SAMPLES for low, step, extent in axes)
        for j in range(SAMPLES)
    ]
