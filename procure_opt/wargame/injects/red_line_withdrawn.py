"""Red line withdrawn: a line that bound does not bind any more.

It leaves alone everything else, also other rules with the same effect. Its owner's seat is open; the rest of
what is signed is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.case.history import Inject
from procure_opt.case.model import Case
from procure_opt.change import without
from procure_opt.wargame.signed import Reopened

NEEDS = (("red_line",),)
TAKES = ()


def flaws(case: Case, inject: Inject) -> Iterator[tuple[str, str]]:
    """Yield nothing: a line that does not bind may be withdrawn, too."""
    yield from ()


def follow(case: Case, inject: Inject) -> Case:
    """Return the case in which the line does not bind."""
    name = str(inject.red_line)
    binds = case.applies(name) and case.enters(name)
    return without(case, [name]) if binds else case


def reopened(case: Case, inject: Inject) -> Reopened:
    """Return that the owner's seat is open, if it is a nation."""
    return Reopened(nations=frozenset([case.red_lines[str(inject.red_line)].owner]) & set(case.nations))


def sentence(case: Case, inject: Inject) -> str:
    """Return what changes."""
    line = case.red_lines[str(inject.red_line)]
    return f"{inject.red_line} of {line.owner} does not bind any more: {line.text}"
