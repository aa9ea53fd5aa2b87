"""Which inputs of a case move its front most, each by itself from its low to its high end.

Structures of the front are valued anew by the plain definitions, with one input at its low end and at its
high end; nothing is solved again. A change counts in shares of what its objective ranges over on the front
(where it has no range, in shares of its value). Structures that break a rule at an end are counted too:
there the front would lose them, which the change of their values does not show.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procure_opt import rules
from procure_opt.accounts.views import cost_parts, vector
from procure_opt.case.inputs import End, Movable, at_end, inputs
from procure_opt.case.model import Case
from procure_opt.claim import Efficient
from procure_opt.errors import UsageError
from procure_opt.result.influence import MOST, UNSOURCED, Ranked, Ranking
from procure_opt.structure.structure import Structure

Worth = tuple[Fraction, Fraction, Fraction]

SAMPLE = 25
"""Structures of the front that are valued anew, spread evenly over it."""
MOST_GATES = 5
_UNMOVED: Worth = (Fraction(0), Fraction(0), Fraction(0))
_ENDS: tuple[End, End] = ("low", "high")


@dataclass(frozen=True, slots=True)
class Input(Movable):
    """What a number does to the front on its way from low to high.

    ``shares``: mean change of autonomy, spin-off and cost, in shares of their ranges; ``broken_low`` and
    ``broken_high``: share of the structures that break a rule there (1 if the format refuses that end).
    """

    shares: Worth
    broken_low: Fraction
    broken_high: Fraction

    @property
    def influence(self) -> Fraction:
        """The three shares together."""
        return sum(self.shares, Fraction(0))

    @property
    def breaks(self) -> Fraction:
        """The larger share of structures that break a rule at an end."""
        return max(self.broken_low, self.broken_high)


def influence(
    case: Case,
    structures: Sequence[Efficient],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Input, ...]:
    """Return the inputs of the case by their influence on these structures (a front), the largest first.

    Ties go by path. Empty without structures. ``progress`` is told how many inputs are done, of how many.

    >>> from procure_opt.case.load import load_case
    >>> influence(load_case("gcap"), [])
    ()
    """
    if not structures:
        return ()
    ranges = _ranges([_stated_worth(each) for each in structures])
    sample = spread(structures)
    movables = inputs(case)
    found = []
    for done, movable in enumerate(movables, 1):
        found.append(_measured(case, movable, sample, ranges))
        if progress is not None:
            progress(done, len(movables))
    return tuple(sorted(found, key=lambda each: (-each.influence, each.where)))


def spread(structures: Sequence[Efficient], most: int = SAMPLE) -> list[Efficient]:
    """Return at most so many of the structures, evenly from end to end."""
    if len(structures) <= most:
        return list(structures)
    last = len(structures) - 1
    return [structures[place * last // (most - 1)] for place in range(most)]


def _measured(case: Case, movable: Movable, sample: Sequence[Efficient], ranges: Worth) -> Input:
    changes, broken = [_UNMOVED], []
    for end in _ENDS:
        try:
            moved = at_end(case, movable, end)
        except UsageError:
            broken.append(Fraction(1))
            continue
        changes += [_change(each, moved) for each in sample]
        breaking = sum(not rules.is_feasible(moved, each.structure) for each in sample)
        broken.append(Fraction(breaking, len(sample)))
    totals = (sum(column, Fraction(0)) / len(sample) for column in zip(*changes, strict=True))
    first, second, third = (total / span for total, span in zip(totals, ranges, strict=True))
    return Input(movable.paths, movable.number, (first, second, third), *broken)


def _change(each: Efficient, moved: Case) -> Worth:
    before, after = _stated_worth(each), _worth(moved, each.structure)
    first, second, third = (abs(b - a) for a, b in zip(before, after, strict=True))
    return first, second, third


def _worth(case: Case, structure: Structure) -> Worth:
    """Return the three values, cost in whole millions and parts (whose number may change with an input)."""
    autonomy, spinoff, cost = vector(case, structure)
    return Fraction(autonomy), Fraction(spinoff), Fraction(cost, cost_parts(case))


def _stated_worth(each: Efficient) -> Worth:
    return Fraction(each.values[0]), Fraction(each.values[1]), each.cost


def _ranges(worths: Sequence[Worth]) -> Worth:
    """Return the range of each objective; where it has none its value, so that there are shares at all."""
    columns = list(zip(*worths, strict=True))
    first, second, third = (max(c) - min(c) or abs(c[0]) or Fraction(1) for c in columns)
    return first, second, third


def ranking(case: Case, found: Sequence[Input], structures: int, complete: bool) -> Ranking:
    """Return what is stored of an analysis: the first inputs, and beside them those that break most rules.

    >>> from procure_opt.case.load import load_case
    >>> ranking(load_case("gcap"), (), 0, True).inputs
    ()
    """
    first = [each for each in found[:MOST] if each.influence]
    rest = [each for each in found if each not in first and each.breaks]
    gates = sorted(rest, key=lambda each: (-each.breaks, each.where))[:MOST_GATES]
    told, gated = (tuple(_ranked(each) for each in group) for group in (first, gates))
    return Ranking(case.digest, len(found), structures, complete, told, gated)


def _ranked(each: Input) -> Ranked:
    worth, low, high = (_per_mille(share) for share in (each.influence, each.broken_low, each.broken_high))
    return Ranked(each.where, worth, low, high, each.number.basis or UNSOURCED)


def _per_mille(share: Fraction) -> int:
    """Return whole per mille, halves up."""
    return (2000 * share.numerator + share.denominator) // (2 * share.denominator)
