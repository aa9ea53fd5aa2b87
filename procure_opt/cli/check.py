"""Verb check: every error and warning of a case file with line and column, and how good its data are."""

from __future__ import annotations

import argparse

from procure_opt.cli.ranking import lines
from procure_opt.cli.screen import say, warn

USAGE = "CASE"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    parser.add_argument("case", metavar="CASE", help="a path, the name of a bundled case, or -")


def run(given: argparse.Namespace) -> int:
    """Check a case in all its editions; its errors are raised, its warnings and a summary are printed.

    Then the inputs that move its front most, as far as that was found out before: nothing is solved here.
    """
    from procure_opt.case.load import check_editions
    from procure_opt.wargame.event import idle_injects
    from procure_opt.words.case import summary

    checked = [
        (case, (*found, *idle_injects(case, given.case))) for case, found in check_editions(given.case)
    ]
    ranked = lines(given.case, [case for case, _ in checked])
    for (case, findings), ranking in zip(checked, ranked, strict=True):
        warn(str(finding) for finding in findings)
        say([*summary(case, len(findings)), *ranking])
    return 0
