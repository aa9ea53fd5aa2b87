"""Who accepts this? A structure against the rules, each seat's true red lines and each nation's walk-away.

By the plain definitions, in whole numbers and fractions, without a solver. A nation compares what it gets
with its outside options by the participation rule of the case, at the cost that its own treasury believes in;
side payments count as cost. Red lines and walk-away are matters of a seat; all other rules bind everybody.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from procure_opt import rules
from procure_opt.accounts.autonomy import autonomy
from procure_opt.accounts.conditions import holds
from procure_opt.accounts.spinoff import spinoff
from procure_opt.accounts.values import NationalValues, values_outside
from procure_opt.case.history import Seat
from procure_opt.case.model import Case
from procure_opt.case.red_lines import RedLine
from procure_opt.errors import printable
from procure_opt.rules.participation import corners
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation

from .estimates import Estimate, believed_cost, items_of
from .parts import UNJUDGEABLE
from .plain import Json
from .seats import binding, joins, true_lines

Payments = Mapping[str, int]
"""Nation -> million that it receives on the side, less what it pays."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to stay out, against a structure: differences are structure less alternative.

    ``margin``: million by which the structure is worth more at the worst of the nation's exchange rates; None
    where the case compares without rates.
    """

    options: tuple[str, ...]
    autonomy: int
    spinoff: int
    cost: Fraction
    margin: Fraction | None
    better: bool

    def to_json(self) -> Json:
        """Return plain data; money as exact text."""
        return {
            "options": list(self.options),
            "autonomy": self.autonomy,
            "spinoff": self.spinoff,
            "cost": str(self.cost),
            "margin": None if self.margin is None else str(self.margin),
            "better_outside": self.better,
        }


@functools.lru_cache(maxsize=65536)
def values_of(case: Case, structure: Structure, nation: str) -> NationalValues:
    """Return the nation's values; remembered, because every seat, offer and report asks.

    Its cost is the sum of the items from which :func:`believed_cost` begins, so that they are found once.
    """
    cost = sum((million for _, million in items_of(case, structure, nation)), Fraction(0))
    return NationalValues(autonomy(case, structure, nation), spinoff(case, structure, nation), cost)


def breaks(case: Case, structure: Structure) -> tuple[str, ...]:
    """Return what makes the structure impossible for everybody: all rules but red lines and participation."""
    theirs, found = set(binding(case)), _found(case, structure)
    if isinstance(found, str):
        return (f"cannot be judged by the case ({found})",)
    return tuple(printable(each, 600) for each in found if each.id not in theirs)


def readable(case: Case, structure: Structure) -> bool:
    """Are all names in the structure those of the case, so that it can be judged?"""
    found = _found(case, structure)
    return not isinstance(found, str) and all(each.rule != rules.FIRST for each in found)


@functools.lru_cache(maxsize=16384)
def _found(case: Case, structure: Structure) -> tuple[Violation, ...] | str:
    """Return the rules broken; the name of the error if the case cannot judge the structure.

    That of participation, which takes as long as all others, is not asked: verdicts are about it.
    """
    try:
        return rules.violations(case, structure, but=("participation",))
    except UNJUDGEABLE as error:
        return type(error).__name__


@functools.lru_cache(maxsize=256)
def same_rules(one: Case, other: Case) -> bool:
    """Do two cases say the same, their resolution and the scale of the egalitarian view apart?"""
    if one == other:
        return True
    stated = [json.loads(each.canonical) for each in (one, other)]
    for each in stated:
        each.pop("resolution", None)
        each.pop("ideals", None)
    return bool(stated[0] == stated[1])


def keeps(case: Case, structure: Structure, line: RedLine) -> bool:
    """Does the structure keep a red line?"""
    triggered = line.if_ is None or holds(case, structure, line.if_)
    return not triggered or holds(case, structure, line.then)


@functools.lru_cache(maxsize=16384)
def crossed(case: Case, structure: Structure, seat: Seat) -> tuple[str, ...]:
    """Return the ids of the seat's true red lines that the structure crosses."""
    return tuple(name for name in true_lines(case, seat) if not keeps(case, structure, case.red_lines[name]))


def alternatives(
    case: Case, structure: Structure, nation: str, believed: Estimate = (), received: int = 0
) -> tuple[Alternative, ...]:
    """Return every way in which the nation could stay out, against the structure."""
    has = values_of(case, structure, nation)
    cost = believed_cost(case, structure, nation, believed) - received
    found = []
    for alone, outside in values_outside(case, nation):
        other = believed_cost(case, alone, nation, believed)
        options = tuple(option for _, option in alone.taken_outside(nation))
        differs = (has.autonomy.points - outside.autonomy.points, has.spinoff - outside.spinoff, cost - other)
        margin = _margin(case, nation, differs) if joins(structure, nation) else None
        found.append(Alternative(options, *differs, margin, _better(case, differs, margin)))
    return tuple(found)


def _margin(case: Case, nation: str, differs: tuple[int, int, Fraction]) -> Fraction | None:
    """Million: the gain over the alternative at the worst corner; None where rates do not decide."""
    if case.participation.sense != "cone" or not case.applies(case.participation.id):
        return None
    autonomy, spinoff, cost = differs
    at_corners = (rates[0] * autonomy + rates[1] * spinoff - cost for rates in corners(case, nation))
    return min(at_corners, default=Fraction(0))


def _better(case: Case, differs: tuple[int, int, Fraction], margin: Fraction | None) -> bool:
    """Would the nation rather take the alternative? The twin of the participation rule."""
    if case.participation.sense == "off" or not case.applies(case.participation.id):
        return False
    if margin is not None:
        return margin < 0
    autonomy, spinoff, cost = differs
    return autonomy <= 0 and spinoff <= 0 and cost >= 0 and any(differs)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a seat makes of a structure."""

    seat: str
    nation: str
    crossed: tuple[str, ...]
    better: tuple[tuple[str, ...], ...]

    @property
    def accepts(self) -> bool:
        """Is no true line crossed, and nothing outside better?"""
        return not self.crossed and not self.better

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it does not accept, in sentences; none if it does."""
        lines = [f"crosses its red line {name}" for name in self.crossed]
        return (*lines, *(f"better off with {', '.join(ways) or 'staying out'}" for ways in self.better))


def verdict(
    case: Case, structure: Structure, name: str, seat: Seat, believed: Estimate = (), received: int = 0
) -> Verdict:
    """Return what a seat makes of a structure that the case can judge."""
    ways: tuple[tuple[str, ...], ...] = ()
    if seat.kind == "nation" and seat.speaks_for in case.nations:
        ways = _better_ways(case, structure, seat.speaks_for, believed, received)
    return Verdict(name, seat.speaks_for, crossed(case, structure, seat), ways)


@functools.lru_cache(maxsize=65536)
def _better_ways(
    case: Case, structure: Structure, nation: str, believed: Estimate, received: int
) -> tuple[tuple[str, ...], ...]:
    found = alternatives(case, structure, nation, believed, received)
    return tuple(each.options for each in found if each.better)


def unplayed_verdict(case: Case, structure: Structure, nation: str) -> Verdict:
    """Return what a nation that nobody plays makes of a structure: by the stated numbers."""
    return verdict(case, structure, nation, Seat(speaks_for=nation))
