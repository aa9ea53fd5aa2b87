"""Why something is impossible and what would make it possible, as plain data: exact, without a clock."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from procure_opt.case.model import Case
from procure_opt.case.thresholds import Threshold
from procure_opt.claim import Claim

from .document import Json, named, required

if TYPE_CHECKING:
    from procure_opt.analysis.repairs import Move, Repairs

NAME, VERSION = "procure_opt.whatif", 1
Fronts = Sequence[tuple[int | None, Claim]]
"""Place of a repair -> the front that it gives; None: the front as it is, or with what is required."""


def whatif_document(case: Case, found: Repairs, before: Claim | None = None, after: Fronts = ()) -> Json:
    """Return the answer about a case with what is required of it.

    ``before``: the front of the case as it is, ``after``: what comes of each repair (or, place None, of
    what is required as it is), where they were asked for.
    """
    fronts = [*([] if before is None else [before]), *(front for _, front in after)]
    return {
        "schema": {"name": NAME, "version": VERSION},
        "case": case_named(case),
        "required": list(required(case)),
        **repairs_data(found),
        "complete": found.complete and all(front.evidence.complete for front in fronts),
        "fronts": None if before is None else _fronts(before, after),
    }


def case_named(case: Case) -> Json:
    """Return which case it is, in which view."""
    return {
        "id": case.id,
        "title": case.title,
        "marking": case.marking,
        "as_of": case.as_of,
        "sha256": case.digest,
        "view": case.view,
        "off": sorted(case.off),
        "on": sorted(case.on),
    }


def repairs_data(found: Repairs) -> Json:
    """Return conflicts and repairs; ids of rules and names of numbers apart."""
    numbers = {each.name for each in found.numbers}
    places = range(len(found.repairs))
    return {
        "possible": found.possible,
        "complete": found.complete,
        "may_move": [_number(each) for each in found.numbers],
        "conflicts": [
            {
                "rules": [name for name in conflict if name not in numbers],
                "numbers": [name for name in conflict if name in numbers],
            }
            for conflict in found.conflicts
        ],
        "repairs": [
            {"drop": list(found.dropped_in(place)), "move": [_move(each) for each in found.moved_in(place)]}
            for place in places
        ],
    }


def _number(each: Threshold) -> Json:
    return {
        "name": each.name,
        "places": list(each.where),
        "stated": plain_text(each.number.value),
        "low": plain_text(each.number.low),
        "high": plain_text(each.number.high),
        "eases": each.eases,
        "step": plain_text(each.step),
    }


def _move(each: Move) -> Json:
    return {
        "name": each.number.name,
        "from": plain_text(each.number.number.value),
        "to": plain_text(each.to),
        "smallest": each.smallest,
    }


def plain_text(value: Decimal | None) -> str | None:
    """Return an exact decimal as text without exponent."""
    return None if value is None else f"{value:f}"


def _fronts(before: Claim, after: Fronts) -> Json:
    return {
        "as_it_is": front_data(before),
        "repaired": [{"repair": place, "front": front_data(front)} for place, front in after],
    }


def front_data(front: Claim) -> Json:
    """Return a front in short: whether complete, and ids with values."""
    return {
        "complete": front.evidence.complete,
        "reason": front.evidence.reason,
        "points": [{"id": each.id, "values": named(each.values)} for each in front.structures],
    }
