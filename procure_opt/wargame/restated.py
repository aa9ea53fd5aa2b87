"""A case with one thing stated anew; the case that comes in stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

from procure_opt.case.model import Case
from procure_opt.case.number import Number, Stated
from procure_opt.case.red_lines import RedLine
from procure_opt.case.switches import switchable
from procure_opt.change import changed

S = TypeVar("S", bound=Stated)
EVENT = "INJECT"
"""Ids of rules that an inject brings begin so; they can be switched off like any other."""


def revised(stated: S, **fields: Any) -> S:
    """Return the part of a case with these fields, validated anew."""
    kept = {name: getattr(stated, name) for name in stated.model_fields_set}
    return type(stated).model_validate(kept | fields)


def with_nation(case: Case, nation: str, **fields: Any) -> Case:
    """Return the case with these fields of a nation."""
    return changed(case, nations=case.nations | {nation: revised(case.nations[nation], **fields)})


def with_pillar(case: Case, pillar: str, **fields: Any) -> Case:
    """Return the case with these fields of a pillar."""
    return changed(case, pillars=case.pillars | {pillar: revised(case.pillars[pillar], **fields)})


def with_package(case: Case, pillar: str, package: str, **fields: Any) -> Case:
    """Return the case with these fields of a work package."""
    packages = case.pillars[pillar].packages
    return with_pillar(case, pillar, packages=packages | {package: revised(packages[package], **fields)})


def with_pool_cost(case: Case, pillar: str, million: Number) -> Case:
    """Return the case in which the development pool of the pillar holds so much more, whatever is chosen."""
    rights = case.pillars[pillar].rights
    dearer = {name: revised(each, cost=each.cost.value + million.value) for name, each in rights.items()}
    return with_pillar(case, pillar, rights=dearer)


def with_rule(
    case: Case, owner: str, text: str, then: dict[str, Any], if_: dict[str, Any] | None = None
) -> Case:
    """Return the case with one more hard red line, dated so that it binds; conditions as in a case file."""
    said = {"owner": owner, "text": text, "as_of": case.known_until().isoformat(), "source": EVENT}
    line = RedLine.model_validate({**said, "speaker": "unnamed", "grade": "hard", "if": if_, "then": then})
    lines = case.red_lines | {free_id(case): line}
    return changed(case, red_lines={name: lines[name] for name in sorted(lines)})


def free_id(case: Case) -> str:
    """Return the first of INJECT1, INJECT2 ... that no rule of the case has."""
    taken = switchable(case)
    return next(name for number in range(1, len(taken) + 2) if (name := f"{EVENT}{number}") not in taken)


def more_percent(stated: Number | None, percent: Number, default: int = 100) -> Decimal:
    """Return a percentage with so many points more."""
    return (Decimal(default) if stated is None else stated.value) + percent.value


def less_percent(stated: Number, percent: Number) -> Decimal:
    """Return a number less so many percent of it."""
    return stated.value * (100 - percent.value) / 100


def fewer(units: int, percent: Number) -> int:
    """Return units less so many percent of them, to the nearest whole, half up.

    >>> from procure_opt.case.number import plain
    >>> fewer(60, plain(25)), fewer(15, plain(50))
    (45, 8)
    """
    left = Decimal(units) * (100 - percent.value) / 100
    return int(left.to_integral_value(ROUND_HALF_UP))


def pillars_meant(case: Case, named: str | None) -> tuple[str, ...]:
    """Return the pillar that is named, else all, sorted."""
    return tuple(sorted(case.pillars)) if named is None else (named,)


def needs_filled(case: Case, pillars: Iterable[str]) -> tuple[str, ...]:
    """Return the needs that one of the pillars can fill, sorted."""
    wanted = set(pillars)
    return tuple(need for need, stated in sorted(case.needs.items()) if wanted & set(stated.pillars))
