"""Workshare: what is worked on where, in reference prices (no cost index)."""

from __future__ import annotations

from collections.abc import Iterable

from procure_opt.case.model import Case
from procure_opt.structure.arrangements import SHARED
from procure_opt.structure.structure import PillarPlan

from .symbols import Expression, Symbols


def reference_value(case: Case, pillar: str, packages: Iterable[str] | None = None) -> int:
    """Million: the sum of the reference values of these packages (all of the pillar if None)."""
    stated = case.pillars[pillar].packages
    return sum(stated[name].value.whole for name in (stated if packages is None else packages))


def work_in_hundredths(
    case: Case, pillar: str, plan: PillarPlan, nation: str, packages: Iterable[str] | None = None
) -> int:
    """Hundredths of a million of work located in the nation: reference value times whole percent."""
    stated = case.pillars[pillar].packages
    names = sorted(stated) if packages is None else packages
    return sum(stated[name].value.whole * plan.packages[name].share(nation) for name in names)


def work_expression(
    case: Case, x: Symbols, pillar: str, nation: str, packages: Iterable[str] | None = None
) -> Expression:
    """Symbolic twin of :func:`work_in_hundredths`."""
    stated = case.pillars[pillar].packages
    names = sorted(stated) if packages is None else packages
    return x.total(
        (stated[name].value.whole * arrangement.share(nation), column)
        for name in names
        for arrangement, column in x.arrangements(pillar, name)
        if arrangement.share(nation)
    )


def shared_work_in_hundredths(case: Case, pillar: str, plan: PillarPlan, nation: str) -> int:
    """The same over what members share among them: without effects, civil suppliers and what is left out."""
    shared = [name for name in sorted(plan.packages) if plan.packages[name].mode == SHARED]
    return work_in_hundredths(case, pillar, plan, nation, shared)


def shared_work_expression(case: Case, x: Symbols, pillar: str, nation: str) -> Expression:
    """Symbolic twin of :func:`shared_work_in_hundredths`."""
    stated = case.pillars[pillar].packages
    return x.total(
        (stated[name].value.whole * arrangement.share(nation), column)
        for name in sorted(stated)
        for arrangement, column in x.arrangements(pillar, name)
        if arrangement.share(nation) and arrangement.mode == SHARED
    )


def leads_of(plan: PillarPlan, nation: str) -> int:
    """Return the number of packages that the nation leads, alone or jointly."""
    return sum(nation in arrangement.leads for arrangement in plan.packages.values())


def lead_expression(x: Symbols, pillar: str, package: str, nation: str, *, alone: bool = False) -> Expression:
    """1 if the nation leads the package (with ``alone``: and nobody leads with it)."""
    return x.total(
        (1, column)
        for arrangement, column in x.arrangements(pillar, package)
        if nation in arrangement.leads and not (alone and len(arrangement.leads) > 1)
    )
