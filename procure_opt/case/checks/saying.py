"""How checks say things: errors, warnings, unknown names with the name that was probably meant."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from ..paths import Path
from ..shapes import some
from ..spelling import closest
from ..validate import Remark

_LARGEST_VOCABULARY = 200  # looking for a near word among more would take longer than reading them


def error(path: Path, message: str) -> Remark:
    """Return a remark that makes the case unusable."""
    return Remark(path, "error", message)


def warning(path: Path, message: str) -> Remark:
    """Return a remark that the case can live with."""
    return Remark(path, "warning", message)


def unknown(path: Path, name: str, what: str, known: Collection[str]) -> Remark:
    """Return the error about a name that is not among the known ones.

    >>> unknown((), "GBX", "a nation of this case", ["GBR", "ITA"]).message
    '"GBX" is not a nation of this case (GBR, ITA); did you mean "GBR"?'
    """
    near = closest(name, known) if len(known) <= _LARGEST_VOCABULARY else None
    listed = f"({some(sorted(known), 12)})" if known else "(none is stated)"
    return error(path, f'"{name}" is not {what} {listed}' + (f'; did you mean "{near}"?' if near else ""))


def more(verb: str, places: int) -> str:
    """Return how many other places there are of which the same is true, in brackets; nothing if none.

    >>> more("are", 3), more("do", 1)
    (' (as are 2 more numbers)', '')
    """
    others = places - 1
    if others == 1:
        return f" (as {'is' if verb == 'are' else 'does'} 1 more number)"
    return f" (as {verb} {others} more numbers)" if others else ""


def amount(number: Fraction | float) -> str:
    """Return a number as a message writes it: whole, or with as few digits as are needed.

    >>> amount(Fraction(5)), amount(Fraction(5, 2)), amount(4700.0)
    ('5', '2.5', '4700')
    """
    return str(int(number)) if number == int(number) else f"{float(number):.6g}"
