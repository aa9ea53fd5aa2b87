"""Verb serve: wargame sessions for other programs, as JSON lines on standard input and output."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from procure_opt.cli.options import SEVERAL
from procure_opt.cli.run import INTERRUPTED
from procure_opt.cli.signals import stoppable
from procure_opt.errors import UsageError, printable

if TYPE_CHECKING:
    from procure_opt.case.model import Case
    from procure_opt.claim import Claim

USAGE = "--stdio [--case CASE ...] [--front NAME=RESULT ...]"
LONGEST_LINE = 16 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    add = parser.add_argument
    add(
        "--stdio",
        action="store_true",
        help="one request a line on standard input, one answer a line on output",
    )
    add(
        "--case",
        metavar="CASE",
        **SEVERAL,
        dest="cases",
        help="case files that requests may name as they are named here, beside the bundled ones",
    )
    add(
        "--front",
        metavar="NAME=RESULT",
        **SEVERAL,
        dest="fronts",
        help="results that requests may name: a result.json or the folder of a run",
    )


def run(given: argparse.Namespace) -> int:
    """Answer requests until the input ends (exit 0) or somebody interrupts (exit 130)."""
    if not given.stdio:
        raise UsageError("serve speaks on standard input and output only: say --stdio\ntry: serve --help")
    from procure_opt.wargame.sessions.desk import Desk

    desk = Desk(_cases(given.cases), _fronts(given.fronts))
    try:
        with stoppable(), _own_output() as output:
            serve(desk, _standard_input(), output)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return 0
    except OSError as error:
        raise UsageError(f"the answers cannot be written: {error.strerror or error}") from None
    return 0


def serve(desk: object, lines: BinaryIO, output: BinaryIO) -> None:
    """Answer line by line; a line that is too long is read to its end and refused."""
    from procure_opt.wargame.sessions.desk import Desk, answer_line
    from procure_opt.wargame.sessions.plain import canonical

    assert isinstance(desk, Desk)
    while raw := lines.readline(LONGEST_LINE + 1):
        if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
            _skip_line(lines)
            message = f"the line is longer than {LONGEST_LINE} bytes"
            told = {"id": None, "error": {"kind": "request", "message": message, "findings": []}}
            output.write(canonical(told).encode("ascii") + b"\n")
        elif raw.strip():
            output.write(answer_line(desk, raw))
        output.flush()


def _skip_line(lines: BinaryIO) -> None:
    while (more := lines.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
        pass


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise UsageError("standard input is closed, expected requests on it")
    return sys.stdin.buffer


@contextmanager
def _own_output() -> Iterator[BinaryIO]:
    """Keep standard output for answers: whatever else writes there, a solver say, goes to standard error."""
    if sys.stdout is None:
        raise UsageError("standard output is closed, expected to write answers there")
    try:
        number = sys.stdout.fileno()
    except (AttributeError, OSError, ValueError):
        yield sys.stdout.buffer
        return
    sys.stdout.flush()
    kept = os.dup(number)
    try:
        _point_at_errors(number)
        with os.fdopen(os.dup(kept), "wb") as output:
            yield output
    finally:
        os.dup2(kept, number)
        os.close(kept)


def _point_at_errors(number: int) -> None:
    """Let what is written there go to standard error; nowhere, if that is closed."""
    if sys.stderr is not None:
        os.dup2(sys.stderr.fileno(), number)
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def _cases(sources: list[str]) -> dict[str, Case]:
    from procure_opt.case.load import load_case

    return {source: load_case(source) for source in sources}


def _fronts(named: list[str]) -> dict[str, Claim]:
    from procure_opt.result.read import read_claim

    found = {}
    for each in named:
        name, sign, source = each.partition("=")
        if not (name and sign and source):
            raise UsageError(
                f'--front {printable(each, 100)}: must be NAME=RESULT, such as "now=gcap-result"'
            )
        if name in found:
            raise UsageError(f"--front {printable(name, 100)}: two fronts have this name")
        found[name] = read_claim(source)
    return found
