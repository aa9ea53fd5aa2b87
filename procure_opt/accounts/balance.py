"""How far work may be from a cost share: two multiples of it, or an absolute band around it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from procure_opt.case.pillars import JusteRetour

from .symbols import Expression, Symbols


def limits(rule: JusteRetour, paid: Fraction, value: int) -> tuple[Fraction | None, Fraction | None]:
    """Least and most work, million, for a share of ``paid`` million of a base of ``value`` million."""
    lows = [rule.min_percent.exact / 100 * paid] if rule.min_percent is not None else []
    highs = [rule.max_percent.exact / 100 * paid] if rule.max_percent is not None else []
    if rule.band_percent is not None:
        band = rule.band_percent.exact / 100 * value
        lows, highs = [*lows, paid - band], [*highs, paid + band]
    return max(lows, default=None), min(highs, default=None)


def sides(
    x: Symbols,
    rule: JusteRetour,
    bound: Expression,
    work: Expression,
    paid: Expression,
    value: Expression,
    most: int,
) -> Iterator[Expression]:
    """Yield ``low <= work`` and ``work <= high`` where ``bound`` is 1; work in hundredths, up to ``most``."""
    lows = [] if rule.min_percent is None else [x.total([(rule.min_percent.exact, paid)])]
    highs = [] if rule.max_percent is None else [x.total([(rule.max_percent.exact, paid)])]
    if rule.band_percent is not None:
        band = rule.band_percent.exact
        lows.append(x.total([(100, paid), (-band, value)]))
        highs.append(x.total([(100, paid), (band, value)]))
    for low in lows:
        room = max(x.bounds(low)[1], 0)
        yield x.total([(1, work), (-1, low), (-room, bound)], room) >= 0
    for high in highs:
        room = most - min(x.bounds(high)[0], 0)
        yield x.total([(1, work), (-1, high), (room, bound)], -room) <= 0
