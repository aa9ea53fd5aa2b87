"""Needs: what an outside option costs and brings, and what late or stopgap fillers cost.

A nation that fills a need late, or only by a stopgap, bears a gap cost per year. Nobody leaves the
accounts: a nation that stays out pays for its outside option here.
"""

from __future__ import annotations

from fractions import Fraction

from procure_opt.case.model import Case
from procure_opt.case.needs import Need, OutsideOption
from procure_opt.structure.structure import Structure

from .coalitions import Coalition, seated, sorted_out
from .remembered import remembered
from .rounding import half_up
from .schedule import MONTHS, delay, delay_literals, months_after
from .symbols import Expression, Symbols, buys
from .units import buyers


def outside_option(case: Case, nation: str, need: str, option: str) -> OutsideOption:
    """Return the option as stated; KeyError if there is none."""
    return case.needs[need].outside[nation][option]


@remembered
def outside_cost(case: Case, nation: str, need: str, option: str) -> int:
    """Million: price, units, their support, and the gap cost of a late or stopgap option."""
    stated = outside_option(case, nation, need, option)
    if stated.vector is not None:
        return half_up(stated.vector.cost.exact)
    units = stated.unit_price.exact + stated.support_per_unit_year.exact * stated.support_years.exact
    late = (
        0
        if stated.in_service is None
        else MONTHS * (stated.in_service.whole - _required_from(case, need, nation))
    )
    gap = gap_cost(case, nation, need, late, stopgap=stated.meets == "stopgap")
    return half_up(stated.price.exact + stated.quantity.exact * units) + gap


@remembered
def outside_spinoff(case: Case, nation: str, need: str, option: str) -> int:
    """Million: offsets and national work that the option brings."""
    stated = outside_option(case, nation, need, option)
    if stated.vector is not None:
        return half_up(stated.vector.spinoff.exact)
    return half_up(stated.offset.exact + stated.quantity.exact * stated.offset_per_unit.exact)


def _required_from(case: Case, need: str, nation: str) -> int:
    stated = case.needs[need].required_from.get(nation)
    return 0 if stated is None else stated.whole


def gap_cost(case: Case, nation: str, need: str, months_late: int, *, stopgap: bool) -> int:
    """Million for months of lateness and for the years that a stopgap leaves."""
    stated = case.needs[need]
    if nation not in stated.gap_cost_per_year:
        return 0
    felt = max(months_late, 0) if nation in stated.required_from else 0
    years = Fraction(felt, MONTHS)
    if stopgap and nation in stated.stopgap_years:
        years += stated.stopgap_years[nation].exact
    return half_up(stated.gap_cost_per_year[nation].exact * years)


@remembered
def pillar_gap_cost(case: Case, nation: str, need: str, pillar: str, delay_months: int) -> int:
    """Million of gap cost if the pillar fills the need with this delay."""
    late = months_after(case, pillar, delay_months, _required_from(case, need, nation))
    return gap_cost(case, nation, need, late, stopgap=case.needs[need].pillars[pillar].meets == "stopgap")


@remembered
def concerned(case: Case, need: str) -> tuple[str, ...]:
    """Nations that have the need, sorted."""
    stated = case.needs[need].nations
    return tuple(sorted(case.nations if stated is None else stated))


def needs_cost(case: Case, structure: Structure, nation: str) -> int:
    """Million: outside options that the nation takes, and gaps of pillars that fill its needs."""
    cost = sum(outside_cost(case, nation, need, option) for need, option in structure.taken_outside(nation))
    for need, stated in case.needs.items():
        cost += sum(_filled(case, structure, nation, need, pillar) for pillar in stated.pillars)
    return cost


def _filled(case: Case, structure: Structure, nation: str, need: str, pillar: str) -> int:
    plan = structure.pillars.get(pillar)
    if plan is None or nation not in concerned(case, need) or nation not in buyers(case, pillar, plan):
        return 0
    return pillar_gap_cost(case, nation, need, pillar, delay(case, pillar, plan))


def needs_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of :func:`needs_cost`."""
    terms: list[tuple[int, Expression]] = []
    for need in sorted(case.needs):
        if nation in concerned(case, need):
            terms += _need_terms(case, x, nation, need, case.needs[need])
    return x.total((cost, term) for cost, term in terms if cost)


def _need_terms(case: Case, x: Symbols, nation: str, need: str, stated: Need) -> list[tuple[int, Expression]]:
    options = sorted(stated.outside.get(nation, {}))
    terms = [
        (outside_cost(case, nation, need, option), x.outside(nation, need, option)) for option in options
    ]
    for pillar in sorted(stated.pillars):
        costs = {d: pillar_gap_cost(case, nation, need, pillar, d) for d in delay_literals(case, x, pillar)}
        if any(costs.values()):
            terms += [(costs[d], felt) for d, felt in _felt_delays(case, x, nation, pillar).items()]
    return terms


def _felt_delays(case: Case, x: Symbols, nation: str, pillar: str) -> dict[int, Expression]:
    """Delay -> 1 if the nation buys from the pillar and the delay is this."""

    def build() -> dict[int, Expression]:
        if not any(variant.delay_months.whole for variant in case.pillars[pillar].variants.values()):
            exact = sorted_out(case, x, pillar, lambda coalition: _felt(case, pillar, coalition, nation))
            if exact is not None:
                return dict(sorted(exact.items()))
        delays = delay_literals(case, x, pillar)
        if len(delays) == 1:
            return {months: buys(x, nation, pillar) for months in delays}
        felt = {months: x.column(("felt", pillar, nation, months), 0, 1) for months in delays}
        bought = buys(x, nation, pillar)
        for months, literal in delays.items():
            x.require(felt[months] <= literal)
            x.require(felt[months] >= x.total([(1, literal), (1, bought)], -1))
        x.require(x.total((1, part) for part in felt.values()) == bought)
        return felt

    return x.once(("felt", pillar, nation), build)


def _felt(case: Case, pillar: str, coalition: Coalition, nation: str) -> int | None:
    """Return the delay of a coalition from which the nation buys; None if it does not."""
    plan = seated(pillar, coalition).pillars[pillar]
    return delay(case, pillar, plan) if nation in buyers(case, pillar, plan) else None
