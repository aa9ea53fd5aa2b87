"""Verb sensitivity: how the verdicts change as inputs, weights, views and task classes do."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from procure_opt.cli.options import processes, seconds
from procure_opt.cli.progress import ProgressLine, Step, Told
from procure_opt.cli.ranking import claimed, fitting, key, place, ranked
from procure_opt.cli.run import INTERRUPTED, LIMITED, NONE
from procure_opt.cli.screen import say, say_bytes, warn
from procure_opt.cli.signals import stoppable, undisturbed
from procure_opt.errors import UsageError, printable

if TYPE_CHECKING:
    from procure_opt.analysis.sensitivity import Run
    from procure_opt.analysis.variations import Variation
    from procure_opt.case.inputs import Movable
    from procure_opt.case.model import Case
    from procure_opt.claim import Claim
    from procure_opt.front import Front

USAGE = (
    "CASE [--time-limit S] [--coarser N] [--workers N] [--out DIR] [--json]\n"
    "       procure-opt sensitivity CASE --influence [--front RESULT] [...]"
)
TIME_LIMIT = 60.0
COARSER = 4
_MOST_COARSE = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    add = parser.add_argument
    add("case", metavar="CASE", help="a path, the name of a bundled case, or -; CASE@2022 is an edition")
    add(
        "--influence",
        action="store_true",
        help="rank the inputs instead, by how far they move the front of one run, and store that beside the"
        " case (or in --out, where one may not write there); check prints it",
    )
    add("--front", metavar="RESULT", help="with --influence: take the front of this result of the case")
    add(
        "--time-limit",
        metavar="S",
        type=seconds,
        default=TIME_LIMIT,
        help="seconds for each run; one that needs more is shown as incomplete (default: 60)",
    )
    add(
        "--coarser",
        metavar="N",
        type=factor,
        default=COARSER,
        help="by how much runs are coarser than the case asks, for speed (default: 4)",
    )
    add("--workers", metavar="N", type=processes, help="how many processes share a large case")
    add("--out", metavar="DIR", help="write sensitivity.md and sensitivity.json there")
    add("--json", action="store_true", help="print the data, and nothing else, on standard output")


def factor(text: str) -> int:
    """Return how much coarser; argparse makes a complaint of the error."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:5]) <= _MOST_COARSE:
        raise argparse.ArgumentTypeError(f"{printable(text)} is no whole number from 1 to {_MOST_COARSE}")
    return int(text)


def run(given: argparse.Namespace) -> int:
    """Rank the inputs, or vary what is stated and tell what changes."""
    from procure_opt.case.load import load_case

    if given.front is not None and not given.influence:
        raise UsageError("--front goes with --influence")
    case = load_case(given.case)
    with stoppable():
        return _rank(case, given) if given.influence else _vary(case, given)


# -- the ranking -----------------------------------------------------------------------------------------


def _rank(case: Case, given: argparse.Namespace) -> int:
    from procure_opt.result.influence import save_ranking, to_json
    from procure_opt.result.write import to_bytes
    from procure_opt.words.influence import ranking_lines

    target = place(given.case, given.out)
    claim = _base(case, given).claim if given.front is None else claimed(case, given.front)
    if (code := _ended(claim, given)) in (NONE, INTERRUPTED) or not claim.structures:
        return code
    best = ranked(case, claim)
    save_ranking(target, key(case), best)
    where = f"written to {printable(target, 300)}"
    say_bytes(to_bytes(to_json(best))) if given.json else say([*ranking_lines(best), where])
    return code


def _base(case: Case, given: argparse.Namespace) -> Front:
    from procure_opt.analysis.variations import coarsened
    from procure_opt.study import solve

    line = ProgressLine()
    coarse = coarsened(case, given.coarser)
    try:
        return solve(coarse, time_limit=given.time_limit, workers=given.workers, progress=line)
    finally:
        line.clear()


def _ended(claim: Claim, given: argparse.Namespace) -> int:
    """Return the exit code of the first front, and say why if there is nothing to go on with."""
    from procure_opt.words.numbers import counted

    if claim.evidence.reason == "interrupted":
        warn(["interrupted"])
        return INTERRUPTED
    if not claim.evidence.complete:
        found = counted(len(claim.structures), "structure")
        warn(
            [
                f"the first run, with which all others are compared, is incomplete ({claim.evidence.reason}),"
                f" {found} so far" + ("" if claim.structures else "; there is nothing to vary"),
                f"a --time-limit above {given.time_limit:g} s or a --coarser other than {given.coarser} may"
                " complete it",
            ]
        )
        return LIMITED
    if not claim.structures:
        warn(["no structure satisfies this case; procure-opt run says which rules conflict"])
        return NONE
    return 0


# -- the table -------------------------------------------------------------------------------------------


def _vary(case: Case, given: argparse.Namespace) -> int:
    folder = _prepared(given.out)
    front = _base(case, given)
    if (code := _ended(front.claim, given)) in (NONE, INTERRUPTED) or not len(front):
        return code
    found, whole = _runs(case, front, folder, given)
    if not whole:
        warn(["interrupted; the runs before it are told"])
        return INTERRUPTED
    return 0 if all(run.verdicts is None or run.verdicts.complete for run in found) else LIMITED


def _prepared(out: str | None) -> Path | None:
    """Make sure, before any work, that the two files can be written."""
    from procure_opt.result.sensitivity import MARK
    from procure_opt.result.write import prepare_folder, refuse_foreign
    from procure_opt.words.sensitivity import HEAD

    if out is None:
        return None
    folder = Path(out)
    prepare_folder(folder)
    refuse_foreign(folder / "sensitivity.md", HEAD.encode())
    refuse_foreign(folder / "sensitivity.json", MARK)
    return folder


def _runs(case: Case, front: Front, folder: Path | None, given: argparse.Namespace) -> tuple[list[Run], bool]:
    """Return the runs, saved as they end and told, and whether nobody interrupted them."""
    from procure_opt.analysis.sensitivity import runs
    from procure_opt.analysis.trilemma import LEVEL, thirds
    from procure_opt.analysis.variations import MOST_INPUTS, base_of, coarsened, variations

    coarse = coarsened(case, given.coarser)
    varied = variations(coarse, _movables(case, front, given)[:MOST_INPUTS], front.vectors)
    table = _Table(case, front.case, len(varied), folder, given)
    line = ProgressLine()
    found: list[Run] = []
    try:
        every = runs(
            base_of(coarse),
            front,
            varied,
            lambda vectors: thirds(vectors, LEVEL),
            time_limit=given.time_limit,
            workers=given.workers,
            watch=_watch(line, len(varied)),
        )
        for each in every:
            found.append(each)
            table.save(found)
        stopped = found[-1].verdicts is not None and found[-1].verdicts.reason == "interrupted"
    except KeyboardInterrupt:
        stopped = True
    finally:
        line.clear()
    table.tell(found)
    return found, not stopped


def _movables(case: Case, front: Front, given: argparse.Namespace) -> list[Movable]:
    """Return the inputs that matter most: as stored beside the case if that fits, else found anew."""
    from procure_opt.case.inputs import inputs

    best = fitting(given.case, case) or ranked(case, front.claim)
    movables = {movable.where: movable for movable in inputs(case)}
    return [movables[each.paths] for each in (*best.inputs, *best.gates) if each.paths in movables]


def _watch(line: ProgressLine, several: int) -> Callable[[Variation], Callable[[Step], None]]:
    """Return what gives each run its progress function."""
    places = itertools.count(1)

    def watch(variation: Variation) -> Callable[[Step], None]:
        head = f"run {next(places)} of {several} ({variation.kind})"
        return lambda step: line(Told(f"{head}: {step.text}"))

    return watch


@dataclass
class _Table:
    """What becomes of the runs: two files, if they are wanted, and something to read."""

    case: Case
    base: Case
    planned: int
    folder: Path | None
    given: argparse.Namespace

    def save(self, found: list[Run]) -> None:
        """Write both files: after each run, so that nothing is lost whatever ends it."""
        from procure_opt.result.write import write_whole

        if self.folder is not None:
            data, lines = self._texts(found)
            with undisturbed():
                write_whole(self.folder / "sensitivity.json", data)
                write_whole(self.folder / "sensitivity.md", "".join(f"{line}\n" for line in lines).encode())

    def tell(self, found: list[Run]) -> None:
        """Print the table or the data."""
        data, lines = self._texts(found)
        if self.given.json:
            say_bytes(data)
            return
        where = f"written to {printable(self.folder, 200)}: sensitivity.md, sensitivity.json"
        say([*lines, *([] if self.folder is None else ["", where])])

    def _texts(self, found: list[Run]) -> tuple[bytes, list[str]]:
        from procure_opt.analysis.trilemma import LEVEL
        from procure_opt.result.sensitivity import sensitivity_document
        from procure_opt.result.write import to_bytes
        from procure_opt.words.sensitivity import sensitivity

        about: dict[str, Any] = {
            "coarser": self.given.coarser,
            "time_limit": self.given.time_limit,
            "level": LEVEL,
            "planned": self.planned,
        }
        data = to_bytes(sensitivity_document(self.case, found, **about))
        return data, sensitivity(self.base, found, **about)
