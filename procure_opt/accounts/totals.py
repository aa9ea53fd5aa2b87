"""The total quantity of a pillar: what members buy, what states outside the case buy, and exports.

Units sold to others count only if a seller may sell them.
"""

from __future__ import annotations

from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure

from .exports import is_settled_by_seats, may_export, may_export_literal
from .logic import disjunction
from .symbols import Expression, Symbols, defined
from .units import buyers, has_menus, unit_literals, units


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
    plan = structure.pillars[pillar]
    bought = sum(units(case, pillar, plan, nation) for nation in buyers(case, pillar, plan))
    base = case.pillars[pillar].production.base_quantity.whole
    return base + bought + exported(case, structure, pillar)


def sold_literal(case: Case, x: Symbols, pillar: str) -> tuple[Expression, int]:
    """1 if exports are sold, and how many."""
    exports = case.pillars[pillar].production.exports
    if exports is None:
        return 0, 0

    def build() -> Expression:
        return disjunction(
            x, [may_export_literal(case, x, pillar, n, exports.destinations) for n in _sellers(case, pillar)]
        )

    return x.once(("sold", pillar), build), exports.quantity.whole


def is_total_settled_by_seats(case: Case, pillar: str) -> bool:
    """Does the total depend on nothing but who sits at which tier?"""
    return not has_menus(case, pillar) and (
        case.pillars[pillar].production.exports is None or is_settled_by_seats(case, pillar)
    )


def total_expression(case: Case, x: Symbols, pillar: str) -> Expression:
    """Symbolic twin of :func:`total_quantity`; 0 if there is no pillar."""

    def build() -> Expression:
        terms = [
            (number, literal)
            for nation in sorted(case.nations)
            for number, literal in unit_literals(case, x, pillar, nation).items()
        ]
        terms.append((case.pillars[pillar].production.base_quantity.whole, x.exists(pillar)))
        sold, exports = sold_literal(case, x, pillar)
        terms.append((exports, sold))
        return defined(x, ("units", pillar), x.total((n, literal) for n, literal in terms if n))

    return x.once(("units", pillar), build)
