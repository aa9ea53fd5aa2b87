"""The implied premium of cooperation: what the widest cooperation costs against the cheapest nation alone.

Gamma, tables, premiums and cost indexes are stated one by one; together they should stay within what
programmes have shown (1.0 to 2.0; Hartley & Braddon 2014, RAND MG-1225).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..model import Case
from ..packages import WorkPackage
from ..pillars import Pillar
from ..validate import Remark
from .possibilities import Candidates, is_open
from .saying import warning

_LEAST, _MOST = 1.0, 2.0


def check_implied_premium(case: Case) -> Iterator[Remark]:
    """Check that the implied premium is between 1.0 and 2.0."""
    for name, pillar in case.pillars.items():
        ratio = implied_premium(case, name)
        if ratio is not None and not _LEAST <= round(ratio, 6) <= _MOST:
            key = "coordination" if "coordination" in pillar.model_fields_set else "packages"
            found = f"the widest cooperation costs {ratio:.2f} times what the cheapest nation would alone"
            message = f"{found}, expected 1.0 to 2.0: see coordination, split premiums, cost indexes"
            yield warning(("pillars", name, key), message)


def implied_premium(case: Case, name: str) -> float | None:
    """Return the development cost of the widest cooperation as a multiple of the cheapest nation's own.

    Widest: every nation a member at its heaviest tier, each package by as many holders as its patterns
    and the nations allow, work at the holders' mean cost. None if fewer than two nations can hold work.
    """
    pillar = case.pillars[name]
    able = Candidates(case, pillar)
    holders = {key: able.holders(package) for key, package in pillar.packages.items()}
    everybody = sorted({nation for able in holders.values() for nation in able})
    if len(everybody) < 2:
        return None
    alone = min(
        sum(_cost(pillar, package, [nation]) for package in pillar.packages.values()) for nation in everybody
    )
    shared = sum(
        _cost(pillar, package, holders[key] or everybody) for key, package in pillar.packages.items()
    )
    premiums = sum(_split_premium(package, len(holders[key])) for key, package in pillar.packages.items())
    return (float(shared + premiums) + _coordination(case, pillar)) / float(alone) if alone else None


def _cost(pillar: Pillar, package: WorkPackage, nations: list[str]) -> Fraction:
    """Million, with growth, if the nations did the package in equal parts."""
    stated = package.cost_index_percent
    indexes = [stated[nation].exact if nation in stated else Fraction(100) for nation in nations]
    return package.value.exact * pillar.growth.exact * sum(indexes) / len(indexes) / 100


def _split_premium(package: WorkPackage, holders: int) -> Fraction:
    sizes = [len(pattern.shares) for pattern in package.patterns] + [
        len(listed.shares) for listed in package.listed
    ]
    widest = min(max([*sizes, package.grid.max_holders if package.grid else 1]), max(holders, 1))
    return package.value.exact * package.split_premium_percent.exact / 100 * (widest - 1)


def _coordination(case: Case, pillar: Pillar) -> float:
    open_weights = (
        [t.partner_weight.exact for t in pillar.tiers.values() if is_open(t, n)] for n in case.nations
    )
    partners = sum((max(weights) for weights in open_weights if weights), Fraction(0))
    if pillar.coordination.table is not None:
        reached = [step for step in pillar.coordination.table if step.partners.exact <= partners]
        return float(max(reached, key=lambda step: step.partners.exact).million.exact) if reached else 0.0
    value = sum(package.value.exact for package in pillar.packages.values())
    exponent = float(pillar.coordination.gamma.exact) if pillar.coordination.gamma is not None else 0.0
    return float(value) * _excess(max(float(partners), 1.0), exponent)


def _excess(partners: float, exponent: float) -> float:
    try:
        return float(partners**exponent) - 1
    except OverflowError:
        return float("inf")
