"""Spin-off (million): value beyond the work paid for, in the nation where the work is done.

Rate times competence times value times g(share), with g concave (full effect from a stated share on,
proportional below), plus the lead bonus, what final assembly brings and the offsets of outside options. Never
netted against cost.
Source: Eliasson 2010 on the spillover of military aircraft programmes.
"""

from __future__ import annotations

import functools
from fractions import Fraction

from procure_opt.case.model import Case
from procure_opt.structure.arrangements import Arrangement
from procure_opt.structure.structure import Structure

from .gaps import concerned, outside_spinoff
from .lines import line_spinoff, line_spinoff_terms
from .rounding import half_up
from .symbols import Expression, Symbols, defined


def absorbed(share_percent: int, full_from_percent: Fraction) -> Fraction:
    """Return g(share): proportional up to the share from which the effect is full.

    >>> absorbed(15, Fraction(30)), absorbed(60, Fraction(30)), absorbed(60, Fraction(100))
    (Fraction(1, 2), Fraction(1, 1), Fraction(3, 5))
    """
    return min(Fraction(share_percent) / full_from_percent, Fraction(1)) if full_from_percent else Fraction(1)


@functools.lru_cache(maxsize=1 << 16)
def arrangement_spinoff(case: Case, pillar: str, package: str, arrangement: Arrangement, nation: str) -> int:
    """Million that the nation gains from the package done in this way."""
    share = arrangement.share(nation)
    if not share:
        return 0
    stated = case.pillars[pillar].packages[package]
    competence = stated.competence_percent.get(nation, case.nations[nation].competence_percent).exact
    effect = absorbed(share, case.pillars[pillar].absorption.full_effect_from_percent.exact)
    work = stated.spinoff_percent.exact / 100 * competence / 100 * stated.value.exact * effect
    bonus = stated.lead_bonus.exact / len(arrangement.leads) if nation in arrangement.leads else 0
    return half_up(work + bonus)


def spinoff(case: Case, structure: Structure, nation: str) -> int:
    """Million that the nation gains: from its work, its lines, and the offsets of its outside options."""
    work = sum(
        arrangement_spinoff(case, pillar, package, arrangement, nation)
        for pillar, plan in structure.pillars.items()
        for package, arrangement in plan.packages.items()
    )
    lines = sum(line_spinoff(case, structure, pillar, nation) for pillar in structure.pillars)
    taken = structure.taken_outside(nation)
    return work + lines + sum(outside_spinoff(case, nation, need, option) for need, option in taken)


def spinoff_expression(case: Case, x: Symbols, nation: str) -> Expression:
    """Symbolic twin of :func:`spinoff`."""
    return x.once(("spinoff", nation), lambda: defined(x, ("spinoff", nation), _gains(case, x, nation)))


def _gains(case: Case, x: Symbols, nation: str) -> Expression:
    terms = [
        (arrangement_spinoff(case, pillar, package, arrangement, nation), column)
        for pillar in sorted(case.pillars)
        for package in sorted(case.pillars[pillar].packages)
        for arrangement, column in x.arrangements(pillar, package)
    ]
    for pillar in sorted(case.pillars):
        terms += line_spinoff_terms(case, x, pillar, nation)
    for need in sorted(case.needs):
        if nation in concerned(case, need):
            for option in sorted(case.needs[need].outside.get(nation, {})):
                terms.append((outside_spinoff(case, nation, need, option), x.outside(nation, need, option)))
    return x.total((gain, term) for gain, term in terms if gain)
