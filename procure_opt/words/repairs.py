"""Why something is impossible, and what would have to go, in the words of the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from procure_opt.case.model import Case

from .names import listed
from .numbers import counted
from .standing import red_line_text

if TYPE_CHECKING:
    from procure_opt.analysis.repairs import Repairs


def repairs_text(case: Case, found: Repairs, what: Mapping[str, str]) -> list[str]:
    """Return all conflicts rule by rule, then the repairs; ``what``: id -> what it switches off."""
    if found.possible:
        return ["possible: some structure obeys every rule that applies"]
    if () in found.conflicts:
        return ["impossible, whatever rules are dropped: it contradicts what cannot be switched off"]
    lines = ["impossible" if found.complete else "impossible; there was no time or place for all reasons"]
    for number, conflict in enumerate(found.conflicts, start=1):
        lines += [f"conflict {number}: these cannot hold together with it", *_told(case, conflict, what)]
    count = counted(len(found.repairs), "smallest way", "smallest ways")
    known = "" if found.complete else " found so far; there may be others"
    lines += ["", f"{count} to make it possible{known}: drop {_either(found.repairs)}"]
    return lines


def _told(case: Case, ids: Iterable[str], what: Mapping[str, str]) -> list[str]:
    return [
        f"  {red_line_text(case, name) if name in case.red_lines else f'{name}: {what[name]}'}"
        for name in ids
    ]


def _either(repairs: Sequence[Sequence[str]]) -> str:
    return "; or ".join(listed(repair) for repair in repairs) or "nothing known"
