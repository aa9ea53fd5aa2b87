"""Vectors, found by what they lie above or below in every component: a k-d tree that knows its ends.

Each part of the tree keeps the least and the largest components of its vectors, so that a look-up passes over
the parts in which nothing can fit. For vectors near a surface, as corners of search zones are, few are left.

    J. L. Bentley (1975): Multidimensional binary search trees used for associative searching.
    Communications of the ACM 18(9), 509-517.

The tree is built anew, balanced and with tight ends, when it has changed as often as it is large. An
exception in between (Ctrl-C, say) leaves all vectors in it, except for one that is being added or dropped.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter, le

Vector = tuple[float, ...]

_MOST = 24
"""The largest number of vectors, except for repetitions, that are not divided."""


class Tree:
    """Vectors of one length, some perhaps more than once.

    >>> tree = Tree([(1, 5), (2, 4), (3, 3)])
    >>> tree.add((4, 1)); tree.discard((2, 4))
    >>> sorted(tree.above((3, 1))), sorted(tree.below((3, 5)))
    ([(3, 3), (4, 1)], [(1, 5), (3, 3)])
    """

    def __init__(self, vectors: Iterable[Vector] = ()) -> None:
        self._build(list(vectors))

    def __iter__(self) -> Iterator[Vector]:
        """Yield all vectors, in no particular order."""
        parts = [self._root]
        for part in parts:
            if part.halves:
                parts.extend(part.halves)
            else:
                yield from part.vectors

    def add(self, vector: Vector) -> None:
        """Take a vector in."""
        part = self._root
        part.stretch(vector)
        while part.halves:
            part = part.half(vector)
            part.stretch(vector)
        part.vectors.append(vector)
        part.divide()
        self._note_change()

    def discard(self, vector: Vector) -> None:
        """Drop a vector, once, if it is there."""
        part = self._root
        while part.halves:
            part = part.half(vector)
        if vector in part.vectors:
            part.vectors.remove(vector)
            self._note_change()

    def above(self, vector: Vector) -> Iterator[Vector]:
        """Yield the vectors that are at least as large in every component."""
        parts = [self._root]
        while parts:
            part = parts.pop()
            if not all(map(le, vector, part.high)):
                continue
            if part.halves:
                parts.extend(part.halves)
            else:
                yield from [w for w in part.vectors if all(map(le, vector, w))]

    def below(self, vector: Vector) -> Iterator[Vector]:
        """Yield the vectors that are at most as large in every component."""
        parts = [self._root]
        while parts:
            part = parts.pop()
            if not all(map(le, part.low, vector)):
                continue
            if part.halves:
                parts.extend(part.halves)
            else:
                yield from [w for w in part.vectors if all(map(le, w, vector))]

    def _build(self, vectors: list[Vector]) -> None:
        self._root = _Part(vectors, 0)
        self._changes_left = len(vectors) + _MOST

    def _note_change(self) -> None:
        self._changes_left -= 1
        if self._changes_left < 0:
            self._build(list(self))


class _Part:
    """Some vectors with their ends, in two halves if they are many.

    After vectors are dropped, the ends may lie further out than need be.
    """

    __slots__ = ("axis", "cut", "halves", "high", "low", "vectors")

    def __init__(self, vectors: list[Vector], axis: int) -> None:
        self.vectors = vectors
        self.axis, self.cut = axis, 0.0
        self.halves: tuple[_Part, ...] = ()
        self.divide()
        self.low, self.high = self._ends()

    def stretch(self, vector: Vector) -> None:
        """Move the ends out, so that the vector lies between them."""
        self.low = tuple(map(min, self.low or vector, vector))
        self.high = tuple(map(max, self.high or vector, vector))

    def half(self, vector: Vector) -> _Part:
        """Return the half in which the vector belongs."""
        return self.halves[vector[self.axis] >= self.cut]

    def divide(self) -> None:
        """Cut the vectors at a median, if they are many and not all the same; axes take turns."""
        if len(self.vectors) <= _MOST:
            return
        count = len(self.vectors[0])
        for axis in (*range(self.axis, count), *range(self.axis)):
            value = itemgetter(axis)
            ordered = sorted(self.vectors, key=value)
            median = value(ordered[len(ordered) // 2])
            place = bisect_left(ordered, median, key=value) or bisect_right(ordered, median, key=value)
            if place < len(ordered):
                self.axis, self.cut = axis, value(ordered[place])
                then = (axis + 1) % count
                self.halves = (_Part(ordered[:place], then), _Part(ordered[place:], then))
                self.vectors = []
                return

    def _ends(self) -> tuple[Vector, Vector]:
        """Return the least and the largest components, none if there are no vectors."""
        lows = [half.low for half in self.halves] or self.vectors
        highs = [half.high for half in self.halves] or self.vectors
        return tuple(map(min, zip(*lows, strict=True))), tuple(map(max, zip(*highs, strict=True)))
