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
    """Print the hindcast of every edition, part by part as it comes."""
    from procure_opt.analysis.hindcast import Casting, Hindcast
    from procure_opt.case.load import check_editions
    from procure_opt.words.hindcast import falsifiers, heading, matrix, record

    undecided = False
    for number, (case, _) in enumerate(check_editions(given.case)):
        casting = Casting(case, given.time_limit, given.draws)
        say(["", *heading(case)] if number else heading(case))
        say(matrix(case, cells := casting.cells()))
        records = []
        for each in casting.records():
            records.append(each)
            say(record(each))
        say(falsifiers(verdicts := casting.verdicts()))
        undecided |= not Hindcast(case, casting.front.complete, cells, tuple(records), verdicts).decided
    return LIMITED if undecided else 0
