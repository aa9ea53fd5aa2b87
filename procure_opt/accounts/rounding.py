"""The one place where money is rounded: half up, once per constant, in both twins."""

from __future__ import annotations

from fractions import Fraction


def half_up(amount: Fraction) -> int:
    """Round to the nearest whole million, halves up.

    >>> half_up(Fraction(5, 2)), half_up(Fraction(-5, 2)), half_up(Fraction(7, 3))
    (3, -2, 2)
    """
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)
