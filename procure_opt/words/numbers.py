"""Numbers as people read them: four digits that count, thousands apart, the unit beside."""

from __future__ import annotations

import math
from fractions import Fraction

DIGITS = 4


def _rounded(value: Fraction, unit: Fraction) -> Fraction:
    """Round to a multiple of the unit, half away from zero."""
    size = math.floor(abs(value) / unit + Fraction(1, 2)) * unit
    return size if value >= 0 else -size


def amount(value: int | Fraction) -> str:
    """Return an amount with its four leading digits; below a thousand with at most one decimal.

    >>> amount(9301), amount(123456), amount(Fraction(27243, 6)), amount(Fraction(1, 3)), amount(0)
    ('9,301', '123,500', '4,541', '0.3', '0')
    """
    whole = len(str(math.floor(abs(Fraction(value)))))
    decimals = 1 if Fraction(value).denominator > 1 and whole < DIGITS else 0
    place = max(whole - DIGITS, -decimals)
    unit = Fraction(10**place) if place >= 0 else Fraction(1, 10)
    rounded = _rounded(Fraction(value), unit)
    if decimals:
        return f"{float(rounded):,.1f}".removesuffix(".0")
    return f"{math.floor(rounded):,}"


def points(value: int) -> str:
    """Return a whole number exactly.

    >>> points(1060)
    '1,060'
    """
    return f"{value:,}"


def signed(value: int | Fraction) -> str:
    """Return an amount with its sign.

    >>> signed(81), signed(-20), signed(0)
    ('+81', '-20', '0')
    """
    return f"+{amount(value)}" if value > 0 else amount(value)


def percent(value: int | Fraction, decimals: int = 1) -> str:
    """Return a percentage.

    >>> percent(Fraction(1060, 12)), percent(50), percent(Fraction(2, 3), 0)
    ('88.3 %', '50.0 %', '1 %')
    """
    rounded = _rounded(Fraction(value), Fraction(1, 10**decimals))
    return f"{float(rounded):.{decimals}f} %"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "structure"), counted(9, "structure"), counted(2, "body", "bodies")
    ('1 structure', '9 structures', '2 bodies')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
