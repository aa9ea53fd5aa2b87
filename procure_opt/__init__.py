"""All Pareto-efficient ways in which states can buy weapons together: autonomy, spin-off, cost.

The public face, and nothing else; rooms are entered when they are asked for, so that importing is cheap.

>>> import procure_opt as po
>>> front = po.solve(po.load_case("gcap"))  # doctest: +SKIP
>>> print(front["S-7f3a"].explain())  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from procure_opt.case.load import load_case
    from procure_opt.case.model import Case
    from procure_opt.errors import (
        CaseError,
        EngineDoubt,
        LimitReached,
        NoStructure,
        NotBuiltYet,
        ProcureError,
        ResultError,
        UsageError,
        VerificationFailed,
    )
    from procure_opt.front import Front, StatedFront, read_result
    from procure_opt.structure.structure import Structure
    from procure_opt.study import solve

__all__ = [
    "Case",
    "CaseError",
    "EngineDoubt",
    "Front",
    "LimitReached",
    "NoStructure",
    "NotBuiltYet",
    "ProcureError",
    "ResultError",
    "StatedFront",
    "Structure",
    "UsageError",
    "VerificationFailed",
    "load_case",
    "read_result",
    "solve",
]

_ROOMS = {
    "Case": "case.model",
    "Front": "front",
    "StatedFront": "front",
    "Structure": "structure.structure",
    "load_case": "case.load",
    "read_result": "front",
    "solve": "study",
}


def __getattr__(name: str) -> Any:
    """Return a public name from its room."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_ROOMS.get(name, 'errors')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
