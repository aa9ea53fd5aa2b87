"""Production and support: each buyer pays for its own units at the price of the pillar's total quantity.

The unit price depends on the total (learning and fixed costs are in the bands or nowhere); units sold to
others count only if the seller may sell. Variants put a premium on every unit.
"""

from __future__ import annotations

from procure_opt.case.model import Case
from procure_opt.case.number import Number
from procure_opt.structure.structure import PillarPlan, Structure

from .coalitions import Coalition, coalition_literals, seated, sorted_out
from .exports import may_export, may_export_literal
from .logic import conjunction, disjunction
from .rounding import half_up
from .symbols import Expression, Symbols, buys


def quantity(case: Case, pillar: str, nation: str) -> int:
    """Units that the nation buys as a member at a buying tier."""
    stated = case.pillars[pillar].quantities.get(nation)
    return stated.whole if isinstance(stated, Number) else 0


def buyers(case: Case, pillar: str, plan: PillarPlan) -> tuple[str, ...]:
    """Members at tiers that buy, sorted."""
    tiers = case.pillars[pillar].tiers
    return plan.members(tuple(name for name, tier in tiers.items() if tier.buys))


def _sellers(case: Case, pillar: str) -> tuple[str, ...]:
    exports = case.pillars[pillar].production.exports
    if exports is None:
        return ()
    return tuple(sorted(case.nations)) if exports.seller is None else (exports.seller,)


def exported(case: Case, structure: Structure, pillar: str) -> int:
    """Units sold to others: all that is planned if a seller may sell, else none."""
    exports = case.pillars[pillar].production.exports
    if exports is None:
        return 0
    sellers = _sellers(case, pillar)
    allowed = any(may_export(case, structure, pillar, n, exports.destinations) for n in sellers)
    return exports.quantity.whole if allowed else 0


def total_quantity(case: Case, structure: Structure, pillar: str) -> int:
    """Units of the pillar: members, states outside the case, exports."""
    members = buyers(case, pillar, structure.pillars[pillar])
    base = case.pillars[pillar].production.base_quantity.whole
    return base + sum(quantity(case, pillar, n) for n in members) + exported(case, structure, pillar)


def band_starts(case: Case, pillar: str) -> list[int]:
    """First quantities of the price bands, rising."""
    return sorted(band.from_quantity.whole for band in case.pillars[pillar].production.bands)


def band_of(case: Case, pillar: str, units: int) -> int:
    """First quantity of the band that the total falls into."""
    return max(start for start in band_starts(case, pillar) if start <= units)


def band_cost(case: Case, pillar: str, nation: str, start: int) -> int:
    """Million for the nation's units at the price of the band that begins at ``start``."""
    return half_up(_price(case, pillar, start).exact * quantity(case, pillar, nation))


def variant_premium(case: Case, pillar: str, nation: str, start: int, variant: str) -> int:
    """Million that the variant adds to the nation's units at the price of the band."""
    percent = case.pillars[pillar].variants[variant].unit_percent.exact
    return half_up(_price(case, pillar, start).exact * quantity(case, pillar, nation) * percent / 100)


def _price(case: Case, pillar: str, start: int) -> Number:
    bands = case.pillars[pillar].production.bands
    return next(band.unit_price for band in bands if band.from_quantity.whole == start)


def support_cost(case: Case, pillar: str, nation: str) -> int:
    """Million for supporting the nation's units over the years that are counted."""
    stated = case.pillars[pillar].support
    if stated is None:
        return 0
    return half_up(stated.per_unit_year.exact * stated.years.whole * quantity(case, pillar, nation))


def production_cost(case: Case, structure: Structure, pillar: str, nation: str) -> int:
    """Million: the nation's units and their support (0 if it does not buy)."""
    plan = structure.pillars.get(pillar)
    if plan is None or nation not in buyers(case, pillar, plan):
        return 0
    support = support_cost(case, pillar, nation)
    if not case.pillars[pillar].production.bands:
        return support
    start = band_of(case, pillar, total_quantity(case, structure, pillar))
    premiums = sum(variant_premium(case, pillar, nation, start, variant) for variant in plan.variants)
    return band_cost(case, pillar, nation, start) + premiums + support


def production_expression(case: Case, x: Symbols, pillar: str, nation: str) -> Expression:
    """Symbolic twin of :func:`production_cost`."""
    return x.once(("production", pillar, nation), lambda: _build(case, x, pillar, nation))


def _build(case: Case, x: Symbols, pillar: str, nation: str) -> Expression:
    terms = [(support_cost(case, pillar, nation), buys(x, nation, pillar))]
    if quantity(case, pillar, nation):
        for start, bought in _bought_in_band(case, x, pillar)[nation].items():
            terms.append((band_cost(case, pillar, nation, start), bought))
            for variant in sorted(case.pillars[pillar].variants):
                if premium := variant_premium(case, pillar, nation, start, variant):
                    terms.append((premium, conjunction(x, [bought, x.variant(pillar, variant)])))
    return x.total((cost, term) for cost, term in terms if cost)


def _bought_in_band(case: Case, x: Symbols, pillar: str) -> dict[str, dict[int, Expression]]:
    """Nation -> band -> 1 if it buys and the total falls into the band; one disaggregation per pillar."""
    return x.once(("bands", pillar), lambda: _bands_of(case, x, pillar))


def _bands_of(case: Case, x: Symbols, pillar: str) -> dict[str, dict[int, Expression]]:
    starts = band_starts(case, pillar)
    nations = [n for n in sorted(case.nations) if quantity(case, pillar, n)]
    if not starts:
        return {n: {} for n in nations}
    if len(starts) == 1:
        return {n: {starts[0]: buys(x, n, pillar)} for n in nations}
    if coalition_literals(case, x, pillar) is not None:
        return {n: _band_by_coalition(case, x, pillar, n) for n in nations}
    band = {start: x.column(("band", pillar, start), 0, 1, whole=True) for start in starts}
    bought = {n: {start: x.column(("bought", pillar, n, start), 0, 1) for start in starts} for n in nations}
    x.require(x.total((1, literal) for literal in band.values()) == x.exists(pillar))
    for n in nations:
        x.require(x.total((1, part) for part in bought[n].values()) == buys(x, n, pillar))
        for start in starts:
            x.require(bought[n][start] <= band[start])
    _bind_quantities(case, x, pillar, band, bought)
    return bought


def _band_by_coalition(case: Case, x: Symbols, pillar: str, nation: str) -> dict[int, Expression]:
    def band(coalition: Coalition) -> int | None:
        structure = seated(pillar, coalition)
        if nation not in buyers(case, pillar, structure.pillars[pillar]):
            return None
        return band_of(case, pillar, total_quantity(case, structure, pillar))

    return dict(sorted((sorted_out(case, x, pillar, band) or {}).items()))


def _bind_quantities(
    case: Case, x: Symbols, pillar: str, band: dict[int, Expression], bought: dict[str, dict[int, Expression]]
) -> None:
    """The total quantity lies within the chosen band, band by band (the tight form)."""
    base = case.pillars[pillar].production.base_quantity.whole
    sold, units = _export_literal(case, x, pillar)
    most = base + units + sum(quantity(case, pillar, n) for n in bought)
    starts = sorted(band)
    sold_in = {start: conjunction(x, [sold, band[start]]) for start in starts}
    for start, following in zip(starts, [*starts[1:], most + 1], strict=True):
        terms = [(quantity(case, pillar, n), bought[n][start]) for n in bought] + [(units, sold_in[start])]
        total = x.total([*terms, (base, band[start])])
        x.require(total >= start * band[start])
        x.require(total <= max(following - 1, 0) * band[start])


def _export_literal(case: Case, x: Symbols, pillar: str) -> tuple[Expression, int]:
    exports = case.pillars[pillar].production.exports
    if exports is None:
        return 0, 0
    sellers = [may_export_literal(case, x, pillar, n, exports.destinations) for n in _sellers(case, pillar)]
    return disjunction(x, sellers), exports.quantity.whole
