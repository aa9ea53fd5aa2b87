"""What of a signed structure is frozen after an event, and what is open to be decided anew.

Everything is frozen but what the event touches. A nation whose seat is open takes with it what stands on that
seat: its units, side deals and outside options, the packages in which it works, lines that it hosts, and
the cost shares that are negotiated in its pillars.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from procure_opt.accounts.coalitions import open_tiers
from procure_opt.accounts.gaps import concerned
from procure_opt.accounts.lines import configuration, configurations
from procure_opt.accounts.units import menu
from procure_opt.case.model import Case
from procure_opt.structure.arrangements import arrangements
from procure_opt.structure.structure import PillarPlan, Structure

if TYPE_CHECKING:
    from procure_opt.formulation.variables import Key


@dataclass(frozen=True, slots=True)
class Reopened:
    """Whose seats are open, which packages (pillar, package), and in which pillars shares but not leads."""

    nations: frozenset[str] = frozenset()
    packages: frozenset[tuple[str, str]] = frozenset()
    shares: frozenset[str] = frozenset()

    def __or__(self, other: Reopened) -> Reopened:
        """Both together."""
        return Reopened(
            self.nations | other.nations, self.packages | other.packages, self.shares | other.shares
        )


def open_packages(structure: Structure, reopened: Reopened) -> frozenset[tuple[str, str]]:
    """Return (pillar, package) of those that may be awarded anew, to whomever."""
    touched = {
        (pillar, package)
        for pillar, plan in structure.pillars.items()
        for package, way in plan.packages.items()
        if reopened.nations & {*way.holders, *way.leads}
    }
    return reopened.packages | touched


def frozen(case: Case, structure: Structure, reopened: Reopened) -> dict[Key, int]:
    """Return decision -> 1 taken, 0 not, for all that is frozen: what ``study.survey`` takes as ``within``.

    Every name of the structure must be one of the case.
    """
    found: dict[Key, int] = {("exists", pillar): int(pillar in structure.pillars) for pillar in case.pillars}
    for pillar, plan in structure.pillars.items():
        found.update(_seats(case, pillar, plan, reopened))
        found.update(_terms(case, pillar, plan, reopened))
        found.update(_awards(case, structure, pillar, reopened))
    for need in case.needs:
        found.update(_outside(case, structure, need, reopened))
    return dict(sorted(found.items(), key=lambda each: tuple(map(str, each[0]))))


Decided = Iterator[tuple["Key", int]]


def _seats(case: Case, pillar: str, plan: PillarPlan, reopened: Reopened) -> Decided:
    for nation in sorted(set(case.nations) - reopened.nations):
        for tier in open_tiers(case, pillar, nation):
            yield ("tier", pillar, nation, tier), int(plan.tiers.get(nation) == tier)
        if nation in plan.tiers:
            for number in menu(case, pillar, nation):
                yield ("quantity", pillar, nation, number), int(plan.quantities.get(nation) == number)


def _terms(case: Case, pillar: str, plan: PillarPlan, reopened: Reopened) -> Decided:
    stated = case.pillars[pillar]
    for regime in stated.rights:
        yield ("regime", pillar, regime), int(plan.regime == regime)
    for variant in stated.variants:
        yield ("variant", pillar, variant), int(variant in plan.variants)
    for name, deal in stated.licences.items():
        if not {deal.nation, deal.holder} & reopened.nations:
            yield ("licence", pillar, name), int(name in plan.licences)
    hosts = set() if plan.lines is None else set(configuration(case, pillar, plan.lines).hosts)
    if plan.lines is not None and not hosts & reopened.nations:
        for name in configurations(case, pillar):
            yield ("line", pillar, name), int(plan.lines == name)
    if not reopened.nations:
        for phase, shares in plan.cost_percent.items():
            for nation, percent in shares.items():
                yield ("cost_share", pillar, phase, nation, percent), 1


def _awards(case: Case, structure: Structure, pillar: str, reopened: Reopened) -> Decided:
    anew = open_packages(structure, reopened)
    for package, way in structure.pillars[pillar].packages.items():
        if (pillar, package) in anew:
            continue
        for number, each in enumerate(arrangements(case, pillar, package)):
            if pillar not in reopened.shares:
                yield ("arrangement", pillar, package, number), int(each == way)
            elif (each.mode, each.leads) != (way.mode, way.leads):
                yield ("arrangement", pillar, package, number), 0


def _outside(case: Case, structure: Structure, need: str, reopened: Reopened) -> Decided:
    taken = structure.outside.get(need, {})
    for nation in sorted(set(concerned(case, need)) - reopened.nations):
        for option in case.needs[need].outside.get(nation, {}):
            yield ("outside", need, nation, option), int(taken.get(nation) == option)
