"""What was really agreed, decision by decision: the known parts of a record, to be compared or required.

Every known part of a record is an item over the decisions of the case: one of some decisions is taken, or
none of them is. What the record does not say gives no item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from procure_opt.accounts.coalitions import open_tiers
from procure_opt.accounts.lines import configurations
from procure_opt.accounts.units import menu
from procure_opt.case.history import HistoricalPackage, HistoricalPillar, History
from procure_opt.case.model import Case
from procure_opt.structure.arrangements import arrangements
from procure_opt.structure.structure import Structure

from .choices import ALONE
from .decode import taken
from .variables import Key


@dataclass(frozen=True, slots=True)
class Item:
    """One known part of a record: one of the ``keys`` is decided (or, if not ``wanted``, none of them)."""

    text: str
    keys: frozenset[Key]
    wanted: bool = True

    def agrees(self, decided: frozenset[Key]) -> bool:
        """Do the decisions agree with the record here?"""
        return bool(self.keys & decided) == self.wanted


def agreement(case: Case, structure: Structure, items: Iterable[Item]) -> int:
    """Return with how many items the structure agrees."""
    decided = frozenset(taken(case, structure))
    return sum(item.agrees(decided) for item in items)


def items_of(case: Case, history: History) -> tuple[Item, ...]:
    """Return everything that the record says, in the order of the file's names."""
    found: list[Item] = []
    for pillar, record in sorted(history.pillars.items()):
        found += _pillar(case, pillar, record)
    for need, by_nation in sorted(history.outside.items()):
        for nation, option in sorted(by_nation.items()):
            keys = frozenset([("outside", need, nation, option)])
            found.append(Item(f"{nation} fills {need} by {option}", keys))
    return tuple(found)


def _pillar(case: Case, pillar: str, record: HistoricalPillar) -> Iterator[Item]:
    if record.exists != "unknown":
        text = f"{pillar} {'comes' if record.exists else 'does not come'} about"
        yield Item(text, frozenset([("exists", pillar)]), bool(record.exists))
    if not record.exists or record.exists == "unknown":
        return
    for nation in sorted(case.nations):
        tiers = open_tiers(case, pillar, nation)
        if nation in record.tiers:
            tier = record.tiers[nation]
            yield Item(f"{nation} is {tier} in {pillar}", frozenset([("tier", pillar, nation, tier)]))
        elif tiers:
            seats = frozenset(("tier", pillar, nation, tier) for tier in tiers)
            yield Item(f"{nation} is not in {pillar}", seats, wanted=False)
    yield from _terms(case, pillar, record)
    if record.packages != "unknown":
        for package, done in sorted(record.packages.items()):
            yield from _package(case, pillar, package, done)


def _terms(case: Case, pillar: str, record: HistoricalPillar) -> Iterator[Item]:
    stated = case.pillars[pillar]
    if record.regime != "unknown" and len(stated.rights) > 1:
        yield Item(f"{pillar} under {record.regime}", frozenset([("regime", pillar, record.regime)]))
    if record.variants != "unknown":
        for name in sorted(stated.variants):
            chosen = name in record.variants
            text = f"variant {name} of {pillar} {'' if chosen else 'not '}chosen"
            yield Item(text, frozenset([("variant", pillar, name)]), chosen)
    if record.lines != "unknown" and len(configurations(case, pillar)) > 1:
        yield Item(f"lines of {pillar}: {record.lines}", frozenset([("line", pillar, record.lines)]))
    if record.quantities != "unknown":
        for nation, number in sorted(record.quantities.items()):
            if menu(case, pillar, nation):
                keys = frozenset([("quantity", pillar, nation, number.whole)])
                yield Item(f"{nation} buys {number.whole} from {pillar}", keys)


def _package(case: Case, pillar: str, package: str, done: HistoricalPackage) -> Iterator[Item]:
    ways = tuple(enumerate(arrangements(case, pillar, package)))

    def keys(fits: Iterable[int]) -> frozenset[Key]:
        return frozenset(("arrangement", pillar, package, number) for number in fits)

    name = f"{pillar}.{package}"
    if done.mode != "unknown" and len({way.mode for _, way in ways}) > 1:
        yield Item(f"{name} is {done.mode}", keys(n for n, way in ways if way.mode == done.mode))
    if done.leads != "unknown" and len({way.leads for _, way in ways}) > 1:
        led = tuple(sorted(done.leads))
        yield Item(f"{' and '.join(led)} lead {name}", keys(n for n, way in ways if way.leads == led))
    if done.shares != "unknown" and len({way.shares for _, way in ways}) > 1:
        shares = dict(done.shares)
        told = ", ".join(f"{nation} {percent}" for nation, percent in sorted(shares.items()))
        yield Item(f"shares of {name}: {told} %", keys(n for n, way in ways if way.agrees(shares)))


def settled(decisions: Iterable[Key], items: Iterable[Item]) -> dict[Key, int]:
    """Return decisions that a structure which agrees with all items takes (1) or does not take (0).

    What one item leaves open among several decisions stays open among these.
    """
    every = tuple(decisions)
    fixed: dict[Key, int] = {}
    for item in items:
        if not item.wanted:
            fixed |= dict.fromkeys(item.keys, 0)
            continue
        groups = {key[:-1] for key in item.keys if key[0] not in ALONE}
        rivals = (key for key in every if key[:-1] in groups and key[0] not in ALONE)
        fixed |= {key: 0 for key in rivals if key not in item.keys}
        if len(item.keys) == 1:
            (only,) = item.keys
            fixed[only] = fixed.get(only, 1)
    return fixed


def impossible(decisions: Iterable[Key], items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items that no structure of the case can meet: nothing on offer agrees with them."""
    every = frozenset(decisions)
    return tuple(item for item in items if item.wanted and not item.keys & every)


def weights(items: Iterable[Item]) -> tuple[dict[Key, int], int]:
    """Return (decision -> weight, constant) so that the agreement is the constant plus what is decided."""
    found: dict[Key, int] = {}
    constant = 0
    for item in items:
        constant += not item.wanted
        for key in item.keys:
            found[key] = found.get(key, 0) + (1 if item.wanted else -1)
    return found, constant
