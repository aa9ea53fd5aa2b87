"""Participation: no nation is worse off than with one of its outside options.

``pareto``: no combination of outside options is at least as good in all three values and better in one. A
sanity check only. ``cone``, which verdicts about joining and leaving use: at all four corners of the nation's
intervals of money per autonomy point and per million of spin-off, membership is worth at least as much as
every combination of outside options. A nation that joins nothing has just its options to choose from;
for it ``pareto`` is asked in either sense.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction

from procure_opt.accounts.autonomy import autonomy_expression
from procure_opt.accounts.cost import at_most_literal, cost_expression, less_than_literal
from procure_opt.accounts.foresight import depends_on_others
from procure_opt.accounts.logic import at_least, conjunction, disjunction
from procure_opt.accounts.spinoff import spinoff_expression
from procure_opt.accounts.symbols import Expression, Row, Symbols, member
from procure_opt.accounts.values import NationalValues, national_values, values_outside
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation

Rates = tuple[Fraction, Fraction]
"""Million per autonomy point, million per million of spin-off."""


def _sense(case: Case) -> str:
    return case.participation.sense if case.applies(case.participation.id) else "off"


def _prefers_outside(outside: NationalValues, inside: NationalValues) -> bool:
    as_good = (
        outside.autonomy.points >= inside.autonomy.points
        and outside.spinoff >= inside.spinoff
        and outside.cost <= inside.cost
    )
    same = (outside.autonomy.points, outside.spinoff, outside.cost) == (
        inside.autonomy.points,
        inside.spinoff,
        inside.cost,
    )
    return as_good and not same


def corners(case: Case, nation: str) -> tuple[Rates, ...]:
    """Return the four corners of the nation's exchange rates; none if it states no rates."""
    stated = case.nations[nation].exchange_rates
    if stated is None:
        return ()
    points = (stated.autonomy.low.exact, stated.autonomy.high.exact)
    return tuple(itertools.product(points, (stated.spinoff.low.exact, stated.spinoff.high.exact)))


def _worth(values: NationalValues, rates: Rates) -> Fraction:
    """Million: what the values are worth to a nation at these rates, less their cost."""
    return rates[0] * values.autonomy.points + rates[1] * values.spinoff - values.cost


def _regrets(case: Case, nation: str, outside: NationalValues, inside: NationalValues) -> bool:
    """Would the nation, as a member, rather be outside at some corner of its rates?"""
    return any(_worth(inside, rates) < _worth(outside, rates) for rates in corners(case, nation))


def rather_outside(case: Case, structure: Structure) -> Iterator[tuple[str, Structure]]:
    """Yield (nation, what it would rather do: its outside options, all else empty)."""
    sense = _sense(case)
    if sense == "off":
        return
    for nation in sorted(case.nations):
        joins = any(nation in plan.tiers for plan in structure.pillars.values())
        inside = national_values(case, structure, nation)
        for alone, outside in values_outside(case, nation):
            by_rates = sense == "cone" and joins
            worse = _regrets(case, nation, outside, inside) if by_rates else _prefers_outside(outside, inside)
            if worse:
                yield nation, alone


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield nations that would rather take an outside option."""
    for nation, alone in rather_outside(case, structure):
        options = ", ".join(option for _, option in alone.taken_outside(nation)) or "staying out"
        yield Violation("participation", f"{nation} is better off with {options}", case.participation.id)


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield: better somewhere, or as good everywhere, against every combination of outside options."""
    sense = _sense(case)
    for nation in sorted(case.nations) if sense != "off" else []:
        if sense == "cone":
            yield from _cone_rows(case, x, nation)
            continue
        for _, outside in values_outside(case, nation):
            good = _good_enough(case, x, nation, outside)
            if not (isinstance(good, int) and good == 1):
                reason = f"{nation} is not better off outside"
                yield Row(good >= 1, reason, case.participation.id)


def _good_enough(case: Case, x: Symbols, nation: str, outside: NationalValues) -> Expression:
    points, gain = autonomy_expression(case, x, nation), spinoff_expression(case, x, nation)
    cheaper = less_than_literal(case, x, nation, outside.cost)
    as_good = [
        at_least(x, points, outside.autonomy.points),
        at_least(x, gain, outside.spinoff),
        at_most_literal(case, x, nation, outside.cost),
    ]
    better = [
        at_least(x, points, outside.autonomy.points + 1),
        at_least(x, gain, outside.spinoff + 1),
        cheaper,
    ]
    return disjunction(x, [*better, conjunction(x, as_good)])


def _cone_rows(case: Case, x: Symbols, nation: str) -> Iterator[Row]:
    """Yield a row per corner for members; outsiders may not take what another option beats."""
    joined = disjunction(x, [member(x, nation, pillar) for pillar in sorted(case.pillars)])
    known = values_outside(case, nation)
    yield from _outsider_rows(case, x, nation, joined)
    points, gain = autonomy_expression(case, x, nation), spinoff_expression(case, x, nation)
    paid = cost_expression(case, x, nation)
    for rates in corners(case, nation):
        best = max((_worth(outside, rates) for _, outside in known), default=None)
        if best is None:
            continue
        worth = x.total([(rates[0], points), (rates[1], gain), (-1, paid)])
        room = max(best - x.bounds(worth)[0], Fraction(0))
        row = x.total([(1, worth), (-room, joined)]) >= float(best - room)
        yield Row(row, f"{nation} is not better off outside at its rates", case.participation.id)


def _outsider_rows(case: Case, x: Symbols, nation: str, joined: Expression) -> Iterator[Row]:
    """Yield: who joins nothing and takes these options has the points from which nothing beats them.

    Cost and spin-off of an outsider are those of its options; its points may depend on what others do.
    """
    known = values_outside(case, nation)
    for alone, mine in known:
        options = list(alone.taken_outside(nation))
        needed = _points_needed(mine, [other for _, other in known])
        taken = [x.outside(nation, need, option) for need, option in options]
        elsewhere = x.total([(1, joined), *((-1, each) for each in taken)]) + len(taken)
        reason = f"{nation} takes no option that another one beats"
        if depends_on_others(case, nation, options):
            enough = autonomy_expression(case, x, nation) + needed * elsewhere >= needed
            yield Row(enough, reason, case.participation.id)
        elif needed > mine.autonomy.points:
            yield Row(elsewhere >= 1, reason, case.participation.id)


def _points_needed(mine: NationalValues, known: Iterable[NationalValues]) -> int:
    """Return the points from which no other option beats what costs and gains as much as ``mine``."""
    as_good = (other for other in known if other.spinoff >= mine.spinoff and other.cost <= mine.cost)
    return max(
        other.autonomy.points + ((other.spinoff, other.cost) != (mine.spinoff, mine.cost))
        for other in as_good
    )
