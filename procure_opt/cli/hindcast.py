"""Verb hindcast: what was really agreed against what the case allows, edition by edition."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from procure_opt.cli.run import INTERRUPTED, LIMITED
from procure_opt.cli.screen import say, warn

if TYPE_CHECKING:
    from procure_opt.case.model import Case

USAGE = "CASE [--time-limit S] [--draws N]"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    from procure_opt.cli.options import seconds

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
    from procure_opt.case.load import check_editions

    decided = True
    for number, (case, _) in enumerate(check_editions(given.case)):
        if number:
            say([""])
        try:
            decided &= _told(case, given)
        except KeyboardInterrupt:
            warn(["", "interrupted; what is told above stands"])
            return INTERRUPTED
    return 0 if decided else LIMITED


def _told(case: Case, given: argparse.Namespace) -> bool:
    """Print the hindcast of an edition; return whether everything was decided in time."""
    from procure_opt.analysis.hindcast import Casting, Hindcast
    from procure_opt.words.hindcast import falsifiers, heading, matrix, record

    casting = Casting(case, given.time_limit, given.draws)
    say(heading(case))
    cells = casting.cells()
    say(matrix(case, cells))
    records = []
    for each in casting.records():
        records.append(each)
        say(record(each))
    verdicts = casting.verdicts()
    say(falsifiers(verdicts))
    return Hindcast(case, cells, tuple(records), verdicts).decided
