"""Juste retour: a member's work keeps to its cost share, both in reference prices, pillar by pillar.

``lo x share <= work <= hi x share`` or ``|work - share| <= band x value``, where ``share`` is what the
member would pay if the pool cost just the packages' reference value.
Source: OCCAR Convention art. 5 as practised per programme; Heuninckx 2008.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from procure_opt.accounts.sharing import (
    bearer_counts,
    contribution,
    payments,
    sole_bearer,
    stated_percent,
)
from procure_opt.accounts.symbols import Expression, Row, Symbols, at_tiers
from procure_opt.accounts.workshare import reference_value, work_expression, work_in_hundredths
from procure_opt.case.model import Case
from procure_opt.case.pillars import Fixed, JusteRetour
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def _stated(case: Case) -> Iterator[tuple[str, JusteRetour, tuple[str, ...]]]:
    for pillar, stated in sorted(case.pillars.items()):
        rule = stated.juste_retour
        if rule is not None and case.applies(rule.id):
            working = tuple(sorted(name for name, tier in stated.tiers.items() if tier.may))
            yield pillar, rule, working if rule.tiers is None else rule.tiers


def _limits(rule: JusteRetour, paid: Fraction, value: int) -> tuple[Fraction | None, Fraction | None]:
    """Least and most work, million, for a share of ``paid`` million."""
    lows = [rule.min_percent.exact / 100 * paid] if rule.min_percent is not None else []
    highs = [rule.max_percent.exact / 100 * paid] if rule.max_percent is not None else []
    if rule.band_percent is not None:
        band = rule.band_percent.exact / 100 * value
        lows, highs = [*lows, paid - band], [*highs, paid + band]
    return max(lows, default=None), min(highs, default=None)


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield members whose work is too far from their share."""
    for pillar, rule, tiers in _stated(case):
        plan = structure.pillars.get(pillar)
        if plan is None:
            continue
        value = reference_value(case, pillar)
        paid = payments(case, pillar, plan, Fraction(value))
        for nation in plan.members(tiers):
            work = Fraction(work_in_hundredths(case, pillar, plan, nation), 100)
            least, most = _limits(rule, paid[nation], value)
            if (least is not None and work < least) or (most is not None and work > most):
                share = f"for a share of {float(paid[nation]):g} million"
                text = f"{nation} works {float(work):g} in {pillar} {share}"
                yield Violation("juste_retour", text, rule.id)


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield two rows per member and possible way in which its share can come about."""
    for pillar, rule, tiers in _stated(case):
        for nation in sorted(case.nations):
            bound = at_tiers(x, nation, pillar, tiers)
            if not (isinstance(bound, int) and bound == 0):
                for chosen, need, paid in _shares(case, x, pillar, nation, tiers):
                    yield from _rows(case, x, pillar, nation, rule, (chosen, need), paid)


def _shares(
    case: Case, x: Symbols, pillar: str, nation: str, tiers: tuple[str, ...]
) -> Iterator[tuple[Expression, int, Expression]]:
    """Yield (sum of binaries, how many must be 1, the member's share in million) for every way."""
    for tier in sorted(tiers):
        taken = x.tier(nation, pillar, tier)
        if isinstance(taken, int) and taken == 0:
            continue
        fixed = contribution(case, pillar, tier)
        if case.pillars[pillar].tiers[tier].contribution is not None and sole_bearer(case, pillar) != nation:
            yield taken, 1, fixed
        elif sole_bearer(case, pillar) is not None:
            rest = _rest(case, x, pillar) if sole_bearer(case, pillar) == nation else 0
            yield taken, 1, x.total([(1, fixed), (1, rest)])
        else:
            yield from _bearing_shares(case, x, pillar, nation, taken)


def _bearing_shares(
    case: Case, x: Symbols, pillar: str, nation: str, taken: Expression
) -> Iterator[tuple[Expression, int, Expression]]:
    rule = case.pillars[pillar].cost_sharing.development
    if isinstance(rule, Fixed):
        yield taken, 1, x.total([(stated_percent(rule, nation) / 100, _rest(case, x, pillar))])
        return
    for count, literal in bearer_counts(case, x, pillar).items():
        if count:
            yield taken + literal, 2, x.total([(Fraction(1, count), _rest(case, x, pillar))])


def _rest(case: Case, x: Symbols, pillar: str) -> Expression:
    """Reference value less all fixed contributions; 0 if there is no pillar."""
    terms = [
        (-contribution(case, pillar, t), x.tier(n, pillar, t))
        for n in sorted(case.nations)
        for t in sorted(case.pillars[pillar].tiers)
    ]
    return x.total([(reference_value(case, pillar), x.exists(pillar)), *terms])


def _rows(
    case: Case,
    x: Symbols,
    pillar: str,
    nation: str,
    rule: JusteRetour,
    when: tuple[Expression, int],
    paid: Expression,
) -> Iterator[Row]:
    chosen, need = when
    work, value = work_expression(case, x, pillar, nation), reference_value(case, pillar)
    reason = f"{nation}'s work in {pillar} keeps to its cost share"
    lows = [] if rule.min_percent is None else [x.total([(rule.min_percent.exact, paid)])]
    highs = [] if rule.max_percent is None else [x.total([(rule.max_percent.exact, paid)])]
    if rule.band_percent is not None:
        lows.append(x.total([(100, paid), (-rule.band_percent.exact * value, 1)]))
        highs.append(x.total([(100, paid), (rule.band_percent.exact * value, 1)]))
    for low in lows:
        room = max(x.bounds(low)[1], 0)
        yield Row(work >= low - room * (need - chosen), reason, rule.id)
    for high in highs:
        room = 100 * value - min(x.bounds(high)[0], 0)
        yield Row(work <= high + room * (need - chosen), reason, rule.id)
