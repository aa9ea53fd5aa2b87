"""Weights for the augmented objective ``f_k + sum of w_i f_i`` over i != k, which breaks ties.

With integer objectives and a sum of weights times true ranges below 1/2, a solution within an absolute gap of
1/2 has the least f_k, exactly; within half of the smallest weight it is efficient, too. A power of two is
exact in binary arithmetic, so that the weights themselves round nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from procure_opt.errors import UsageError

SMALLEST = 2.0**-20
"""Below about a millionth a weight drowns in the solver's tolerances and breaks no tie."""


def augmentation(ranges: Sequence[int]) -> tuple[float, ...]:
    """Return a weight per objective so that any of them may be left out and the rest stays below 1/2.

    ``ranges`` are the true ranges, largest minus least value over everything feasible; 0 is allowed. Each
    weight is the largest power of two up to 1 with ``weight * range * (p - 1) < 1/2``, and 0 where that is
    below ``SMALLEST``.

    >>> augmentation((100, 10, 0))
    (0.001953125, 0.015625, 1.0)
    >>> ranges = (7, 900, 31)
    >>> sum(w * r for w, r in zip(augmentation(ranges), ranges)) < 0.75
    True
    >>> augmentation((10**9, 1))
    (0.0, 0.25)
    """
    if any(extent < 0 for extent in ranges):
        raise UsageError(f"a range is not negative: {tuple(ranges)}")
    return tuple(_weight(extent * (len(ranges) - 1)) for extent in ranges)


def tie_gap(weights: Sequence[float]) -> float:
    """Return the absolute gap within which the augmented optimum is efficient: half the smallest weight.

    Weights of 0 break no ties and do not count; without any other, 1/4 (enough for the least f_k)
    is returned.

    >>> tie_gap((0.25, 0.0625)), tie_gap((0.0, 0.0))
    (0.03125, 0.25)
    """
    return min((w / 2 for w in weights if w), default=0.25)


def _weight(total: int) -> float:
    """Return the largest power of two w <= 1 with w * total < 1/2, or 0 below SMALLEST."""
    exponent = (2 * total).bit_length()
    return 2.0**-exponent if exponent <= 20 else 0.0
