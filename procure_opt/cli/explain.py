"""Verb explain: one structure in plain words: who leads, who pays, what it wins and gives up."""

from __future__ import annotations

import argparse

from procure_opt.cli.files import add_result, read
from procure_opt.cli.screen import say

USAGE = "RESULT ID"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    add_result(parser)
    parser.add_argument("id", metavar="ID", help="any unique beginning of an id")


def run(given: argparse.Namespace) -> int:
    """Print the sentences."""
    from procure_opt.words.explain import explain
    from procure_opt.words.opening import opening

    claim = read(given.result)
    say([*opening(claim), "", *explain(claim.find(given.id), claim.structures)])
    return 0
