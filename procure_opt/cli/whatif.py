"""Verb whatif: is it possible, what forbids it, what would have to go or to move, what comes of it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from procure_opt.cli.options import add_changes, asked_for, processes, seconds
from procure_opt.cli.redlines import solved
from procure_opt.cli.run import INTERRUPTED, LIMITED, NONE
from procure_opt.cli.screen import say, say_bytes

if TYPE_CHECKING:
    from procure_opt.analysis.repairs import Repairs
    from procure_opt.case.model import Case
    from procure_opt.front import Front

USAGE = (
    "CASE --require WHAT ... [--fronts] [--view VIEW] [--without ID ...] [--with ID ...]\n"
    "       [--resolution OBJ=STEP ...] [--time-limit S] [--workers N] [--json]"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    add = parser.add_argument
    add("case", metavar="CASE", help="a path, the name of a bundled case, or -; CASE@2022 is an edition")
    add_changes(parser, require="shall")
    add("--fronts", action="store_true", help="solve, too: what it does to the front, and each repair does")
    add("--time-limit", metavar="S", type=seconds, help="seconds for the reasons, and for each front")
    add("--workers", metavar="N", type=processes, help="how many processes share a large case")
    add("--json", action="store_true", help="print the answer as one JSON document, and nothing else")


def run(given: argparse.Namespace) -> int:
    """Print the conflicts and the repairs of what is required; with --fronts what comes of each."""
    from procure_opt.analysis.repairs import repairs_of
    from procure_opt.case.load import load_case

    loaded = load_case(given.case)
    asked = asked_for(loaded, given)
    as_it_is = asked_for(loaded, argparse.Namespace(**(vars(given) | {"require": []})))
    found = repairs_of(asked, moving=True, time_limit=given.time_limit)
    if not given.json:
        _tell(asked, found, given)
    if not (given.fronts and (found.possible or found.repairs)):
        _tell_data(asked, found, given)
        return 0 if found.possible else NONE if found.complete else LIMITED
    before = solved(as_it_is, given)
    after = [] if _interrupted(before) else _after(before, asked, found, given)
    _tell_data(asked, found, given, before, after)
    fronts = [before, *(front for _, front in after)]
    if any(map(_interrupted, fronts)):
        return INTERRUPTED
    return 0 if all(front.complete for front in fronts) else LIMITED


def _tell(asked: Case, found: Repairs, given: argparse.Namespace) -> None:
    from procure_opt.case.switches import switchable
    from procure_opt.words.repairs import repairs_text

    wanted = "; ".join(given.require) or "some structure at all"
    say([f"{asked.title} ({asked.id})", asked.marking, f"required: {wanted}", ""])
    say(repairs_text(asked, found, switchable(asked)))


def _tell_data(
    asked: Case,
    found: Repairs,
    given: argparse.Namespace,
    before: Front | None = None,
    after: list[tuple[int | None, Front]] | None = None,
) -> None:
    """Print the document, if that was asked for."""
    from procure_opt.result.whatif import whatif_document
    from procure_opt.result.write import to_bytes

    if given.json:
        told = [(place, front.claim) for place, front in after or []]
        say_bytes(to_bytes(whatif_document(asked, found, None if before is None else before.claim, told)))


def _interrupted(front: Front) -> bool:
    return front.evidence.reason == "interrupted"


def _after(
    before: Front, asked: Case, found: Repairs, given: argparse.Namespace
) -> list[tuple[int | None, Front]]:
    """Solve with what is required, repaired in each of the ways found; tell each as it is found."""
    from procure_opt.analysis.repairs import repaired
    from procure_opt.words.compare import compare_claims
    from procure_opt.words.repairs import repair_text

    fronts: list[tuple[int | None, Front]] = []
    for place in [None] if found.possible else range(len(found.repairs)):
        other = solved(asked if place is None else repaired(asked, found, place), given)
        fronts.append((place, other))
        if _interrupted(other):
            break
        if not given.json:
            way = "with what is required" if place is None else repair_text(found, place)
            head = f"the front as it is -> the front {way}"
            say(["", head, *compare_claims(before.claim, other.claim)])
    return fronts
