"""What rules cost, and what knowing a red line early was worth, as plain data: exact, without a clock.

Shares of hypervolume and payments are fractions in text; values, savings and what is dearer are whole numbers
in the units of the view, cost in ``cost_parts`` of a million.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from procure_opt.accounts.views import cost_parts
from procure_opt.case.model import Case
from procure_opt.claim import Efficient
from procure_opt.pareto.hypervolume import Reference

from .document import Json, named
from .whatif import case_named, front_data, repairs_data

if TYPE_CHECKING:
    from procure_opt.analysis.prices import Best, EarlyLate, Price, PriceTable
    from procure_opt.analysis.repairs import Repairs
    from procure_opt.front import Front

NAME, VERSION = "procure_opt.redlines", 1


def redlines_document(table: PriceTable) -> Json:
    """Return the prices of rules."""
    return {
        **_head(table.front.case),
        "complete": not table.stopped and table.front.complete and all(p.complete for p in table.prices),
        "front": front_data(table.front.claim),
        "box": _box(table.reference),
        "share": str(table.volume),
        "best": _best(table.best),
        "prices": [_price(each) for each in table.prices],
    }


def impossible_document(case: Case, found: Repairs) -> Json:
    """Return why a case has no structure, and so no prices."""
    return {**_head(case), "complete": found.complete, "no_structure": repairs_data(found)}


def late_document(found: EarlyLate, signed: Efficient, broken: Mapping[str, str]) -> Json:
    """Return what knowing red lines early was worth.

    ``signed``: what was signed, with its values; ``broken``: rules that it breaks.
    """
    return {
        **_head(found.early.case),
        "complete": found.complete,
        "signed": {"id": signed.id, "values": named(signed.values), "breaks": sorted(broken)},
        "late_lines": list(found.ids),
        "box": _box(found.reference),
        "early": _side(found.early, found.early_volume, found.best_early),
        "late": _side(found.late, found.late_volume, found.best_late),
        "worth_of_knowing_early": str(found.worth),
        "lost": [each.id for each in found.lost],
        "dearer": list(found.dearer),
    }


def _side(front: Front, volume: Fraction, best: Mapping[str, Best]) -> Json:
    return {"front": front_data(front.claim), "share": str(volume), "best": _best(best)}


def _head(case: Case) -> Json:
    return {
        "schema": {"name": NAME, "version": VERSION},
        "case": case_named(case),
        "resolution": named(case.resolution.steps),
        "cost_parts": cost_parts(case),
    }


def _box(box: Reference | None) -> Json | None:
    """Return the box with every goal minimised: autonomy and spin-off are negative."""
    return None if box is None else {"ideal": list(box.ideal), "worst": [str(each) for each in box.worst]}


def _best(best: Mapping[str, Best]) -> Json:
    return {
        nation: {"autonomy": each.autonomy, "spinoff": each.spinoff, "pays": str(each.pays)}
        for nation, each in sorted(best.items())
    }


def _price(price: Price) -> Json:
    return {
        "ids": list(price.ids),
        "front": front_data(price.front.claim),
        "gain": str(price.gain),
        "savings": list(price.savings),
        "freed": [each.id for each in price.freed],
        "no_longer_efficient": [each.id for each in price.made],
        "best": _best(price.best),
    }
