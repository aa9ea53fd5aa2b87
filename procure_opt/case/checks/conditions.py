"""Conditions of red lines and tasks: whom they are about, in which pillar, and whether they can be met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..conditions import AboutNation, AtTier, Condition, Exists, Leads, Members, Share
from ..model import Case
from ..number import Stated
from ..paths import Path
from ..validate import Remark
from .possibilities import is_open
from .saying import error


@dataclass(frozen=True, slots=True)
class _Atom:
    """A simple condition, where it stands, and whether a task asks for it."""

    path: Path
    stated: Stated
    in_task: bool


def conditions_of(case: Case) -> Iterator[tuple[Path, Condition, bool]]:
    """Yield every condition that is stated: where it stands, and whether a task asks for it."""
    for name, line in case.red_lines.items():
        if line.if_ is not None:
            yield ("red_lines", name, "if"), line.if_, False
        yield ("red_lines", name, "then"), line.then, False
    for name, falsifier in case.falsifiers.items():
        yield ("falsifiers", name, "condition"), falsifier.condition, False
    for name, task in case.tasks.items():
        if task.requires is not None:
            yield ("tasks", name, "requires"), task.requires, True


def _atoms(case: Case) -> Iterator[_Atom]:
    for path, condition, in_task in conditions_of(case):
        for inner, each in _parts(path, condition):
            for kind, atom in each.atoms():
                yield _Atom((*inner, kind), atom, in_task)


def _wanted(case: Case) -> Iterator[_Atom]:
    """Yield the conditions that somebody wants to hold; a falsifier may well be about what cannot be."""
    return (atom for atom in _atoms(case) if atom.path[0] != "falsifiers")


def _parts(path: Path, condition: Condition) -> Iterator[tuple[Path, Condition]]:
    """Yield the condition and everything that it combines."""
    yield path, condition
    for key in ("any_of", "all_of"):
        for number, each in enumerate(getattr(condition, key) or ()):
            yield from _parts((*path, key, number), each)
    if condition.not_ is not None:
        yield from _parts((*path, "not"), condition.not_)


def check_red_lines_name_their_nation(case: Case) -> Iterator[Remark]:
    """Check that outside a task a condition says which nation it is about."""
    for atom in _atoms(case):
        has_nation = "nation" in type(atom.stated).model_fields
        if has_nation and getattr(atom.stated, "nation", None) is None and not atom.in_task:
            yield error(
                atom.path, f"it does not say of whom: add nation ({', '.join(sorted(case.nations)[:12])})"
            )


def check_conditions_name_their_pillar(case: Case) -> Iterator[Remark]:
    """Check that where a case has several pillars a condition says which one it is about."""
    for atom in _atoms(case) if len(case.pillars) > 1 else ():
        has_pillar = "pillar" in type(atom.stated).model_fields and not isinstance(atom.stated, Exists)
        if has_pillar and getattr(atom.stated, "pillar", None) is None:
            known = ", ".join(sorted(case.pillars)[:12])
            yield error(
                atom.path, f"the case has several pillars and it does not say which one: add pillar ({known})"
            )


def check_shares_can_be_met(case: Case) -> Iterator[Remark]:
    """Check that a share is at most 100 percent and its floor below its cap."""
    for atom in _atoms(case):
        if not isinstance(atom.stated, Share):
            continue
        low, high = atom.stated.at_least_percent, atom.stated.at_most_percent
        for key, bound in (("at_least_percent", low), ("at_most_percent", high)):
            if bound is not None and bound.exact > 100:
                yield error((*atom.path, key), f"found {bound.value}, a share is at most 100 percent")
        if low is not None and high is not None and low.exact > high.exact:
            yield error(atom.path, f"at_least_percent {low.value} is above at_most_percent {high.value}")


def check_numbers_of_members_can_be_met(case: Case) -> Iterator[Remark]:
    """Check that a number of members is bounded, and its floor below its cap."""
    for atom in _atoms(case):
        if not isinstance(atom.stated, Members):
            continue
        low, high = atom.stated.at_least, atom.stated.at_most
        if low is None and high is None:
            yield error(atom.path, "it says nothing: give at_least, at_most or both")
        elif low is not None and high is not None and low.exact > high.exact:
            yield error(atom.path, f"at_least {low.whole} is above at_most {high.whole}")


def check_tiers_of_conditions_are_open(case: Case) -> Iterator[Remark]:
    """Check that a nation that is to be at some tier may take one of them."""
    for atom in _wanted(case):
        if not isinstance(atom.stated, AtTier) or (nation := atom.stated.nation) not in case.nations:
            continue
        name = _pillar_of(case, atom.stated)
        tiers = case.pillars[name].tiers if name in case.pillars else {}
        known = [tiers[tier] for tier in atom.stated.tiers if tier in tiers]
        if nation is not None and known and not any(is_open(tier, nation) for tier in known):
            listed = ", ".join(tier for tier in atom.stated.tiers if tier in tiers)
            yield error(
                (*atom.path, "tiers"),
                f"{listed} of {name} is not open to {nation}: open it, or drop the condition",
            )


def check_leads_can_be_had(case: Case) -> Iterator[Remark]:
    """Check that a nation that is to lead a package is one that may."""
    for atom in _wanted(case):
        if not isinstance(atom.stated, Leads) or atom.path[-1] != "leads":
            continue
        name, nation = _pillar_of(case, atom.stated), atom.stated.nation
        package = case.pillars[name].packages.get(atom.stated.package or "") if name in case.pillars else None
        if package is None or package.may_lead is None or nation not in case.nations:
            continue
        if nation not in package.may_lead and not any(nation in listed.leads for listed in package.listed):
            able = ", ".join(package.may_lead) or "nobody"
            yield error(atom.path, f"{nation} may never lead {atom.stated.package} ({able} may)")


def _pillar_of(case: Case, atom: AboutNation) -> str:
    if atom.pillar is not None or len(case.pillars) == 1:
        return case.the_pillar(atom.pillar)
    return ""
