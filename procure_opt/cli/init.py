"""Verb init: write a new case file with comments, to begin from."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

from procure_opt.cli.screen import say
from procure_opt.cli.templates import TEMPLATES
from procure_opt.errors import UsageError, printable

USAGE = "NAME [--template T]"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    parser.add_argument("name", metavar="NAME", help="id of the new case; NAME.yaml is written here")
    known = "; ".join(f"{name}: {template.text}" for name, template in TEMPLATES.items())
    parser.add_argument("--template", metavar="T", choices=tuple(TEMPLATES), default="pair", help=known)


def run(given: argparse.Namespace) -> int:
    """Write the file; one that is there stays as it is."""
    if not _NAME.fullmatch(given.name):
        wanted = "a letter, then letters, digits, _ or -; at most 40"
        raise UsageError(f'"{printable(given.name)}" is no name of a case: {wanted}')
    target = Path(f"{given.name}.yaml")
    content = TEMPLATES[given.template].content.replace("NAME_OF_THE_CASE", given.name)
    try:
        with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "w", encoding="utf-8") as stream:
            stream.write(content)
    except FileExistsError:
        raise UsageError(f"{target} is there already; it stays as it is") from None
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror or error}") from None
    say([f"{target} written; next: procure-opt check {target}, then procure-opt run {target}"])
    return 0
