"""What is said first of every result: which case, as of when, in whose view, how complete, on which data."""

from __future__ import annotations

import math

from procure_opt.case.model import Case
from procure_opt.claim import Claim, Evidence
from procure_opt.errors import printable

from .case import edition
from .names import money_unit
from .numbers import amount, counted
from .quality import quality
from .standing import standing

_LONGEST = 300

VIEWS = {
    "programme": "stake-weighted autonomy, summed spin-off, summed cost; it supposes that treasuries can "
    "compensate each other",
}


def opening(claim: Claim) -> list[str]:
    """Return the lines that stand above every result."""
    case = claim.case
    return [
        f"{printable(case.title, _LONGEST)} ({case.id})",
        printable(case.marking, _LONGEST),
        f"as of {case.as_of}; {edition(case)}",
        f"view {case.view}: {VIEWS.get(case.view, '')}",
        completeness(claim.case, claim.evidence, len(claim.structures)),
        *standing(case),
        f"data: {quality(case)}",
    ]


def resolution_text(case: Case, resolution: tuple[int, int, int]) -> str:
    """``1 point, 1 million EUR, 1 million EUR``."""
    points, spinoff, cost = resolution
    unit = money_unit(case)
    money = f"{amount(spinoff)} {unit} of spin-off, {amount(cost)} {unit} of cost"
    return f"{counted(points, 'point')} of autonomy, {money}"


def completeness(case: Case, evidence: Evidence, structures: int) -> str:
    """Return how complete the result is, never just "done"."""
    step = resolution_text(case, evidence.resolution)
    count = counted(structures, "efficient structure")
    if evidence.complete:
        return f"complete at resolution {step}: {count}"
    share = math.floor(100 * evidence.proven_share)
    zones = counted(len(evidence.open_bounds), "zone")
    found = f"{count} so far at resolution {step}"
    return f"incomplete ({evidence.reason}): {share} % of the region proven, {zones} open; {found}"
