"""Verb cases: the cases that come with the program."""

from __future__ import annotations

import argparse

from procure_opt.cli.screen import say

USAGE = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: the verb takes no arguments."""


def run(given: argparse.Namespace) -> int:
    """Print name, date and title of each bundled case."""
    from procure_opt.case.bundled import bundled_cases
    from procure_opt.case.load import load_case
    from procure_opt.errors import CaseError

    lines = []
    for name in bundled_cases():
        try:
            case = load_case(name)
            lines.append(f"{name:<16} as of {case.as_of:<10}  {case.title}  [{case.marking}]")
        except CaseError:
            lines.append(f"{name:<16} cannot be used; see: procure-opt check {name}")
    say(lines or ["no bundled cases"])
    return 0
