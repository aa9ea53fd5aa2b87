"""A sensitivity analysis as a Markdown table: one run a line, what differs from the base run in bold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from procure_opt.case.model import Case
from procure_opt.errors import printable

from .case import edition
from .names import money_unit
from .numbers import counted, percent
from .quality import quality
from .table import WORDS
from .values import cells, resolution_text

if TYPE_CHECKING:
    from procure_opt.analysis.sensitivity import Run, Seats, Verdicts

_LONGEST = 300
HEAD = "# Sensitivity of "
NAMES = {
    "front": "front",
    "pillars": "pillars",
    "autonomy": "most autonomy",
    "spinoff": "most spin-off",
    "cost": "least cost",
    "third cost": "A+S held: cost",
    "third spinoff": "A+C held: spin-off",
    "third autonomy": "S+C held: autonomy",
    "cheapest": "cheapest",
    "autonomous": "most autonomous",
}
"""Name of a verdict -> head of its column."""
_EMPTY = "-"


def sensitivity(
    case: Case, runs: Sequence[Run], *, coarser: int, time_limit: float, level: int, planned: int
) -> list[str]:
    """Return the analysis as lines of Markdown; ``case`` is that of the base run, which comes first.

    ``coarser``: by how much the runs are coarser than the case asks; ``level``: percent of their ideal at
    which two goals are held; ``planned``: how many runs there should be beside the base.
    """
    groups = _groups(runs)
    return [
        f"{HEAD}{_escaped(case.title)} ({case.id})",
        "",
        *(f"- {line}" for line in _opening(case, coarser, time_limit)),
        "",
        *_table([list(NAMES.values()), *(_row(run, groups) for run in runs)], runs),
        "",
        *(f"- {line}" for line in _legend(case, groups, level)),
        "",
        *_changes(runs, planned),
    ]


def _opening(case: Case, coarser: int, time_limit: float) -> list[str]:
    resolution = resolution_text(case, case.resolution.steps)
    return [
        _escaped(case.marking),
        f"as of {case.as_of}; {edition(case)}",
        f"resolution {resolution}: {_coarser(coarser)}, in other views in proportion",
        f"at most {time_limit:g} s a run; a run that needs more is shown as incomplete, and proves nothing",
        f"data: {quality(case)}",
    ]


def _coarser(factor: int) -> str:
    return "as the case asks" if factor == 1 else f"{factor} times coarser than the case asks"


def _escaped(text: str) -> str:
    """Return text from a case so that it stays within its cell."""
    return printable(text, _LONGEST).replace("|", "\\|").replace("<", "&lt;")


# -- the table -------------------------------------------------------------------------------------------


def _table(rows: Sequence[Sequence[str]], runs: Sequence[Run]) -> list[str]:
    labels = ["run", *(_escaped(f"{run.variation.kind}: {run.variation.name}") for run in runs)]
    full = [[label, *row] for label, row in zip(labels, rows, strict=True)]
    widths = [max(len(row[column]) for row in full) for column in range(len(full[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in full
    ]
    return [lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]]


def _row(run: Run, groups: dict[Seats, str]) -> list[str]:
    found = run.verdicts
    if found is None:
        return [f"refused: {_escaped(run.variation.refused)}", *[_EMPTY] * (len(NAMES) - 1)]
    told = _cells(run, found, groups)
    return [f"**{told[name]}**" if name in run.changed else told[name] for name in NAMES]


def _cells(run: Run, found: Verdicts, groups: dict[Seats, str]) -> dict[str, str]:
    told = dict.fromkeys(NAMES, _EMPTY) | {"front": _front(found)}
    if found.best is None or run.variation.case is None:
        return told
    share, _, spinoff, cost = cells(run.variation.case, found.best)
    told |= {"pillars": _pillars(found.pillars), "autonomy": share, "spinoff": spinoff, "cost": cost}
    told |= {f"third {goal}": _held(best) for _, _, goal, best in found.thirds}
    seated = {"cheapest": found.cheapest, "autonomous": found.autonomous}
    return told | {name: groups[each] for name, each in seated.items() if each is not None}


def _front(found: Verdicts) -> str:
    if found.complete:
        return str(found.structures) if found.structures else "no structure"
    return f"incomplete ({found.reason}), {found.structures} so far"


def _pillars(shares: Iterable[tuple[str, Fraction]]) -> str:
    return ", ".join(f"{pillar} {percent(100 * share, 0)}" for pillar, share in shares)


def _held(best: Fraction | None) -> str:
    return "none" if best is None else percent(best, 0)


# -- what is said below it -------------------------------------------------------------------------------


def _groups(runs: Sequence[Run]) -> dict[Seats, str]:
    """Name every set of members that is the cheapest or the most autonomous somewhere: M1, M2, ..."""
    found: dict[Seats, str] = {}
    for run in runs:
        for seated in (run.verdicts.cheapest, run.verdicts.autonomous) if run.verdicts else ():
            if seated is not None:
                found.setdefault(seated, f"M{len(found) + 1}")
    return found


def _legend(case: Case, groups: dict[Seats, str], level: int) -> list[str]:
    unit = money_unit(case)
    return [
        "front: how many efficient structures at this resolution; changes with everything, so never bold",
        "pillars: share of the structures in which each exists; bold if it was on all, some or none before",
        f"most autonomy in percent of its maximum, most spin-off, least cost in {unit}, each by itself; bold"
        " if a step away or more; in another view they are others and not compared: a nation's own, or"
        " per mille of the ideal gains (egalitarian; cost: of the ideal saving that is missed)",
        f"two goals held at {level} % of their ideal: how far the third gets from worst to best value;"
        " none: no structure reaches both; bold if 10 points away",
        "cheapest, most autonomous: who sits there; within a step others may as well; bold if the structure"
        " of the base run breaks a rule now, or is a step away or more",
        *(f"{name}: {_seated(seats)}" for seats, name in groups.items()),
    ]


def _seated(seats: Seats) -> str:
    pillars = [
        f"{pillar}: {', '.join(f'{nation} {tier}' for nation, tier in tiers)}" for pillar, tiers in seats
    ]
    return "; ".join(pillars) or "nobody joins anything"


def _changes(runs: Sequence[Run], planned: int) -> list[str]:
    """Return how often each verdict changed, and whether runs are missing."""
    others = [run for run in runs[1:] if run.verdicts is not None and run.verdicts.complete]
    refused = sum(run.verdicts is None for run in runs)
    left = len(runs) - 1 - len(others) - refused
    counts = Counter(WORDS_OF[name] for run in others for name in run.changed)
    told = ", ".join(f"{what} in {number}" for what, number in counts.most_common()) or "nothing"
    missing = [f"Stopped after {len(runs) - 1} of {planned} runs."] if len(runs) - 1 < planned else []
    return [
        f"Changed in {counted(len(others), 'complete run')}: {told}. Incomplete: {left}; refused: {refused}.",
        *missing,
    ]


WORDS_OF = {
    **NAMES,
    **{f"third {goal}": f"what is left of {word}" for goal, word in WORDS.items()},
    "cheapest": "who is cheapest",
    "autonomous": "who is most autonomous",
}
