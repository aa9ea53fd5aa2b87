"""What is allowed: one module per family, each with its plain twin and its symbolic twin.

A rule is a module of this room with ``violations(case, structure)``, read by lawyers and by every check
without a solver, and ``rows(case, x)``, read by the optimisation model. It is found because it is here.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Collection, Iterator
from types import ModuleType

from procure_opt.accounts.symbols import Row, Symbols
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation

FIRST = "names"
"""Judged first: the other rules may rely on every name being known."""


@functools.cache
def families() -> tuple[ModuleType, ...]:
    """Return the rule modules, sorted by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)


def name_of(family: ModuleType) -> str:
    """Return the name of a family: that of its module."""
    return family.__name__.rpartition(".")[2]


def _first() -> ModuleType:
    return next(family for family in families() if name_of(family) == FIRST)


def strangers(case: Case, structure: Structure) -> tuple[Violation, ...]:
    """Return what makes the structure none of this case: names that it does not know, and the like."""
    return tuple(sorted(_first().violations(case, structure)))


def violations(case: Case, structure: Structure, *, but: Collection[str] = ()) -> tuple[Violation, ...]:
    """Return everything that the structure breaks; nothing means that it is feasible.

    ``but``: families that are not asked.
    """
    if unknown := strangers(case, structure):
        return unknown
    asked = (family for family in families() if name_of(family) not in but)
    return tuple(sorted(v for family in asked for v in family.violations(case, structure)))


def is_feasible(case: Case, structure: Structure) -> bool:
    """Does the structure obey every rule? (Stops at the first that it breaks.)"""
    ordered = (_first(), *(family for family in families() if name_of(family) != FIRST))
    return not any(True for family in ordered for _ in family.violations(case, structure))


def rows(case: Case, x: Symbols) -> Iterator[tuple[str, Row]]:
    """Yield (family, row) for every rule, in the order of the families."""
    for family in families():
        for row in family.rows(case, x):
            yield name_of(family), row
