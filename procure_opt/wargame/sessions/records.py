"""A deal against what was really agreed: every known part of a record, by plain comparison, no solver.

The twin of ``formulation.record``, which says the same in decisions of the program. What a record does not
say, and what the case leaves no choice about, is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from procure_opt.accounts.coalitions import open_tiers
from procure_opt.accounts.lines import configurations
from procure_opt.accounts.units import menu
from procure_opt.case.history import HistoricalPackage, HistoricalPillar, History
from procure_opt.case.model import Case
from procure_opt.structure.arrangements import Arrangement, arrangements
from procure_opt.structure.structure import PillarPlan, Structure


@dataclass(frozen=True, slots=True)
class Known:
    """One known part of a record, in words, and whether the structure agrees."""

    text: str
    agrees: bool


def compared(case: Case, structure: Structure, record: History) -> tuple[Known, ...]:
    """Return every known part of the record, in the order of the file's names."""
    found: list[Known] = []
    for pillar, stated in sorted(record.pillars.items()):
        found += _pillar(case, structure, pillar, stated)
    for need, by_nation in sorted(record.outside.items()):
        for nation, option in sorted(by_nation.items()):
            same = structure.outside.get(need, {}).get(nation) == option
            found.append(Known(f"{nation} fills {need} by {option}", same))
    return tuple(found)


def _pillar(case: Case, structure: Structure, pillar: str, record: HistoricalPillar) -> Iterator[Known]:
    plan = structure.pillars.get(pillar)
    if record.exists == "unknown":
        return
    verb = "comes" if record.exists else "does not come"
    yield Known(f"{pillar} {verb} about", (plan is not None) == record.exists)
    if not record.exists:
        return
    for nation in sorted(case.nations):
        tier = None if plan is None else plan.tiers.get(nation)
        if nation in record.tiers:
            yield Known(f"{nation} is {record.tiers[nation]} in {pillar}", tier == record.tiers[nation])
        elif open_tiers(case, pillar, nation):
            yield Known(f"{nation} is not in {pillar}", tier is None)
    yield from _terms(case, plan, pillar, record)
    if record.packages != "unknown":
        for package, done in sorted(record.packages.items()):
            way = None if plan is None else plan.packages.get(package)
            yield from _package(arrangements(case, pillar, package), way, f"{pillar}.{package}", done)


def _terms(case: Case, plan: PillarPlan | None, pillar: str, record: HistoricalPillar) -> Iterator[Known]:
    stated = case.pillars[pillar]
    if record.regime != "unknown" and len(stated.rights) > 1:
        same = plan is not None and plan.regime == record.regime
        yield Known(f"{pillar} under {record.regime}", same)
    if record.variants != "unknown":
        for name in sorted(stated.variants):
            chosen = name in record.variants
            has = plan is not None and name in plan.variants
            yield Known(f"variant {name} of {pillar} {'' if chosen else 'not '}chosen", has == chosen)
    if record.lines != "unknown" and len(configurations(case, pillar)) > 1:
        same = plan is not None and plan.lines == record.lines
        yield Known(f"lines of {pillar}: {record.lines}", same)
    if record.quantities != "unknown":
        for nation, number in sorted(record.quantities.items()):
            if menu(case, pillar, nation):
                same = plan is not None and plan.quantities.get(nation) == number.whole
                yield Known(f"{nation} buys {number.whole} from {pillar}", same)


def _package(
    ways: tuple[Arrangement, ...], way: Arrangement | None, name: str, done: HistoricalPackage
) -> Iterator[Known]:
    if done.mode != "unknown" and len({each.mode for each in ways}) > 1:
        yield Known(f"{name} is {done.mode}", way is not None and way.mode == done.mode)
    if done.leads != "unknown" and len({each.leads for each in ways}) > 1:
        led = tuple(sorted(done.leads))
        yield Known(f"{' and '.join(led)} lead {name}", way is not None and way.leads == led)
    if done.shares != "unknown" and len({each.shares for each in ways}) > 1:
        told = ", ".join(f"{nation} {percent}" for nation, percent in sorted(done.shares.items()))
        yield Known(f"shares of {name}: {told} %", way is not None and way.agrees(done.shares))
