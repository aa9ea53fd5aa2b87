"""With how much of a record an efficient structure agrees, beside what chance and naive rules agree with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procure_opt.accounts.coalitions import open_tiers
from procure_opt.accounts.units import possible_units
from procure_opt.accounts.values import Vector
from procure_opt.case.model import Case
from procure_opt.formulation.record import Item, agreement, weights
from procure_opt.formulation.variables import Key
from procure_opt.structure.arrangements import arrangements
from procure_opt.structure.structure import Structure
from procure_opt.study import Found

Drawn = Sequence[tuple[Structure, Vector]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """With how many known items the best efficient structure agrees; chance and naive rules on the same.

    ``best`` is None if there is no efficient structure, or the front is not known completely.
    """

    items: int
    best: int | None
    chance: Fraction | None
    naive: tuple[tuple[str, Fraction], ...]
    unmet: tuple[str, ...]
    """Items that no structure of the case can meet."""
    decided: bool = True
    """Is the front known completely? If not, ``best`` is not known either."""


def agreed(
    case: Case, items: Sequence[Item], unmet: Sequence[Item], found: Found, chance: Drawn
) -> Agreement:
    """Return the best match among all structures that share an efficient vector, and its yardsticks.

    ``found`` was surveyed with the weights of the items that can be met.
    """
    _, constant = weights(item for item in items if item not in unmet)
    best = max(found.scores.values(), default=None) if found.front.complete else None
    drawn = [agreement(case, structure, items) for structure, _ in chance]
    return Agreement(
        len(items),
        None if best is None else best + constant,
        Fraction(sum(drawn), len(drawn)) if drawn else None,
        tuple(_naive(case, items, chance)),
        tuple(item.text for item in unmet),
        found.front.complete,
    )


def _naive(case: Case, items: Sequence[Item], chance: Drawn) -> Iterable[tuple[str, Fraction]]:
    """Yield what naive rules agree with; what a rule leaves open counts as often as chance meets it."""
    for name, rule in (
        ("everybody joins, the largest buyer leads", _largest_leads(case)),
        ("nobody joins", {}),
    ):
        known = {key[:-1] for key in rule} | {("exists",)}
        total = Fraction(0)
        for item in items:
            kinds = {key[0] for key in item.keys}
            if kinds <= {"exists", "tier"} or {key[:-1] for key in item.keys} & known:
                total += bool(item.keys & set(rule)) == item.wanted
            elif not rule:
                total += not item.wanted
            else:
                met = [agreement(case, structure, [item]) for structure, _ in chance]
                total += Fraction(sum(met), len(met)) if met else 0
        yield name, total


def _largest_leads(case: Case) -> dict[Key, int]:
    """Return the decisions of the rule that all take their first leading seat and the largest buyer leads."""
    taken: dict[Key, int] = {}
    for pillar, stated in sorted(case.pillars.items()):
        taken["exists", pillar] = 1
        for nation in sorted(case.nations):
            tiers = open_tiers(case, pillar, nation)
            leading = [tier for tier in tiers if "lead" in stated.tiers[tier].may]
            if tiers:
                taken["tier", pillar, nation, (leading or list(tiers))[0]] = 1
        for package in sorted(stated.packages):
            ways = [(n, way) for n, way in enumerate(arrangements(case, pillar, package)) if way.leads]
            if ways:
                size = {nation: max(possible_units(case, pillar, nation)) for nation in case.nations}
                top = max(ways, key=lambda each: (size.get(each[1].leads[0], 0), -each[0]))
                taken |= {
                    ("arrangement", pillar, package, n): 1 for n, way in ways if way.leads == top[1].leads
                }
    return taken
