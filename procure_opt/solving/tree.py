"""A branch-and-bound tree over one part of a program, kept from question to question.

A node is the set of solutions in which some 0/1 columns are closed (0) or settled (1). Everything proven
about it is a plane in the watched columns, and holds for every question; so a question asked later begins
where the earlier ones ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from procure_opt.solving.matrix import Numbers, Vector
from procure_opt.solving.plane import Plane

WHOLE = 1e-6
"""How near to a whole number a column must be to be taken for it; only a guess, nothing is proven by it."""

Choice = Numbers
"""0/1 columns of which at most one is 1."""


@dataclass(frozen=True, slots=True)
class Side:
    """One half of a split: columns to close, columns to settle."""

    closed: tuple[int, ...] = ()
    settled: tuple[int, ...] = ()


@dataclass(eq=False, slots=True)
class Node:
    """A part with some columns closed (0) or settled (1); ``number`` is its name among the proofs."""

    number: int
    part: int
    closed: tuple[int, ...] = ()
    settled: tuple[int, ...] = ()
    children: tuple[Node, ...] = field(default=())
    plane: Plane | None = None
    """What was learnt when the split that made it was tried."""

    def bounds(self, low: Vector, high: Vector) -> tuple[Vector, Vector]:
        """Return the bounds of the columns in this node."""
        low, high = low.copy(), high.copy()
        high[list(self.closed)] = 0.0
        low[list(self.settled)] = 1.0
        return low, high

    def child(self, number: int, side: Side) -> Node:
        """Return the node with one half of a split on top."""
        return Node(number, self.part, self.closed + side.closed, self.settled + side.settled)


@dataclass(frozen=True, slots=True)
class Split:
    """Two ways to narrow a node that together leave nothing out; ``name`` tells what is decided."""

    name: tuple[str, int]
    sides: tuple[Side, Side]


def splits(
    choices: Sequence[Choice], switches: Choice, low: Vector, high: Vector, values: Vector
) -> Iterator[Split]:
    """Yield the splits that the relaxation suggests, switches first; none if all that must be whole is whole.

    ``switches`` are 0/1 columns that follow from the choices, but only loosely in the relaxation.

    >>> import numpy as np
    >>> zeros, ones = np.zeros(4), np.ones(4)
    >>> for each in splits([np.array([0, 1, 2])], np.array([3]), zeros, ones, np.array([0.5, 0.2, 0.3, 0.1])):
    ...     print(each.name, each.sides)
    ('switch', 3) (Side(closed=(3,), settled=()), Side(closed=(), settled=(3,)))
    ('choice', 0) (Side(closed=(1, 2), settled=()), Side(closed=(0,), settled=()))
    """
    far = np.minimum(values[switches] - low[switches], high[switches] - values[switches])
    for at in np.argsort(-far, kind="stable"):
        if far[at] <= WHOLE:
            break
        yield Split(("switch", int(switches[at])), _on_or_off(switches[at : at + 1]))
    for number, choice in enumerate(choices):
        columns = choice[high[choice] > low[choice]]
        if len(columns) and np.any(np.abs(values[columns] - np.round(values[columns])) > WHOLE):
            yield Split(("choice", number), _between(columns, values[columns]))


def any_split(choices: Sequence[Choice], low: Vector, high: Vector, values: Vector | None) -> Split | None:
    """Return a split of the first choice that is not settled; None if all are.

    >>> import numpy as np
    >>> any_split([np.array([0])], np.zeros(1), np.ones(1), None).sides
    (Side(closed=(0,), settled=()), Side(closed=(), settled=(0,)))
    """
    for number, choice in enumerate(choices):
        columns = choice[high[choice] > low[choice]]
        if len(columns):
            return Split(("choice", number), _apart(columns, None if values is None else values[columns]))
    return None


def _between(columns: Choice, values: Vector) -> tuple[Side, Side]:
    """Split where the shares of the relaxation before and after are most equal."""
    if len(columns) == 1:
        return _on_or_off(columns)
    before = np.cumsum(values)[:-1]
    total = float(values.sum())
    both = (before > WHOLE) & (total - before > WHOLE)
    if not both.any():
        return _apart(columns, values)
    return _cut(columns, int(np.argmin(np.where(both, np.abs(before - total / 2), np.inf))) + 1)


def _apart(columns: Choice, values: Vector | None) -> tuple[Side, Side]:
    """Split off the column that the relaxation takes, or the first half."""
    if len(columns) == 1:
        return _on_or_off(columns)
    if values is not None and values.max() > WHOLE:
        taken = int(np.argmax(values))
        return Side(tuple(np.delete(columns, taken).tolist())), Side((int(columns[taken]),))
    return _cut(columns, len(columns) // 2)


def _on_or_off(columns: Choice) -> tuple[Side, Side]:
    return Side((int(columns[0]),)), Side((), (int(columns[0]),))


def _cut(columns: Choice, at: int) -> tuple[Side, Side]:
    return Side(tuple(columns[at:].tolist())), Side(tuple(columns[:at].tolist()))
