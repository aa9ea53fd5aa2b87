"""Proposals as what they say: a complete structure, or parts and terms; which structures agree with it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from procure_opt import rules
from procure_opt.accounts.conditions import holds
from procure_opt.accounts.lines import configurations
from procure_opt.accounts.sharing import shared_phases
from procure_opt.accounts.units import menu
from procure_opt.case.conditions import Condition
from procure_opt.case.model import Case
from procure_opt.case.pillars import Pillar
from procure_opt.case.spelling import closest
from procure_opt.errors import printable
from procure_opt.result.schema import StructureRecord
from procure_opt.structure.arrangements import Arrangement, arrangements
from procure_opt.structure.structure import PillarPlan, Structure

from .orders import PackageParts, Parts, PillarParts, Propose
from .plain import Json, canonical, from_text
from .terms import meaning, term_flaws

Flaws = Iterator[tuple[str, str]]
UNJUDGEABLE = (LookupError, ArithmeticError, ValueError, TypeError)
"""What plain definitions raise at a structure that lacks what they look for."""


@dataclass(frozen=True)
class Content:
    """What a proposal says: ``structure`` if it is complete, else None; parts and terms otherwise."""

    case: Case
    structure: Structure | None
    parts: Parts
    terms: tuple[Condition, ...]

    def agrees(self, structure: Structure) -> bool:
        """Is the structure one that the proposal leaves possible? (It must be known to the case.)"""
        if self.structure is not None:
            return structure == self.structure
        named = all(_pillar_agrees(structure, name, p) for name, p in self.parts.pillars.items())
        outside = all(
            structure.outside.get(need, {}).get(nation) == option
            for need, taken in self.parts.outside.items()
            for nation, option in taken.items()
        )
        return named and outside and all(holds(self.case, structure, term) for term in self.terms)


def content(case: Case, said: Json) -> Content:
    """Return what an order ``propose`` without flaws says."""
    return _content(case, canonical({key: said.get(key) for key in ("structure", "parts", "terms")}))


@functools.lru_cache(maxsize=4096)
def _content(case: Case, text: str) -> Content:
    data = from_text(text)
    structure = None if data["structure"] is None else to_structure(data["structure"])
    parts = Parts() if data["parts"] is None else Parts.model_validate(data["parts"])
    return Content(case, structure, parts, tuple(meaning(case, term) for term in data["terms"] or ()))


def to_structure(data: Any) -> Structure:
    """Return the structure of a record that has the right form."""
    return Structure.from_json(StructureRecord.model_validate(data).model_dump(exclude_none=True))


def _pillar_agrees(structure: Structure, pillar: str, parts: PillarParts | None) -> bool:
    plan = structure.pillars.get(pillar)
    if parts is None or plan is None:
        return parts is None and plan is None
    return (
        all(plan.tiers.get(nation) == tier for nation, tier in parts.tiers.items())
        and parts.rights in (None, plan.regime)
        and all((name in plan.variants) == chosen for name, chosen in parts.variants.items())
        and all(package_agrees(plan.packages[name], each) for name, each in parts.packages.items())
        and _terms_agree(plan, parts)
    )


def _terms_agree(plan: PillarPlan, parts: PillarParts) -> bool:
    return (
        all(plan.quantities.get(nation) == number for nation, number in parts.quantities.items())
        and parts.lines in (None, plan.lines)
        and all((name in plan.licences) == made for name, made in parts.licences.items())
        and all(
            plan.cost_percent.get(phase, {}).get(nation, 0) == percent
            for phase, shares in parts.cost_percent.items()
            for nation, percent in shares.items()
        )
    )


def package_agrees(way: Arrangement, parts: PackageParts) -> bool:
    """Is the arrangement one that the parts leave possible?"""
    return (
        parts.mode in (None, way.mode)
        and (parts.leads is None or tuple(sorted(parts.leads)) == way.leads)
        and all(way.share(nation) == percent for nation, percent in (parts.shares or {}).items())
    )


# -- what is wrong with a proposal -----------------------------------------------------------------------


def proposal_flaws(case: Case, order: Propose, where: str = "order") -> Flaws:
    """Yield (place, what is wrong) of a proposal of the right form, in this case."""
    partial = order.parts is not None or bool(order.terms)
    if (order.structure is None) != partial:
        yield where, "give either a complete `structure`, or `parts` and `terms` of one"
    if order.structure is not None:
        yield from _structure_flaws(case, order.structure, f"{where}.structure")
    if order.parts is not None:
        yield from _parts_flaws(case, order.parts, f"{where}.parts")
    for number, term in enumerate(order.terms):
        yield from term_flaws(case, term, f"{where}.terms[{number}]")


def _structure_flaws(case: Case, record: StructureRecord, where: str) -> Flaws:
    try:
        broken = rules.violations(case, to_structure(record.model_dump()))
    except UNJUDGEABLE as error:
        yield where, f"cannot be judged by the case ({type(error).__name__}); is something left out?"
        return
    for each in broken:
        if each.rule == rules.FIRST:
            yield where, printable(each.text, 300)


def _parts_flaws(case: Case, parts: Parts, where: str) -> Flaws:
    for name, pillar in parts.pillars.items():
        at = f"{where}.pillars.{name}"
        if name not in case.pillars:
            yield _unknown(at, name, case.pillars, "pillar")
        elif pillar is not None:
            yield from _pillar_flaws(case, name, pillar, at)
    for need, taken in parts.outside.items():
        at = f"{where}.outside.{need}"
        if need not in case.needs:
            yield _unknown(at, need, case.needs, "need")
            continue
        for nation, option in taken.items():
            options = case.needs[need].outside.get(nation, {})
            if option not in options:
                yield _unknown(f"{at}.{nation}", option, options, f"outside option of {nation}")


def _pillar_flaws(case: Case, pillar: str, parts: PillarParts, at: str) -> Flaws:
    stated = case.pillars[pillar]
    yield from _seat_flaws(case, stated, parts, f"{at}.tiers")
    if parts.rights is not None and parts.rights not in stated.rights:
        yield _unknown(f"{at}.rights", parts.rights, stated.rights, "rights regime")
    lines = configurations(case, pillar)
    if parts.lines is not None and parts.lines not in lines:
        yield _unknown(f"{at}.lines", parts.lines, dict.fromkeys(lines), "line configuration")
    named_here: list[tuple[Mapping[str, object], Iterable[str], str]] = [
        (stated.variants, parts.variants, "variant"),
        (stated.licences, parts.licences, "licence"),
        (stated.packages, parts.packages, "package"),
        (
            {str(phase): None for phase in shared_phases(case, pillar)},
            parts.cost_percent,
            "phase with shared cost",
        ),
    ]
    for known, named, what in named_here:
        for name in named:
            if name not in known:
                yield _unknown(f"{at}.{name}", name, known, what)
    for nation, number in parts.quantities.items():
        if nation not in case.nations or number not in menu(case, pillar, nation):
            yield f"{at}.quantities.{nation}", f"{number} is on no menu of {printable(nation, 40)}"
    for package, wanted in parts.packages.items():
        if package in stated.packages:
            ways = arrangements(case, pillar, package)
            if not any(package_agrees(way, wanted) for way in ways):
                yield f"{at}.packages.{package}", f"none of the {len(ways)} ways on offer is like that"


def _seat_flaws(case: Case, stated: Pillar, parts: PillarParts, at: str) -> Flaws:
    for nation, tier in parts.tiers.items():
        if nation not in case.nations:
            yield _unknown(f"{at}.{nation}", nation, case.nations, "nation")
        elif tier is not None and tier not in stated.tiers:
            yield _unknown(f"{at}.{nation}", tier, stated.tiers, "tier")
        elif tier is not None:
            open_to = stated.tiers[tier].open_to
            if open_to is not None and nation not in open_to:
                yield f"{at}.{nation}", f"the tier {tier} is open to {', '.join(open_to)} only"


def _unknown(at: str, name: str, known: Mapping[str, object], what: str) -> tuple[str, str]:
    near = closest(name, known)
    meant = f'; did you mean "{near}"?' if near else ""
    there = ", ".join(sorted(known)) or "there is none"
    return at, f'"{printable(name, 60)}" is no {what}{meant} ({there})'
