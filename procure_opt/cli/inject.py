"""Verb inject: what an event does to the front and to what was signed: who walks, what is left, regret."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from procure_opt.cli.options import SEVERAL, add_changes, asked_for, processes, seconds
from procure_opt.cli.progress import shown_progress
from procure_opt.cli.run import INTERRUPTED, LIMITED, NONE
from procure_opt.cli.screen import say, say_bytes, warn
from procure_opt.errors import UsageError, printable

if TYPE_CHECKING:
    from procure_opt.case.history import Inject
    from procure_opt.case.model import Case
    from procure_opt.structure.structure import Structure
    from procure_opt.wargame.effect import Effect

USAGE = (
    "CASE (ID ... | KIND [--nation N] [--holder H] [--pillar P] [--package K] [--tier T]\n"
    "       [--red-line ID] [--percent X] [--million X] [--months X] [--level L] [--sunk X] [--eviction X]\n"
    "       [--weights TASK=POINTS ...] [--announces ID ...] [--withdraws ID ...] [--text TEXT])\n"
    "       [--signed RESULT ID] [--view VIEW] [--without ID ...] [--with ID ...]\n"
    "       [--resolution OBJ=STEP ...] [--time-limit S] [--workers N] [--json]"
)
_LONGEST_NUMBER = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    add = parser.add_argument
    add("case", metavar="CASE", help="a path, the name of a bundled case, or -; CASE@2022 is an edition")
    add(
        "what",
        metavar="WHAT",
        nargs="+",
        help="injects that the case has prepared, in their order; or a kind, with its size: withdrawal,"
        " cost_overrun, export_denial, order_cut, new_entrant, technology_failure, delay, budget_shock,"
        " red_line_announced, red_line_withdrawn, election",
    )
    for name, told in _WORDS.items():
        add(f"--{name.replace('_', '-')}", metavar=_METAVARS.get(name, "ID"), help=told)
    for name, told in _NUMBERS.items():
        add(f"--{name}", metavar="X", type=number, help=told)
    add("--weights", metavar="TASK=POINTS", **SEVERAL, help="election: its new points per task, 100 in all")
    add("--announces", metavar="ID", **SEVERAL, help="election: red lines of its own that now bind")
    add("--withdraws", metavar="ID", **SEVERAL, help="election: red lines of its own that fall")
    add("--signed", metavar=("RESULT", "ID"), nargs=2, help="a structure of a result: what was signed")
    add_changes(parser, when=" before it happens")
    add("--time-limit", metavar="S", type=seconds, help="seconds for the answer; what is missing is said")
    add("--workers", metavar="N", type=processes, help="how many processes share a large case")
    add("--json", action="store_true", help="print the answer as one JSON document, and nothing else")


_WORDS = {
    "nation": "the nation concerned",
    "holder": "export_denial: who denies",
    "pillar": "the pillar; may go where the case has one",
    "package": "the work package",
    "tier": "new_entrant: the only tier that opens",
    "red_line": "the red line",
    "text": "what is read aloud",
}
_METAVARS = {"text": "TEXT", "nation": "CODE"}
_NUMBERS = {
    "percent": "size, percent",
    "million": "size, million",
    "months": "delay: so many months",
    "level": "export_denial: the level that is left (1 unless given)",
    "sunk": "withdrawal: million spent in vain",
    "eviction": "withdrawal: million that moving the work costs",
}


def number(text: str) -> int | Decimal:
    """Return a number as a case file has it; argparse makes a complaint of the error."""
    try:
        value = Decimal(text) if len(text) <= _LONGEST_NUMBER and text.isascii() else Decimal("nan")
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or value.adjusted() > _LONGEST_NUMBER:
        raise argparse.ArgumentTypeError(f"{printable(text)} is no number")
    return int(value) if value == value.to_integral_value() else value


def run(given: argparse.Namespace) -> int:
    """Print what follows from the injects."""
    from procure_opt.case.load import load_case
    from procure_opt.result.write import to_bytes
    from procure_opt.wargame.document import document
    from procure_opt.words.inject import inject_text

    case = asked_for(load_case(given.case), given)
    injects = _injects(case, given)
    answer = _answered(case, injects, given)
    if given.json:
        say_bytes(to_bytes(document(answer, injects)))
    else:
        say(inject_text(answer))
    warn([f"answered in {answer.seconds:.1f} s"])
    return _exit_code(answer)


def _exit_code(answer: Effect) -> int:
    if answer.stopped:
        return INTERRUPTED
    if not answer.complete:
        return LIMITED
    return 0 if len(answer.front) else NONE


def _answered(case: Case, injects: list[Inject], given: argparse.Namespace) -> Effect:
    from procure_opt.wargame.effect import effect

    signed, known = _signed(case, given)
    with shown_progress() as line:
        return effect(
            case,
            injects,
            signed,
            known=known,
            time_limit=given.time_limit,
            workers=given.workers,
            progress=line,
        )


def _signed(case: Case, given: argparse.Namespace) -> tuple[Structure | None, list[Structure]]:
    """Return the structure that was signed and all of its result, which must be one of this case."""
    if given.signed is None:
        return None, []
    from procure_opt.result.read import read_claim

    source, prefix = given.signed
    claim = read_claim(source)
    if claim.case.id != case.id:
        raise UsageError(
            f"--signed: {printable(source)} is a result of {claim.case.id}, and this is {case.id}"
        )
    if claim.case.digest != case.digest:
        warn(["the result is of the case with other settings; what was signed is judged in the case given"])
    return claim.find(prefix).structure, [each.structure for each in claim.structures]


def _injects(case: Case, given: argparse.Namespace) -> list[Inject]:
    """Return the injects meant: prepared ones, or one of a kind with what the options say."""
    from procure_opt.wargame.injects import kinds

    stated = _options(given)
    unknown = [name for name in given.what if name not in case.injects and _kind(name) not in kinds()]
    if unknown:
        raise UsageError("\n".join(_stranger(case, name, kinds()) for name in unknown))
    made = [name for name in given.what if name not in case.injects]
    if stated and len(made) != 1:
        what = "the injects of the case state theirs" if not made else "name one kind at a time"
        raise UsageError(
            f"--{next(iter(stated)).replace('_', '-')} is for an inject given by its kind; {what}"
        )
    return [case.injects[name] if name in case.injects else _made(name, stated) for name in given.what]


def _kind(name: str) -> str:
    return name.replace("-", "_")


def _stranger(case: Case, name: str, kinds: tuple[str, ...]) -> str:
    from procure_opt.case.spelling import closest

    near = closest(_kind(name), [*case.injects, *kinds])
    meant = f'; did you mean "{near}"?' if near else ""
    prepared = ", ".join(sorted(case.injects)) or "none"
    shown = f'"{printable(name)}" is neither an inject of this case nor a kind{meant}'
    return f"{shown} (prepared: {prepared}; kinds: {', '.join(kinds)})"


def _options(given: argparse.Namespace) -> dict[str, Any]:
    """Return what the options say of an inject, by the names of the case format."""
    stated = {name: getattr(given, name) for name in (*_WORDS, *_NUMBERS)}
    lists = {"announces": given.announces, "withdraws": given.withdraws}
    weights = {"task_weights": _weights(given.weights)}
    told = {**stated, **lists, **weights}
    return {name: value for name, value in told.items() if value not in (None, [], {})}


def _weights(texts: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for text in texts:
        task, equals, points = text.partition("=")
        if not equals or not points.isascii() or not points.isdigit() or len(points) > 3 or task in found:
            raise UsageError(f'--weights "{printable(text)}": must be like operate=40, each task once')
        found[task] = int(points)
    return found


def _made(name: str, stated: dict[str, Any]) -> Inject:
    from procure_opt.case.document import Document
    from procure_opt.case.history import Inject
    from procure_opt.case.validate import validate

    return validate(Document("options", {"kind": _kind(name), "text": "", **stated}, {}, {}), Inject)
