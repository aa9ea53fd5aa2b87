"""The numbers of a case that only draw a line: caps, floors, dates; and the end that eases each of them.

Such a number enters one comparison and no account: a budget, the least work of a tier, a year in a red line.
So whatever a structure is, it keeps the rule from some value on, or up to some value, and moving the number
the easing way forbids nothing that was allowed. A price or a quantity is not of this kind: it enters sums on
both sides of several rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import MAX_PREC, Context, Decimal
from fractions import Fraction

from .inputs import End, Movable, at_end, inputs
from .model import Case
from .paths import Path

_UP: tuple[tuple[str, ...], ...] = (
    ("nations", "*", "budget", "development"),
    ("nations", "*", "budget", "later"),
    ("nations", "*", "budget", "total"),
    ("pillars", "*", "tiers", "*", "work", "max_percent"),
    ("pillars", "*", "juste_retour", "max_percent"),
    ("pillars", "*", "juste_retour", "band_percent"),
    ("global_balance", "max_percent"),
    ("global_balance", "band_percent"),
)
_DOWN: tuple[tuple[str, ...], ...] = (
    ("pillars", "*", "tiers", "*", "min_offtake"),
    ("pillars", "*", "tiers", "*", "work", "min_percent"),
    ("pillars", "*", "juste_retour", "min_percent"),
    ("pillars", "*", "lines", "configurations", "*", "minimum_load"),
    ("global_balance", "min_percent"),
)
_CEILINGS = {
    ("cost_at_most", "million"),
    ("share", "at_most_percent"),
    ("members", "at_most"),
    ("in_service_by", "year"),
}
_FLOORS = {("share", "at_least_percent"), ("members", "at_least")}
_EXACT = Context(prec=MAX_PREC)
"""For sums and products: a number may be stated with more digits than the usual 28."""
_OTHER: dict[End, End] = {"low": "high", "high": "low"}


@dataclass(frozen=True, slots=True)
class Threshold(Movable):
    """A number with a range that only draws a line, and the end of its range at which it forbids least."""

    eases: End

    @property
    def name(self) -> str:
        """The first of its places, as messages write it."""
        return self.where[0]

    @property
    def end(self) -> Decimal:
        """The number at that end."""
        return limit if (limit := getattr(self.number, self.eases)) is not None else self.number.value

    @property
    def step(self) -> Decimal:
        """The grid on which it moves: one unit of the last decimal that value and range are stated with.

        >>> from procure_opt.case.number import Number
        >>> Threshold((("x",),), Number(value="2.5", low="2", high="3"), "high").step
        Decimal('0.1')
        """
        stated = (self.number.value, self.number.low, self.number.high)
        places = (each.as_tuple().exponent for each in stated if each is not None)
        return Decimal(1).scaleb(min(0, *(int(place) for place in places)))

    @property
    def steps(self) -> int:
        """How many steps lie between the stated value and the easing end."""
        return int(abs(Fraction(self.end) - Fraction(self.number.value)) / Fraction(self.step))

    def after(self, steps: int) -> Decimal:
        """Return the number so many steps on from the stated one."""
        way = self.step if self.eases == "high" else self.step.copy_negate()
        return _EXACT.add(self.number.value, _EXACT.multiply(Decimal(steps), way))


def thresholds(case: Case) -> tuple[Threshold, ...]:
    """Return every number with a range that only draws a line and could be eased within it, by its place.

    A number that is stated alike in several places counts if it eases the same way in all of them.

    >>> from procure_opt.case.load import load_case
    >>> [(each.name, each.eases) for each in thresholds(load_case("nh90"))]
    [('pillars.helicopter.juste_retour.min_percent', 'low')]
    """
    found = []
    for movable in inputs(case):
        ways = {easing(path) for path in movable.paths}
        way = ways.pop()
        if not ways and way is not None:
            found.append(Threshold(movable.paths, movable.number, way))
    return tuple(each for each in found if each.steps)


def eased(case: Case, moves: Iterable[tuple[Threshold, Decimal]]) -> Case:
    """Return the case with these numbers put to these values."""
    for threshold, value in moves:
        there = replace(threshold, number=threshold.number.model_copy(update={threshold.eases: value}))
        case = at_end(case, there, threshold.eases)
    return case


def easing(path: Path) -> End | None:
    """Return at which end the number at a path forbids least; None if it is more than a line.

    >>> easing(("nations", "ITA", "budget", "total")), easing(("pillars", "p", "growth"))
    ('high', None)
    >>> easing(("red_lines", "R", "then", "not", "share", "at_most_percent"))
    'low'
    """
    if path[0] == "red_lines" and len(path) > 3:
        return _in_red_line(path[2:])
    if any(_fits(path, each) for each in _UP):
        return "high"
    return "low" if any(_fits(path, each) for each in _DOWN) else None


def _fits(path: Path, form: tuple[str, ...]) -> bool:
    return len(path) == len(form) and all(f in ("*", p) for p, f in zip(path, form, strict=True))


def _in_red_line(path: Path) -> End | None:
    """Return the end for a number in ``then`` or ``if``; each ``not`` turns it round, and ``if`` does."""
    kind = tuple(str(part) for part in path[-2:])
    if kind not in _CEILINGS | _FLOORS:
        return None
    end: End = "high" if kind in _CEILINGS else "low"
    turns = (path[0] == "if") + sum(part == "not" for part in path)
    return _OTHER[end] if turns % 2 else end
