"""Verb compare: two structures of a result, or two results, side by side."""

from __future__ import annotations

import argparse
from pathlib import Path

from procure_opt.cli.files import add_result, read
from procure_opt.cli.screen import say
from procure_opt.errors import UsageError

USAGE = "RESULT (ID ID | RESULT)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    add_result(parser)
    parser.add_argument("others", metavar="ID", nargs="+", help="two ids of the result, or one other result")


def run(given: argparse.Namespace) -> int:
    """Print what changes from the first to the second."""
    from procure_opt.words.compare import compare, compare_claims
    from procure_opt.words.opening import opening

    claim = read(given.result)
    match given.others:
        case [first, second]:
            say([*opening(claim), "", *compare(claim.find(first), claim.find(second))])
        case [other] if Path(other).exists():
            say([*opening(claim), "", *compare_claims(claim, read(other))])
        case _:
            raise UsageError("compare takes two ids of one result, or one other result file that is there")
    return 0
