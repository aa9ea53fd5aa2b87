"""How good the data are: numbers by basis, as "214 numbers: 61 % retrieved, 12 % recalled, 27 % assumed"."""

from __future__ import annotations

from procure_opt.case.model import Case
from procure_opt.case.provenance import provenance


def quality(case: Case) -> str:
    """Return one line on the numbers of the case.

    Numbers that say what silence would mean are not counted: a case that was read back from a result, where
    all defaults are filled in, must tell the same as its file. Nor is the resolution, which is no datum.
    """
    stated = case.model_dump(by_alias=True, exclude_defaults=True, exclude={"resolution"})
    return str(provenance(Case.model_validate(stated)))
