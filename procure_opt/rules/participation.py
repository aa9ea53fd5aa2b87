"""Participation: no nation is worse off than with one of its outside options.

``pareto``: no combination of outside options is at least as good in all three values and better in one.
A sanity check only: verdicts about joining and leaving use the cone of exchange rates.
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.autonomy import autonomy_expression
from procure_opt.accounts.cost import at_most_literal, less_than_literal
from procure_opt.accounts.logic import at_least, conjunction, disjunction
from procure_opt.accounts.spinoff import spinoff_expression
from procure_opt.accounts.symbols import Expression, Row, Symbols
from procure_opt.accounts.values import NationalValues, national_values, values_outside
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def _binds(case: Case) -> bool:
    return case.participation.sense == "pareto" and case.applies(case.participation.id)


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


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield nations that an outside option dominates."""
    if not _binds(case):
        return
    for nation in sorted(case.nations):
        inside = national_values(case, structure, nation)
        for alone, outside in values_outside(case, nation):
            if _prefers_outside(outside, inside):
                options = ", ".join(option for _, option in alone.taken_outside(nation)) or "staying out"
                text = f"{nation} is better off with {options}"
                yield Violation("participation", text, case.participation.id)


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield: better somewhere, or as good everywhere, against every combination of outside options."""
    if not _binds(case):
        return
    for nation in sorted(case.nations):
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
