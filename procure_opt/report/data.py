"""Everything that the page shows, as plain data; its panels compute nothing that the model defines.

Sentences come from the room of words, so that a page, a terminal and Python say the same.
"""

from __future__ import annotations

from typing import Any

from procure_opt.claim import Claim

from .header import header
from .inputs import inputs
from .interned import Interned
from .parties import holders, nations, packages, tasks, tiers
from .records import records
from .structures import kinds, structures

Json = dict[str, Any]


def report_data(claim: Claim) -> Json:
    """Return the data of the page: header, goals, parties, structures with what each nation gets, inputs."""
    lines, gets, decided = Interned(), Interned(), Interned()
    told = structures(claim, lines, gets, decided)
    return {
        **header(claim),
        "nations": nations(claim.case),
        "holders": holders(claim.case),
        "packages": packages(claim.case),
        "tasks": tasks(claim.case),
        "tiers": tiers(claim.case),
        "kinds": kinds(claim),
        "records": records(claim),
        "structures": told,
        "lines": lines.values,
        "gets": gets.values,
        "decided": decided.values,
        "inputs": inputs(claim.case),
    }
