"""Each nation fills each of its needs exactly once: by one pillar that it buys from, or outside."""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.gaps import concerned
from procure_opt.accounts.symbols import Row, Symbols, buys
from procure_opt.accounts.units import buyers
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield needs that are filled never or twice, and outside options of nations without the need."""
    for need, stated in case.needs.items():
        taken = structure.outside.get(need, {})
        for nation in sorted(case.nations):
            by = [
                p
                for p in stated.pillars
                if p in structure.pillars and nation in buyers(case, p, structure.pillars[p])
            ]
            ways = len(by) + (nation in taken)
            if nation in concerned(case, need) and ways != 1:
                yield Violation("fillers", f"{nation} fills the need {need} {ways} times, must be once")
            if nation not in concerned(case, need) and nation in taken:
                yield Violation(
                    "fillers", f"{nation} takes an outside option for {need}, a need that it does not have"
                )


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield "exactly one filler" per nation and need."""
    for need, stated in sorted(case.needs.items()):
        for nation in concerned(case, need):
            outside = [
                (1, x.outside(nation, need, option)) for option in sorted(stated.outside.get(nation, {}))
            ]
            inside = [(1, buys(x, nation, pillar)) for pillar in sorted(stated.pillars)]
            yield Row(x.total(outside + inside) == 1, f"{nation} fills the need {need} exactly once")
