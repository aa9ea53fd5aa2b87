"""The three goals as axes: numbers for a machine, titles with units for people."""

from __future__ import annotations

from dataclasses import dataclass

from procure_opt.accounts.views import EGALITARIAN
from procure_opt.case.model import Case
from procure_opt.claim import Claim
from procure_opt.words.names import money_unit
from procure_opt.words.values import PER_MILLE


@dataclass(frozen=True, slots=True)
class Axis:
    """One goal: its title with its unit, and its value in every structure of the claim."""

    title: str
    values: tuple[float, ...]


def autonomy_axis(claim: Claim) -> Axis:
    """Autonomy in percent of its maximum."""
    of = "ideal gain" if claim.case.view == EGALITARIAN else "maximum"
    values = tuple(float(each.autonomy_percent) for each in claim.structures)
    return Axis(f"autonomy (percent of its {of})", values)


def spinoff_axis(claim: Claim) -> Axis:
    """Spin-off in the money of the case."""
    return Axis(f"spin-off ({_unit(claim.case)})", tuple(float(each.values[1]) for each in claim.structures))


def cost_axis(claim: Claim) -> Axis:
    """Cost in the money of the case."""
    return Axis(f"cost ({_unit(claim.case)})", tuple(float(each.cost) for each in claim.structures))


def _unit(case: Case) -> str:
    return PER_MILLE if case.view == EGALITARIAN else f"{money_unit(case)}, prices of {case.money.price_base}"
