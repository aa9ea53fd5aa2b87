"""Licences: a level on a function that one member buys from a holder, beside what the pillar gives everybody.

The holder can revoke it below level 3; the release policy of a lead cuts it as it cuts everything else that a
member has through the pillar.
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.case.model import Case
from procure_opt.case.pillars import Licence
from procure_opt.structure.structure import Structure

from .rounding import half_up
from .symbols import Expression, Symbols


def licence_fees(case: Case, structure: Structure, nation: str) -> int:
    """Million that the nation pays for its licences."""
    return sum(
        half_up(stated.fee.exact)
        for pillar, plan in structure.pillars.items()
        for name in plan.licences
        if (stated := case.pillars[pillar].licences[name]).nation == nation
    )


def licence_fees_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of :func:`licence_fees`."""
    return x.total(
        (half_up(stated.fee.exact), x.licence(pillar, name))
        for pillar, name, stated in licences_of(case, nation)
        if half_up(stated.fee.exact)
    )


def licences_of(case: Case, nation: str) -> Iterator[tuple[str, str, Licence]]:
    """Yield (pillar, name, licence) for every licence on offer to the nation."""
    for pillar, offered in sorted(case.pillars.items()):
        for name, stated in sorted(offered.licences.items()):
            if stated.nation == nation:
                yield pillar, name, stated
