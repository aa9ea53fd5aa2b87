"""The front by trying every assignment in exact integers: for coefficients that no tolerance can stand.

Columns are set one after the other; what cannot keep a row any more, whatever the rest does, is left. That
is for small instances only: a limit on the number of steps ends it without a proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from procure_opt.errors import LimitReached
from procure_opt.pareto.enumeration import INTERRUPTED, TIME_LIMIT
from procure_opt.pareto.points import Point, nondominated
from procure_opt.solving.engine import Limits
from tests.benchmarks.instance import Instance, Limit, Number, Span

STEPS = 20_000_000
TOO_LARGE = "coefficients too large for a floating-point proof, and too many assignments to try"
_MANY = 2000
Interval = tuple[Number, Number]


def listed_front(
    instance: Instance, limits: Limits, steps: int = STEPS
) -> tuple[tuple[Point, ...], str | None]:
    """Return the front, and None or why it may lack points."""
    if not all(instance.integer) or None in instance.lower or None in instance.upper:
        return (), TOO_LARGE
    kept: set[Point] = set()
    reason = None
    try:
        for x in _assignments(instance, limits, steps):
            kept.add(instance.point(x))
            if len(kept) > _MANY:
                kept = set(nondominated(kept))
    except LimitReached as limit:
        reason = str(limit)
    except KeyboardInterrupt:
        reason = INTERRUPTED
    return nondominated(kept), reason


def _assignments(instance: Instance, limits: Limits, steps: int) -> Iterator[tuple[int, ...]]:
    """Yield every feasible assignment; raises LimitReached when steps or time are used up."""
    tails = [_tails(row, instance) for row in instance.rows]
    domains = [
        range(int(a or 0), int(b or 0) + 1) for a, b in zip(instance.lower, instance.upper, strict=True)
    ]
    coefficients = [dict(zip(row.columns, row.coefficients, strict=True)) for row in instance.rows]
    stack: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((), (0,) * len(tails))]
    while stack:
        steps -= 1
        if steps < 0:
            raise LimitReached(TOO_LARGE)
        if steps % _MANY == 0 and limits.remaining() <= 0:
            raise LimitReached(TIME_LIMIT)
        x, sums = stack.pop()
        if len(x) == instance.columns:
            yield x
            continue
        j = len(x)
        for value in domains[j]:
            reached = tuple(s + c.get(j, 0) * value for s, c in zip(sums, coefficients, strict=True))
            if all(map(_can_hold, instance.rows, reached, (tail[j + 1] for tail in tails))):
                stack.append(((*x, value), reached))


def _tails(row: Span, instance: Instance) -> list[Interval]:
    """Return what the columns from j on can add to a row, for every j."""
    terms = dict(zip(row.columns, row.coefficients, strict=True))
    tails: list[Interval] = [(0, 0)]
    for j in reversed(range(instance.columns)):
        ends = [terms.get(j, 0) * v for v in _ends(instance.lower[j], instance.upper[j])]
        tails.append((tails[-1][0] + min(ends), tails[-1][1] + max(ends)))
    return tails[::-1]


def _ends(lower: Limit, upper: Limit) -> Sequence[Number]:
    return (lower or 0, upper or 0)


def _can_hold(row: Span, reached: int, tail: Interval) -> bool:
    low, high = reached + tail[0], reached + tail[1]
    return (row.upper is None or low <= row.upper) and (row.lower is None or high >= row.lower)
