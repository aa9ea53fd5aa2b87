"""Verb hindcast: what was really agreed against what the case allows, edition by edition."""

from __future__ import annotations

import argparse

from procure_opt.cli.screen import say

USAGE = "CASE [--time-limit S] [--draws N]"
LIMITED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    from procure_opt.cli.run import seconds

    add = parser.add_argument
    add("case", metavar="CASE", help="a path, the name of a bundled case, or one edition of it (gcap@2022)")
    add(
        "--time-limit", metavar="S", type=seconds, help="seconds for each single question; left out: no limit"
    )
    add("--draws", metavar="N", type=_draws, default=2000, help="structures drawn at random; 2000")


def _draws(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError("must be a whole number from 1 to 100000")
    return int(text)


def run(given: argparse.Namespace) -> int:
    """Print the hindcast of every edition."""
    from procure_opt.analysis.hindcast import hindcast
    from procure_opt.case.load import check_editions
    from procure_opt.words.hindcast import told

    undecided = False
    for number, (case, _) in enumerate(check_editions(given.case)):
        cast = hindcast(case, time_limit=given.time_limit, draws=given.draws)
        say(["", *told(cast)] if number else told(cast))
        undecided |= any(cell.possible is None for cell in cast.cells) or not cast.front.complete
    return LIMITED if undecided else 0
