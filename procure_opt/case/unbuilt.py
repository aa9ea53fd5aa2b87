"""What the format can state but this version does not decide yet; a case that uses it is refused by name.

Nothing is ever ignored silently: a front that left out a rule of the case would be a wrong front.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .conditions import Condition
from .model import Case
from .packages import WorkPackage
from .pillars import Menu, Negotiated, Offtake, OwnQuantity, Pillar

Place = tuple[str | int, ...]
Refusal = tuple[Place, str]


def unbuilt(case: Case) -> Iterator[Refusal]:
    """Yield (path in the case, what this version does not decide yet)."""
    if case.view != "programme":
        yield ("view",), f"the view {case.view}"
    if case.participation.sense == "cone":
        yield ("participation", "sense"), "cone participation"
    if case.global_balance is not None:
        yield ("global_balance",), "global balance over pillars"
    yield from _nations(case)
    for need, stated in case.needs.items():
        for nation, options in stated.outside.items():
            for option, given in options.items():
                if given.vector is not None:
                    yield (
                        ("needs", need, "outside", nation, option, "vector"),
                        "judged vectors of outside options",
                    )
    for name, pillar in case.pillars.items():
        yield from _pillar(("pillars", name), pillar)
    for place, condition in _conditions(case):
        yield from _condition(place, condition)


def _nations(case: Case) -> Iterator[Refusal]:
    for name, nation in case.nations.items():
        if nation.enough is not None:
            yield ("nations", name, "enough"), "autonomy that is enough"
        if nation.plans_against is not None:
            yield ("nations", name, "plans_against"), "deniers that a nation plans for"


def _pillar(at: Place, pillar: Pillar) -> Iterator[Refusal]:
    sharing = pillar.cost_sharing
    if isinstance(sharing.development, Offtake | Negotiated | OwnQuantity):
        yield (*at, "cost_sharing", "development"), f"development shared by {sharing.development.rule}"
    for phase, rule in (("production", sharing.production), ("support", sharing.support)):
        if not isinstance(rule, OwnQuantity):
            yield (*at, "cost_sharing", phase), f"{phase} shared by {rule.rule}"
    for nation, quantity in pillar.quantities.items():
        if isinstance(quantity, Menu):
            yield (*at, "quantities", nation, "menu"), "quantity menus"
    if pillar.export is not None and pillar.export.rule in ("threshold", "see_through"):
        yield (*at, "export", "rule"), f"the export rule {pillar.export.rule}"
    if pillar.lines is not None:
        yield (*at, "lines"), "line configurations"
    if pillar.licences:
        yield (*at, "licences"), "licences"
    for name, package in pillar.packages.items():
        yield from _package((*at, "packages", name), package)


def _package(at: Place, package: WorkPackage) -> Iterator[Refusal]:
    if package.phase != "development":
        yield (*at, "phase"), f"packages of the phase {package.phase}"
    if package.optional:
        yield (*at, "optional"), "optional packages"
    if package.effect is not None:
        yield (*at, "effect"), "effects without the means"
    if package.civil is not None:
        yield (*at, "civil"), "civil suppliers of a package"


def _conditions(case: Case) -> Iterator[tuple[Place, Condition]]:
    for name, line in case.red_lines.items():
        if line.if_ is not None:
            yield ("red_lines", name, "if"), line.if_
        yield ("red_lines", name, "then"), line.then
    for name, task in case.tasks.items():
        if task.requires is not None:
            yield ("tasks", name, "requires"), task.requires


def _condition(at: Place, condition: Condition) -> Iterator[Refusal]:
    if condition.assembles_at_home is not None:
        yield (*at, "assembles_at_home"), "assembly at home"
    if condition.done_as is not None:
        yield (*at, "done_as"), "modes of a package"
    inner: list[tuple[Any, ...]] = [("any_of", i) for i, _ in enumerate(condition.any_of or ())]
    inner += [("all_of", i) for i, _ in enumerate(condition.all_of or ())]
    for kind, number in inner:
        yield from _condition((*at, kind, number), getattr(condition, kind)[number])
    if condition.not_ is not None:
        yield from _condition((*at, "not"), condition.not_)
