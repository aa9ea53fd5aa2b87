"""The three values of a structure in words, in the view of the case; from one place for all who tell them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from procure_opt.accounts.views import EGALITARIAN, cost_parts, focal_nation
from procure_opt.case.model import Case
from procure_opt.claim import autonomy_percent

from .names import money_unit, nation_name
from .numbers import amount, counted, percent, points, signed

PER_MILLE = "per mille"


def view_text(case: Case) -> str:
    """Return what the view supposes, in a sentence."""
    nation = focal_nation(case)
    if nation is not None:
        return f"the values of {nation_name(case, nation)} alone; the others join if they are no worse off"
    if case.view == EGALITARIAN:
        return "the smallest gain of any nation over what it has alone, in per mille of its ideal gain"
    return (
        "stake-weighted autonomy, summed spin-off, summed cost; it supposes that treasuries can "
        "compensate each other"
    )


def units(case: Case) -> tuple[str, str, str]:
    """Return the units in which the values are counted."""
    unit = money_unit(case)
    nation = focal_nation(case)
    if case.view == EGALITARIAN:
        return f"{PER_MILLE} of the ideal gain", f"{PER_MILLE} of the ideal gain", f"{PER_MILLE} not saved"
    if nation is None:
        return "stake-weighted points", unit, unit
    parts = cost_parts(case)
    return "points", unit, unit if parts == 1 else f"1/{parts} {unit}"


def value_texts(case: Case, values: Sequence[int]) -> tuple[str, str, str]:
    """Return the three values, each with its unit."""
    autonomy, spinoff, cost = values
    if case.view == EGALITARIAN:
        return tuple(f"{points(value)} {PER_MILLE}" for value in values)  # type: ignore[return-value]
    unit = money_unit(case)
    share = percent(autonomy_percent(case, autonomy))
    paid = Fraction(cost, cost_parts(case))
    return (
        f"{share} ({counted(autonomy, 'point')})",
        f"{amount(spinoff)} {unit}",
        f"{amount(paid)} {unit}",
    )


def change_texts(case: Case, changes: Sequence[int]) -> tuple[str, str, str]:
    """Return how far the three values move, each with its unit."""
    autonomy, spinoff, cost = changes
    sign = "+" if autonomy > 0 else ""
    if case.view == EGALITARIAN:
        return tuple(f"{signed(change)} {PER_MILLE}" for change in changes)  # type: ignore[return-value]
    unit = money_unit(case)
    share = f"{sign}{percent(autonomy_percent(case, autonomy))} of its maximum"
    return (
        f"{sign}{points(autonomy)} points ({share})",
        f"{signed(spinoff)} {unit}",
        f"{signed(Fraction(cost, cost_parts(case)))} {unit}",
    )


def cells(case: Case, values: Sequence[int]) -> tuple[str, str, str, str]:
    """Return autonomy in percent and in points, spin-off and cost, for a table without units."""
    autonomy, spinoff, cost = values
    paid = points(cost) if case.view == EGALITARIAN else amount(Fraction(cost, cost_parts(case)))
    gained = points(spinoff) if case.view == EGALITARIAN else amount(spinoff)
    return percent(autonomy_percent(case, autonomy)), points(autonomy), gained, paid


def table_units(case: Case) -> str:
    """Return the line above a table that says what its numbers are."""
    if case.view == EGALITARIAN:
        return "gains in per mille of the ideal gain; cost: per mille of the ideal saving that is missed"
    which = "points" if focal_nation(case) else "stake-weighted points"
    return f"autonomy in percent of its maximum and in {which}; money in {money_unit(case)}"


def resolution_text(case: Case, resolution: tuple[int, int, int]) -> str:
    """``1 point of autonomy, 1 million EUR of spin-off, 1 million EUR of cost``."""
    steps, spinoff, cost = resolution
    if case.view == EGALITARIAN:
        return f"{steps}, {spinoff} and {cost} {PER_MILLE}"
    unit, parts = money_unit(case), cost_parts(case)
    paid = f"{amount(cost)} {unit}" if parts == 1 else f"{amount(Fraction(cost, parts))} {unit}"
    return f"{counted(steps, 'point')} of autonomy, {amount(spinoff)} {unit} of spin-off, {paid} of cost"
