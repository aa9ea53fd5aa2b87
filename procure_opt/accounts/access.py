"""Access costs: who gets level 3 or 4 on a function by right pays for the data package and the facility."""

from __future__ import annotations

from functools import lru_cache

from procure_opt.case.model import Case
from procure_opt.case.vocabulary import MODIFY
from procure_opt.structure.structure import Structure

from .levels import arrangement_source
from .reach import by_right
from .rounding import half_up
from .symbols import Expression, Symbols, defined


def access_cost(case: Case, pillar: str, function: str) -> int:
    """Million that access to the function through this pillar costs a nation."""
    stated = case.functions[function]
    value = case.pillars[pillar].packages[stated.packages[pillar]].value.exact
    return half_up(stated.access_cost.exact + stated.access_cost_percent.exact / 100 * value)


@lru_cache(maxsize=64)
def _priced(case: Case) -> tuple[tuple[str, str, int], ...]:
    """Return function, pillar and million of every access that costs something."""
    every = (
        (function, pillar, access_cost(case, pillar, function))
        for function, stated in sorted(case.functions.items())
        for pillar in sorted(stated.packages)
    )
    return tuple(each for each in every if each[-1])


def national_access_cost(case: Case, structure: Structure, nation: str) -> int:
    """Million that the nation pays for access by right, over all functions."""
    return sum(
        cost
        for function, pillar, cost in _priced(case)
        if _by_right(case, structure, nation, function, pillar)
    )


def _by_right(case: Case, structure: Structure, nation: str, function: str, pillar: str) -> bool:
    plan = structure.pillars.get(pillar)
    if plan is None or nation not in plan.tiers:
        return False
    package, tier = case.functions[function].packages[pillar], plan.tiers[nation]
    source = arrangement_source(
        case, pillar, package, plan.packages[package], plan.regime, tier, nation, function
    )
    return source.level >= MODIFY


def access_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of :func:`national_access_cost`."""

    def build() -> Expression:
        paid = x.total((cost, by_right(case, x, nation, p, f, MODIFY)) for f, p, cost in _priced(case))
        return defined(x, ("access", nation), paid)

    return x.once(("access", nation), build)
