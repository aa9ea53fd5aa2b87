"""Red lines: ``if ... then ...`` over the structure, each with owner, date, speaker and source.

Only lines that stand, are graded hard (or were asked for) and were dated before the decision apply.
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.conditions import holds, literal
from procure_opt.accounts.symbols import Row, Symbols
from procure_opt.case.model import Case
from procure_opt.case.red_lines import RedLine
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def _applied(case: Case) -> Iterator[tuple[str, RedLine]]:
    for name, line in sorted(case.red_lines.items()):
        if case.applies(name) and case.enters(name):
            yield name, line


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield lines that the structure crosses."""
    for name, line in _applied(case):
        triggered = line.if_ is None or holds(case, structure, line.if_)
        if triggered and not holds(case, structure, line.then):
            yield Violation("red_lines", f"{line.owner}: {line.text}", name)


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield ``then >= if`` for every line."""
    for name, line in _applied(case):
        then = literal(case, x, line.then)
        when = 1 if line.if_ is None else literal(case, x, line.if_)
        if isinstance(then, int) and isinstance(when, int):
            if then < when:
                yield Row(x.total([], 0) >= 1, line.text, name)
        else:
            yield Row(then - when >= 0, f"{line.owner}: {line.text}", name)
