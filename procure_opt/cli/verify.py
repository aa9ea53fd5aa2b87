"""Verb verify: check a result again without a solver; with --resolve, search again, too."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from procure_opt.cli.files import add_result
from procure_opt.cli.options import processes, seconds
from procure_opt.cli.progress import ProgressLine
from procure_opt.cli.run import DEFAULT_ENGINE, LIMITED, add_engine
from procure_opt.cli.screen import say, warn
from procure_opt.errors import UsageError, VerificationFailed

if TYPE_CHECKING:
    from procure_opt.claim import Claim

USAGE = "RESULT [--case CASE] [--resolve [--time-limit S] [--workers N] [--engine highs|cpsat]]"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    add_result(parser)
    add = parser.add_argument
    add("--case", metavar="CASE", help="the case that the result should be about")
    add(
        "--resolve",
        action="store_true",
        help="search the closed zones again, by other means than the run did",
    )
    add(
        "--time-limit",
        metavar="S",
        type=seconds,
        help="with --resolve: seconds for it (exit 3 if they do not do)",
    )
    add("--workers", metavar="N", type=processes, help="with --resolve: how many processes share the work")
    add_engine(
        parser,
        "with --resolve: which exact solver is asked where arithmetic does not do; best the one that the run"
        " did not ask (its manifest says which it did)",
    )


def run(given: argparse.Namespace) -> int:
    """Print what is proven; raise with every finding if anything does not stand."""
    from procure_opt.result.read import read_data
    from procure_opt.result.verify import proves, verify
    from procure_opt.words.numbers import counted
    from procure_opt.words.opening import opening

    if not given.resolve and (given.time_limit, given.workers, given.engine) != (None, None, None):
        raise UsageError("--time-limit, --workers and --engine go with --resolve")
    data = read_data(given.result)
    original = None
    if given.case is not None:
        from procure_opt.case.load import load_case

        original = load_case(given.case)
    verdict = verify(data, original)
    if verdict.claim is None or not verdict.stands:
        head = f"the result does not stand: {counted(len(verdict.findings), 'finding')}"
        raise VerificationFailed("\n".join([head, *verdict.findings]))
    compared = (
        [] if original is None else ["the case is the one given, with the changes that the result names"]
    )
    say([*opening(verdict.claim), "", *proves(verdict), *compared, "the result stands"])
    return _resolved(verdict.claim, given) if given.resolve else 0


def _resolved(claim: Claim, given: argparse.Namespace) -> int:
    """Search again, and tell."""
    from procure_opt.analysis.second_opinion import second_opinion
    from procure_opt.words.closing import closing
    from procure_opt.words.numbers import counted

    line = ProgressLine()
    try:
        found = second_opinion(
            claim,
            time_limit=given.time_limit,
            workers=given.workers,
            progress=line,
            engine=given.engine or DEFAULT_ENGINE,
        )
    finally:
        line.clear()
    if found.findings:
        head = f"a second search disagrees: {counted(len(found.findings), 'finding')}"
        raise VerificationFailed("\n".join([head, *found.findings]))
    say(
        [
            "searched again by other means (other mixtures of the goals in the bounds, other orders):"
            f" {found.again} of {found.closed} closed zones are closed again",
            f"in that search, {closing(*found.how_closed)}",
        ]
    )
    if found.agrees:
        return 0
    warn([f"not all of them: {found.reason}; a larger --time-limit may do"])
    return LIMITED
