"""Numbers say where they come from: a source comes with its basis."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Case
from ..provenance import stated_numbers
from ..validate import Remark
from .saying import warning


def check_sources_come_with_a_basis(case: Case) -> Iterator[Remark]:
    """Check that a number with a source says if it was retrieved, recalled, derived or assumed."""
    bare = [
        path for path, number in stated_numbers(case) if number.source is not None and number.basis is None
    ]
    if bare:
        several = f" (as do {len(bare) - 1} more numbers)" if len(bare) > 1 else ""
        yield warning(
            bare[0], f"it names a source but no basis{several}, so it counts as unsourced: add basis"
        )
