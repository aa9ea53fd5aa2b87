"""A result searched once more by other means: is anything in the zones that it calls closed?

The structures of the result are known from the beginning, so everything else is compared with them. The means
are others: other mixtures of the goals in the bounds, no search for good structures beforehand, and so other
orders of the choices. What the first search dropped by mistake, or a forger left out, comes up here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from procure_opt.claim import Bound, Claim, Efficient, minimised
from procure_opt.front import Front
from procure_opt.pareto.certificate import above
from procure_opt.pareto.enumeration import Progress
from procure_opt.pareto.points import Point, box_of
from procure_opt.study import INTERRUPTED, Surveyed, survey


@dataclass(frozen=True)
class SecondOpinion:
    """``closed``: how many zones the result calls closed; ``again``: how many of them are closed again.

    ``findings``: what was found against the result. ``reason``: why not all were searched, else None.
    """

    closed: int
    again: int
    findings: tuple[str, ...]
    reason: str | None
    how_closed: tuple[int, int, str, int]
    """Of the second search: zones closed, how many by the exact solver's word too, engine, solves."""

    @property
    def agrees(self) -> bool:
        """True if every zone is closed again and nothing speaks against the result."""
        return not self.findings and self.again == self.closed


def second_opinion(
    claim: Claim,
    *,
    time_limit: float | None = None,
    workers: int | None = None,
    progress: Callable[[Progress | Surveyed], None] | None = None,
    engine: str = "highs",
) -> SecondOpinion:
    """Search the zones of a claim again, whose structures somebody has judged to be feasible.

    ``time_limit`` in seconds. ``engine``: the exact solver for parts too large to be swept; what a run has
    closed on the word of one is worth closing on that of another. Raises KeyboardInterrupt if it was
    interrupted.
    """
    structures = [each.structure for each in claim.structures]
    front = survey(
        claim.case,
        time_limit=time_limit,
        workers=workers,
        progress=progress,
        expected=structures,
        engine=engine,
    ).front
    if front.evidence.reason == INTERRUPTED:
        raise KeyboardInterrupt
    closed = set(claim.evidence.bounds) - set(claim.evidence.open_bounds)
    still_open = set(front.evidence.open_bounds)
    known = set(front.evidence.bounds)
    again = sum(bound in known and bound not in still_open for bound in closed)
    went = front.journey
    how = (went.closed, went.closed_by_solver_too, went.engine, went.solves)
    return SecondOpinion(
        len(closed), again, tuple(_findings(claim, front, closed)), front.evidence.reason, how
    )


def _findings(claim: Claim, front: Front, closed: set[Bound]) -> Iterator[str]:
    """Yield what speaks against the claim; of structures that it does not call final nothing is expected."""
    stated = {each.values: each for each in claim.structures}
    for each in front.structures:
        known = stated.get(each.values)
        if known is None and (bound := above(_box(each, claim), closed)) is not None:
            yield f"{each.id}: {_told(each)} lies in a zone that the result calls closed, below {list(bound)}"
        elif known is None and (other := _beside(each, claim)) is not None:
            yield f"{each.id}: {_told(each)} is in the same box as {other.id}, and smaller by sum"
        elif known is not None and known.id != each.id and claim.evidence.complete and front.complete:
            yield f"{each.id}: has the values of {known.id} and comes before it in canonical order"


def _beside(each: Efficient, claim: Claim) -> Efficient | None:
    """Return the final structure of the claim in the same box."""
    box = _box(each, claim)
    if above(box, claim.evidence.bounds) is not None:
        return None
    return next((other for other in claim.structures if _box(other, claim) == box), None)


def _box(each: Efficient, claim: Claim) -> Point:
    return box_of(minimised(each.values), claim.evidence.resolution)


def _told(each: Efficient) -> str:
    autonomy, spinoff, cost = each.values
    return f"with autonomy {autonomy}, spin-off {spinoff}, cost {cost}"
