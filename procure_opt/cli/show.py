"""Verb show: the points of a result, all or some."""

from __future__ import annotations

import argparse

from procure_opt.cli.files import add_result, read
from procure_opt.cli.screen import say

USAGE = "RESULT [ID ...]"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    add_result(parser)
    parser.add_argument("ids", metavar="ID", nargs="*", help="any unique beginning of an id; left out: all")


def run(given: argparse.Namespace) -> int:
    """Print the table."""
    from procure_opt.words.opening import opening
    from procure_opt.words.table import extremes, table

    claim = read(given.result)
    chosen = tuple(claim.find(each) for each in given.ids) or claim.structures
    lines = [*opening(claim), "", *table(claim.case, chosen)]
    say(lines if given.ids else [*lines, "", *extremes(claim)])
    return 0
