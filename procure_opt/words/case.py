"""A case in a few lines: what it states, and on which data."""

from __future__ import annotations

from procure_opt.case.model import Case
from procure_opt.errors import printable
from procure_opt.structure.arrangements import arrangements

from .numbers import counted
from .quality import quality
from .standing import standing

_LONGEST = 300


def summary(case: Case, warnings: int) -> list[str]:
    """Return what a check has to say if there is no error."""
    return [
        f"{printable(case.title, _LONGEST)} ({case.id})",
        printable(case.marking, _LONGEST),
        f"as of {case.as_of}; {edition(case)}",
        size(case),
        *standing(case),
        f"data: {quality(case)}",
        f"sha256 {case.digest}",
        f"no errors, {counted(warnings, 'warning')}",
    ]


def edition(case: Case) -> str:
    """Return which edition of the case it is."""
    if case.decision is None:
        return "no decision date, so red lines count up to then"
    return f"edition of the decision of {case.decision.date}"


def size(case: Case) -> str:
    """Return how much there is to decide."""
    packages = [
        (pillar, name) for pillar, stated in sorted(case.pillars.items()) for name in sorted(stated.packages)
    ]
    ways = sum(len(arrangements(case, pillar, name)) for pillar, name in packages)
    parts = [
        counted(len(case.nations), "nation"),
        counted(len(case.pillars), "pillar"),
        counted(len(packages), "work package") + f" in {counted(ways, 'arrangement')}",
        counted(len(case.tasks), "task"),
        counted(len(case.red_lines), "red line"),
    ]
    return ", ".join(parts)
