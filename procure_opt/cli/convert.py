"""Verb convert: a case file as a workbook, or a workbook as a case file; nothing but comments is lost."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from procure_opt.cli.screen import say, warn
from procure_opt.errors import UsageError, printable

USAGE = "FROM TO [--force]"
WORKBOOK = ".xlsx"
CASE_FILES = (".yaml", ".yml")
_OTHERS = (".xls", ".xlsm", ".xlsb", ".ods", ".csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    workbook, file = f"a workbook ({WORKBOOK})", f"a case file ({', '.join(CASE_FILES)})"
    parser.add_argument("source", metavar="FROM", help=f"{workbook}, {file} or the name of a bundled case")
    parser.add_argument("target", metavar="TO", help=f"the other: {file} or {workbook}")
    parser.add_argument("--force", action="store_true", help="replace TO if it is there")


def run(given: argparse.Namespace) -> int:
    """Write the other form, whole or not at all; remarks on the case go to standard error."""
    from procure_opt.result.write import write_whole
    from procure_opt.spreadsheet.convert import from_workbook, to_workbook

    target = Path(given.target)
    inwards = _is_inwards(given.source, given.target)
    _refuse_taken(target, given.source, force=given.force)
    if inwards:
        text, findings = from_workbook(given.source)
        content = text.encode("utf-8")
    else:
        content, findings = to_workbook(given.source)
    warn(str(finding) for finding in findings)
    write_whole(target, content)
    lost = "" if inwards else " (comments of the case file are not in it)"
    say([f"{printable(target, 300)} written{lost}; next: {_next(target, inwards=inwards)}"])
    return 0


def _next(target: Path, *, inwards: bool) -> str:
    shown = printable(target, 300)
    return (
        f"procure-opt check {shown}" if inwards else f"procure-opt convert {shown} CASE.yaml brings it back"
    )


def _is_inwards(source: str, target: str) -> bool:
    """Is it from a workbook to a case file? Raises :class:`UsageError` if neither it nor the reverse."""
    first, second = Path(source).suffix.lower(), Path(target).suffix.lower()
    for suffix in (first, second):
        if suffix in _OTHERS:
            raise UsageError(f"{suffix} is not read or written; save the workbook as {WORKBOOK}")
    if first == WORKBOOK and second in CASE_FILES:
        return True
    if first != WORKBOOK and second == WORKBOOK:
        return False
    shown = f"{printable(source, 100)} to {printable(target, 100)}"
    raise UsageError(f"{shown}: one must be a workbook ({WORKBOOK}), the other a case file ({CASE_FILES[0]})")


def _refuse_taken(target: Path, source: str, *, force: bool) -> None:
    if not os.path.lexists(target):
        return
    shown = printable(target, 300)
    if target.is_dir():
        raise UsageError(f"{shown} is a folder; give the name of a file")
    if os.path.exists(source) and os.path.samefile(source, target):
        raise UsageError(f"{shown} would replace what it is made from")
    if not force:
        raise UsageError(f"{shown} is there already; it stays as it is (--force replaces it)")
