"""Verb run: find all efficient structures of a case, and say how sure it is that none is missing."""

from __future__ import annotations

import argparse
import dataclasses
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from procure_opt.cli.options import add_changes, asked_for, processes, seconds
from procure_opt.cli.progress import shown_progress
from procure_opt.cli.screen import say, say_bytes, warn
from procure_opt.cli.signals import undisturbed
from procure_opt.errors import LimitReached, UsageError, printable

if TYPE_CHECKING:
    from procure_opt.case.model import Case
    from procure_opt.front import Front

USAGE = (
    "CASE [--out DIR] [--view VIEW] [--without ID ...] [--with ID ...] [--require WHAT ...]\n"
    "       [--resolution OBJ=STEP ...] [--time-limit S] [--workers N] [--engine highs|cpsat] [--resume]\n"
    "       [--json]"
)
LIMITED, NONE, INTERRUPTED = 3, 4, 130
JOURNAL = "journal.jsonl"
FILES = "result.json, manifest.json, points.csv, workshare.csv and report.html"
DEFAULT_ENGINE = "highs"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    add = parser.add_argument
    add("case", metavar="CASE", help="a path, the name of a bundled case, or -")
    add("--out", metavar="DIR", help=f"write {FILES} there")
    add_changes(parser, require="must")
    add(
        "--time-limit",
        metavar="S",
        type=seconds,
        help="stop after so many seconds with what is found (exit 3)",
    )
    add(
        "--workers",
        metavar="N",
        type=processes,
        help="how many processes share a large case; the result does not depend on it (default: one for each"
        " processor, at most four)",
    )
    add_engine(parser, "which exact solver is asked about parts of a case that are too large for arithmetic")
    add(
        "--resume",
        action="store_true",
        help="go on from what an unfinished run with the same --out has done, whatever ended it",
    )
    add("--json", action="store_true", help="print the result, and nothing else, on standard output")


def add_engine(parser: argparse.ArgumentParser, told: str) -> None:
    """Add the option that names an exact solver; None if it is not given."""
    from procure_opt.solving.engine import ENGINES

    parser.add_argument("--engine", choices=ENGINES, help=f"{told} ({DEFAULT_ENGINE} unless given)")


def run(given: argparse.Namespace) -> int:
    """Solve, save, tell."""
    from procure_opt.case.load import load_case
    from procure_opt.result.write import result_bytes

    case = asked_for(load_case(given.case), given)
    folder = None if given.out is None else Path(given.out)
    if given.resume and folder is None:
        raise UsageError("--resume goes with --out: the folder of the run that is to go on")
    if folder is not None:
        _prepare(folder, case)
    journal = folder and folder / JOURNAL
    front = _solved(case, given, journal)
    with undisturbed():
        content = result_bytes(front.claim)
        folder = folder and _apart(folder, front)
        if folder is not None:
            save(folder, front, content, given)
        if journal is not None and front.complete:
            journal.unlink(missing_ok=True)
        say_bytes(content) if given.json else say(report(front, folder))
    code = exit_code(front)
    if code == NONE:
        _tell_conflict(case, given)
    elif code == INTERRUPTED:
        warn(["interrupted" + (f"; what was found is in {folder}" if folder else "")])
    if journal is not None and not front.complete and journal.exists():
        warn([f"to go on from here: the same command with --resume, which reads {printable(journal, 300)}"])
    return code


def _prepare(folder: Path, case: Case) -> None:
    """Make sure, before any work, that a result of this case can be written there and loses no other."""
    from procure_opt.result.write import earlier, prepare_folder

    prepare_folder(folder)
    before = earlier(folder)
    if before is not None and before[0] != case.id:
        raise UsageError(
            f"{printable(folder, 300)} holds a result of {printable(before[0])}, and this is {case.id};"
            " give another folder, or remove that one"
        )


def _apart(folder: Path, front: Front) -> Path:
    """Return where to write: beside a complete result of the same case, should this one be incomplete."""
    from procure_opt.result.write import earlier

    before = earlier(folder)
    if front.complete or before is None or before[1:] != (front.case.digest, True):
        return folder
    beside = folder.with_name(f"{folder.name}.incomplete")
    _prepare(beside, front.case)
    warn([f"{printable(folder, 300)} keeps its complete result; this one goes beside it"])
    return beside


def _solved(case: Case, given: argparse.Namespace, journal: Path | None) -> Front:
    from procure_opt.study import solve

    with shown_progress() as line:
        return solve(
            case,
            time_limit=given.time_limit,
            progress=line,
            workers=given.workers,
            engine=given.engine or DEFAULT_ENGINE,
            journal=journal,
            resume=given.resume,
        )


def exit_code(front: Front) -> int:
    """Return 0 complete, 3 stopped, 4 no structure, 130 interrupted."""
    if front.evidence.reason == "interrupted":
        return INTERRUPTED
    if not front.complete:
        return LIMITED
    return 0 if len(front) else NONE


def save(folder: Path, front: Front, content: bytes, given: argparse.Namespace) -> None:
    """Write the five files of a run."""
    from procure_opt.cli.doctor import manifest_versions
    from procure_opt.report import report_bytes
    from procure_opt.result.manifest import manifest
    from procure_opt.result.sheets import points_sheet, workshare_sheet
    from procure_opt.result.write import to_bytes, write_whole

    options = {
        name: value for name, value in sorted(vars(given).items()) if name not in ("verb", "debug", "version")
    }
    about = manifest(content, _plain(dataclasses.asdict(front.journey)), manifest_versions(), _plain(options))
    write_whole(folder / "result.json", content)
    write_whole(folder / "points.csv", points_sheet(front.claim))
    write_whole(folder / "workshare.csv", workshare_sheet(front.claim))
    write_whole(folder / "report.html", report_bytes(front.claim))
    write_whole(folder / "manifest.json", to_bytes(about))


def _plain(value: Any) -> Any:
    """Return plain data: times to the millisecond, anything unusual as text."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return round(value, 3) if math.isfinite(value) else str(value)
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def report(front: Front, folder: Path | None) -> list[str]:
    """Return what a person reads after a run."""
    from procure_opt.analysis.trilemma import LEVEL, thirds
    from procure_opt.words.closing import closing
    from procure_opt.words.opening import opening
    from procure_opt.words.table import extremes, trilemma

    journey = front.journey
    closed = closing(journey.closed, journey.closed_by_solver_too, journey.engine, journey.solves)
    lines = [*opening(front.claim), closed]
    if not len(front):
        stopped = "stopped before a structure was found; a larger --time-limit gives it a chance"
        return lines if front.complete else [*lines, "", stopped, *_written(folder)]
    lines += ["", *_shown(front, folder), "", *extremes(front.claim)]
    return [
        *lines,
        "",
        *trilemma(thirds(front.vectors, LEVEL), LEVEL, _so_far(front)),
        "",
        *_onwards(front, folder),
    ]


def _so_far(front: Front) -> int | None:
    """Return of how many structures is spoken if there may be others."""
    return None if front.complete else len(front)


def _shown(front: Front, folder: Path | None) -> list[str]:
    """Return the table; of a long front that is saved, some structures from end to end."""
    from procure_opt.words.table import table

    if folder is None or len(front) <= MOST_SHOWN:
        return table(front.case, front.structures)
    last = len(front) - 1
    some = [front.structures[place * last // (MOST_SHOWN // 2 - 1)] for place in range(MOST_SHOWN // 2)]
    rest = (
        f"these are {len(some)} of {len(front)}, from end to end; procure-opt show {printable(folder, 200)}"
    )
    return [*table(front.case, some), f"{rest} prints all"]


MOST_SHOWN = 40
"""Structures on the screen after a run; of more, half as many are shown."""


def _onwards(front: Front, folder: Path | None) -> list[str]:
    if folder is None:
        return ["to go on: run again with --out DIR, then procure-opt explain DIR ID, compare, verify"]
    ids = [each.id for each in front.structures]
    place = printable(folder, 200)
    lines = _written(folder)
    lines.append(f"to go on: procure-opt explain {place} {ids[0]}")
    if len(ids) > 1:
        lines.append(f"          procure-opt compare {place} {ids[0]} {ids[-1]}")
    return [*lines, f"          procure-opt verify {place}"]


def _written(folder: Path | None) -> list[str]:
    if folder is None:
        return []
    return [f"written to {printable(folder, 200)}: {FILES}"]


def _tell_conflict(case: Case, given: argparse.Namespace) -> None:
    """Print one minimal conflict; beside the result if that goes to standard output."""
    from procure_opt.case.switches import switchable
    from procure_opt.possible import minimal_conflict, regrets
    from procure_opt.words.conflict import conflict_text

    try:
        ids = minimal_conflict(case, time_limit=given.time_limit)
        unhappy = regrets(case, ids, time_limit=given.time_limit)
        lines = conflict_text(case, ids, switchable(case), unhappy)
    except LimitReached:
        lines = ["no structure satisfies this case; there was no time to find out which rules conflict"]
    warn(lines) if given.json else say(["", *lines])
