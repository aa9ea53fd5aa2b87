"""A second look at a result, without any solver: what it claims must be what its case says.

Proven here: the case is the one whose digest is stated; every structure obeys every rule and has exactly the
values, the id and the national accounts that stand beside it; no point dominates another (in boxes at the
resolution); the bounds are exactly the final bounds of the points, so that every vector is in the box of a
point, dominated by one, or strictly below a bound. What rests on the word of the solver that made the
result: that nothing feasible lies strictly below the bounds that are not listed as open, and that of
several structures with the same values the canonical one is shown.
"""

from __future__ import annotations

import hashlib
import json
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import le
from typing import Any

from procure_opt import rules
from procure_opt.accounts.views import vector
from procure_opt.case.model import Case
from procure_opt.change import at_resolution, requiring, with_soft, without
from procure_opt.claim import OBJECTIVES, Claim, Efficient, Evidence, minimised
from procure_opt.errors import ProcureError, ResultError, UsageError, printable
from procure_opt.pareto.certificate import ascending, covers, final_bounds
from procure_opt.pareto.points import box_of

from .document import Json, document
from .read import place, stated_case, to_claim

Box = tuple[int, ...]
Bound = tuple[int | None, ...]

MOST_TOLD = 100
_LONGEST = 80


@dataclass(frozen=True)
class Verdict:
    """What a second look found: nothing, if the result stands."""

    claim: Claim | None
    findings: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """True if there is nothing against the result."""
        return not self.findings


def verify(data: Json, original: Case | None = None) -> Verdict:
    """Judge the data of a result file (of the right form, see :func:`.read.misfits`).

    ``original`` is the case that the result should be about; the result's own changes to it (ids switched off
    and on, requirements, resolution) are made to it before it is compared.
    """
    try:
        case = stated_case(data)
    except ResultError as error:
        return Verdict(None, (str(error),))
    found = list(_case_findings(data, case))
    if original is not None:
        found += _same_case(data, original)
    claim = to_claim(data)
    judged = [finding for each in claim.structures for finding in _structure_findings(each)]
    found += judged + _cover_findings(claim)
    if not judged:
        found += _derived_findings(data, claim)
    return Verdict(claim, tuple(_bounded(found)))


def _bounded(found: Sequence[str]) -> list[str]:
    rest = len(found) - MOST_TOLD
    return [*found[:MOST_TOLD], f"... and {rest} more findings"] if rest > 0 else list(found)


# -- the case --------------------------------------------------------------------------------------------


def _case_findings(data: Json, case: Case) -> Iterator[str]:
    """Yield what is wrong if the embedded case is not just what its digest says, in canonical form."""
    text = json.dumps(data["case"]["stated"], sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode("ascii")).hexdigest()
    if digest != data["case"]["sha256"]:
        yield f"case.sha256: is {data['case']['sha256'][:12]}..., but the embedded case has {digest[:12]}..."
    if text != case.canonical:
        yield "case.stated: not the canonical form of a case (a value or a default is written otherwise)"


def _same_case(data: Json, original: Case) -> Iterator[str]:
    """Yield what is wrong if the case is not the one given, after the changes that the result names."""
    record = data["case"]
    try:
        changed = requiring(without(original, record["off"]), record["required"])
        changed = with_soft(changed, record["on"])
        changed = at_resolution(changed, {each["name"]: each["resolution"] for each in data["objectives"]})
    except ProcureError as error:
        yield f"case: the given case does not know what the result changed in it: {error}"
        return
    if changed.digest != record["sha256"]:
        changes = ", ".join([*record["off"], *record["on"], *record["required"]]) or "nothing"
        yield (
            f"case.sha256: is {record['sha256'][:12]}..., but the given case, with {printable(changes, 300)} "
            f"changed, has {changed.digest[:12]}..."
        )


# -- the points ------------------------------------------------------------------------------------------


def _structure_findings(each: Efficient) -> Iterator[str]:
    """Yield the rules that the structure breaks, and the values that it has not."""
    try:
        broken = rules.violations(each.case, each.structure)
        yield from (f"{each.id}: breaks a rule: {printable(violation, 300)}" for violation in broken)
        if any(violation.rule == rules.FIRST for violation in broken):
            return
        true = vector(each.case, each.structure)
        _ = [each.nation(nation) for nation in each.case.nations]  # asked now, while the accounts remember
    except (LookupError, ArithmeticError, ValueError, TypeError) as error:
        yield f"{each.id}: cannot be judged by the case ({type(error).__name__})"
        return
    for name, stated, value in zip(OBJECTIVES, each.values, true, strict=True):
        if stated != value:
            yield f"{each.id}: {name} is stated as {stated}, but the structure is worth {value}"


def _derived_findings(data: Json, claim: Claim) -> Iterator[str]:
    """Yield what does not follow from the case, the structures and the evidence."""
    yield from _differences(data, document(claim), ())


def _differences(stated: Any, derived: Any, path: tuple[str | int, ...]) -> Iterator[str]:
    if type(stated) is not type(derived):
        yield f"{place(path)}: is {_shown(stated)}, must be {_shown(derived)}"
    elif isinstance(stated, dict):
        for key in sorted(stated.keys() | derived.keys()):
            if key not in stated or key not in derived:
                yield f"{place((*path, key))}: {'is missing' if key in derived else 'does not belong there'}"
            else:
                yield from _differences(stated[key], derived[key], (*path, key))
    elif isinstance(stated, list) and len(stated) == len(derived):
        for number, pair in enumerate(zip(stated, derived, strict=True)):
            yield from _differences(*pair, (*path, number))
    elif stated != derived:
        yield f"{place(path)}: is {_shown(stated)}, must be {_shown(derived)}"


def _shown(value: Any) -> str:
    return printable(json.dumps(value, sort_keys=True), _LONGEST)


# -- the cover -------------------------------------------------------------------------------------------


def _cover_findings(claim: Claim) -> list[str]:
    """Return where points and bounds do not fit each other, or the evidence the claim."""
    evidence = claim.evidence
    found = []
    if evidence.resolution != claim.case.resolution.steps:
        found.append(f"objectives: the resolution {evidence.resolution} is not that of the case")
    points: list[Box] = [minimised(each.values) for each in claim.structures]
    boxes = {point: box_of(point, evidence.resolution) for point in points}
    below = _below(set(boxes.values()), evidence.bounds)
    settled = [point for point in points if boxes[point] not in below]
    found += _order_findings(claim, points)
    found += _dominance_findings(claim, {point: boxes[point] for point in settled})
    found += _bounds_findings(evidence, settled)
    found += _unsettled_findings(claim, settled, boxes)
    return found + list(_status_findings(evidence))


def _order_findings(claim: Claim, points: Sequence[Box]) -> Iterator[str]:
    for each, before, after in zip(claim.structures[1:], points, points[1:], strict=False):
        if before == after:
            yield f"{each.id}: has the same values as the point before it; each vector has one structure"
        elif before > after:
            yield f"{each.id}: out of order; sorted from most to least autonomy, then spin-off, then cost"


def _dominance_findings(claim: Claim, boxes: dict[Box, Box]) -> Iterator[str]:
    """Yield settled boxes that are dominated; the boxes that dominate come first in sorted order."""
    ids: dict[Box, str] = {minimised(each.values): each.id for each in claim.structures}
    kept: list[tuple[Box, Box]] = []
    stairs = _Stairs()
    for box, point in sorted((box, point) for point, box in boxes.items()):
        if stairs.any_above(-box[1] - 1, -box[2] - 1):
            better = next(other for other_box, other in kept if all(map(le, other_box, box)))
            yield f"{ids[point]}: is dominated by {ids[better]}, or in the same box as it"
        else:
            kept.append((box, point))
            stairs.add(-box[1], -box[2])


def _below(boxes: Iterable[Box], bounds: Iterable[Bound]) -> set[Box]:
    """Return the boxes that lie strictly below a bound: zones that no point has closed.

    The bounds that are above a box in the first component are on the stairs when it is asked about.
    """
    numbers = ([math.inf if end is None else end for end in bound] for bound in bounds)
    waiting, stairs, found = sorted(numbers), _Stairs(), set()
    for box in sorted(boxes, reverse=True):
        while waiting and waiting[-1][0] > box[0]:
            stairs.add(*waiting.pop()[1:])
        if stairs.any_above(box[1], box[2]):
            found.add(box)
    return found


class _Stairs:
    """Pairs of numbers that no other pair reaches in both: the first rises, the second falls.

    Not the tree of the search, whose errors this shall find.
    """

    def __init__(self) -> None:
        self._pairs: list[tuple[float, float]] = []

    def any_above(self, first: float, second: float) -> bool:
        """Is some pair strictly above both?"""
        place = bisect_right(self._pairs, (first, math.inf))
        return place < len(self._pairs) and self._pairs[place][1] > second

    def add(self, first: float, second: float) -> None:
        """Put a pair on the stairs, and take away those that it reaches in both."""
        after = bisect_left(self._pairs, (first, second))
        if after < len(self._pairs) and self._pairs[after][1] >= second:
            return
        before = after
        while before and self._pairs[before - 1][1] <= second:
            before -= 1
        self._pairs[before:after] = [(first, second)]


def _bounds_findings(evidence: Evidence, settled: Sequence[Box]) -> Iterator[str]:
    if covers(settled, evidence.bounds, evidence.resolution):
        if tuple(sorted(evidence.bounds, key=ascending)) != evidence.bounds:
            yield "bounds: not sorted"
        return
    due = set(final_bounds({box_of(point, evidence.resolution) for point in settled}, len(OBJECTIVES)))
    stated = set(evidence.bounds)
    twice = len(evidence.bounds) - len(stated)
    yield (
        f"bounds: not the final bounds of the points: {len(due - stated)} missing, "
        f"{len(stated - due)} that do not belong there, {twice} stated twice; the region is not covered"
    )


def _unsettled_findings(claim: Claim, settled: Sequence[Box], boxes: dict[Box, Box]) -> Iterator[str]:
    """Yield points in closed zones: one below a bound was left unfinished by a stop, in an open zone."""
    known, opened = set(settled), _below(set(boxes.values()), claim.evidence.open_bounds)
    for each in claim.structures:
        point = minimised(each.values)
        if point not in known and boxes[point] not in opened:
            yield f"{each.id}: lies in a zone that is said to be empty"


def _status_findings(evidence: Evidence) -> Iterator[str]:
    opened = evidence.open_bounds
    if not set(opened) <= set(evidence.bounds):
        yield "open_bounds: not all of them are bounds"
    if tuple(sorted(set(opened), key=ascending)) != opened:
        yield "open_bounds: not sorted, or one stated twice"
    if not 0 <= evidence.proven_share <= 1:
        yield f"status.proven_share: is {evidence.proven_share}, must lie between 0 and 1"
    elif evidence.complete and evidence.proven_share != 1:
        yield f"status.proven_share: is {evidence.proven_share} in a result that claims to be complete"
    elif opened and evidence.proven_share == 1:
        yield "status.proven_share: is 1 although zones are open"
    if opened and evidence.reason is None:
        yield "status.reason: null although zones are open; a result that is not complete says why"


def proves(verdict: Verdict) -> list[str]:
    """Return in words what a verdict that stands proves, and what it cannot prove."""
    if verdict.claim is None:
        raise UsageError("nothing was read that could be proven")
    count, bounds = len(verdict.claim.structures), len(verdict.claim.evidence.bounds)
    if not count and not verdict.claim.evidence.complete:
        return ["the result claims nothing yet: it was stopped before a structure was found"]
    opened = len(verdict.claim.evidence.open_bounds)
    closed = bounds - opened
    unknown = [f"not complete, and says so: more may be found below {opened} of the bounds, which are open"]
    return [
        f"proven here, without a solver: {count} structures obey every rule and are worth what is stated;",
        "  none dominates another; every other vector is dominated by one of them, in the box of one, or",
        f"  strictly below one of the {bounds} bounds, which are exactly those of these points",
        *(unknown if opened else []),
        f"not proven here: that nothing feasible lies strictly below {closed} of them, which rests"
        if closed
        else "not proven here: that nothing better is missing (no zone is closed yet), which rests",
        "  on the search; and that of structures with the same values the canonical one is shown",
    ]
