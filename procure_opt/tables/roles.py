"""What a nation is in a structure, in one cell."""

from __future__ import annotations

from procure_opt.claim import Efficient
from procure_opt.words.names import roles

from .table import together


def role(each: Efficient, nation: str) -> str:
    """``core in aircraft``, or ``combat_aircraft by off_the_shelf``; several in a row."""
    return together(roles(each.structure, nation))


def led(each: Efficient, nation: str) -> str:
    """``aircraft.engine; aircraft.mission``: packages that the nation leads, alone or jointly."""
    plans = sorted(each.structure.pillars.items())
    return together(
        [
            f"{pillar}.{package}"
            for pillar, plan in plans
            for package, way in sorted(plan.packages.items())
            if nation in way.leads
        ]
    )
