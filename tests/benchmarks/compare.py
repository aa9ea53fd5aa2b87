"""Compare this engine with others on the same files, in one run, and print a table with its conditions.

For each file, one after the other and each in an interpreter of its own: this engine with one and with two
workers; pyaugmecon with one worker (``--pyaugmecon PYTHON`` names an interpreter that has it, by default
this one); and the same enumeration with a PuLP model rebuilt for each solve. Processor seconds include child
processes; imports are left out everywhere. "x" columns say how many times as much a rival needs.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from procure_opt.errors import UsageError
from tests.benchmarks.public_instances import BAD, OK, STOPPED
from tests.benchmarks.reading import read

HERE = Path(__file__).resolve().parent
Record = Mapping[str, object]
HEAD = (
    "instance",
    "points",
    "solves/pt",
    "CPU s",
    "wall s, 2",
    "outside",
    "pyaugmecon CPU s",
    "x CPU",
    "x wall, 2",
    "PuLP CPU s",
    "x CPU",
    "CPLEX s",
    "x",
    "agree",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """What each program said of one file; an empty record: no answer in time, or none at all."""

    name: str
    published: float | None
    records: Mapping[str, Record] = field(default_factory=dict)

    def number(self, who: str, key: str) -> float | None:
        """Return a figure of one program, None where it gave none or did not finish."""
        record = self.records.get(who, {})
        value = record.get(key)
        finished = record.get("complete", True)
        return float(value) if finished and isinstance(value, int | float) else None

    def ratio(self, who: str, key: str, ours: str = "one") -> float | None:
        """Return how many times as much a rival needs."""
        return _ratio(self.number(who, key), self.number(ours, key))


def compared(path: str, python: str, seconds: float) -> Compared:
    """Run all programs on one file."""
    instance = read(path)
    ours = [sys.executable, "-m", "tests.benchmarks.public_instances", path, "--points"]
    limit = ["--time-limit", str(seconds)]
    commands = {
        "one": [*ours, *limit],
        "two": [*ours, *limit, "--workers", "2"],
        "pyaugmecon": [python, str(HERE / "rival_pyaugmecon.py"), path, "1"],
        "pulp": [sys.executable, "-m", "tests.benchmarks.rival_pulp", path, str(seconds)],
    }
    records = {who: _answer(command, seconds + 10) for who, command in commands.items()}
    return Compared(instance.name, instance.published_seconds, records)


def table(rows: Sequence[Compared]) -> str:
    """Return the table in Markdown, with geometric means of the ratios in the last line."""
    return "\n".join([_head(), *(_line(_cells(row)) for row in rows), _line(_means(rows))])


def _head() -> str:
    return "\n".join([_line(HEAD), _line(["---"] * len(HEAD))])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def conditions(python: str) -> str:
    """Return on what machine, with what versions and under what load the run was made."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    packages = ", ".join(f"{name} {version(name)}" for name in ("highspy", "pulp"))
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {os.cpu_count()} cores, {_processor()}; "
        f"{platform.system()}; Python {platform.python_version()}; {packages}; "
        f"pyaugmecon {_rival_version(python)}; load averages {load}"
    )


def _cells(row: Compared) -> tuple[str, ...]:
    points, solves = row.number("one", "points"), row.number("one", "solves")
    per_point = _ratio(solves, points)
    return (
        row.name,
        "unfinished" if points is None else f"{points:.0f}",
        _text(per_point),
        _text(row.number("one", "cpu_seconds")),
        _text(row.number("two", "wall_seconds")),
        _text(row.number("one", "share_outside_solver")),
        _text(row.number("pyaugmecon", "cpu_seconds")),
        _text(row.ratio("pyaugmecon", "cpu_seconds")),
        _text(row.ratio("pyaugmecon", "wall_seconds", "two")),
        _text(row.number("pulp", "cpu_seconds")),
        _text(row.ratio("pulp", "cpu_seconds")),
        _text(row.published),
        _text(_ratio(row.published, row.number("one", "cpu_seconds"))),
        _agreement(row),
    )


def _means(rows: Sequence[Compared]) -> tuple[str, ...]:
    published = [_ratio(row.published, row.number("one", "cpu_seconds")) for row in rows]
    means = {
        7: [row.ratio("pyaugmecon", "cpu_seconds") for row in rows],
        8: [row.ratio("pyaugmecon", "wall_seconds", "two") for row in rows],
        10: [row.ratio("pulp", "cpu_seconds") for row in rows],
        12: published,
    }
    named = {0: "geometric mean"}
    return tuple(named.get(i, _mean(means[i]) if i in means else "") for i in range(len(HEAD)))


def _agreement(row: Compared) -> str:
    """Say which programs found the points that one worker found."""
    front = row.records.get("one", {}).get("nondominated")
    others = {
        "two": row.records.get("two", {}).get("nondominated"),
        "pyaugmecon": row.records.get("pyaugmecon", {}).get("points"),
        "pulp": row.records.get("pulp", {}).get("points"),
    }
    differing = [who for who, points in others.items() if points is not None and points != front]
    silent = [who for who, points in others.items() if points is None]
    said = [f"not {who}" for who in differing] + [f"{who}: none" for who in silent]
    return "; ".join(said) or "all"


def _answer(command: Sequence[str], seconds: float) -> Record:
    """Return the last line that a program prints, as a record; empty if there is none in time."""
    path = os.pathsep.join([str(HERE.parents[1]), os.environ.get("PYTHONPATH", "")])
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds, env=os.environ | {"PYTHONPATH": path}
        )
        record = json.loads(done.stdout.splitlines()[-1])
    except (subprocess.TimeoutExpired, OSError, ValueError, IndexError):
        return {}
    return record if isinstance(record, dict) else {}


def _ratio(theirs: float | None, ours: float | None) -> float | None:
    return theirs / ours if theirs and ours else None


def _text(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _mean(values: Sequence[float | None]) -> str:
    known = [math.log(value) for value in values if value]
    return f"{math.exp(sum(known) / len(known)):.2f} ({len(known)})" if known else "-"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _rival_version(python: str) -> str:
    script = "import importlib.metadata as m; print(m.version('pyaugmecon'))"
    try:
        done = subprocess.run([python, "-c", script], capture_output=True, text=True, timeout=60)
    except (subprocess.TimeoutExpired, OSError):
        return "absent"
    return done.stdout.strip() or "absent"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    text, _, rest = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.compare", description=text, epilog=rest)
    parser.add_argument("files", nargs="+", metavar="FILE", help="an instance in JSON")
    parser.add_argument("--pyaugmecon", default=sys.executable, metavar="PYTHON", help="who can import it")
    parser.add_argument("--time-limit", type=float, default=60.0, metavar="S", help="for each run (60)")
    options = parser.parse_args(arguments)
    rows: list[Compared] = []
    code = OK
    print(conditions(options.pyaugmecon))
    print(f"time limit for each run: {options.time_limit:g} s\n\n{_head()}", flush=True)
    try:
        for path in options.files:
            try:
                rows.append(compared(path, options.pyaugmecon, options.time_limit))
            except UsageError as error:
                print(f"error: {error}", file=sys.stderr)
                code = BAD
            else:
                print(_line(_cells(rows[-1])), flush=True)
    except KeyboardInterrupt:
        code = STOPPED
    print(_line(_means(rows)))
    return code


if __name__ == "__main__":
    sys.exit(main())
