"""Budgets: a member's treasury pays no more than it can bear, in development, later, and in all."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from procure_opt.accounts.cost import development_cost, development_expression, later_cost, later_expression
from procure_opt.accounts.logic import disjunction
from procure_opt.accounts.symbols import Expression, Row, Symbols, member
from procure_opt.case.model import Case
from procure_opt.case.nations import Budget
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def _budgets(case: Case) -> Iterator[tuple[str, Budget]]:
    for nation, stated in sorted(case.nations.items()):
        if stated.budget is not None and case.applies(stated.budget.id):
            yield nation, stated.budget


def _caps(budget: Budget) -> dict[str, Fraction]:
    stated = {"development": budget.development, "later": budget.later, "total": budget.total}
    return {period: cap.exact for period, cap in stated.items() if cap is not None}


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield members that would pay more than they can."""
    for nation, budget in _budgets(case):
        if not any(nation in plan.tiers for plan in structure.pillars.values()):
            continue
        early, late = development_cost(case, structure, nation), later_cost(case, structure, nation)
        paid = {"development": early, "later": late, "total": early + late}
        for period, cap in _caps(budget).items():
            if paid[period] > cap:
                yield Violation("budgets", f"{nation} pays more than its budget ({period})", budget.id)


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield one row per cap; without membership it does not bind."""
    for nation, budget in _budgets(case):
        joined = disjunction(x, [member(x, nation, pillar) for pillar in sorted(case.pillars)])
        early, late = development_expression(case, x, nation), later_expression(case, x, nation)
        paid: dict[str, Expression] = {"development": early, "later": late, "total": early + late}
        for period, cap in _caps(budget).items():
            _, most = x.bounds(paid[period])
            room = max(float(most - cap), 0.0)
            row = paid[period] <= float(cap) + room * (1 - joined)
            yield Row(row, f"{nation} keeps its budget ({period})", budget.id)
