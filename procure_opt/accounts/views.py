"""Views: whose three values are compared, plainly and symbolically. A view is always said, never silent.

``programme``: stake-weighted autonomy, summed spin-off, summed cost: the broker's view, which supposes that
treasuries can compensate each other. ``nation:CODE``: the nation's own values; the
others must accept by participation. ``egalitarian``: for each goal the smallest gain of any nation over the
best that it could have by itself, in per mille of the gain to its own ideal; nations without any possible
gain are left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from procure_opt.case.model import Case
from procure_opt.change import LARGEST_STEP
from procure_opt.errors import UsageError
from procure_opt.structure.structure import Structure

from .autonomy import autonomy_expression, counted, highest_points
from .cost import cost_denominator, cost_expression, programme_expression
from .remembered import remembered
from .spinoff import spinoff_expression
from .symbols import Expression, Symbols
from .values import NationalValues, Vector, national_values, programme_vector, values_outside

PROGRAMME, EGALITARIAN = "programme", "egalitarian"
FINEST_PARTS = 10_000
"""A million is cut into no more parts than this; then cost is counted up to the next hundredth."""
COARSE_PARTS = 100
WHOLE = 1000
"""Per mille."""
PER_MILLE_STEP = 10
"""Step in which the egalitarian view tells gains apart, unless all is told apart."""


def focal_nation(case: Case) -> str | None:
    """Return the nation whose view it is; None in the other views."""
    prefix, _, nation = case.view.partition(":")
    return nation if prefix == "nation" else None


@remembered
def cost_parts(case: Case) -> int:
    """Parts of a million in which the view counts cost: 1, or what makes a nation's payments whole.

    Where payments can have very many denominators (shared by units), cost is counted in hundredths of a
    million, rounded up.
    """
    if focal_nation(case) is None:
        return 1
    exact = cost_denominator(case)
    return exact if exact <= FINEST_PARTS else COARSE_PARTS


def vector(case: Case, structure: Structure) -> Vector:
    """Return (autonomy, spin-off, cost) in the view of the case: more, more, less is better.

    Raises :class:`UsageError` in the egalitarian view if the ideals are not known yet.
    """
    nation = focal_nation(case)
    if nation is not None:
        has = national_values(case, structure, nation)
        return has.autonomy.points, has.spinoff, math.ceil(has.cost * cost_parts(case))
    if case.view == EGALITARIAN:
        return _smallest_gains(case, structure)
    return programme_vector(case, structure)


@remembered
def maximum(case: Case) -> int:
    """Return the largest conceivable autonomy: 100 percent on the screen."""
    nation = focal_nation(case)
    if case.view == EGALITARIAN:
        return WHOLE
    if nation is None:
        return highest_points(case)
    each = case.autonomy.consent.whole + case.autonomy.denial.whole
    return counted(case, nation, each * sum(case.nations[nation].weights().values()))


def steps_in_view(seen: Case, case: Case) -> dict[str, int]:
    """Return objective -> step for the case seen in another view, in proportion to those of the case.

    A view has its own units and ranges: a nation's autonomy goes by its maximum, its money as one of several,
    gains by :data:`PER_MILLE_STEP`. What is told apart exactly (step 1) stays so; no step is above
    the largest that a case may have.

    >>> from procure_opt.case.load import load_case
    >>> from procure_opt.change import seen_as
    >>> case = load_case("gcap")
    >>> steps_in_view(seen_as(case, "egalitarian"), case)
    {'autonomy': 10, 'spinoff': 10, 'cost': 10}
    """
    steps = {name: step.whole for name, step in case.resolution}
    if seen.view == EGALITARIAN:
        scaled = dict.fromkeys(steps, Fraction(PER_MILLE_STEP))
    else:
        parts = [now / before for now, before in zip(_scale(seen), _scale(case), strict=True)]
        scaled = {name: step * part for (name, step), part in zip(steps.items(), parts, strict=True)}
    return {
        name: 1 if steps[name] == 1 else min(LARGEST_STEP, max(1, math.ceil(step)))
        for name, step in scaled.items()
    }


def _scale(case: Case) -> tuple[Fraction, Fraction, Fraction]:
    """Return how large autonomy, spin-off and cost are in the view of the case, in its units."""
    payers = 1 if focal_nation(case) else len(case.nations)
    return Fraction(maximum(case) or 1), Fraction(payers), Fraction(payers * cost_parts(case))


# -- egalitarian -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """One goal of one nation: the best that it has by itself, and its ideal (both in whole units)."""

    nation: str
    alone: int
    ideal: int


def _whole_cost(case: Case, cost: Fraction) -> int:
    """Cost in the parts of a million in which ideals are stated, rounded up."""
    return math.ceil(cost * ideal_parts(case))


def ideal_parts(case: Case) -> int:
    """Parts of a million in which the ideals' costs are stated."""
    exact = cost_denominator(case)
    return exact if exact <= FINEST_PARTS else COARSE_PARTS


def _spans(case: Case, best_alone: Callable[[list[NationalValues]], int], goal: str) -> Iterator[Span]:
    if set(case.ideals) != set(case.nations):
        raise UsageError("the egalitarian view needs the ideal of every nation; solve finds them")
    for nation in sorted(case.nations):
        known = [values for _, values in values_outside(case, nation)]
        ideal = getattr(case.ideals[nation], goal)
        if known and (alone := best_alone(known)) != ideal:
            yield Span(nation, alone, ideal)


def _autonomy_spans(case: Case) -> Iterator[Span]:
    spans = _spans(case, lambda known: max(each.autonomy.points for each in known), "autonomy")
    return (span for span in spans if span.ideal > span.alone)


def _spinoff_spans(case: Case) -> Iterator[Span]:
    spans = _spans(case, lambda known: max(each.spinoff for each in known), "spinoff")
    return (span for span in spans if span.ideal > span.alone)


def _cost_spans(case: Case) -> Iterator[Span]:
    spans = _spans(case, lambda known: min(_whole_cost(case, each.cost) for each in known), "cost_parts")
    return (span for span in spans if span.ideal < span.alone)


def _smallest_gains(case: Case, structure: Structure) -> Vector:
    """Per mille: smallest gain of autonomy, smallest gain of spin-off, largest saving that is missed."""
    values = {nation: national_values(case, structure, nation) for nation in case.nations}
    gains = [
        WHOLE * (values[span.nation].autonomy.points - span.alone) // (span.ideal - span.alone)
        for span in _autonomy_spans(case)
    ]
    work = [
        WHOLE * (values[span.nation].spinoff - span.alone) // (span.ideal - span.alone)
        for span in _spinoff_spans(case)
    ]
    missed = [
        -(WHOLE * (span.ideal - _whole_cost(case, values[span.nation].cost)) // (span.alone - span.ideal))
        for span in _cost_spans(case)
    ]
    return min(gains, default=WHOLE), min(work, default=WHOLE), max(missed, default=0)


# -- symbolic --------------------------------------------------------------------------------------------


def expressions(case: Case, x: Symbols) -> tuple[Expression, Expression, Expression]:
    """Symbolic twin of :func:`vector` (real-valued where that rounds up)."""
    nation = focal_nation(case)
    if nation is not None:
        paid = x.total([(cost_parts(case), cost_expression(case, x, nation))])
        return autonomy_expression(case, x, nation), spinoff_expression(case, x, nation), paid
    if case.view == EGALITARIAN:
        return _gain_expressions(case, x)
    points = x.total(
        (stated.stake.whole, autonomy_expression(case, x, n)) for n, stated in sorted(case.nations.items())
    )
    gains = x.total((1, spinoff_expression(case, x, n)) for n in sorted(case.nations))
    return points, gains, programme_expression(case, x)


def _gain_expressions(case: Case, x: Symbols) -> tuple[Expression, Expression, Expression]:
    points = [(span, autonomy_expression(case, x, span.nation)) for span in _autonomy_spans(case)]
    gains = [(span, spinoff_expression(case, x, span.nation)) for span in _spinoff_spans(case)]
    scale = ideal_parts(case)
    costs = [(span, x.total([(scale, cost_expression(case, x, span.nation))])) for span in _cost_spans(case)]
    return (
        _smallest(x, "autonomy", points),
        _smallest(x, "spin-off", gains),
        x.total([(-1, _smallest(x, "cost", costs))], WHOLE) if costs else 0,
    )


def _smallest(x: Symbols, goal: str, spans: list[tuple[Span, Expression]]) -> Expression:
    """A column that is at most every gain in per mille: wanted, never forced."""
    if not spans:
        return WHOLE
    ends = []
    for span, value in spans:
        whole = span.ideal - span.alone
        ends.append(sorted(Fraction(WHOLE * (end - span.alone), whole) for end in x.bounds(value)))
    low, high = math.floor(min(end[0] for end in ends)), math.ceil(min(end[1] for end in ends))
    least = x.column(("least gain", goal), low, high)
    for span, value in spans:
        whole = span.ideal - span.alone
        sign = 1 if whole > 0 else -1
        row = x.total([(abs(whole), least), (-WHOLE * sign, value)], WHOLE * sign * span.alone)
        x.require(row <= 0)
    return least
