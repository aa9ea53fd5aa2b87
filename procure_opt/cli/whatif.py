"""Verb whatif: is it possible, what forbids it, what would have to go, and what it does to the front."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from procure_opt.cli.options import add_changes, asked_for, processes, seconds
from procure_opt.cli.redlines import solved
from procure_opt.cli.run import INTERRUPTED, LIMITED, NONE
from procure_opt.cli.screen import say

if TYPE_CHECKING:
    from procure_opt.analysis.repairs import Repairs
    from procure_opt.case.model import Case

USAGE = (
    "CASE --require WHAT ... [--fronts] [--view VIEW] [--without ID ...] [--with ID ...]\n"
    "       [--resolution OBJ=STEP ...] [--time-limit S] [--workers N]"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    add = parser.add_argument
    add("case", metavar="CASE", help="a path, the name of a bundled case, or -; CASE@2022 is an edition")
    add_changes(parser, require="shall")
    add("--fronts", action="store_true", help="solve, too: what it does to the front, and each repair does")
    add("--time-limit", metavar="S", type=seconds, help="seconds for the reasons, and for each front")
    add("--workers", metavar="N", type=processes, help="how many processes share a large case")


def run(given: argparse.Namespace) -> int:
    """Print the conflicts and the repairs of what is required; with --fronts what comes of each."""
    from procure_opt.analysis.repairs import repairs_of
    from procure_opt.case.load import load_case
    from procure_opt.case.switches import switchable
    from procure_opt.words.repairs import repairs_text

    loaded = load_case(given.case)
    asked = asked_for(loaded, given)
    as_it_is = asked_for(loaded, argparse.Namespace(**(vars(given) | {"require": []})))
    found = repairs_of(asked, time_limit=given.time_limit)
    wanted = "; ".join(given.require) or "some structure at all"
    say([f"{asked.title} ({asked.id})", asked.marking, f"required: {wanted}", ""])
    say(repairs_text(asked, found, switchable(asked)))
    if given.fronts and (found.possible or found.repairs):
        return _fronts(as_it_is, asked, found, given)
    if found.possible:
        return 0
    return NONE if found.complete else LIMITED


def _fronts(as_it_is: Case, asked: Case, found: Repairs, given: argparse.Namespace) -> int:
    """Solve the case as it is, and with what is required, repaired in each of the ways found."""
    from procure_opt.change import without
    from procure_opt.words.compare import compare_claims

    first = solved(as_it_is, given)
    complete = first.complete
    for repair in ((),) if found.possible else found.repairs:
        other = solved(without(asked, repair) if repair else asked, given)
        if "interrupted" in (first.evidence.reason, other.evidence.reason):
            return INTERRUPTED
        dropped = f"without {', '.join(repair)}" if repair else "with what is required"
        say(["", f"the front as it is -> the front {dropped}", *compare_claims(first.claim, other.claim)])
        complete = complete and other.complete
    return 0 if complete else LIMITED
