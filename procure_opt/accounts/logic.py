"""Literals: 0/1 expressions that are true exactly when something holds, and how they combine.

Every function here is exact in both directions, so that a literal may stand in an ``if``, in a ``then``
or under a ``not``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from .symbols import Expression, Symbols


def negation(literal: Expression) -> Expression:
    """Return the literal of the contrary."""
    return 1 - literal


def _fixed(literal: Expression) -> bool:
    return isinstance(literal, int)


def conjunction(x: Symbols, literals: Sequence[Expression]) -> Expression:
    """Return a literal that is 1 exactly if all are 1 (1 if there are none)."""
    if any(_fixed(lit) and lit == 0 for lit in literals):
        return 0
    free = [lit for lit in literals if not _fixed(lit)]
    if len(free) < 2:
        return free[0] if free else 1
    both = x.column(("all",), 0, 1)
    for literal in free:
        x.require(both <= literal)
    x.require(both >= x.total(((1, lit) for lit in free), 1 - len(free)))
    return both


def disjunction(x: Symbols, literals: Sequence[Expression]) -> Expression:
    """Return a literal that is 1 exactly if one or more are 1 (0 if there are none)."""
    if any(_fixed(lit) and lit == 1 for lit in literals):
        return 1
    free = [lit for lit in literals if not _fixed(lit)]
    if len(free) < 2:
        return free[0] if free else 0
    some = x.column(("any",), 0, 1)
    for literal in free:
        x.require(some >= literal)
    x.require(some <= x.total((1, lit) for lit in free))
    return some


def at_most(
    x: Symbols,
    amount: Expression,
    bound: Fraction | int,
    step: Fraction | int = 1,
    kind: str = "at most",
) -> Expression:
    """Return a literal that is 1 exactly if ``amount`` is at most ``bound``.

    ``step``: whenever the amount is above the bound, it is so by at least this much. ``kind``: what its
    column is called.
    """
    low, high = x.bounds(amount)
    if high <= bound:
        return 1
    if low > bound:
        return 0
    holds = x.column((kind,), 0, 1, whole=True)
    x.require(amount <= float(bound) + float(high - bound) * (1 - holds))
    x.require(amount >= float(bound + step) - float(bound + step - low) * holds)
    return holds


def at_least(x: Symbols, expression: Expression, bound: int, kind: str = "at most") -> Expression:
    """Return a literal that is 1 exactly if the whole-valued expression is at least ``bound``."""
    return negation(at_most(x, expression, bound - 1, kind=kind))


def gated(x: Symbols, amount: Expression, literal: Expression) -> Expression:
    """Return ``amount`` where the literal is 1, else 0."""
    low, high = x.bounds(amount)
    low, high = min(low, 0), max(high, 0)
    product = x.column(("gated",), low, high)
    x.require(product <= high * literal)
    x.require(product >= low * literal)
    x.require(product <= amount - low * (1 - literal))
    x.require(product >= amount - high * (1 - literal))
    return product
