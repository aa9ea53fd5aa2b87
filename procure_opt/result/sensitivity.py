"""A sensitivity analysis as plain data: exact, sorted, without a clock."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from procure_opt.accounts.views import cost_parts, maximum
from procure_opt.case.model import Case

from .document import Json, named

if TYPE_CHECKING:
    from procure_opt.analysis.sensitivity import Run, Seats, Verdicts

NAME, VERSION = "procure_opt.sensitivity", 1
MARK = f'"name": "{NAME}"'.encode()


def sensitivity_document(
    case: Case, runs: Sequence[Run], *, coarser: int, time_limit: float, level: int, planned: int
) -> Json:
    """Return the analysis of a case, as the case states it; the runs are ``coarser`` by that factor.

    ``planned``: how many runs there should be beside the base; fewer if it was stopped.
    """
    return {
        "schema": {"name": NAME, "version": VERSION},
        "case": {
            "id": case.id,
            "title": case.title,
            "marking": case.marking,
            "as_of": case.as_of,
            "sha256": case.digest,
        },
        "coarser": coarser,
        "time_limit": f"{time_limit:g} s",
        "level": level,
        "planned": planned,
        "runs": [_run(run) for run in runs],
    }


def _run(run: Run) -> Json:
    case = run.variation.case
    return {
        "kind": run.variation.kind,
        "name": run.variation.name,
        "refused": run.variation.refused or None,
        "case": None if case is None else _stated(case),
        "verdicts": None if run.verdicts is None else _verdicts(run.verdicts),
        "changed": list(run.changed),
    }


def _stated(case: Case) -> Json:
    return {
        "sha256": case.digest,
        "view": case.view,
        "resolution": named(case.resolution.steps),
        "most_autonomy_possible": maximum(case),
        "cost_parts": cost_parts(case),
    }


def _verdicts(found: Verdicts) -> Json:
    return {
        "complete": found.complete,
        "reason": found.reason,
        "structures": found.structures,
        "pillars": {pillar: str(share) for pillar, share in found.pillars},
        "best": None if found.best is None else named(found.best),
        "thirds": [_third(*third) for third in found.thirds],
        "cheapest": _seated(found.cheapest),
        "most_autonomous": _seated(found.autonomous),
    }


def _third(first: str, second: str, third: str, best: Fraction | None) -> Json:
    return {"held": [first, second], "third": third, "percent": None if best is None else str(best)}


def _seated(seats: Seats | None) -> Any:
    return None if seats is None else {pillar: dict(tiers) for pillar, tiers in seats}
