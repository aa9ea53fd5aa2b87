"""Red line announced: a line that the case states but that did not bind binds from now on.

One that is soft, dated after the decision, denied, withdrawn or switched off. It leaves alone what it says.
Its owner's seat is open; the rest of what is signed is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.case.history import Inject
from procure_opt.case.model import Case
from procure_opt.change import with_soft
from procure_opt.wargame.signed import Reopened

NEEDS = (("red_line",),)
TAKES = ()


def flaws(case: Case, inject: Inject) -> Iterator[tuple[str, str]]:
    """Yield nothing: a line that binds already may be said again."""
    yield from ()


def follow(case: Case, inject: Inject) -> Case:
    """Return the case in which the line binds."""
    name = str(inject.red_line)
    binds = case.applies(name) and case.enters(name)
    return case if binds else with_soft(case, [name])


def reopened(case: Case, inject: Inject) -> Reopened:
    """Return that the owner's seat is open, if it is a nation."""
    return Reopened(nations=frozenset([case.red_lines[str(inject.red_line)].owner]) & set(case.nations))


def sentence(case: Case, inject: Inject) -> str:
    """Return what changes."""
    line = case.red_lines[str(inject.red_line)]
    return f"{inject.red_line} of {line.owner} binds from now on: {line.text}"
