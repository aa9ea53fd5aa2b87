"""What the stated data leave possible: who can join, lead and hold; levels within reach; totals of units.

Upper bounds from the case alone: nothing here knows of structures. Unknown names are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Case
from ..needs import Need
from ..number import Number
from ..packages import WorkPackage
from ..pillars import Pillar, Tier
from ..vocabulary import DESIGN_AUTHORITY

_MOST_UNITS = 2_000_000


def is_open(tier: Tier, nation: str) -> bool:
    """Tell whether the tier is open to the nation."""
    return tier.open_to is None or nation in tier.open_to


def nations_at(case: Case, tiers: Iterable[Tier]) -> list[str]:
    """Return the nations to which at least one of the tiers is open, sorted."""
    able: set[str] = set()
    for tier in tiers:
        able |= set(case.nations if tier.open_to is None else tier.open_to)
    return sorted(able & set(case.nations))


def members(case: Case, pillar: Pillar) -> list[str]:
    """Return the nations that can be members of the pillar."""
    return nations_at(case, pillar.tiers.values())


def buyers(case: Case, pillar: Pillar) -> list[str]:
    """Return the nations that can buy from the pillar."""
    return nations_at(case, (tier for tier in pillar.tiers.values() if tier.buys))


class Candidates:
    """Who can lead the packages of a pillar and hold work of them."""

    def __init__(self, case: Case, pillar: Pillar) -> None:
        self._leading = nations_at(case, (tier for tier in pillar.tiers.values() if "lead" in tier.may))
        self._working = nations_at(case, (tier for tier in pillar.tiers.values() if tier.may))

    def leads(self, package: WorkPackage) -> list[str]:
        """Return the nations that can lead the package."""
        return _among(self._leading, package.may_lead)

    def holders(self, package: WorkPackage) -> list[str]:
        """Return the nations that can hold work of the package, those that can lead it included."""
        return sorted(set(_among(self._working, package.may_hold)) | set(self.leads(package)))


def _among(able: list[str], named: tuple[str, ...] | None) -> list[str]:
    return able if named is None else sorted(set(able) & set(named))


def concerned(case: Case, need: Need) -> list[str]:
    """Return the nations that have the need, sorted."""
    return sorted(case.nations if need.nations is None else set(need.nations) & set(case.nations))


class Reach:
    """The highest level on a function that a nation could ever have."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._best: dict[tuple[str, str], int] = {}
        self._rights: dict[tuple[str, str], tuple[int, int]] = {}

    def best(self, nation: str, function: str) -> int:
        """Return it for a function of the case; own capability and outside options included, after caps."""
        if (nation, function) not in self._best:
            stated = self._case.nations[nation]
            found = [stated.own_capability.get(function, 0), *self._outside(nation, function)]
            found += [self._in_pillar(nation, function, p) for p in self._case.functions[function].packages]
            self._best[nation, function] = min(
                max(found), stated.absorptive_caps.get(function, DESIGN_AUTHORITY)
            )
        return self._best[nation, function]

    def _outside(self, nation: str, function: str) -> Iterator[int]:
        controlled = self._case.functions[function].packages.keys()
        for need in self._case.needs.values():
            if need.nations is None or nation in need.nations:
                general = not controlled.isdisjoint(need.pillars)
                for option in need.outside.get(nation, {}).values():
                    yield option.levels.get(function, option.level if general else 0)

    def _in_pillar(self, nation: str, function: str, name: str) -> int:
        pillar = self._case.pillars.get(name)
        package = pillar.packages.get(self._case.functions[function].packages[name]) if pillar else None
        if pillar is None or package is None:
            return DESIGN_AUTHORITY  # an unknown name is told elsewhere
        with_lead, without = self._by_right(name, nation)
        found = [with_lead if _may_lead(package, nation) else without, *_by_mode(package, nation)]
        found += [
            each.level
            for each in pillar.licences.values()
            if (each.nation, each.function) == (nation, function)
        ]
        lines = pillar.lines.configurations.values() if pillar.lines else ()
        return max(found + [line.levels.get(function, 0) for line in lines if nation in line.hosts])

    def _by_right(self, name: str, nation: str) -> tuple[int, int]:
        """Return the best level of a member by tier and regime, with a lead and without one."""
        if (name, nation) not in self._rights:
            pillar = self._case.pillars[name]
            with_lead, without = [0], [0]
            for key, tier in pillar.tiers.items():
                roles = [regime.levels[key] for regime in pillar.rights.values() if key in regime.levels]
                if tier.has_level and is_open(tier, nation):
                    without += [max(each.other, each.holder if tier.may else 0) for each in roles]
                    with_lead += [each.lead for each in roles if "lead" in tier.may]
            self._rights[name, nation] = max(with_lead + without), max(without)
        return self._rights[name, nation]


def _by_mode(package: WorkPackage, nation: str) -> Iterator[int]:
    if package.effect is not None:
        yield DESIGN_AUTHORITY if nation in package.effect.by else package.effect.level
    if package.civil is not None:
        yield package.civil.level


def _may_lead(package: WorkPackage, nation: str) -> bool:
    listed = any(nation in arrangement.leads for arrangement in package.listed)
    return listed or package.may_lead is None or nation in package.may_lead


def possible_totals(case: Case, pillar: Pillar) -> list[int] | None:
    """Return every total quantity that some set of buyers makes up, rising; None if there are too many."""
    choices = [
        units_of(pillar.quantities[nation]) for nation in buyers(case, pillar) if nation in pillar.quantities
    ]
    if pillar.production.exports is not None:
        choices.append([pillar.production.exports.quantity.whole])
    base = pillar.production.base_quantity.whole
    if sum(max(units, default=0) for units in choices) > _MOST_UNITS:
        return None
    sums = 1  # bit q is set if q units are possible
    for units in choices:
        shifted = sums
        for each in set(units):
            shifted |= sums << each
        sums = shifted
    return [base + total for total, bit in enumerate(reversed(f"{sums:b}")) if bit == "1"]


def units_of(quantity: object) -> list[int]:
    """Return the units that a quantity or a menu states (those below 0 are told elsewhere)."""
    stated = [quantity] if isinstance(quantity, Number) else getattr(quantity, "menu", ())
    return [number.whole for number in stated if number.whole >= 0]
