"""What check and sensitivity share: the ranking of inputs that is stored beside a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from procure_opt.cli.progress import ProgressLine, Told
from procure_opt.cli.screen import warn
from procure_opt.errors import ResultError, UsageError, printable

if TYPE_CHECKING:
    from procure_opt.case.model import Case
    from procure_opt.claim import Claim
    from procure_opt.result.influence import Ranking

_LONGEST = 300


def stored(source: str) -> dict[str, Ranking]:
    """Return edition -> ranking of what is stored beside a case; nothing for standard input."""
    from procure_opt.case.load import case_file
    from procure_opt.result.influence import influence_file, read_rankings

    file = case_file(source)
    return {} if file is None else read_rankings(influence_file(file))


def lines(source: str, cases: list[Case]) -> list[list[str]]:
    """Return for each edition what there is to say about its ranking; nothing for standard input."""
    from procure_opt.words.influence import ranking_text

    if source == "-":
        return [[] for _ in cases]
    try:
        rankings = stored(source)
    except ResultError as error:
        return [[f"{error}; remove it, then: {command(source, case)}"] for case in cases]
    return [ranking_text(rankings.get(key(case)), case.digest, command(source, case)) for case in cases]


def key(case: Case) -> str:
    """Return under which name the ranking of an edition is stored."""
    return case.edition or ""


def command(source: str, case: Case) -> str:
    """Return the command that makes the ranking of an edition."""
    named = case.edition is None or source.endswith(f"@{case.edition}")
    edition = source if named else f"{source}@{case.edition}"
    return f"procure-opt sensitivity {printable(edition, _LONGEST)} --influence"


def place(source: str, out: str | None) -> Path:
    """Return where the ranking of a case goes: beside its file if one may write there, else to ``out``.

    Raises :class:`UsageError`, before any work, if it cannot be written.
    """
    from procure_opt.case.bundled import is_carried
    from procure_opt.case.load import case_file
    from procure_opt.result.influence import check_place, influence_file
    from procure_opt.result.write import can_write, prepare_folder

    file = case_file(source)
    target = influence_file(file or Path("case.yaml"))
    if file is None or is_carried(file) or not can_write(file.parent):
        if out is None:
            raise UsageError("the ranking cannot be stored beside this case; say where by --out DIR")
        prepare_folder(Path(out))
        target = Path(out) / target.name
    check_place(target)
    return target


def fitting(source: str, case: Case) -> Ranking | None:
    """Return the ranking beside the case, if it fits."""
    try:
        known = stored(source).get(key(case))
    except ResultError as error:
        warn([str(error)])
        return None
    return known if known is not None and known.sha256 == case.digest else None


def ranked(case: Case, claim: Claim) -> Ranking:
    """Return the ranking of the inputs of the case over a front of it (coarser, as a rule)."""
    from procure_opt.analysis.influence import influence, ranking

    line = ProgressLine()

    def told(done: int, of: int) -> None:
        line(Told(f"{done} of {of} inputs"))

    try:
        found = influence(claim.case, claim.structures, progress=told)
    finally:
        line.clear()
    return ranking(case, found, len(claim.structures), claim.evidence.complete)


def claimed(case: Case, source: str) -> Claim:
    """Return the claim of a result, if it is about this case (at whatever resolution)."""
    from procure_opt.change import OBJECTIVES, at_resolution
    from procure_opt.cli.files import read

    claim = read(source)
    steps = {name: getattr(case.resolution, name).whole for name in OBJECTIVES}
    if at_resolution(claim.case, steps).digest != at_resolution(case, steps).digest:
        raise UsageError(
            f"{printable(source, 300)} is a result of {claim.case.id} as it was stated otherwise"
        )
    return claim
