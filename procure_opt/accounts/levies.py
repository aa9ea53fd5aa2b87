"""Levies: what states outside the case pay on every unit sold to them, shared equally among some members."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from procure_opt.case.model import Case
from procure_opt.structure.structure import PillarPlan, Structure

from .coalitions import Coalition, coalition_literals, seated, sorted_out
from .logic import at_least, conjunction
from .rounding import half_up
from .symbols import Expression, Symbols, at_tiers
from .totals import exported, sold_literal


def _tiers(case: Case, pillar: str) -> tuple[str, ...]:
    return tuple(sorted(name for name, tier in case.pillars[pillar].tiers.items() if tier.levy_share))


def _receivers(case: Case, pillar: str, plan: PillarPlan) -> tuple[str, ...]:
    return plan.members(_tiers(case, pillar))


def levy(case: Case, pillar: str, number: int) -> int:
    """Million of levies on so many units sold."""
    exports = case.pillars[pillar].production.exports
    return 0 if exports is None else half_up(exports.levy_per_unit.exact * number)


def _pillar_levies(case: Case, structure: Structure, pillar: str) -> int:
    """Million that members of the pillar receive (nothing if nobody has a share in levies)."""
    receivers = _receivers(case, pillar, structure.pillars[pillar])
    return levy(case, pillar, exported(case, structure, pillar)) if receivers else 0


def all_levies(case: Case, structure: Structure) -> int:
    """Million that all nations receive."""
    return sum(_pillar_levies(case, structure, pillar) for pillar in structure.pillars)


def levies(case: Case, structure: Structure, nation: str) -> Fraction:
    """Million that the nation receives."""
    received = Fraction(0)
    for pillar, plan in structure.pillars.items():
        receivers = _receivers(case, pillar, plan)
        if nation in receivers:
            received += Fraction(_pillar_levies(case, structure, pillar), len(receivers))
    return received


def _has_levies(case: Case, pillar: str) -> bool:
    exports = case.pillars[pillar].production.exports
    whole = 0 if exports is None else levy(case, pillar, exports.quantity.whole)
    return bool(whole) and bool(_tiers(case, pillar))


def all_levies_expression(case: Case, x: Symbols) -> Expression:
    """Symbolic twin of :func:`all_levies`."""
    terms = []
    for pillar in sorted(case.pillars):
        if _has_levies(case, pillar):
            sold, number = sold_literal(case, x, pillar)
            for literal in _counts(case, x, pillar).values():
                terms.append((levy(case, pillar, number), conjunction(x, [sold, literal])))
    return x.total(terms)


def levy_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of :func:`levies`."""
    terms: list[tuple[Fraction, Expression]] = []
    for pillar in sorted(case.pillars):
        if _has_levies(case, pillar):
            sold, number = sold_literal(case, x, pillar)
            shares = at_tiers(x, nation, pillar, _tiers(case, pillar))
            for count, literal in _counts(case, x, pillar).items():
                part = Fraction(levy(case, pillar, number), count)
                terms.append((part, conjunction(x, [sold, shares, literal])))
    return x.total(terms)


def _counts(case: Case, x: Symbols, pillar: str) -> dict[int, Expression]:
    """Number of receivers -> 1 if there are just so many; none of them is 1 if nobody receives."""

    def build() -> dict[int, Expression]:
        def count(coalition: Coalition) -> int | None:
            return len(_receivers(case, pillar, seated(pillar, coalition).pillars[pillar])) or None

        if coalition_literals(case, x, pillar) is not None:
            return dict(sorted((sorted_out(case, x, pillar, count) or {}).items()))
        tiers, most = _tiers(case, pillar), len(case.nations)
        number = x.total((1, at_tiers(x, n, pillar, tiers)) for n in sorted(case.nations))
        reached = [at_least(x, number, many) for many in range(1, most + 1)]
        pairs = zip(reached, [*reached[1:], 0], strict=True)
        return {many: here - beyond for many, (here, beyond) in enumerate(pairs, start=1)}

    return x.once(("receivers", pillar), build)


def levy_denominators(case: Case, pillar: str) -> Iterator[int]:
    """Yield every denominator that a nation's receipts can have."""
    yield from range(1, len(case.nations) + 1) if _has_levies(case, pillar) else (1,)
