"""Enumerate public multi-objective integer programs and print one JSON line for each.

Fields: ``name``; ``points`` (how many were found); ``nondominated`` (with --points: the points in the file's
own sense and units, sorted); ``complete`` (true only if they are proven to be all); ``reason`` (why not);
``engine`` (who found them: ``sweep``, ``highs``, or ``integers`` where all assignments were tried);
``solves`` (runs of the mixed-integer solver, retries included: none in a sweep); ``cpu_seconds`` (this
process and workers) and ``wall_seconds`` (both from the parsed file to the last proof);
``share_outside_solver`` (of the processor time: outside HiGHS, or outside the sweep where that was the
engine); ``peak_memory_mb`` (this process and its largest worker); ``workers``.

Exit code 0: all complete; 3: some incomplete; 2: a file that cannot be used; 130: Ctrl-C.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from procure_opt.errors import UsageError
from procure_opt.pareto.enumeration import INTERRUPTED
from tests.benchmarks.measured import AUTO, ENGINES, Record, measured
from tests.benchmarks.reading import read

OK, BAD, INCOMPLETE, STOPPED = 0, 2, 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    codes = {OK}
    for path in options.files:
        try:
            record = measured(
                read(path),
                workers=options.workers,
                seconds=options.time_limit,
                points=options.points,
                engine=options.engine,
            )
        except UsageError as error:
            print(f"error: {error}", file=sys.stderr)
            codes.add(BAD)
            continue
        except KeyboardInterrupt:
            return STOPPED
        print(json.dumps(record), flush=True)
        codes.add(_code(record))
        if record["reason"] == INTERRUPTED:
            break
    return next(code for code in (STOPPED, BAD, INCOMPLETE, OK) if code in codes)


def _code(record: Record) -> int:
    if record["reason"] == INTERRUPTED:
        return STOPPED
    return OK if record["complete"] else INCOMPLETE


def _parser() -> argparse.ArgumentParser:
    text, _, rest = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.public_instances",
        description=text,
        epilog=rest,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="an instance in JSON")
    parser.add_argument("--workers", type=_count, default=1, metavar="N", help="processes (default 1)")
    parser.add_argument("--time-limit", type=_seconds, metavar="S", help="seconds for each instance")
    parser.add_argument("--engine", choices=ENGINES, default=AUTO, help="who searches (default auto)")
    parser.add_argument("--points", action="store_true", help="print the points as well")
    return parser


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text} is not a number of processes from 1 to 64")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < 1e9:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number of seconds")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
