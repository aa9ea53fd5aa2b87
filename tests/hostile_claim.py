"""TRI-1's front with texts that try to be obeyed: by a browser, a figure, a spreadsheet, a terminal."""

from __future__ import annotations

import functools
import json

from tri1_claim import tri1_claim

from procure_opt.case.model import Case
from procure_opt.claim import Claim, Efficient

TITLE = "<script>alert(1)</script><b>R&D</b>"
MARKING = '=HYPERLINK("http://x") <img src=x onerror=alert(1)>'
NATION = "<a href='javascript:x'>Alp</a> $x^2$ %{z}"


@functools.cache
def hostile_claim() -> Claim:
    """Return the claim; its values are those of TRI-1."""
    stated = json.loads(tri1_claim().case.canonical)
    stated |= {"title": TITLE, "marking": MARKING}
    stated["nations"]["ALP"]["name"] = NATION
    case = Case.model_validate(stated)
    found = tuple(Efficient(case, each.values, each.structure) for each in tri1_claim().structures)
    return Claim(case, found, tri1_claim().evidence)
