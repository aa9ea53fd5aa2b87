"""Verb report: write a result as one self-contained page, to look at, mail and print."""

from __future__ import annotations

import argparse
from pathlib import Path

from procure_opt.cli.files import add_result, read
from procure_opt.cli.screen import say, say_bytes
from procure_opt.errors import UsageError, printable

USAGE = "RESULT [--out FILE]"
NAME = "report.html"
STANDARD_OUTPUT = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    add_result(parser)
    parser.add_argument(
        "--out",
        metavar="FILE",
        help=f"where the page goes, - for standard output (default: {NAME} beside the result)",
    )


def run(given: argparse.Namespace) -> int:
    """Read the result, write the page."""
    from procure_opt.report import report_bytes, save_report

    target = _target(given)
    claim = read(given.result)
    if target is None:
        say_bytes(report_bytes(claim))
        return 0
    save_report(claim, target)
    say([f"written: {printable(target, 300)}; open it with a browser, no network needed"])
    return 0


def _target(given: argparse.Namespace) -> Path | None:
    """Return the file to write; None is standard output."""
    if given.out == "":
        raise UsageError("--out needs the name of a file, a folder, or -")
    if given.out is not None:
        target = Path(given.out)
        return None if given.out == STANDARD_OUTPUT else target / NAME if target.is_dir() else target
    if given.result == STANDARD_OUTPUT:
        raise UsageError("a result from standard input needs --out FILE for its page")
    result = Path(given.result)
    return (result if result.is_dir() else result.parent) / NAME
