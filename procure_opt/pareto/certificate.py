"""The final bounds once more, by definition and without the algorithm's help: what a verifier compares.

A bound u belongs to a set N of boxes if no box of N lies strictly below u in every component, and if raising
any component of u would change that. Nothing here is shared with the module that keeps the search zones; the
definition is applied one component at a time, so it is slow (about n^(p-1) log n) and short.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

Box = tuple[int, ...]
Bound = tuple[int | None, ...]


def final_bounds(boxes: Iterable[Box], dimension: int) -> tuple[Bound, ...]:
    """Return all maximal bounds that have no box strictly below them, sorted with None (no bound) last.

    The last component t of such a bound is a value that occurs among the boxes, or none at all. Given t,
    the other components are a bound of the boxes whose last component is below t; and t itself must be
    needed: some box with last component t lies strictly below them.

    >>> final_bounds([(1, 4), (2, 2), (4, 1)], 2)
    ((1, None), (2, 4), (4, 2), (None, 1))
    >>> final_bounds([], 2)
    ((None, None),)
    """
    return tuple(sorted(_bounds(sorted(set(boxes)), dimension), key=ascending))


def covers(points: Iterable[Box], bounds: Iterable[Bound], resolution: Sequence[int]) -> bool:
    """Return whether ``bounds`` are exactly the final bounds of the boxes of ``points``, each stated once.

    If they are, and every zone below them is empty, then every feasible vector lies in a box that is equal
    to the box of a stated point or dominated by it.

    >>> covers([(11, 42), (25, 20)], [(1, None), (2, 4), (None, 2)], (10, 10))
    True
    >>> covers([(11, 42), (25, 20)], [(1, None), (None, 2)], (10, 10))
    False
    """
    boxes = [tuple(y // d for y, d in zip(point, resolution, strict=True)) for point in points]
    stated = sorted(bounds, key=ascending)
    return tuple(stated) == final_bounds(boxes, len(resolution))


def ascending(bound: Bound) -> tuple[tuple[bool, int], ...]:
    """Sort key for bounds: component by component, None (no bound) after every number.

    >>> sorted([(None, 1), (2, None), (2, 3)], key=ascending)
    [(2, 3), (2, None), (None, 1)]
    """
    return tuple((u is None, u or 0) for u in bound)


def above(box: Box, bounds: Iterable[Bound]) -> Bound | None:
    """Return a bound strictly below which the box lies: the zone of a box that no point has closed.

    >>> above((1, 3), [(1, None), (2, 4)]), above((2, 2), [(1, None), (2, 4)])
    ((2, 4), None)
    """
    return next((bound for bound in bounds if _inside([box], bound)), None)


def _bounds(boxes: list[Box], dimension: int) -> Iterator[Bound]:
    if dimension == 1:
        yield (min(boxes)[0] if boxes else None,)
        return
    if dimension == 2:
        yield from _staircase(boxes)
        return
    for level in sorted({box[-1] for box in boxes}):
        below = [box[:-1] for box in boxes if box[-1] < level]
        at = [box[:-1] for box in boxes if box[-1] == level]
        yield from ((*u, level) for u in _bounds(sorted(set(below)), dimension - 1) if _inside(at, u))
    yield from ((*u, None) for u in _bounds(sorted({box[:-1] for box in boxes}), dimension - 1))


def _staircase(boxes: list[Box]) -> Iterator[Bound]:
    """Two components, boxes sorted: a bound between each two neighbouring steps, and one at either end."""
    height: int | None = None
    for x, y in boxes:
        if height is None or y < height:
            yield (x, height)
            height = y
    yield (None, height)


def _inside(boxes: list[Box], bound: Bound) -> bool:
    """Return whether one of the boxes lies strictly below the bound."""
    return any(all(u is None or b < u for b, u in zip(box, bound, strict=True)) for box in boxes)
