"""Pillars that hang together: one exists only if the other does."""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.symbols import Row, Symbols
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def _pairs(case: Case) -> Iterator[tuple[str, str, str]]:
    for name, stated in sorted(case.links.items()):
        if case.applies(name):
            yield name, stated.pillar, stated.needs
            if stated.both_ways:
                yield name, stated.needs, stated.pillar


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield pillars that exist without the one that they hang on."""
    for name, pillar, needed in _pairs(case):
        if pillar in structure.pillars and needed not in structure.pillars:
            yield Violation("links", f"{pillar} exists without {needed}", name)


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield one row per direction of a link."""
    for name, pillar, needed in _pairs(case):
        yield Row(x.exists(pillar) <= x.exists(needed), f"{pillar} exists only with {needed}", name)
