"""Election: a nation's new government weighs its tasks otherwise, or draws other red lines.

``task_weights`` replace its weights or classes (100 points in all); ``announces`` are lines of its own that
bind from now on, ``withdraws`` lines of its own that do not any more. It leaves alone its stake, which is
fixed in advance, its money, and what it can do.
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.case.history import Inject
from procure_opt.case.model import Case
from procure_opt.change import with_soft, without
from procure_opt.wargame.restated import with_nation
from procure_opt.wargame.signed import Reopened

NEEDS = (("nation",), ("task_weights", "announces", "withdraws"))
TAKES = ()
TOGETHER = True
"""Several of a choice may be given."""
POINTS = 100


def flaws(case: Case, inject: Inject) -> Iterator[tuple[str, str]]:
    """Yield weights that do not sum, lines of others, and lines that are both announced and withdrawn."""
    weights = inject.task_weights
    if weights is not None and sum(weights.values()) != POINTS:
        yield "task_weights", f"they sum to {sum(weights.values())}, must be {POINTS}"
    for field in ("announces", "withdraws"):
        for name in getattr(inject, field):
            owner = case.red_lines[name].owner
            if owner != inject.nation:
                yield field, f"{name} is a red line of {owner}, not of {inject.nation}"
    if both := sorted(set(inject.announces) & set(inject.withdraws)):
        yield "withdraws", f"{both[0]} is announced as well; say one of the two"


def follow(case: Case, inject: Inject) -> Case:
    """Return the case with the new weights and lines."""
    if inject.task_weights is not None:
        weights = dict(sorted(inject.task_weights.items()))
        case = with_nation(case, str(inject.nation), task_weights=weights, task_classes=None)
    binding = {name for name in case.red_lines if case.applies(name) and case.enters(name)}
    silent = sorted(set(inject.announces) - binding)
    case = with_soft(case, silent) if silent else case
    bound = sorted(set(inject.withdraws) & binding)
    return without(case, bound) if bound else case


def reopened(case: Case, inject: Inject) -> Reopened:
    """Return that everything of the nation is open."""
    return Reopened(nations=frozenset([str(inject.nation)]))


def sentence(case: Case, inject: Inject) -> str:
    """Return what changes."""
    told = []
    if inject.task_weights is not None:
        points = ", ".join(f"{task} {weight}" for task, weight in sorted(inject.task_weights.items()))
        told.append(f"weighs its tasks anew ({points})")
    told += [f"announces {', '.join(inject.announces)}"] if inject.announces else []
    told += [f"withdraws {', '.join(inject.withdraws)}"] if inject.withdraws else []
    return f"after an election {inject.nation} {' and '.join(told)}"
