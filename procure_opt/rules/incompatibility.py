"""Nations that will not sit in one pillar together."""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.symbols import Row, Symbols, member
from procure_opt.case.model import Case
from procure_opt.case.red_lines import Incompatible
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def _pillars(case: Case, stated: Incompatible) -> list[str]:
    return sorted(case.pillars) if stated.pillar is None else [stated.pillar]


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield pillars in which all nations of a group sit that will not."""
    for name, stated in case.incompatible.items():
        for pillar in _pillars(case, stated) if case.applies(name) else []:
            if all(structure.is_member(nation, pillar) for nation in stated.nations):
                yield Violation(
                    "incompatibility", f"{', '.join(stated.nations)} are all members of {pillar}", name
                )


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield: not all of them are members."""
    for name, stated in sorted(case.incompatible.items()):
        nations = sorted(set(stated.nations))
        for pillar in _pillars(case, stated) if case.applies(name) else []:
            together = x.total((1, member(x, nation, pillar)) for nation in nations)
            yield Row(
                together <= len(nations) - 1, f"{', '.join(nations)} are not all members of {pillar}", name
            )
