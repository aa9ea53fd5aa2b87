"""Injects: events of a game, one module per kind; a kind is found because it is here.

A module says which fields of an inject it needs (``NEEDS``, each a choice of one) and which it may take
(``TAKES``), what else would be nonsense (``flaws``), which case follows (``follow``, a pure function), what
of a signed structure is open after it (``reopened``), and all this in a sentence (``sentence``). It may say
who leaves at once (``leaving``) and how a signed structure reads in the case that follows (``carried``).
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from types import ModuleType


@functools.cache
def kinds() -> tuple[str, ...]:
    """Return the names of all kinds, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def kind_of(name: str) -> ModuleType:
    """Return the module of a kind."""
    return importlib.import_module(f"{__name__}.{name}")
