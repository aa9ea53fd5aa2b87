"""The decisions of a case as choices, in the order in which the search settles them."""

from __future__ import annotations

from collections.abc import Mapping

from .variables import Key

ORDER = (
    "exists",
    "tier",
    "regime",
    "variant",
    "outside",
    "line",
    "quantity",
    "licence",
    "arrangement",
    "cost_share",
)
"""Rights regimes open or close whole families of levels, so they come before what is built under them."""
ALONE = ("exists", "variant", "licence")
"""Choices with one column: taken or not."""


def choices(decisions: Mapping[Key, int]) -> tuple[tuple[int, ...], ...]:
    """Return the columns of each choice; at most one of them is 1.

    >>> choices({("exists", "jet"): 0, ("regime", "jet", "open"): 1, ("regime", "jet", "closed"): 2})
    ((0,), (1, 2))
    """
    groups: dict[Key, list[int]] = {}
    for key, column in decisions.items():
        alone = key[0] in ALONE
        groups.setdefault(key if alone else key[:-1], []).append(column)
    ordered = sorted(groups.items(), key=lambda item: ORDER.index(str(item[0][0])))
    return tuple(tuple(columns) for _, columns in ordered)
