"""The inputs that move a front most, as a ranking; and what to do if there is none, or an old one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from procure_opt.errors import printable

from .numbers import counted

if TYPE_CHECKING:
    from procure_opt.result.influence import Ranked, Ranking

_LONGEST = 300
_PER_CENT = 10
"""Per mille in a percent."""
ASSUMED_AT_MOST = (2, 5)
"""Of the inputs that matter most, at most this part should be assumed: 8 of 20."""


def ranking_text(ranking: Ranking | None, digest: str, command: str) -> list[str]:
    """Return the stored ranking of a case with this digest, or one line that says how to make or renew it."""
    if ranking is None:
        return [f"inputs that move the front most: no ranking is stored; this makes one: {command}"]
    if ranking.sha256 != digest:
        return [f"inputs that move the front most: the stored ranking is stale; this renews it: {command}"]
    return ranking_lines(ranking)


def ranking_lines(ranking: Ranking) -> list[str]:
    """Return the ranking, one input a line, and how many of them are assumed."""
    if not ranking.inputs:
        told = counted(ranking.of, "input with a range", "inputs with a range")
        return [f"inputs that move the front most: none does; the case has {told}"]
    front = "complete" if ranking.complete else "incomplete"
    lines = [
        f"inputs that move the front most, {len(ranking.inputs)} of {ranking.of}: how far the values go from",
        "low to high end, in per mille of their ranges, and in how many structures a rule breaks at an end",
        f"(over {counted(ranking.structures, 'structure')} of a front that is {front})",
        *(_line(place, each) for place, each in enumerate(ranking.inputs, 1)),
        assumed(ranking.inputs),
    ]
    return lines + gates(ranking)


def _line(place: int, each: Ranked) -> str:
    breaks = max(each.broken_low, each.broken_high)
    told = f"  (breaks {_percent(breaks)})" if breaks else ""
    return f"{place:>4} {each.influence:>6,}  {each.basis:<9}  {places(each.paths)}{told}"


def _percent(per_mille: int) -> str:
    return f"{(per_mille + _PER_CENT // 2) // _PER_CENT} %"


def places(paths: Sequence[str]) -> str:
    """Return where an input stands.

    >>> places(["nations.ITA.stake", "nations.JPN.stake"])
    'nations.ITA.stake and 1 alike'
    """
    others = f" and {len(paths) - 1} alike" if len(paths) > 1 else ""
    return f"{printable(paths[0], _LONGEST)}{others}"


def assumed(inputs: Sequence[Ranked]) -> str:
    """Return how many of the inputs are assumed, and how many should be at most."""
    number = sum(each.basis == "assumed" for each in inputs)
    part, whole = ASSUMED_AT_MOST
    return f"{number} of these {len(inputs)} are assumed (at most {part * len(inputs) // whole} should be)"


def gates(ranking: Ranking) -> list[str]:
    """Return the inputs that are not in the ranking and yet break a rule at an end."""
    if not ranking.gates:
        return []
    told = ", ".join(
        f"{places(each.paths)} ({_percent(max(each.broken_low, each.broken_high))})" for each in ranking.gates
    )
    return [f"not among them, but at an end of these many structures break a rule: {told}"]
