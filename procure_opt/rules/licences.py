"""Licences: only members buy them, and only from somebody who works on the package or owns who does."""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.symbols import Row, Symbols, member
from procure_opt.case.model import Case
from procure_opt.case.pillars import Licence
from procure_opt.structure.arrangements import Arrangement
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def _sells(stated: Licence, way: Arrangement) -> bool:
    return stated.holder in way.holders or any(way.owner(place) == stated.holder for place in way.holders)


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield licences of nations that are no members, or of holders that do not hold."""
    for pillar, plan in structure.pillars.items():
        for name in plan.licences:
            stated = case.pillars[pillar].licences[name]
            if stated.nation not in plan.tiers:
                yield Violation("licences", f"{stated.nation} buys the licence {name} but is no member")
            package = case.functions[stated.function].packages[pillar]
            if not _sells(stated, plan.packages[package]):
                text = f"{stated.holder} sells the licence {name} without work in {pillar}.{package}"
                yield Violation("licences", text)


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield two rows per licence."""
    for pillar, offered in sorted(case.pillars.items()):
        for name, stated in sorted(offered.licences.items()):
            sold = x.licence(pillar, name)
            joined = member(x, stated.nation, pillar)
            yield Row(sold <= joined, f"{stated.nation} buys the licence {name} as a member")
            package = case.functions[stated.function].packages[pillar]
            ways = x.arrangements(pillar, package)
            held = x.total((1, column) for way, column in ways if _sells(stated, way))
            yield Row(sold <= held, f"{stated.holder} sells the licence {name} as a holder")
