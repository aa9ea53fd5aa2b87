"""Numbers as people read them: four digits that count, thousands apart, the unit beside."""

from __future__ import annotations

from fractions import Fraction

DIGITS = 4


def _steps(value: int | Fraction, step: int = 1, per_one: int = 1) -> int:
    """Return how many steps of ``step / per_one`` the value is, half away from zero.

    >>> _steps(Fraction(5, 2)), _steps(Fraction(-5, 2)), _steps(149, step=100), _steps(Fraction(1, 3), 1, 10)
    (3, -3, 1, 3)
    """
    above, below = 2 * abs(value.numerator) * per_one, value.denominator * step
    size = (above + below) // (2 * below)
    return size if value >= 0 else -size


def amount(value: int | Fraction) -> str:
    """Return an amount with its four leading digits; below a thousand with at most one decimal.

    >>> amount(9301), amount(123456), amount(Fraction(27243, 6)), amount(Fraction(1, 3)), amount(0)
    ('9,301', '123,500', '4,541', '0.3', '0')
    """
    whole = len(str(abs(value.numerator) // value.denominator))
    if value.denominator > 1 and whole < DIGITS:
        return f"{_steps(value, per_one=10) / 10:,.1f}".removesuffix(".0")
    unit = 10 ** max(whole - DIGITS, 0)
    return f"{_steps(value, unit) * unit:,}"


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
    parts = 10**decimals
    return f"{_steps(value, per_one=parts) / parts:.{decimals}f} %"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "structure"), counted(9, "structure"), counted(2, "body", "bodies")
    ('1 structure', '9 structures', '2 bodies')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
