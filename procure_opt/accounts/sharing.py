"""Who pays the pools: fixed contributions first, the rest by the rule of the pillar and phase.

Payments are exact fractions of a million and always sum to the pool. A member whose tier states a
contribution to the phase pays just that; the others bear the rest: one nation alone (``tier_fixed`` with a
nation, as the United States in the F-35), equally (``equal``, ``tier_fixed`` with ``core_equally``), by
stated percentages (``fixed``), by the units that they buy (``offtake``, ``own_quantity``), or by percentages
that are part of what is decided (``negotiated``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction

from procure_opt.case.model import Case
from procure_opt.case.packages import Phase
from procure_opt.case.pillars import Fixed, Negotiated, Offtake, OwnQuantity, Sharing, TierFixed
from procure_opt.errors import NotBuiltYet
from procure_opt.structure.arrangements import SHARED
from procure_opt.structure.structure import PillarPlan

from .coalitions import Coalition, coalition_literals, seated, sorted_out
from .logic import at_least, conjunction, gated
from .pools import PHASES, packages_of, pool, pool_expression
from .remembered import remembered
from .symbols import Expression, Symbols, at_tiers
from .units import has_menus, possible_units, unit_literals, units

CORE_EQUALLY = "core_equally"
MOST_TOTALS = 4000
"""Beyond this many possible totals a pool cannot be shared by units."""


def rule_of(case: Case, pillar: str, phase: Phase) -> Sharing:
    """Return the rule by which the phase is shared."""
    rule: Sharing = getattr(case.pillars[pillar].cost_sharing, phase)
    return rule


@remembered
def shared_phases(case: Case, pillar: str) -> tuple[Phase, ...]:
    """Phases in which there is something to share: development always, the others if they have packages."""
    return tuple(phase for phase in PHASES if phase == "development" or packages_of(case, pillar, phase))


def _stated_contribution(case: Case, pillar: str, tier: str, phase: Phase) -> Fraction | None:
    stated = case.pillars[pillar].tiers[tier]
    given = stated.contribution if phase == "development" else stated.later_contributions.get(phase)
    return None if given is None else given.exact


def contribution(case: Case, pillar: str, tier: str, phase: Phase = "development") -> Fraction:
    """Million: the tier's fixed contribution (0 where it bears the rest)."""
    return _stated_contribution(case, pillar, tier, phase) or Fraction(0)


@remembered
def bearing_tiers(case: Case, pillar: str, phase: Phase = "development") -> tuple[str, ...]:
    """Tiers without a fixed contribution: they bear what is left."""
    tiers = sorted(case.pillars[pillar].tiers)
    return tuple(name for name in tiers if _stated_contribution(case, pillar, name, phase) is None)


def sole_bearer(case: Case, pillar: str, phase: Phase = "development") -> str | None:
    """Return the nation that alone bears the rest, if the rule names one."""
    rule = rule_of(case, pillar, phase)
    return rule.residual if isinstance(rule, TierFixed) and rule.residual != CORE_EQUALLY else None


def is_by_units(case: Case, pillar: str, phase: Phase) -> bool:
    """Is the phase shared by the units that members buy?"""
    return isinstance(rule_of(case, pillar, phase), Offtake | OwnQuantity)


def stated_percent(rule: Fixed, nation: str) -> Fraction:
    """Percent that the ``fixed`` rule gives the nation (0 if it does not name it)."""
    return rule.percent[nation].exact if nation in rule.percent else Fraction(0)


def weight(case: Case, pillar: str, plan: PillarPlan, phase: Phase, nation: str) -> int:
    """How much a nation weighs among bearers: its units, or 1 where they are equal; 0 if it bears none."""
    if plan.tiers.get(nation) not in bearing_tiers(case, pillar, phase):
        return 0
    return units(case, pillar, plan, nation) if is_by_units(case, pillar, phase) else 1


@remembered
def payments(
    case: Case, pillar: str, plan: PillarPlan, phase: Phase = "development", amount: Fraction | None = None
) -> Mapping[str, Fraction]:
    """Return what each member pays; ``amount`` shares another sum than the pool (reference prices, say)."""
    whole = Fraction(pool(case, pillar, plan, phase)) if amount is None else amount
    paid = {nation: contribution(case, pillar, tier, phase) for nation, tier in sorted(plan.tiers.items())}
    rest = whole - sum(paid.values())
    for nation, part in _parts(case, pillar, plan, phase).items():
        paid[nation] += rest * part
    return paid


def _parts(case: Case, pillar: str, plan: PillarPlan, phase: Phase) -> dict[str, Fraction]:
    rule, alone = rule_of(case, pillar, phase), sole_bearer(case, pillar, phase)
    if alone is not None:
        return {alone: Fraction(1)} if alone in plan.tiers else {}
    bearers = plan.members(bearing_tiers(case, pillar, phase))
    if isinstance(rule, Fixed):
        return {nation: stated_percent(rule, nation) / 100 for nation in bearers}
    if isinstance(rule, Negotiated):
        agreed = plan.cost_percent.get(phase, {})
        return {nation: Fraction(agreed[nation], 100) for nation in bearers if nation in agreed}
    weights = {nation: weight(case, pillar, plan, phase, nation) for nation in bearers}
    total = sum(weights.values())
    return {nation: Fraction(each, total) for nation, each in weights.items() if each}


def reference_base(case: Case, pillar: str, plan: PillarPlan, phase: Phase) -> int:
    """Million: reference value of the packages of the phase that members share among them."""
    packages = packages_of(case, pillar, phase)
    return sum(stated.value.whole for name, stated in packages.items() if plan.packages[name].mode == SHARED)


def shared_value(case: Case, pillar: str, plan: PillarPlan) -> int:
    """Million: reference value of all packages that members share among them: the base of juste retour."""
    return sum(reference_base(case, pillar, plan, phase) for phase in PHASES)


def reference_shares(case: Case, pillar: str, plan: PillarPlan) -> dict[str, Fraction]:
    """Million: what each member would pay if the pools cost just their reference values, over all phases."""
    paid: dict[str, Fraction] = dict.fromkeys(sorted(plan.tiers), Fraction(0))
    for phase in shared_phases(case, pillar):
        base = Fraction(reference_base(case, pillar, plan, phase))
        for nation, part in payments(case, pillar, plan, phase, base).items():
            paid[nation] += part
    return paid


# -- symbolic --------------------------------------------------------------------------------------------


def bears(case: Case, x: Symbols, pillar: str, nation: str, phase: Phase = "development") -> Expression:
    """1 if the nation is a member at a bearing tier."""
    return at_tiers(x, nation, pillar, bearing_tiers(case, pillar, phase))


def payment_expression(case: Case, x: Symbols, pillar: str, phase: Phase, nation: str) -> Expression:
    """Symbolic twin of :func:`payments` for one nation (a real-valued expression)."""

    def build() -> Expression:
        return _shared(case, x, pillar, phase, nation, "pool")

    return x.once(("payment", pillar, phase, nation), build)


def reference_share_expression(case: Case, x: Symbols, pillar: str, nation: str) -> Expression:
    """Symbolic twin of :func:`reference_shares` for one nation."""

    def build() -> Expression:
        phases = shared_phases(case, pillar)
        return x.total((1, _shared(case, x, pillar, phase, nation, "reference")) for phase in phases)

    return x.once(("reference share", pillar, nation), build)


def shared_value_expression(case: Case, x: Symbols, pillar: str) -> Expression:
    """Symbolic twin of :func:`shared_value`."""
    return x.total((1, _reference_expression(case, x, pillar, phase)) for phase in PHASES)


def _reference_expression(case: Case, x: Symbols, pillar: str, phase: Phase) -> Expression:
    """Symbolic twin of :func:`reference_base`."""
    terms: list[tuple[int, Expression]] = []
    for name, stated in packages_of(case, pillar, phase).items():
        ways = x.arrangements(pillar, name)
        if all(way.mode == SHARED for way, _ in ways):
            terms.append((stated.value.whole, x.exists(pillar)))
        else:
            terms += [(stated.value.whole, column) for way, column in ways if way.mode == SHARED]
    return x.total(terms)


def _shared(case: Case, x: Symbols, pillar: str, phase: Phase, nation: str, what: str) -> Expression:
    """What the nation pays of a pool (or of its reference value)."""
    fixed = x.total(
        (contribution(case, pillar, tier, phase), x.tier(nation, pillar, tier))
        for tier in sorted(case.pillars[pillar].tiers)
    )
    rest = _rest(case, x, pillar, phase, what)
    rule, alone = rule_of(case, pillar, phase), sole_bearer(case, pillar, phase)
    if alone is not None:
        return fixed + rest if alone == nation else fixed
    if isinstance(rule, Fixed):
        by_part: list[tuple[Fraction, Expression]] = [
            (stated_percent(rule, nation) / 100, bears(case, x, pillar, nation, phase))
        ]
    elif isinstance(rule, Negotiated):
        by_part = [
            (Fraction(percent, 100), column) for percent, column in x.cost_shares(pillar, phase, nation)
        ]
    else:
        part = _part(case, x, pillar, phase, what)
        borne = [
            (number, gated(x, part, literal))
            for number, literal in weight_literals(case, x, pillar, phase, nation).items()
        ]
        grid = _part_grid(case, pillar, phase)
        return x.total([(1, fixed), *((Fraction(number, grid), product) for number, product in borne)])
    scale = _contribution_grid(case, pillar, phase)
    whole = x.total([(scale, rest)])
    parts = [(share / scale, gated(x, whole, literal)) for share, literal in by_part if share]
    return x.total([(1, fixed), *parts])


def _rest(case: Case, x: Symbols, pillar: str, phase: Phase, what: str) -> Expression:
    """Million left after fixed contributions."""
    given = pool_expression if what == "pool" else _reference_expression
    contributed = x.total(
        (contribution(case, pillar, tier, phase), x.tier(nation, pillar, tier))
        for nation in sorted(case.nations)
        for tier in sorted(case.pillars[pillar].tiers)
    )
    return given(case, x, pillar, phase) - contributed


def weight_literals(case: Case, x: Symbols, pillar: str, phase: Phase, nation: str) -> dict[int, Expression]:
    """Weight -> 1 if the nation bears with it: symbolic twin of :func:`weight`, zeros left out."""
    bearing = bears(case, x, pillar, nation, phase)
    if not is_by_units(case, pillar, phase):
        return {1: bearing}
    literals = unit_literals(case, x, pillar, nation)
    buying = {name for name, tier in case.pillars[pillar].tiers.items() if tier.buys}
    if buying <= set(bearing_tiers(case, pillar, phase)):
        return literals
    return {number: conjunction(x, [literal, bearing]) for number, literal in literals.items()}


def total_weights(case: Case, x: Symbols, pillar: str, phase: Phase) -> dict[int, Expression]:
    """Return a literal per possible weight of all bearers but 0; at most one is 1."""
    return x.once(
        ("total weight", pillar, phase, is_by_units(case, pillar, phase)),
        lambda: _totals(case, x, pillar, phase),
    )


def _totals(case: Case, x: Symbols, pillar: str, phase: Phase) -> dict[int, Expression]:
    def together(coalition: Coalition) -> int | None:
        plan = seated(pillar, coalition).pillars[pillar]
        return sum(weight(case, pillar, plan, phase, nation) for nation in plan.tiers) or None

    settled = not (is_by_units(case, pillar, phase) and has_menus(case, pillar))
    if settled and coalition_literals(case, x, pillar) is not None:
        return dict(sorted((sorted_out(case, x, pillar, together) or {}).items()))
    totals = _possible_totals(case, pillar, phase)
    amount = x.total(
        (number, literal)
        for nation in sorted(case.nations)
        for number, literal in weight_literals(case, x, pillar, phase, nation).items()
    )
    reached = [at_least(x, amount, total) for total in totals]
    return {
        total: x.total([(1, here), (-1, beyond)])
        for total, here, beyond in zip(totals, reached, [*reached[1:], 0], strict=True)
    }


def _possible_totals(case: Case, pillar: str, phase: Phase) -> list[int]:
    """Every sum of weights but 0, rising.

    Raises :class:`NotBuiltYet` if there are too many to tell apart.
    """
    by_units = is_by_units(case, pillar, phase)
    sums = {0}
    for nation in sorted(case.nations):
        each = possible_units(case, pillar, nation) if by_units else (1,)
        sums |= {total + number for total in sums for number in each}
        if len(sums) > MOST_TOTALS:
            raise NotBuiltYet(f"{pillar}: more than {MOST_TOTALS} possible totals to share {phase} by")
    return sorted(sums - {0})


MOST_FINE = 10_000


def _contribution_grid(case: Case, pillar: str, phase: Phase) -> int:
    """Return what makes every fixed contribution whole when multiplied by it."""
    tiers = case.pillars[pillar].tiers
    return math.lcm(*(contribution(case, pillar, tier, phase).denominator for tier in tiers))


def _part_grid(case: Case, pillar: str, phase: Phase) -> int:
    """Return what makes every equal part whole, too; just 1 where that would be a very large number."""
    if is_by_units(case, pillar, phase):
        return 1
    scale = _contribution_grid(case, pillar, phase)
    grid = math.lcm(scale, *range(1, len(case.nations) + 1)) * scale
    return grid if grid <= MOST_FINE else 1


def _part(case: Case, x: Symbols, pillar: str, phase: Phase, what: str) -> Expression:
    """What a unit of weight pays on a whole grid, the same for all: ``total * part = grid * rest``.

    Whole on purpose: highspy 1.15.1 has taken a fractional column between whole ones for whole and called
    feasible programs infeasible.
    """

    def build() -> Expression:
        grid = _part_grid(case, pillar, phase)
        totals = total_weights(case, x, pillar, phase)  # older than the part, so that they define it
        rest = x.total([(grid, _rest(case, x, pillar, phase, what))])
        low, high = x.bounds(rest)
        part = x.column(("part", pillar, phase, what), min(low, 0), max(high, 0))
        for total, literal in totals.items():
            slack_up, slack_down = total * max(high, 0) - low, high - total * min(low, 0)
            x.require(total * part - rest <= slack_up * (1 - literal))
            x.require(rest - total * part <= slack_down * (1 - literal))
        return part

    return x.once(("part", pillar, phase, what), build)


def denominators(case: Case, pillar: str, phase: Phase) -> Iterator[int]:
    """Yield every denominator that a payment into the pool of the phase can have."""
    fixed = _contribution_grid(case, pillar, phase)
    rule = rule_of(case, pillar, phase)
    if sole_bearer(case, pillar, phase) is not None:
        yield fixed
    elif isinstance(rule, Fixed):
        yield fixed * math.lcm(*((share.exact / 100).denominator for share in rule.percent.values()))
    elif isinstance(rule, Negotiated):
        yield fixed * Fraction(rule.step_percent.whole, 100).denominator
    else:
        yield from (fixed * total for total in _possible_totals(case, pillar, phase))
