"""Verb init: write a new case file to begin from, small and commented, or a copy of a bundled case."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

from procure_opt.cli.screen import say
from procure_opt.errors import UsageError, printable

USAGE = "NAME [--template T]"
SMALL = "small"
_ID_LINE = re.compile(r"^id:.*$", re.MULTILINE)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    parser.add_argument("name", metavar="NAME", help="id of the new case; NAME.yaml is written here")
    template = f"{SMALL} (two nations, with comments) or the name of a bundled case; left out: {SMALL}"
    parser.add_argument("--template", metavar="T", default=SMALL, help=template)


def run(given: argparse.Namespace) -> int:
    """Write the file; one that is there stays as it is."""
    content = _content(given.name, given.template)
    target = Path(f"{given.name}.yaml")
    try:
        with open(
            os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "w", encoding="utf-8"
        ) as stream:
            stream.write(content)
    except FileExistsError:
        raise UsageError(f"{target} is there already; it stays as it is") from None
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror or error}") from None
    say([f"{target} written; next: procure-opt check {target}, then procure-opt run {target}"])
    return 0


def _content(name: str, template: str) -> str:
    from procure_opt.case.bundled import bundled_cases, bundled_path
    from procure_opt.case.spelling import closest
    from procure_opt.case.template import template_text

    small = template_text(name)
    if template == SMALL:
        return small
    known = (SMALL, *bundled_cases())
    if template not in known:
        near = closest(template, known)
        meant = f'; did you mean "{near}"?' if near else ""
        raise UsageError(f'"{printable(template)}" is no template{meant} (templates: {", ".join(known)})')
    line = _ID_LINE.search(small)
    named = line[0] if line else f"id: {name}"
    return _ID_LINE.sub(named, bundled_path(template).read_text(encoding="utf-8"), count=1)
