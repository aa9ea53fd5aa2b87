"""Money: budgets that can be kept, prices that behave as units grow, tables that rise, units that cost."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ..model import Case
from ..number import Number
from ..paths import Path
from ..pillars import Offtake, Pillar, PriceBand
from ..validate import Remark
from .possibilities import buyers, is_open, possible_totals, units_of
from .saying import amount, error, warning

_MOST_GOVERNANCE = Fraction(1, 4)
_MOST_GAMMA = Fraction(1, 2)
_MOST_UNITS = 1_000_000


def check_budgets(case: Case) -> Iterator[Remark]:
    """Check that a nation's budget bears the smallest contribution of the tiers open to it.

    An error, not a warning: the case says that a tier is open and that it can never be taken, so one of
    the two is a slip; ``open_to`` states honestly that a nation is no candidate.
    """
    for name, nation in case.nations.items():
        if nation.budget is None or not case.applies(nation.budget.id):
            continue
        caps = {"development": nation.budget.development, "total": nation.budget.total}
        for pillar_name, pillar in case.pillars.items():
            least = _least_contribution(pillar, name)
            for period, cap in caps.items():
                if cap is not None and least is not None and cap.exact < least:
                    needed = f"the smallest contribution to {pillar_name} open to {name} ({amount(least)})"
                    message = f"{amount(cap.exact)} million is below {needed}: raise it or close its tiers"
                    yield error(("nations", name, "budget", period), message)


def _least_contribution(pillar: Pillar, nation: str) -> Fraction | None:
    """Million; None if no tier is open, or one of them bears a rest that may be nothing."""
    stated = [tier.contribution for tier in pillar.tiers.values() if is_open(tier, nation)]
    fixed = [each.exact for each in stated if each is not None]
    return min(fixed) if fixed and len(fixed) == len(stated) else None


def _bands(case: Case) -> Iterator[tuple[Path, Pillar, list[tuple[int, PriceBand]]]]:
    """Yield (path, pillar, bands with their place in the file, by first quantity)."""
    for name, pillar in case.pillars.items():
        bands = sorted(enumerate(pillar.production.bands), key=lambda placed: placed[1].from_quantity.whole)
        yield ("pillars", name, "production", "bands"), pillar, bands


def check_bands_begin(case: Case) -> Iterator[Remark]:
    """Check that the first band begins at 0 and no two begin together."""
    for path, _, bands in _bands(case):
        if bands and (first := bands[0][1].from_quantity.whole):
            yield error(
                (*path, bands[0][0], "from_quantity"), f"the first band begins at {first}, must begin at 0"
            )
        for (_, band), (place, following) in pairwise(bands):
            if band.from_quantity.whole == following.from_quantity.whole:
                start = band.from_quantity.whole
                yield error((*path, place, "from_quantity"), f"two bands begin at {start}, keep one of them")


def check_unit_prices_fall(case: Case) -> Iterator[Remark]:
    """Check that the unit price does not rise with quantity."""
    for path, _, bands in _bands(case):
        for (_, band), (place, following) in pairwise(bands):
            if following.unit_price.value > band.unit_price.value:
                rise = f"rises from {band.unit_price.value} to {following.unit_price.value} million"
                message = f"the unit price {rise} from {following.from_quantity.whole} units on"
                yield warning((*path, place, "unit_price"), message)


def check_total_cost_rises(case: Case) -> Iterator[Remark]:
    """Check that more units cost more in all: at every band edge that quantities of the case can straddle."""
    for path, pillar, bands in _bands(case):
        totals = possible_totals(case, pillar) if len(bands) > 1 else []
        for place, following in bands[1:]:
            below, above = _around(following.from_quantity.whole, totals)
            less, more = (quantity * _price(bands, quantity) for quantity in (below, above))
            if below and more < less:
                told = f"{below} units cost {amount(less)} million, {above} units {amount(more)}"
                yield warning((*path, place), f"the total cost falls as the quantity grows: {told}")


def _around(edge: int, totals: list[int] | None) -> tuple[int, int]:
    """Return the nearest possible totals below the edge and from it on; 0 if none is below or none above."""
    if totals is None:
        return edge - 1, edge
    place = bisect_left(totals, edge)
    return (totals[place - 1], totals[place]) if 0 < place < len(totals) else (0, 0)


def _price(bands: list[tuple[int, PriceBand]], quantity: int) -> Fraction:
    place = bisect_right(bands, quantity, key=lambda placed: placed[1].from_quantity.whole)
    return bands[max(place - 1, 0)][1].unit_price.exact


def check_tables_by_partners(case: Case) -> Iterator[Remark]:
    """Check that tables by effective partners have each number once, and values that do not fall."""
    for name, pillar in case.pillars.items():
        table = pillar.coordination.table or ()
        million = [(step.partners.exact, step.million.exact) for step in table]
        yield from _table(("pillars", name, "coordination", "table"), million, "coordination cost", "million")
        delays = pillar.service.delays if pillar.service is not None else ()
        months = [(step.partners.exact, step.months.exact) for step in delays]
        yield from _table(("pillars", name, "service", "delays"), months, "delay", "months")


def _table(at: Path, steps: Sequence[tuple[Fraction, Fraction]], what: str, unit: str) -> Iterator[Remark]:
    placed = sorted(enumerate(steps), key=lambda each: each[1][0])
    for (_, (partners, value)), (place, (more, following)) in pairwise(placed):
        if partners == more:
            yield error(
                (*at, place, "partners"), f"two steps for {amount(partners)} partners, keep one of them"
            )
        elif following < value:
            fall = f"the {what} falls from {amount(value)} to {amount(following)} {unit}"
            yield warning((*at, place), f"{fall} as partners grow from {amount(partners)} to {amount(more)}")


def check_growth(case: Case) -> Iterator[Remark]:
    """Check that expected growth is 1 or more."""
    for name, pillar in case.pillars.items():
        if pillar.growth.exact < 1:
            found = f"found {pillar.growth.value}"
            yield warning(
                ("pillars", name, "growth"), f"{found}: development is expected to cost less than planned"
            )


def check_governance(case: Case) -> Iterator[Remark]:
    """Check that gamma is governance alone beside split premiums: both describe the same waste."""
    for name, pillar in case.pillars.items():
        gamma = pillar.coordination.gamma
        itemised = any(package.split_premium_percent.exact for package in pillar.packages.values())
        most = _MOST_GOVERNANCE if itemised else _MOST_GAMMA
        if gamma is not None and gamma.exact > most:
            why = (
                "beside split premiums gamma is governance alone"
                if itemised
                else "even with no split premiums"
            )
            yield warning(
                ("pillars", name, "coordination", "gamma"), f"found {gamma.value}; {why}, 0 to {amount(most)}"
            )


def check_quantities(case: Case) -> Iterator[Remark]:
    """Check that who may buy has a quantity where units have a price, and it is a number of units."""
    for name, pillar in case.pillars.items():
        path = ("pillars", name, "quantities")
        for nation, stated in pillar.quantities.items():
            if isinstance(stated, Number) and not (
                0 <= stated.exact <= _MOST_UNITS and stated.exact == stated.whole
            ):
                found = f"found {stated.value}"
                yield error(
                    (*path, nation), f"{found}, must be a whole number of units from 0 to {_MOST_UNITS}"
                )
        if not pillar.production.bands and not pillar.quantities:
            continue
        for nation in sorted(set(buyers(case, pillar)) - pillar.quantities.keys()):
            yield warning(path, f"{nation} may buy but has no quantity: it gets no units")


def check_units_have_a_price(case: Case) -> Iterator[Remark]:
    """Check that units that are bought cost something, or serve to share costs, or to count."""
    produced = case.decision is None or "production" in case.decision.phases
    for name, pillar in case.pillars.items():
        counted = any(tier.min_offtake is not None for tier in pillar.tiers.values())
        shared = isinstance(pillar.cost_sharing.development, Offtake)
        priced = pillar.production.bands or pillar.support is not None
        if (
            produced
            and not (priced or counted or shared)
            and any(any(units_of(q)) for q in pillar.quantities.values())
        ):
            yield error(
                ("pillars", name, "quantities"),
                "units without a price: give production.bands, or no quantities",
            )


def check_resolution(case: Case) -> Iterator[Remark]:
    """Check that the front is told apart by at least 1 in each value."""
    stated = {
        "autonomy": case.resolution.autonomy,
        "spinoff": case.resolution.spinoff,
        "cost": case.resolution.cost,
    }
    for value, step in stated.items():
        if step.whole < 1:
            yield error(("resolution", value), "found 0, must be at least 1 (1 is exact)")
