"""Verb verify: check every point of a result, and what backs its completeness, again and without a solver."""

from __future__ import annotations

import argparse

from procure_opt.cli.files import add_result
from procure_opt.cli.screen import say
from procure_opt.errors import VerificationFailed

USAGE = "RESULT [--case CASE]"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    add_result(parser)
    parser.add_argument("--case", metavar="CASE", help="the case that the result should be about")


def run(given: argparse.Namespace) -> int:
    """Print what is proven; raise with every finding if anything does not stand."""
    from procure_opt.result.read import read_data
    from procure_opt.result.verify import proves, verify
    from procure_opt.words.numbers import counted
    from procure_opt.words.opening import opening

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
    return 0
