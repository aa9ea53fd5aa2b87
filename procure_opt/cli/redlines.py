"""Verb redlines: what every red line, cap, budget and policy of a case costs; known early or late."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from procure_opt.cli.options import SEVERAL, add_changes, asked_for, processes, seconds
from procure_opt.cli.progress import shown_progress
from procure_opt.cli.run import INTERRUPTED, LIMITED, NONE
from procure_opt.cli.screen import say, say_bytes, warn
from procure_opt.errors import UsageError

if TYPE_CHECKING:
    from procure_opt.case.model import Case
    from procure_opt.front import Front

USAGE = (
    "CASE [--id ID ...] [--pairs] [--view VIEW] [--without ID ...] [--with ID ...]\n"
    "       [--resolution OBJ=STEP ...] [--time-limit S] [--workers N] [--json]\n"
    "       procure-opt redlines CASE --signed RESULT ID [--id ID ...] [...]"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    add = parser.add_argument
    add("case", metavar="CASE", help="a path, the name of a bundled case, or -; CASE@2022 is an edition")
    add("--id", metavar="ID", **SEVERAL, dest="ids", help="the rules to price (default: all that bind)")
    add("--pairs", action="store_true", help="price every pair of them, too: prices do not add up")
    add(
        "--signed",
        metavar=("RESULT", "ID"),
        nargs=2,
        help="instead: this structure of a result was signed before red lines came (--id; else those that"
        " it breaks); what knowing them early would have been worth",
    )
    add_changes(parser)
    add("--time-limit", metavar="S", type=seconds, help="seconds for each front; what does not end says so")
    add("--workers", metavar="N", type=processes, help="how many processes share a large case")
    add("--json", action="store_true", help="print the answer as one JSON document, and nothing else")


def run(given: argparse.Namespace) -> int:
    """Solve the case as it is; then without each rule, or within what is frozen when a line comes late."""
    from procure_opt.case.load import load_case
    from procure_opt.cli.late import signed_before, tell_late
    from procure_opt.words.opening import opening

    case = asked_for(load_case(given.case), given)
    if given.signed is not None and given.pairs:
        raise UsageError("--pairs is for prices, and --signed asks for something else")
    signing = None if given.signed is None else signed_before(case, given.signed, given.ids)
    front = solved(case, given)
    if not given.json:
        say([*opening(front.claim), ""])
    if front.evidence.reason == "interrupted":
        warn(["interrupted before any rule was looked at"])
        return INTERRUPTED
    if front.complete and not len(front):
        _tell_repairs(case, given)
        return NONE
    return _tell_prices(front, given) if signing is None else tell_late(front, signing, given)


def _tell_prices(front: Front, given: argparse.Namespace) -> int:
    """Solve without each rule, and print what the rules cost."""
    from procure_opt.analysis.prices import price_table
    from procure_opt.case.switches import switchable
    from procure_opt.result.redlines import redlines_document
    from procure_opt.result.write import to_bytes
    from procure_opt.words.prices import prices_text

    table = price_table(front, lambda less: solved(less, given), ids=given.ids, pairs=given.pairs)
    if given.json:
        say_bytes(to_bytes(redlines_document(table)))
    else:
        say(prices_text(table, switchable(front.case)))
    if table.stopped:
        return INTERRUPTED
    return 0 if front.complete and all(price.complete for price in table.prices) else LIMITED


def solved(case: Case, given: argparse.Namespace) -> Front:
    """Return the front of a case, with a line of progress."""
    from procure_opt.study import solve

    with shown_progress() as line:
        return solve(case, time_limit=given.time_limit, workers=given.workers, progress=line)


def _tell_repairs(case: Case, given: argparse.Namespace) -> None:
    """Print why there is no structure and what would have to go or to move."""
    from procure_opt.analysis.repairs import repairs_of
    from procure_opt.case.switches import switchable
    from procure_opt.result.redlines import impossible_document
    from procure_opt.result.write import to_bytes
    from procure_opt.words.repairs import repairs_text

    found = repairs_of(case, moving=True, time_limit=given.time_limit)
    if given.json:
        say_bytes(to_bytes(impossible_document(case, found)))
    else:
        say(repairs_text(case, found, switchable(case)))
