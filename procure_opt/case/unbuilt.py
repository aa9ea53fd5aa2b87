"""What the format can state but this version does not decide yet; a case that uses it is refused by name.

Nothing is ever ignored silently: a front that left out a rule of the case would be a wrong front.
"""

from __future__ import annotations

from collections.abc import Iterator

from .model import Case

Place = tuple[str | int, ...]
Refusal = tuple[Place, str]


def unbuilt(case: Case) -> Iterator[Refusal]:
    """Yield (path in the case, what this version does not decide yet)."""
    if case.view != "programme":
        yield ("view",), f"the view {case.view}"
