"""Juste retour: a member's work keeps to its cost share, both in reference prices, pillar by pillar.

``lo x share <= work <= hi x share`` or ``|work - share| <= band x value``, where ``share`` is what the
member would pay if the pools cost just the reference value of what is shared; effects, civil suppliers and
packages that are left out are outside this base.
Source: OCCAR Convention art. 5 as practised per programme; Heuninckx 2008.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from procure_opt.accounts.balance import limits, sides
from procure_opt.accounts.sharing import (
    reference_share_expression,
    reference_shares,
    shared_value,
    shared_value_expression,
)
from procure_opt.accounts.symbols import Row, Symbols, at_tiers
from procure_opt.accounts.workshare import (
    reference_value,
    shared_work_expression,
    shared_work_in_hundredths,
)
from procure_opt.case.model import Case
from procure_opt.case.pillars import JusteRetour
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def _stated(case: Case) -> Iterator[tuple[str, JusteRetour, tuple[str, ...]]]:
    for pillar, stated in sorted(case.pillars.items()):
        rule = stated.juste_retour
        if rule is not None and case.applies(rule.id):
            working = tuple(sorted(name for name, tier in stated.tiers.items() if tier.may))
            yield pillar, rule, working if rule.tiers is None else rule.tiers


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield members whose work is too far from their share."""
    for pillar, rule, tiers in _stated(case):
        plan = structure.pillars.get(pillar)
        if plan is None:
            continue
        value, paid = shared_value(case, pillar, plan), reference_shares(case, pillar, plan)
        for nation in plan.members(tiers):
            work = Fraction(shared_work_in_hundredths(case, pillar, plan, nation), 100)
            least, most = limits(rule, paid[nation], value)
            if (least is not None and work < least) or (most is not None and work > most):
                share = f"for a share of {float(paid[nation]):g} million"
                text = f"{nation} works {float(work):g} in {pillar} {share}"
                yield Violation("juste_retour", text, rule.id)


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield a row per bound member and side; without a bound seat it does not bind."""
    for pillar, rule, tiers in _stated(case):
        for nation in sorted(case.nations):
            bound = at_tiers(x, nation, pillar, tiers)
            if not (isinstance(bound, int) and bound == 0):
                paid = reference_share_expression(case, x, pillar, nation)
                work = shared_work_expression(case, x, pillar, nation)
                value = shared_value_expression(case, x, pillar)
                reason = f"{nation}'s work in {pillar} keeps to its cost share"
                most = 100 * reference_value(case, pillar)
                for row in sides(x, rule, bound, work, paid, value, most):
                    yield Row(row, reason, rule.id)
