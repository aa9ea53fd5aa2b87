"""Budget shock: every cap that a nation's budget states falls.

By ``percent`` of it, or by so many ``million``, not below nothing. It leaves alone red lines that are
worded as ceilings on cost (announce or withdraw those), and it binds, as all budgets do, only members.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from procure_opt.case.history import Inject
from procure_opt.case.model import Case
from procure_opt.case.nations import Budget
from procure_opt.case.number import Number, plain
from procure_opt.wargame.restated import less_percent, revised, with_nation
from procure_opt.wargame.signed import Reopened

NEEDS = (("nation",), ("percent", "million"))
TAKES = ()
CAPS = ("development", "later", "total")


def _caps(budget: Budget | None) -> dict[str, Number]:
    stated = {} if budget is None else {cap: getattr(budget, cap) for cap in CAPS}
    return {cap: number for cap, number in stated.items() if number is not None}


def flaws(case: Case, inject: Inject) -> Iterator[tuple[str, str]]:
    """Yield a nation without a budget, and a cut of more than everything."""
    if inject.nation is not None and not _caps(case.nations[inject.nation].budget):
        yield "nation", f"{inject.nation} states no budget that could fall"
    if inject.percent is not None and inject.percent.value > 100:
        yield "percent", f"found {inject.percent.value}, must be at most 100: no budget is below nothing"


def follow(case: Case, inject: Inject) -> Case:
    """Return the case with the smaller budget."""
    nation = str(inject.nation)
    budget = case.nations[nation].budget
    if budget is None:
        return case
    less = {cap: Number(value=_left(number, inject)) for cap, number in _caps(budget).items()}
    return with_nation(case, nation, budget=revised(budget, **less))


def _left(number: Number, inject: Inject) -> Decimal:
    if inject.percent is not None:
        return less_percent(number, inject.percent)
    return max(number.value - (inject.million or plain(0)).value, Decimal(0))


def reopened(case: Case, inject: Inject) -> Reopened:
    """Return that everything of the nation is open."""
    return Reopened(nations=frozenset([str(inject.nation)]))


def sentence(case: Case, inject: Inject) -> str:
    """Return what changes."""
    size = f"{inject.percent.value} percent" if inject.percent is not None else None
    size = size or f"{inject.million and inject.million.value} {case.money.unit}"
    return f"every cap of the budget of {inject.nation} falls by {size}"
