"""What a case may not say although its form allows it: one small function per check, all of them run.

A check is a function ``check_...(case)`` in a module of this room; it is found because it is here. It
says what was found and what would be right. Checks suppose nothing of each other: a name that one of
them calls unknown is passed over by the rest.
"""

from __future__ import annotations

import functools
import importlib
import itertools
import pkgutil
from collections.abc import Callable, Iterator, Mapping

from ..model import Case
from ..paths import Path
from ..validate import Remark

Check = Callable[[Case], Iterator[Remark]]

MOST = {
    "nations": 200, "others": 200, "functions": 200, "tasks": 200, "needs": 100, "pillars": 100,
    "red_lines": 1_000, "tiers": 50, "rights": 50, "variants": 50, "packages": 200,
}  # fmt: skip
"""Far more than a negotiation has, by key; ten times the largest programme there was."""

MOST_REMARKS = 500
"""Beyond this a file wants another look as a whole, not more remarks."""


@functools.cache
def every_check() -> tuple[Check, ...]:
    """Return all checks, by module and name.

    >>> "check_task_weights" in [check.__name__ for check in every_check()]
    True
    """
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(
        function
        for module in modules
        for name, function in sorted(vars(module).items())
        if name.startswith("check_") and function.__module__ == module.__name__
    )


def remarks(case: Case) -> Iterator[Remark]:
    """Yield everything the checks have to say about the case, errors and warnings.

    A case beyond all proportion is told to be so and not looked into any further.
    """
    oversized = list(too_large(case))
    every = iter(oversized) if oversized else (remark for check in every_check() for remark in check(case))
    yield from itertools.islice(every, MOST_REMARKS)
    if next(every, None) is not None:
        yield Remark((), "error", f"more than {MOST_REMARKS} findings, the rest is not listed")


def too_large(case: Case) -> Iterator[Remark]:
    """Yield what there is too much of to be decided, or even checked, in any time."""
    parts: list[tuple[Path, Mapping[str, object]]] = [
        ((key,), getattr(case, key)) for key in MOST if hasattr(case, key)
    ]
    for name, pillar in case.pillars.items():
        parts += [
            (("pillars", name, key), getattr(pillar, key))
            for key in ("tiers", "rights", "variants", "packages")
        ]
    for path, stated in parts:
        if len(stated) > MOST[str(path[-1])]:
            yield Remark(path, "error", f"found {len(stated)} of them, must be at most {MOST[str(path[-1])]}")
