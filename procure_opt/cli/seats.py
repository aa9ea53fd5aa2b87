"""Verb seats: sheets for a game on paper, one for each seat and one for the facilitator."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from procure_opt.cli.options import seconds
from procure_opt.cli.screen import say
from procure_opt.errors import UsageError, printable

if TYPE_CHECKING:
    from procure_opt.analysis.repairs import Repairs
    from procure_opt.case.model import Case
    from procure_opt.claim import Claim

USAGE = "CASE --out DIR [--front RESULT] [--time-limit S]"
FACILITATOR = "facilitator.html"
TIME_LIMIT = 10.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    add = parser.add_argument
    add("case", metavar="CASE", help="a path, the name of a bundled case, or -; CASE@2022 is an edition")
    add("--out", metavar="DIR", required=True, help="the folder for the sheets")
    add("--front", metavar="RESULT", help="a result of the case, for the facilitator's eyes")
    add(
        "--time-limit",
        metavar="S",
        type=seconds,
        default=TIME_LIMIT,
        help=f"seconds for each question what is possible (default: {TIME_LIMIT:g})",
    )


def run(given: argparse.Namespace) -> int:
    """Write the sheets; nothing is written if any of them could not be, or is somebody else's."""
    from procure_opt.case.load import load_case
    from procure_opt.result.write import refuse_foreign, write_whole
    from procure_opt.wargame.paper import facilitator_sheet, seat_sheet
    from procure_opt.wargame.paper.layout import MARK

    case = load_case(given.case)
    claim = _front(case, given.front)
    seats = tuple(sorted(case.nations))
    pages = {f"seat_{seat}.html": seat_sheet(case, seat) for seat in seats}
    pages[FACILITATOR] = facilitator_sheet(case, seats, possibilities(case, given.time_limit), claim)
    folder = Path(given.out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot write into {printable(folder, 300)}: {error.strerror or error}") from None
    for name in pages:
        refuse_foreign(folder / name, MARK.encode())
    for name, content in pages.items():
        write_whole(folder / name, content)
    say([f"written to {printable(folder, 300)}: {', '.join(pages)}"])
    return 0


def _front(case: Case, source: str | None) -> Claim | None:
    """Return the front to show; it must be one of this case."""
    if source is None:
        return None
    from procure_opt.result.read import read_claim

    claim = read_claim(source)
    if claim.case.id != case.id:
        raise UsageError(f"--front is a result of {printable(claim.case.id)}, and this is {case.id}")
    return claim


def possibilities(case: Case, time_limit: float | None) -> dict[str, Repairs]:
    """Return, for each pillar, whether it is possible, alone and with everybody, or why not."""
    from procure_opt.accounts.coalitions import open_tiers
    from procure_opt.analysis.repairs import repairs_of
    from procure_opt.change import requiring, with_soft

    found = {}
    soft = [name for name in sorted(case.red_lines) if _is_soft(case, name)]
    for pillar in sorted(case.pillars):
        seated = [nation for nation in sorted(case.nations) if open_tiers(case, pillar, nation)]
        everybody = [f"{nation} in {pillar}" for nation in seated]
        for asked in ([f"pillar {pillar}"], everybody):
            words = asked[0] if len(asked) == 1 else f"everybody in {pillar}: {', '.join(seated)}"
            required = requiring(case, asked)
            found[words] = repairs_of(required, time_limit=time_limit)
            if soft and len(asked) > 1:
                more = with_soft(required, soft)
                found[f"{words}, soft lines as well"] = repairs_of(more, time_limit=time_limit)
    return found


def _is_soft(case: Case, name: str) -> bool:
    """Was it said in time and not taken back, but does not bind?"""
    from procure_opt.case.vocabulary import last_day

    line = case.red_lines[name]
    in_time = last_day(line.as_of) <= case.known_until()
    return case.applies(name) and not case.enters(name) and line.status == "in_force" and in_time
