"""What verbs that solve share: how a case is changed before, how long it may take, how many work."""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING, Any

from procure_opt.errors import UsageError, printable

if TYPE_CHECKING:
    from procure_opt.case.model import Case

MOST_PROCESSES = 64
SEVERAL: dict[str, Any] = {"action": "extend", "nargs": "+", "default": []}
"""How an option is added that takes several values and may be repeated."""


def add_changes(parser: argparse.ArgumentParser, *, require: str | None = None, when: str = "") -> None:
    """Add what changes the case; ``require``: the word for what is required (None: nothing can be)."""
    add = parser.add_argument
    add("--view", metavar="VIEW", help="programme, egalitarian or nation:CODE (of a nation)")
    add("--without", metavar="ID", **SEVERAL, help=f"switch rules off by id{when}")
    add("--with", metavar="ID", **SEVERAL, dest="soft", help=f"switch soft red lines on{when}")
    if require is None:
        parser.set_defaults(require=[])
    else:
        add(
            "--require",
            metavar="WHAT",
            **SEVERAL,
            help=f'in quotes, what {require} hold: "pillar P", "NATION in P", "NATION out of P",'
            ' "NATION tier T in P", "NATION leads PACKAGE in P", "variant V in P", "rights R in P"; P may'
            " go if there is one pillar",
        )
    add(
        "--resolution",
        metavar="OBJ=STEP",
        **SEVERAL,
        help="steps in which autonomy (points), spinoff and cost (million) are told apart; 1 is exact",
    )


def asked_for(case: Case, given: argparse.Namespace) -> Case:
    """Return the case as the options change it."""
    from procure_opt.accounts.views import steps_in_view
    from procure_opt.change import at_resolution, requiring, seen_as, with_soft, without

    if both := sorted(set(given.without) & set(given.soft)):
        raise UsageError(f"{printable(both[0])} is given to --without and to --with")
    if given.view is not None and given.view != case.view:
        seen = seen_as(case, given.view)
        case = at_resolution(seen, steps_in_view(seen, case))
    case = with_soft(without(case, given.without), given.soft) if given.without or given.soft else case
    case = requiring(case, given.require) if given.require else case
    return at_resolution(case, steps(given.resolution)) if given.resolution else case


def seconds(text: str) -> float:
    """Return a time limit; argparse makes a complaint of the error."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{printable(text)} is no number of seconds above 0")
    return value


def processes(text: str) -> int:
    """Return a number of processes; argparse makes a complaint of the error."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:4]) <= MOST_PROCESSES:
        raise argparse.ArgumentTypeError(
            f"{printable(text)} is no number of processes (1 to {MOST_PROCESSES})"
        )
    return int(text)


def steps(texts: list[str]) -> dict[str, int]:
    """Return objective -> step of texts like ``cost=50``."""
    found: dict[str, int] = {}
    for text in texts:
        name, equals, step = text.partition("=")
        if not equals or not step.isascii() or not step.isdigit() or len(step) > 9:
            raise UsageError(
                f'--resolution "{printable(text)}": must be like cost=50, a whole number of steps'
            )
        if name in found:
            raise UsageError(f"--resolution: {printable(name)} is given twice")
        found[name] = int(step)
    return found
