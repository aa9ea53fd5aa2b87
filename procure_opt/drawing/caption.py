"""What stands under every picture, so that none is shown without it: marking, date, view, completeness."""

from __future__ import annotations

from procure_opt.case.model import Case
from procure_opt.claim import Claim, Efficient
from procure_opt.errors import printable
from procure_opt.words.case import edition
from procure_opt.words.names import members
from procure_opt.words.opening import completeness
from procure_opt.words.values import value_texts

_LONGEST = 200


def caption(claim: Claim) -> list[str]:
    """Return the lines, as plain text."""
    case = claim.case
    return [
        f"{printable(case.marking, _LONGEST)}; as of {case.as_of}; {edition(case)}; view {case.view}",
        completeness(case, claim.evidence, len(claim.structures)),
    ]


def title(case: Case) -> str:
    """Return the title of the case with its id, as plain text."""
    return f"{printable(case.title, _LONGEST)} ({case.id})"


def told(each: Efficient) -> list[str]:
    """Return what is said of a structure when one points at it, as plain text."""
    autonomy, spinoff, cost = value_texts(each.case, each.values)
    values = [f"autonomy {autonomy}", f"spin-off {spinoff}", f"cost {cost}"]
    return [each.id, *values, printable(members(each.case, each.structure), _LONGEST)]
