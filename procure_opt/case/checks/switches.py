"""Ids that a run can switch off or on: known, and each for one kind of thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..model import Case
from ..switches import switchable, switches
from ..validate import Remark
from .saying import unknown, warning


def check_what_is_off(case: Case) -> Iterator[Remark]:
    """Check that what is switched off is there."""
    known = switchable(case)
    for number, name in enumerate(case.off):
        if name not in known:
            yield unknown(
                ("off", number), name, "the id of a red line, cap, term or policy of this case", known
            )


def check_nothing_is_off_and_on(case: Case) -> Iterator[Remark]:
    """Check that nothing is switched off and on at once."""
    for number, name in enumerate(case.off):
        if name in case.on:
            yield warning(("off", number), f'"{name}" is switched on too; off wins')


def check_red_lines_share_no_id(case: Case) -> Iterator[Remark]:
    """Check that a red line and another rule have different ids (policies may share one)."""
    families: dict[str, set[str]] = defaultdict(set)
    for switch in switches(case):
        families[switch.id].add(switch.family)
    for name in sorted(families.keys() & case.red_lines.keys()):
        if others := sorted(families[name] - {"red line"}):
            message = f"the id is also that of a rule ({', '.join(others)}): switching it off drops both"
            yield warning(("red_lines", name), message)
