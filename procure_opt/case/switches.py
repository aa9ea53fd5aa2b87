"""What a run can switch off by its id: red lines, caps, terms and policies; physics and accounting never.

Several rules may share an id (one policy stated in several places); switching it off drops them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .model import Case
from .paths import Path
from .pillars import Pillar


@dataclass(frozen=True, slots=True)
class Switch:
    """A rule with an id: its family, what it is in words, and where its id stands in the case."""

    id: str
    family: str
    what: str
    path: Path


def switches(case: Case) -> Iterator[Switch]:
    """Yield every rule that has an id, family by family."""
    for name, line in case.red_lines.items():
        yield Switch(name, "red line", f"red line of {line.owner}: {line.text}", ("red_lines", name))
    for name, foes in case.incompatible.items():
        yield Switch(
            name, "incompatibility", f"incompatible: {', '.join(foes.nations)}", ("incompatible", name)
        )
    for name, link in case.links.items():
        yield Switch(name, "link", f"{link.pillar} only with {link.needs}", ("links", name))
    if case.participation.id is not None:
        yield Switch(case.participation.id, "participation", "participation", ("participation", "id"))
    if case.global_balance is not None and case.global_balance.id is not None:
        where: Path = ("global_balance", "id")
        yield Switch(case.global_balance.id, "juste retour", "juste retour over all pillars", where)
    for nation, stated in case.nations.items():
        if stated.budget is not None and stated.budget.id is not None:
            yield Switch(
                stated.budget.id, "budget", f"budget of {nation}", ("nations", nation, "budget", "id")
            )
    for name, pillar in case.pillars.items():
        yield from _of_pillar(name, pillar)


def _of_pillar(name: str, pillar: Pillar) -> Iterator[Switch]:
    at: Path = ("pillars", name)
    for tier, stated in pillar.tiers.items():
        if stated.work is not None and stated.work.id is not None:
            path = (*at, "tiers", tier, "work", "id")
            yield Switch(stated.work.id, "work terms", f"work terms of tier {tier} in {name}", path)
    for number, cap in enumerate(pillar.release_caps):
        if cap.id is not None:
            what = f"release cap of {cap.holder} on {cap.nation} ({cap.function})"
            yield Switch(cap.id, "release cap", what, (*at, "release_caps", number, "id"))
    if pillar.juste_retour is not None and pillar.juste_retour.id is not None:
        path = (*at, "juste_retour", "id")
        yield Switch(pillar.juste_retour.id, "juste retour", f"juste retour in {name}", path)
    if pillar.export is not None and pillar.export.id is not None:
        yield Switch(pillar.export.id, "export rule", f"export rule of {name}", (*at, "export", "id"))


def switchable(case: Case) -> dict[str, str]:
    """Return id -> what it switches off, sorted by id; rules that share an id are told together."""
    told: dict[str, list[str]] = {}
    for switch in switches(case):
        told.setdefault(switch.id, []).append(switch.what)
    return {name: "; ".join(dict.fromkeys(told[name])) for name in sorted(told)}
