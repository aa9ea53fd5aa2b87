"""Percents are stated like 66, not like 0.66."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Case
from ..number import Number
from ..paths import Path
from ..provenance import stated_numbers
from ..validate import Remark
from .saying import amount, more, warning

_LARGE = frozenset(
    {
        "competence_percent",
        "cost_index_percent",
        "de_minimis_percent",
        "denial_share_percent",
        "full_effect_from_percent",
        "max_percent",
        "min_percent",
        "spinoff_percent",
    }
)
"""Fields of which less than one percent is hardly ever meant.

A premium may well be half a percent, and so may the share of the work that a red line or a task asks for.
"""


def check_percents_are_no_fractions(case: Case) -> Iterator[Remark]:
    """Check that a percent that should be large is not between 0 and 1."""
    found = [(path, number) for path, number in stated_numbers(case) if _is_a_fraction(path, number)]
    if found:
        path, number = found[0]
        told = f"found {number.value}, that is {number.value} percent{more('are', len(found))}"
        yield warning(path, f"{told}: write {amount(number.exact * 100)} if that is meant")


def _is_a_fraction(path: Path, number: Number) -> bool:
    return 0 < number.exact < 1 and any(part in _LARGE for part in path)
