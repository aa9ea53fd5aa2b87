"""What an inject does: to what was signed, judged by the plain definitions, and to the front.

The part about the signed structure needs no solver: is it still feasible, which rules does it break, what
does every nation get, who would leave, and what is left when they have gone. Then two fronts: that of the
case that follows, and that of its structures which keep what is frozen. The gap between them, goal by goal,
is the regret of having signed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from procure_opt import rules
from procure_opt.accounts.values import Vector
from procure_opt.accounts.views import EGALITARIAN, vector
from procure_opt.case.history import Inject
from procure_opt.case.model import Case
from procure_opt.change import changed, seen_as
from procure_opt.claim import OBJECTIVES, Claim, Efficient, best_by, minimised
from procure_opt.errors import UsageError, printable
from procure_opt.formulation.decode import taken
from procure_opt.formulation.variables import Key
from procure_opt.front import Front
from procure_opt.pareto.enumeration import Progress
from procure_opt.pareto.points import dominates, nondominated
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation
from procure_opt.study import INTERRUPTED, Surveyed, survey

from .clock import Clock, set_up, unseen
from .event import Happened, carried, happen
from .exits import Step, exits
from .provisional import provisional
from .roles import Handover, handovers
from .signed import frozen

PROVISIONAL = 0.4
"""Share of the time in which known structures are looked at, before any front."""


@dataclass(frozen=True, slots=True)
class Regret:
    """A goal: its best value now, the best that keeps what is frozen, and that of the signed structure.

    None where there is no such structure (or, where a front is not complete, none found so far).
    """

    goal: str
    free: int | None
    kept: int | None
    signed: int | None

    @property
    def amount(self) -> int | None:
        """By how much what is frozen falls short; None if either is unknown."""
        return None if self.free is None or self.kept is None else abs(self.free - self.kept)


@dataclass(frozen=True)
class Judgement:
    """What became of a signed structure by the plain definitions, without a solver.

    ``before`` and ``after``: in the case before and after the inject (in the programme's view where the
    egalitarian one is asked for). ``broken``: every rule that it breaks now; ``newly``: not before.
    ``steps``: exits until stable, and ``left`` what is left then.
    """

    before: Efficient
    after: Efficient
    broken: tuple[Violation, ...]
    newly: tuple[Violation, ...]
    steps: tuple[Step, ...]
    left: Efficient

    @property
    def feasible(self) -> bool:
        """Does it still obey every rule?"""
        return not self.broken

    @property
    def red_lines(self) -> tuple[str, ...]:
        """Ids of red lines that it breaks now and did not before, sorted."""
        known = self.after.case.red_lines
        return tuple(sorted({each.id for each in self.newly if each.id is not None and each.id in known}))


@dataclass(frozen=True)
class Fate:
    """What became of a signed structure: judged, and beside the fronts.

    ``kept``: the front of structures that keep what is ``frozen``. ``successor``: the one of them with most
    decisions in common with what was signed (of the whole front, if none keeps it); ``roles`` change hands
    from what was signed to it. ``beaten_by``: ids of efficient structures that are at least as good in all.
    """

    judgement: Judgement
    frozen: dict[Key, int]
    kept: Front
    successor: Efficient | None
    roles: tuple[Handover, ...]
    regrets: tuple[Regret, ...]
    beaten_by: tuple[str, ...]


@dataclass(frozen=True)
class Effect:
    """The answer to an inject; how long it took stands beside and is no part of it."""

    case: Case
    happened: Happened
    front: Front
    fate: Fate | None
    provisional: tuple[Efficient, ...]
    """Where the front is not complete: what known structures come to, by the plain definitions."""
    seconds: float = field(compare=False)

    @property
    def complete(self) -> bool:
        """True if every front in it is complete."""
        return self.front.complete and (self.fate is None or self.fate.kept.complete)

    @property
    def claim(self) -> Claim:
        """The new front; where it is not complete, with what known structures come to, so far unbeaten."""
        if self.front.complete or not self.provisional:
            return self.front.claim
        found = {each.values: each for each in (*self.front.structures, *self.provisional)}
        points = set(nondominated(map(minimised, found)))
        best = [values for values in sorted(found, reverse=True) if minimised(values) in points]
        structures = tuple(Efficient(self.front.case, v, found[v].structure) for v in best)
        return Claim(self.front.case, structures, self.front.evidence)

    @property
    def stopped(self) -> bool:
        """True if Ctrl-C ended it."""
        fronts = (self.front, *(() if self.fate is None else (self.fate.kept,)))
        return any(front.evidence.reason == INTERRUPTED for front in fronts)


def effect(
    case: Case,
    injects: Sequence[Inject],
    signed: Structure | None = None,
    *,
    known: Sequence[Structure] = (),
    time_limit: float | None = None,
    workers: int | None = None,
    progress: Callable[[Progress | Surveyed], None] | None = None,
) -> Effect:
    """Return what the injects do to the case, and to a structure that was signed before.

    ``time_limit``: seconds for all of it; the front that keeps what is frozen goes first and has half of what
    is left at most, or all of it if there is little: stating a case takes about a second. ``known``:
    structures of the case before, such as its front; with a time limit, what they come to is looked at
    first, so that there is something to say if the time does not do.

    Raises
    ------
    CaseError
        An inject makes no sense in the case.
    UsageError
        The structure is none of the case.

    >>> from procure_opt.case.load import load_case
    >>> cut = Inject(kind="red_line_withdrawn", red_line="NO_SUCH_LINE", text="nothing to see here")
    >>> effect(load_case("gcap"), [cut])  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    procure_opt.errors.CaseError: gcap: error: inject.red_line: "NO_SUCH_LINE" is not a red line of this case
    """
    clock = Clock.started(time_limit)
    if signed is not None:
        _refuse_stranger(case, signed)
    happened = happen(case, injects, signed)

    def solved(within: dict[Key, int] | None, share: float) -> Front:
        left = clock.left(share)
        found = survey(happened.case, time_limit=left, workers=workers, progress=progress, within=within)
        return found.front

    if signed is None or happened.structure is None:
        return Effect(case, happened, solved(None, 1), None, (), clock.gone)
    settled = frozen(happened.case, happened.structure, happened.reopened)
    judgement = _judgement(case, signed, happened)
    early = _early(case, injects, happened, [signed, *known], clock.left(PROVISIONAL))
    kept = solved(settled, clock.first_share)
    if kept.evidence.reason == INTERRUPTED:
        clock.limit = 0.0  # what has been found is told; nothing more is looked for
    front = solved(None, 1) if clock.allows(set_up(kept)) else unseen(happened.case)
    early = () if front.complete else early
    return Effect(case, happened, front, _fate(judgement, settled, kept, front, early), early, clock.gone)


def _early(
    case: Case,
    injects: Sequence[Inject],
    happened: Happened,
    known: Sequence[Structure],
    seconds: float | None,
) -> tuple[Efficient, ...]:
    """Return what known structures come to, to be told if time does not do; nothing where time is free."""
    if seconds is None:
        return ()
    return provisional(happened, lambda each: carried(case, injects, each), known, seconds)


def _refuse_stranger(case: Case, signed: Structure) -> None:
    unknown = [each.text for each in rules.strangers(case, signed)]
    if unknown:
        told = "".join(f"\n  {printable(text, 200)}" for text in unknown)
        raise UsageError(f"the signed structure {signed.id} is none of this case:{told}")


def _judgement(case: Case, signed: Structure, happened: Happened) -> Judgement:
    """Return what the plain definitions say, without a solver."""
    after, structure = happened.case, happened.structure or signed
    broken, earlier = rules.violations(after, structure), set(rules.violations(case, signed))
    steps = exits(after, structure, happened.leaving)
    return Judgement(
        judged(case, signed),
        judged(after, structure),
        broken,
        tuple(each for each in broken if each not in earlier),
        steps,
        judged(after, steps[-1].structure if steps else structure),
    )


def _fate(
    judgement: Judgement,
    settled: dict[Key, int],
    kept: Front,
    front: Front,
    early: tuple[Efficient, ...],
) -> Fate:
    """Return what the fronts add; ``early`` counts only where they are not complete."""
    case, structure = kept.case, judgement.after.structure
    free = [*front.structures, *(early if not front.complete else ())]
    keep = [*kept.structures, *(() if kept.complete else (e for e in early if _keeps(case, settled, e)))]
    successor = _nearest(case, structure, keep) or _nearest(case, structure, free)
    worth = None if judgement.broken else _worth(front.case, structure)
    return Fate(
        judgement,
        settled,
        kept,
        successor,
        () if successor is None else handovers(structure, successor.structure),
        tuple(_regret(goal, place, free, keep, worth) for place, goal in enumerate(OBJECTIVES)),
        ()
        if worth is None
        else tuple(each.id for each in free if dominates(minimised(each.values), minimised(worth))),
    )


def _keeps(case: Case, settled: dict[Key, int], each: Efficient) -> bool:
    mine = taken(case, each.structure)
    return all((key in mine) == bool(value) for key, value in settled.items())


def judged(case: Case, structure: Structure) -> Efficient:
    """Return the structure with its values by the plain definitions."""
    plain_view = case if case.view != EGALITARIAN else seen_as(changed(case, ideals={}), "programme")
    return Efficient(plain_view, vector(plain_view, structure), structure)


def _worth(case: Case, structure: Structure) -> Vector | None:
    """Return the vector in the view of the front; None if that has no scale yet."""
    return None if case.view == EGALITARIAN and not case.ideals else vector(case, structure)


def _nearest(case: Case, structure: Structure, among: Sequence[Efficient]) -> Efficient | None:
    """Return the structure with most decisions in common; ties go to the better values, in their order."""
    mine = taken(case, structure)

    def ranked(each: Efficient) -> tuple[int, ...]:
        return -len(mine & taken(case, each.structure)), *minimised(each.values)

    return min(among, key=ranked, default=None)


def _regret(
    goal: str, place: int, free: Sequence[Efficient], keep: Sequence[Efficient], worth: Vector | None
) -> Regret:
    return Regret(goal, _best(place, free), _best(place, keep), None if worth is None else worth[place])


def _best(place: int, among: Sequence[Efficient]) -> int | None:
    best = best_by(place, among)
    return None if best is None else best.values[place]
