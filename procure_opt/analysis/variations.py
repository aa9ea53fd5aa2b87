"""What a sensitivity analysis varies: one thing about a case at a time, all else as in the base run.

An input at an end of its range, the weights (a, d) of autonomy, the view, or a class of tasks moved one step.
For speed, all of it at a resolution coarser than the case asks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from procure_opt.accounts.values import Vector
from procure_opt.accounts.views import EGALITARIAN, WHOLE, steps_in_view
from procure_opt.case.inputs import End, Movable, at_end
from procure_opt.case.model import Case
from procure_opt.case.nations import Nation
from procure_opt.case.number import plain
from procure_opt.change import LARGEST_STEP, OBJECTIVES, at_resolution, changed, seen_as
from procure_opt.errors import UsageError

COARSER = 4
"""Factor by which a run is coarser than the case asks."""
MOST_INPUTS = 5
WEIGHTS = ((1, 1), (1, 3), (0, 1))
"""(a, d): what a task counts that is possible with everybody's consent, and under the worst single denial."""
CLASSES = (("must", "want"), ("want", "nice"), ("nice", "want"))
_ENDS: tuple[End, End] = ("low", "high")


@dataclass(frozen=True, slots=True)
class Variation:
    """A case that differs from the base in one thing; None and why, if it cannot be stated so."""

    kind: str
    name: str
    case: Case | None
    refused: str = ""


def coarsened(case: Case, factor: int = COARSER) -> Case:
    """Return the case at a resolution coarser by the factor.

    >>> from procure_opt.case.load import load_case
    >>> case = load_case("gcap")
    >>> coarsened(case, 4).resolution.cost.whole // case.resolution.cost.whole
    4
    """
    return at_resolution(case, {name: min(LARGEST_STEP, factor * step) for name, step in steps(case).items()})


def steps(case: Case) -> dict[str, int]:
    """Return objective -> step in which the case tells structures apart."""
    return {name: getattr(case.resolution, name).whole for name in OBJECTIVES}


def base_of(case: Case) -> Variation:
    """Return the base run: the case as it is."""
    consent, denial = case.autonomy.consent.whole, case.autonomy.denial.whole
    return Variation("base", f"view {case.view}, (a, d) = ({consent}, {denial})", case)


def variations(case: Case, movables: Sequence[Movable], base: Sequence[Vector]) -> tuple[Variation, ...]:
    """Return everything that is varied, one thing each; what would be the base again is left out.

    ``case`` is that of the base run and ``base`` its vectors; ``movables`` are put to both of their ends.
    """
    found = [_moved(case, movable, end) for movable in movables for end in _ENDS]
    found += [_weighted(case, consent, denial) for consent, denial in WEIGHTS]
    views = ("programme", "egalitarian", *(f"nation:{nation}" for nation in sorted(case.nations)))
    found += [_seen(case, view, base) for view in views if view != case.view]
    found += [_reclassed(case, old, new) for old, new in CLASSES]
    return tuple(each for each in found if each.case is None or each.case.digest != case.digest)


def _moved(case: Case, movable: Movable, end: End) -> Variation:
    others = len(movable.paths) - 1
    places = movable.where[0] + (f" and {others} alike" if others else "")
    name = f"{places} = {getattr(movable.number, end)} ({end}; stated {movable.number.value})"
    try:
        return Variation("input", name, at_end(case, movable, end))
    except UsageError as error:
        return Variation("input", name, None, str(error))


def _weighted(case: Case, consent: int, denial: int) -> Variation:
    weights = {"consent": plain(consent), "denial": plain(denial)}
    return Variation("weights", f"(a, d) = ({consent}, {denial})", changed(case, autonomy=weights))


def _seen(case: Case, view: str, base: Sequence[Vector]) -> Variation:
    try:
        seen = seen_as(case, view)
    except UsageError as error:
        return Variation("view", view, None, str(error))
    return Variation("view", view, at_resolution(seen, _steps_in_view(seen, case, base)))


def _steps_in_view(seen: Case, case: Case, base: Sequence[Vector]) -> dict[str, int]:
    """Return steps as fine as those of the base are there: a view has its own units and ranges.

    Gains in per mille of what the base ranges over.
    """
    if seen.view != EGALITARIAN:
        return steps_in_view(seen, case)
    ranges = [max(column) - min(column) for column in zip(*base, strict=True)] or [0, 0, 0]
    parts = [Fraction(WHOLE, span) if span else Fraction(1) for span in ranges]
    return {
        name: min(LARGEST_STEP, max(1, math.ceil(step * part)))
        for (name, step), part in zip(steps(case).items(), parts, strict=True)
    }


def _reclassed(case: Case, old: str, new: str) -> Variation:
    nations = {name: _with_classes_moved(stated, old, new) for name, stated in case.nations.items()}
    return Variation("task class", f"every {old} a {new}", changed(case, nations=nations))


def _with_classes_moved(nation: Nation, old: str, new: str) -> Nation:
    """Return the nation with every task of one class in the other; itself if it states weights."""
    classes = nation.task_classes
    if classes is None or not getattr(classes, old):
        return nation
    moved = {old: (), new: (*getattr(classes, new), *getattr(classes, old))}
    return nation.model_copy(update={"task_classes": classes.model_copy(update=moved)})
