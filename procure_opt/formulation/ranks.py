"""The canonical order of structures: their decisions read as digits, in sorted-key order.

Many structures can share a vector, and which of them a search meets first depends on its moods. So each has a
rank: its decisions (out, or the number of a tier; the number of an arrangement; ...) one after the other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from procure_opt.accounts.lines import configurations
from procure_opt.accounts.sharing import shared_phases
from procure_opt.accounts.units import menu
from procure_opt.structure.arrangements import arrangements

from .formulation import Formulation


@dataclass(frozen=True, slots=True)
class Digit:
    """A decision with its columns by rising value; ``zero``: no column at 1 is the smallest value."""

    columns: tuple[int, ...]
    zero: bool

    @property
    def base(self) -> int:
        """Number of values."""
        return len(self.columns) + self.zero

    def weight(self, position: int) -> int:
        """Value of the column at this position."""
        return position + self.zero


def digits(formulation: Formulation) -> Iterator[Digit]:
    """Yield the decisions in their canonical order: pillars, tiers, outside; then pillar by pillar."""
    case, at = formulation.case, formulation.variables.decisions()
    keys: list[tuple[list[tuple[Hashable, ...]], bool]] = []
    keys += [([("exists", p)], True) for p in sorted(case.pillars)]
    for p, stated in sorted(case.pillars.items()):
        keys += [([("tier", p, n, t) for t in sorted(stated.tiers)], True) for n in sorted(case.nations)]
    for need, needed in sorted(case.needs.items()):
        keys += [
            ([("outside", need, n, o) for o in sorted(needed.outside.get(n, {}))], True)
            for n in sorted(case.nations)
        ]
    for p, stated in sorted(case.pillars.items()):
        keys.append(([("regime", p, r) for r in sorted(stated.rights)], True))
        keys += [([("variant", p, v)], True) for v in sorted(stated.variants)]
        for package in sorted(stated.packages):
            count = len(arrangements(case, p, package))
            keys.append(([("arrangement", p, package, number) for number in range(count)], True))
        keys += [
            ([("quantity", p, n, number) for number in menu(case, p, n)], True) for n in sorted(case.nations)
        ]
        keys.append(([("line", p, name) for name in configurations(case, p)], True))
        keys += [([("licence", p, name)], True) for name in sorted(stated.licences)]
        for phase in shared_phases(case, p):
            for n in sorted(case.nations):
                shares = formulation.variables.cost_shares(p, phase, n)
                keys.append(([("cost_share", p, phase, n, percent) for percent, _ in shares], True))
    for named, zero in keys:
        columns = tuple(at[key] for key in named if key in at)
        if columns:
            yield Digit(columns, zero)


class Ranks:
    """What the rank of an assignment is read from."""

    def __init__(self, formulation: Formulation) -> None:
        self.digits = tuple(digits(formulation))
        self.places = {
            column: (place, digit.weight(position))
            for place, digit in enumerate(self.digits)
            for position, column in enumerate(digit.columns)
        }
        """Column -> place and value of the digit that it sets."""
