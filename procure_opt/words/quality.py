"""How good the data are: numbers by basis, as "214 numbers: 61 % retrieved, 12 % recalled, 27 % assumed"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pydantic import BaseModel

from procure_opt.case.model import Case
from procure_opt.case.number import Number

from .numbers import counted, percent

BASES = ("retrieved", "recalled", "derived", "assumed", "sourced", "unsourced")
_NO_DATA = frozenset({"resolution", "autonomy", "injects", "seats"})
"""Top-level fields whose numbers are choices of the study, not facts."""


def numbers(case: Case) -> Iterator[Number]:
    """Yield every number that the case states, left out where it is what silence would mean."""
    for name in type(case).model_fields:
        if name not in _NO_DATA:
            yield from _within(getattr(case, name))


def _within(value: object) -> Iterator[Number]:
    if isinstance(value, Number):
        yield value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            inner = getattr(value, name)
            if field.is_required() or inner != field.get_default(call_default_factory=True):
                yield from _within(inner)
    elif isinstance(value, dict | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _within(inner)


def by_basis(case: Case) -> Counter[str]:
    """Count the numbers: by basis, ``sourced`` with a source but no basis, ``unsourced`` with neither."""
    return Counter(n.basis or ("sourced" if n.source else "unsourced") for n in numbers(case))


def quality(case: Case) -> str:
    """Return one line on the data."""
    found = by_basis(case)
    total = found.total()
    shares = [f"{percent(100 * found[basis] / total, 0)} {basis}" for basis in BASES if found[basis]]
    return f"{counted(total, 'number')}: {', '.join(shares)}" if total else "no numbers"
