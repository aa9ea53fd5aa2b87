"""What is said first of every result: which case, as of when, in whose view, how complete, on which data."""

from __future__ import annotations

import math

from procure_opt.case.model import Case
from procure_opt.claim import Claim, Evidence
from procure_opt.errors import printable

from .case import edition
from .numbers import counted
from .quality import quality
from .standing import standing
from .values import resolution_text, view_text

_LONGEST = 300


def opening(claim: Claim) -> list[str]:
    """Return the lines that stand above every result."""
    case = claim.case
    return [
        f"{printable(case.title, _LONGEST)} ({case.id})",
        printable(case.marking, _LONGEST),
        f"as of {case.as_of}; {edition(case)}",
        f"view {case.view}: {view_text(case)}",
        completeness(claim.case, claim.evidence, len(claim.structures)),
        *standing(case),
        f"data: {quality(case)}",
    ]


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
