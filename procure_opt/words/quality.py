"""How good the data are: numbers by basis, as "214 numbers: 61 % retrieved, 12 % recalled, 27 % assumed"."""

from __future__ import annotations

from procure_opt.case.model import Case
from procure_opt.case.provenance import as_stated, provenance


def quality(case: Case) -> str:
    """Return one line on the numbers of the case.

    Numbers that say what silence would mean are not counted: a case that was read back from a result, where
    all defaults are filled in, must tell the same as its file. Nor is the resolution, which is no datum.
    """
    return str(provenance(as_stated(case)))
