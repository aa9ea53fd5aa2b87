"""Conditions that contradict themselves: what must hold together and cannot, where two words show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from ..conditions import Condition, Exists
from ..model import Case
from ..number import Stated
from ..paths import Path
from ..validate import Remark
from .conditions import conditions_of
from .saying import warning

_MEMBERSHIP = frozenset({"participates", "tier", "leads", "share", "equal_footing", "assembles_at_home"})
"""What only a member of the pillar can have."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """A simple condition that must hold (or, for ``holds`` False, must not), with its place."""

    path: Path
    kind: str
    stated: Stated
    holds: bool = True


def check_conditions_do_not_contradict_themselves(case: Case) -> Iterator[Remark]:
    """Check that of what must hold together no two say the opposite of each other."""
    for path, condition, _ in conditions_of(case):
        for claims in _together(path, condition):
            for one, other in combinations(claims, 2):
                if _clash(case, one, other) or _clash(case, other, one):
                    words = f"{one.kind} and {other.kind} contradict each other here, so it can never hold"
                    yield warning(other.path, f"{words}: drop one, or put them under any_of")
                    break


def _together(path: Path, condition: Condition) -> Iterator[list[_Claim]]:
    """Yield the groups of claims that must hold at the same time: one here, more in any_of and not."""
    inner = list(_joined(path, condition))
    yield [claim for at, each in inner for claim in _claims(at, each)]
    for at, each in inner:
        for number, way in enumerate(each.any_of or ()):
            yield from _together((*at, "any_of", number), way)
        if each.not_ is not None:
            yield from _together((*at, "not"), each.not_)


def _joined(path: Path, condition: Condition) -> Iterator[tuple[Path, Condition]]:
    yield path, condition
    for number, each in enumerate(condition.all_of or ()):
        yield from _joined((*path, "all_of", number), each)


def _claims(path: Path, condition: Condition) -> Iterator[_Claim]:
    for kind, stated in condition.atoms():
        yield _Claim((*path, kind), kind, stated)
    denied = condition.not_
    if denied is not None and not (denied.any_of or denied.all_of or denied.not_):
        atoms = denied.atoms()
        if len(atoms) == 1:  # of several only one need fail
            yield _Claim((*path, "not"), atoms[0][0], atoms[0][1], holds=False)


def _clash(case: Case, one: _Claim, other: _Claim) -> bool:
    """Do the two exclude each other, looked at in this order?"""
    if not one.holds:
        return False
    if not other.holds:
        return one.kind == other.kind and one.stated == other.stated
    if one.kind == "leads" and other.kind == "does_not_lead":
        return _same(case, one, other) and _covers(other.stated, one.stated, "package")
    if one.kind in _MEMBERSHIP and other.kind == "excludes":
        return _same(case, one, other) and _excludes_all(one, other)
    if isinstance(other.stated, Exists) and not other.stated.exists:
        wants = one.kind in _MEMBERSHIP or (isinstance(one.stated, Exists) and one.stated.exists)
        return wants and _pillar(case, one.stated) == other.stated.pillar
    return False


def _same(case: Case, one: _Claim, other: _Claim) -> bool:
    nations = [getattr(each.stated, "nation", None) for each in (one, other)]
    return nations[0] == nations[1] and _pillar(case, one.stated) == _pillar(case, other.stated)


def _pillar(case: Case, stated: Stated) -> str | None:
    named = getattr(stated, "pillar", None)
    return case.the_pillar(None) if named is None and len(case.pillars) == 1 else named


def _covers(wide: Stated, narrow: Stated, field: str) -> bool:
    """Is what ``wide`` says true of everything (left out), or of the same thing as ``narrow``?"""
    return getattr(wide, field) is None or getattr(wide, field) == getattr(narrow, field)


def _excludes_all(one: _Claim, other: _Claim) -> bool:
    refused = getattr(other.stated, "tiers", None)
    wanted = getattr(one.stated, "tiers", None)
    return refused is None or (wanted is not None and set(wanted) <= set(refused))
