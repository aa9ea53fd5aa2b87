"""``procure-opt VERB ...``: which verbs there are, and how every outcome becomes an exit code.

0 done and complete; 1 internal error; 2 wrong usage or a file that cannot be used; 3 stopped by a limit:
valid, incomplete; 4 no structure satisfies the case; 5 verification failed; 130 interrupted.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import NoReturn

from procure_opt.cli import screen
from procure_opt.errors import CaseError, ProcureError, UsageError, printable

PROGRAM = "procure-opt"
VERBS = (
    *("run", "check", "show", "explain", "compare", "report", "verify", "hindcast", "sensitivity"),
    *("redlines", "whatif", "inject", "seats", "serve"),
    *("cases", "init", "convert", "schema", "handbook", "doctor"),
)
INTERNAL, INTERRUPTED = 1, 130

_DESCRIPTION = "All Pareto-efficient ways in which states can buy weapons together: autonomy, spin-off, cost."
_CODES = (
    "exit codes: 0 done and complete; 1 internal error; 2 wrong usage or a file that cannot be used;\n"
    "3 stopped by a limit (valid, incomplete); 4 no structure satisfies the case; 5 verification failed;\n"
    "130 interrupted (partial result saved). CASE is a path, the name of a bundled case, or - for standard\n"
    "input; RESULT is a result.json, the folder of a run, or -."
)


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are errors of ours."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of leaving the program."""
        raise UsageError(f"{message}\ntry: {self.prog} --help")


def _layout(prog: str) -> argparse.HelpFormatter:
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=26, width=100)


def verb_module(verb: str) -> ModuleType:
    """Return the module of a verb."""
    return import_module(f"procure_opt.cli.{verb}")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = Parser(
        prog=PROGRAM,
        description=_DESCRIPTION,
        epilog=_CODES,
        formatter_class=_layout,
        allow_abbrev=False,
        usage=f"{PROGRAM} VERB ... [--debug]",
    )
    top.add_argument("--version", action="store_true", help="show the version and leave")
    verbs = top.add_subparsers(prog=PROGRAM, dest="verb", metavar="VERB", title="verbs", parser_class=Parser)
    for verb in VERBS:
        module = verb_module(verb)
        words = (module.__doc__ or "").partition("\n")[0]
        summary = words.partition(": ")[2].rstrip(".")
        usage = f"{PROGRAM} {verb} {module.USAGE}".rstrip()
        sub = verbs.add_parser(
            verb,
            help=summary,
            description=f"{summary[:1].upper()}{summary[1:]}.",
            usage=usage,
            formatter_class=_layout,
            allow_abbrev=False,
        )
        module.add_arguments(sub)
        sub.add_argument("--debug", action="store_true", help="show tracebacks")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; never raises, except SystemExit under ``--help``."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _hear_interrupts()
    screen.make_robust()
    try:
        return _run(words)
    except KeyboardInterrupt:
        screen.warn(["", "interrupted; nothing was found yet"])
        return INTERRUPTED
    except ProcureError as error:
        _raise_if_debugging(words)
        screen.warn(complaint(error))
        return error.exit_code
    except Exception as error:
        _raise_if_debugging(words)
        told = printable(f"{type(error).__name__}: {error}", 300)
        bug = "this is a bug; run again with --debug and report what it shows"
        screen.warn([f"{PROGRAM}: internal error: {told}", bug])
        return INTERNAL


def _hear_interrupts() -> None:
    """Hear Ctrl-C even if the program that started this one does not."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _raise_if_debugging(words: Sequence[str]) -> None:
    if "--debug" in words:
        raise


def _run(words: list[str]) -> int:
    _refuse_unknown_verb(words)
    given = parser().parse_args(words)
    if given.version:
        from procure_opt.cli.doctor import version

        screen.say([f"{PROGRAM} {version()}"])
        return 0
    if given.verb is None:
        raise UsageError(f"what shall be done? one of {', '.join(VERBS)}\ntry: {PROGRAM} --help")
    code: int = verb_module(given.verb).run(given)
    return code


def _refuse_unknown_verb(words: Sequence[str]) -> None:
    first = next((word for word in words if not word.startswith("-")), None)
    if first is not None and first not in VERBS:
        from procure_opt.case.spelling import closest

        near = closest(first, VERBS)
        meant = f'; did you mean "{near}"?' if near else ""
        raise UsageError(f'"{printable(first)}" is no verb{meant} (verbs: {", ".join(VERBS)})')


def complaint(error: ProcureError) -> list[str]:
    """Return an error as lines for people."""
    lines = str(error).split("\n")
    if not isinstance(error, CaseError):
        return [f"{PROGRAM}: error: {lines[0]}", *lines[1:]]
    errors = sum(finding.severity == "error" for finding in error.findings)
    return [*lines, f"{errors} error{'' if errors == 1 else 's'}; nothing was solved."]
