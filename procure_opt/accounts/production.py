"""Production and support: each buyer pays for its own units at the price of the pillar's total quantity.

The unit price depends on the total (learning and fixed costs are in the bands or nowhere). Variants and
lines put a premium on every unit.
"""

from __future__ import annotations

from procure_opt.case.model import Case
from procure_opt.case.number import Number
from procure_opt.structure.structure import Structure

from .coalitions import Coalition, coalition_literals, seated, sorted_out
from .lines import configurations, premium
from .logic import at_least, conjunction
from .rounding import half_up
from .symbols import Expression, Symbols
from .totals import is_total_settled_by_seats, total_expression, total_quantity
from .units import unit_literals, units

PRICED = "priced"
"""Kind of the columns that say which prices hold: everybody who buys hangs on them."""


def band_starts(case: Case, pillar: str) -> list[int]:
    """First quantities of the price bands, rising."""
    return sorted(band.from_quantity.whole for band in case.pillars[pillar].production.bands)


def band_of(case: Case, pillar: str, quantity: int) -> int:
    """First quantity of the band that the total falls into."""
    return max(start for start in band_starts(case, pillar) if start <= quantity)


def band_cost(case: Case, pillar: str, number: int, start: int) -> int:
    """Million for so many units at the price of the band that begins at ``start``."""
    return half_up(_price(case, pillar, start).exact * number)


def variant_premium(case: Case, pillar: str, number: int, start: int, variant: str) -> int:
    """Million that the variant adds to so many units at the price of the band."""
    percent = case.pillars[pillar].variants[variant].unit_percent.exact
    return half_up(_price(case, pillar, start).exact * number * percent / 100)


def _price(case: Case, pillar: str, start: int) -> Number:
    bands = case.pillars[pillar].production.bands
    return next(band.unit_price for band in bands if band.from_quantity.whole == start)


def support_cost(case: Case, pillar: str, number: int) -> int:
    """Million for supporting so many units over the years that are counted."""
    stated = case.pillars[pillar].support
    return 0 if stated is None else half_up(stated.per_unit_year.exact * stated.years.whole * number)


def production_cost(case: Case, structure: Structure, pillar: str, nation: str) -> int:
    """Million: the nation's units with all premiums, and their support (0 if it does not buy)."""
    plan = structure.pillars.get(pillar)
    number = 0 if plan is None else units(case, pillar, plan, nation)
    if plan is None or not number:
        return 0
    cost = support_cost(case, pillar, number)
    if plan.lines is not None:
        cost += premium(case, pillar, plan.lines, nation, number)
    if not case.pillars[pillar].production.bands:
        return cost
    start = band_of(case, pillar, total_quantity(case, structure, pillar))
    cost += sum(variant_premium(case, pillar, number, start, variant) for variant in plan.variants)
    return cost + band_cost(case, pillar, number, start)


def production_expression(case: Case, x: Symbols, pillar: str, nation: str) -> Expression:
    """Symbolic twin of :func:`production_cost`."""
    return x.once(("production", pillar, nation), lambda: _build(case, x, pillar, nation))


def _build(case: Case, x: Symbols, pillar: str, nation: str) -> Expression:
    terms: list[tuple[int, Expression]] = []
    for number, bought in unit_literals(case, x, pillar, nation).items():
        terms.append((support_cost(case, pillar, number), bought))
        for name in configurations(case, pillar):
            if extra := premium(case, pillar, name, nation, number):
                terms.append((extra, conjunction(x, [bought, x.line(pillar, name)])))
        for start, in_band in _in_bands(case, x, pillar, nation, bought).items():
            terms.append((band_cost(case, pillar, number, start), in_band))
            for variant in sorted(case.pillars[pillar].variants):
                if extra := variant_premium(case, pillar, number, start, variant):
                    terms.append((extra, conjunction(x, [in_band, x.variant(pillar, variant)])))
    return x.total((cost, term) for cost, term in terms if cost)


def _in_bands(case: Case, x: Symbols, pillar: str, nation: str, bought: Expression) -> dict[int, Expression]:
    """Band -> 1 if the nation buys and the total falls into the band."""
    starts = band_starts(case, pillar)
    if len(starts) < 2:
        return dict.fromkeys(starts, bought)
    if is_total_settled_by_seats(case, pillar) and coalition_literals(case, x, pillar) is not None:
        return _band_by_coalition(case, x, pillar, nation)
    return {
        start: conjunction(x, [bought, within]) for start, within in _band_literals(case, x, pillar).items()
    }


def _band_by_coalition(case: Case, x: Symbols, pillar: str, nation: str) -> dict[int, Expression]:
    def band(coalition: Coalition) -> int | None:
        structure = seated(pillar, coalition)
        if not units(case, pillar, structure.pillars[pillar], nation):
            return None
        return band_of(case, pillar, total_quantity(case, structure, pillar))

    return dict(sorted((sorted_out(case, x, pillar, band) or {}).items()))


def _band_literals(case: Case, x: Symbols, pillar: str) -> dict[int, Expression]:
    """Band -> 1 if the pillar exists and the total falls into the band."""

    def build() -> dict[int, Expression]:
        starts = band_starts(case, pillar)
        total = total_expression(case, x, pillar)
        reached = {start: at_least(x, total, start, PRICED) for start in starts[1:]}
        from_here = [x.exists(pillar), *reached.values()]
        beyond = [*reached.values(), 0]
        return {
            start: x.total([(1, here), (-1, there)])
            for start, here, there in zip(starts, from_here, beyond, strict=True)
        }

    return x.once(("bands", pillar), build)
