"""Global balance: juste retour over all pillars together, so that less here can be made good there.

For each nation the sum of its work and the sum of its cost shares are taken over the pillars in which it sits
at a tier that the rule binds.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from procure_opt.accounts.balance import limits, sides
from procure_opt.accounts.logic import disjunction, gated
from procure_opt.accounts.sharing import (
    reference_share_expression,
    reference_shares,
    shared_value,
    shared_value_expression,
)
from procure_opt.accounts.symbols import Expression, Row, Symbols, at_tiers
from procure_opt.accounts.workshare import (
    reference_value,
    shared_work_expression,
    shared_work_in_hundredths,
)
from procure_opt.case.model import Case
from procure_opt.case.pillars import JusteRetour
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def _stated(case: Case) -> JusteRetour | None:
    rule = case.global_balance
    return rule if rule is not None and case.applies(rule.id) else None


def _bound_tiers(case: Case, rule: JusteRetour, pillar: str) -> tuple[str, ...]:
    tiers = case.pillars[pillar].tiers
    if rule.tiers is not None:
        return tuple(sorted(set(rule.tiers) & set(tiers)))
    return tuple(sorted(name for name, tier in tiers.items() if tier.may))


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield nations whose work over all pillars is too far from their share over all pillars."""
    if (rule := _stated(case)) is None:
        return
    for nation in sorted(case.nations):
        work, paid, value, joined = Fraction(0), Fraction(0), 0, False
        for pillar, plan in structure.pillars.items():
            value += shared_value(case, pillar, plan)
            if nation in plan.members(_bound_tiers(case, rule, pillar)):
                joined = True
                work += Fraction(shared_work_in_hundredths(case, pillar, plan, nation), 100)
                paid += reference_shares(case, pillar, plan)[nation]
        least, most = limits(rule, paid, value)
        if joined and ((least is not None and work < least) or (most is not None and work > most)):
            text = f"{nation} works {float(work):g} in all pillars for a share of {float(paid):g} million"
            yield Violation("global_balance", text, rule.id)


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield a row per nation and side; it binds nations with a bound seat in some pillar."""
    if (rule := _stated(case)) is None:
        return
    value = x.total((1, shared_value_expression(case, x, pillar)) for pillar in sorted(case.pillars))
    most = 100 * sum(reference_value(case, pillar) for pillar in case.pillars)
    for nation in sorted(case.nations):
        seats = {p: at_tiers(x, nation, p, _bound_tiers(case, rule, p)) for p in sorted(case.pillars)}
        seats = {p: seat for p, seat in seats.items() if not (isinstance(seat, int) and seat == 0)}
        if seats:
            work, paid = _together(case, x, nation, seats)
            joined = disjunction(x, list(seats.values()))
            reason = f"{nation}'s work over all pillars keeps to its cost share"
            for row in sides(x, rule, joined, work, paid, value, most):
                yield Row(row, reason, rule.id)


def _together(
    case: Case, x: Symbols, nation: str, seats: dict[str, Expression]
) -> tuple[Expression, Expression]:
    """Work in hundredths and share in million over the pillars in which the nation has a bound seat."""
    work, paid = [], []
    for pillar, seat in seats.items():
        work.append((1, gated(x, shared_work_expression(case, x, pillar, nation), seat)))
        paid.append((1, gated(x, reference_share_expression(case, x, pillar, nation), seat)))
    return x.total(work), x.total(paid)
