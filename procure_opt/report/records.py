"""What was really agreed, marked in the pictures: the efficient structures that agree with most of it."""

from __future__ import annotations

from typing import Any

from procure_opt.claim import Claim
from procure_opt.errors import printable
from procure_opt.formulation.record import agreement, items_of


def records(claim: Claim) -> list[dict[str, Any]]:
    """Return, for each record of the case, its known items and the structures that agree with most of them.

    Only the structures shown are compared, one for each vector: ``hindcast`` looks at all that share one.
    """
    told = []
    for name, history in sorted(claim.case.historical.items()):
        items = items_of(claim.case, history)
        met = [agreement(claim.case, each.structure, items) for each in claim.structures]
        most = max(met, default=0)
        told.append(
            {
                "id": name,
                "date": history.date,
                "text": printable(history.text or name, 500),
                "items": [item.text for item in items],
                "most": most,
                "nearest": [place for place, count in enumerate(met) if count == most] if items else [],
            }
        )
    return told
