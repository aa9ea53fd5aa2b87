"""Red lines known late: what is left of a front when a structure was signed before they were announced."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from procure_opt.cli.progress import shown_progress
from procure_opt.cli.run import INTERRUPTED, LIMITED
from procure_opt.cli.screen import say, say_bytes
from procure_opt.errors import UsageError, printable

if TYPE_CHECKING:
    from procure_opt.case.model import Case
    from procure_opt.front import Front
    from procure_opt.structure.structure import Structure


@dataclass(frozen=True)
class Signing:
    """What was signed, the red lines that came after it, and each rule that it breaks with how."""

    structure: Structure
    lines: tuple[str, ...]
    broken: dict[str, str]


def signed_before(case: Case, named: Sequence[str], lines: Sequence[str]) -> Signing:
    """Return what was signed, by the name of a result and an id, before these lines; else those it breaks.

    Raises :class:`UsageError` where the structure is none of the case, or a line does not bind in it.
    """
    from procure_opt import rules

    structure = _structure(case, named)
    violations = rules.violations(case, structure)
    unknown = [each.text for each in violations if each.rule == rules.FIRST]
    if unknown:
        told = "".join(f"\n  {printable(text, 200)}" for text in unknown)
        raise UsageError(f"--signed: {structure.id} is no structure of this case:{told}")
    broken = {each.id or each.rule: each.text for each in violations}
    return Signing(structure, _late_lines(case, lines, broken), broken)


def _structure(case: Case, named: Sequence[str]) -> Structure:
    from procure_opt.result.read import read_claim

    source, prefix = named
    claim = read_claim(source)
    if claim.case.id != case.id:
        other = printable(claim.case.id)
        raise UsageError(f"--signed: {printable(source)} is a result of {other}, and this is {case.id}")
    return claim.find(prefix).structure


def _late_lines(case: Case, lines: Sequence[str], broken: dict[str, str]) -> tuple[str, ...]:
    from procure_opt.possible import binds

    bound = [name for name in case.red_lines if binds(case, name)]
    told = f"these do: {', '.join(bound) or 'none'}"
    for each in lines:
        if each not in bound:
            raise UsageError(f'"{printable(each)}" is no red line that binds in this case ({told})')
    late = tuple(dict.fromkeys(lines)) or tuple(name for name in bound if name in broken)
    if not late:
        raise UsageError(f"what was signed keeps every red line; name some that came late with --id ({told})")
    return late


def tell_late(front: Front, signing: Signing, given: argparse.Namespace) -> int:
    """Find what is left after the signing, and print what knowing the lines early was worth."""
    from procure_opt.analysis.prices import early_late
    from procure_opt.result.redlines import late_document
    from procure_opt.result.write import to_bytes
    from procure_opt.wargame.effect import judged
    from procure_opt.words.late import late_text

    left = _left(front.case, signing, given)
    found, signed = early_late(signing.lines, front, left), judged(front.case, signing.structure)
    if given.json:
        say_bytes(to_bytes(late_document(found, signed, signing.broken)))
    else:
        say(late_text(found, signed, signing.broken))
    if left.evidence.reason == "interrupted":
        return INTERRUPTED
    return 0 if found.complete else LIMITED


def _left(case: Case, signing: Signing, given: argparse.Namespace) -> Front:
    """Return the front of structures that keep what is frozen when the lines are announced."""
    from procure_opt.case.history import Inject
    from procure_opt.study import survey
    from procure_opt.wargame.event import happen
    from procure_opt.wargame.signed import frozen

    said = [Inject(kind="red_line_announced", red_line=line, text="") for line in signing.lines]
    happened = happen(case, said, signing.structure)
    settled = frozen(happened.case, signing.structure, happened.reopened)
    with shown_progress() as shown:
        return survey(
            happened.case,
            time_limit=given.time_limit,
            workers=given.workers,
            progress=shown,
            within=settled,
        ).front
