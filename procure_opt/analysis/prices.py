"""What a rule costs: the front with it beside the front without it, for every rule that can be switched off.

And what it was worth to know a red line early: the front with it beside what is left of that front when
something was signed before the line was known.

At each point: how much cheaper at least the same autonomy and spin-off would be. For the set: how much more
hypervolume the front would dominate, in a box around the front and all single relaxations. Prices of pairs
reuse the box; they do not add up, which is why they are computed. Definition: model.md, section 8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from procure_opt import rules
from procure_opt.accounts.values import Vector
from procure_opt.case.model import Case
from procure_opt.case.switches import switchable
from procure_opt.change import without
from procure_opt.claim import Efficient, minimised
from procure_opt.errors import UsageError, printable
from procure_opt.front import Front
from procure_opt.pareto.hypervolume import Reference, hypervolume, reference_of
from procure_opt.pareto.points import dominates, weakly_dominates
from procure_opt.possible import binds
from procure_opt.study import INTERRUPTED

Solve = Callable[[Case], Front]


@dataclass(frozen=True, slots=True)
class Best:
    """The best that a nation gets on a front, each by itself: points, million of spin-off and of payment."""

    autonomy: int
    spinoff: int
    pays: Fraction


@dataclass(frozen=True, slots=True)
class Price:
    """What the rules with these ids cost together.

    ``gain``: share of the reference box that the front would dominate besides. ``savings``: for each
    efficient structure, in their order, how much cheaper at least its autonomy and spin-off would be, in
    units of cost; None if no structure without the rules has both (only where that front is incomplete).
    ``freed``: efficient without the rules, and they forbid it. ``made``: efficient only because of them.
    ``best``: nation -> the best on the front without them. Gains and savings are at least these where that
    front is incomplete.
    """

    ids: tuple[str, ...]
    front: Front
    gain: Fraction
    savings: tuple[int | None, ...]
    freed: tuple[Efficient, ...]
    made: tuple[Efficient, ...]
    best: dict[str, Best]

    @property
    def complete(self) -> bool:
        """True if the front without the rules is complete."""
        return self.front.complete


@dataclass(frozen=True, slots=True)
class PriceTable:
    """The front as it is, its share of the reference box, and the price of each rule (and pair)."""

    front: Front
    reference: Reference | None
    volume: Fraction
    best: dict[str, Best]
    prices: tuple[Price, ...]
    stopped: bool = False
    """Ctrl-C came before all were done."""


@dataclass(frozen=True, slots=True)
class EarlyLate:
    """Red lines known early, and known only when something is signed and all but their owners' part frozen.

    ``early``: the front of the case, nothing signed; ``late``: that of its structures which keep what is
    frozen. Volumes are shares of the box around both. ``lost``: structures efficient early that none on the
    late front is as good as. ``dearer``: for each structure efficient early, how much more at least its
    autonomy and spin-off cost late, in units of cost; None if they cannot be had.
    """

    ids: tuple[str, ...]
    early: Front
    late: Front
    reference: Reference | None
    early_volume: Fraction
    late_volume: Fraction
    lost: tuple[Efficient, ...]
    dearer: tuple[int | None, ...]
    best_early: dict[str, Best]
    best_late: dict[str, Best]

    @property
    def worth(self) -> Fraction:
        """What knowing it early was worth; at most this, where only the late front is not complete."""
        return self.early_volume - self.late_volume

    @property
    def complete(self) -> bool:
        """True if both fronts are complete."""
        return self.early.complete and self.late.complete


def early_late(ids: Sequence[str], early: Front, late: Front) -> EarlyLate:
    """Return what it was worth to know the red lines with these ids before anything was signed."""
    points = [minimised(vector) for each in (early, late) for vector in each.vectors]
    box = reference_of(points) if points else None
    reach = [minimised(vector) for vector in late.vectors]

    def reached(each: Efficient) -> bool:
        return any(weakly_dominates(point, minimised(each.values)) for point in reach)

    saved = (_saving(each.values, late.vectors) for each in early)
    return EarlyLate(
        tuple(ids),
        early,
        late,
        box,
        _volume(early, box),
        _volume(late, box),
        tuple(each for each in early if not reached(each)),
        tuple(None if each is None else -each for each in saved),
        _best(early),
        _best(late),
    )


def price_table(front: Front, solve: Solve, *, ids: Sequence[str] = (), pairs: bool = False) -> PriceTable:
    """Return the price of each rule that binds (or of those named), and of their pairs.

    ``front`` is that of the case; ``solve`` finds another. Raises :class:`UsageError` for an id that is none,
    or does not bind.
    """
    chosen = _chosen(front.case, ids)
    relaxed, stopped = _relaxed(front.case, [(each,) for each in chosen], solve)
    single = dict(relaxed)
    if pairs and not stopped:
        more, stopped = _relaxed(front.case, list(combinations(chosen, 2)), solve)
        relaxed += more
    points = [minimised(vector) for each in (front, *single.values()) for vector in each.vectors]
    box = reference_of(points) if points else None
    volume = _volume(front, box)
    prices = tuple(_price(front, ids, less, box, volume) for ids, less in relaxed)
    return PriceTable(front, box, volume, _best(front), prices, stopped)


def _chosen(case: Case, ids: Sequence[str]) -> tuple[str, ...]:
    bound = tuple(name for name in switchable(case) if binds(case, name))
    for each in ids:
        if each not in bound:
            known = ", ".join(bound) or "none"
            raise UsageError(f'"{printable(each)}" is no rule that binds in this case (these do: {known})')
    return tuple(dict.fromkeys(ids)) or bound


def _relaxed(
    case: Case, sets: Iterable[tuple[str, ...]], solve: Solve
) -> tuple[list[tuple[tuple[str, ...], Front]], bool]:
    """Return the front without each set of rules, and whether Ctrl-C ended it early."""
    found: list[tuple[tuple[str, ...], Front]] = []
    for ids in sets:
        less = solve(without(case, ids))
        if less.evidence.reason == INTERRUPTED:
            return found, True
        found.append((ids, less))
    return found, False


def _price(front: Front, ids: tuple[str, ...], less: Front, box: Reference | None, volume: Fraction) -> Price:
    others = [minimised(vector) for vector in less.vectors]
    made = (each for each in front if any(dominates(other, minimised(each.values)) for other in others))
    return Price(
        ids,
        less,
        _volume(less, box) - volume,
        tuple(_saving(each.values, less.vectors) for each in front),
        tuple(each for each in less if any(rules.violations(front.case, each.structure))),
        tuple(made),
        _best(less),
    )


def _volume(front: Front, box: Reference | None) -> Fraction:
    return Fraction(0) if box is None else hypervolume(map(minimised, front.vectors), box)


def _saving(vector: Vector, others: Iterable[Vector]) -> int | None:
    """Return how much cheaper the cheapest of the others with at least its autonomy and spin-off is."""
    reach = [cost for autonomy, spinoff, cost in others if autonomy >= vector[0] and spinoff >= vector[1]]
    return vector[2] - min(reach) if reach else None


def _best(front: Front) -> dict[str, Best]:
    """Return the best that each nation gets on the front; nothing of an empty one."""
    if not len(front):
        return {}
    found = {}
    for nation in sorted(front.case.nations):
        gets = [each.nation(nation) for each in front]
        found[nation] = Best(
            max(each.autonomy.points for each in gets),
            max(each.spinoff for each in gets),
            min(each.cost for each in gets),
        )
    return found
