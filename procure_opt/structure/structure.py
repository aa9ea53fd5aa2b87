"""A structure: who joins at which tier, who leads and shares what, under which rights, and who stays out."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .arrangements import SHARED, Arrangement


@dataclass(frozen=True)
class PillarPlan:
    """What is decided in one pillar that exists.

    ``quantities``: units of those buyers that choose from a menu; ``lines``: the line configuration, None
    where the case lists none; ``licences``: side deals made; ``cost_percent``: phase -> nation -> percent,
    where shares are negotiated (nations with nothing are left out).
    """

    tiers: Mapping[str, str]
    regime: str
    variants: tuple[str, ...]
    packages: Mapping[str, Arrangement]
    quantities: Mapping[str, int] = field(default_factory=dict)
    lines: str | None = None
    licences: tuple[str, ...] = ()
    cost_percent: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Plans are values; most that differ do so in seats or in packages."""
        return hash((self.regime, frozenset(self.tiers.items()), frozenset(self.packages.items())))

    def members(self, tiers: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Nations that are members (at one of these tiers), sorted."""
        return tuple(sorted(n for n, tier in self.tiers.items() if tiers is None or tier in tiers))


@dataclass(frozen=True)
class Structure:
    """One complete answer. ``pillars`` holds those that exist; ``outside`` is need -> nation -> option.

    >>> Structure({}, {"aircraft": {"ALP": "off_the_shelf"}}).id
    'S-936d6d64f212'
    """

    pillars: Mapping[str, PillarPlan]
    outside: Mapping[str, Mapping[str, str]]

    @functools.cached_property
    def id(self) -> str:
        """``S-`` and twelve hex digits of the hash of its canonical JSON."""
        text = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"))
        return "S-" + hashlib.sha256(text.encode("ascii")).hexdigest()[:12]

    def to_json(self) -> dict[str, Any]:
        """Return plain data with sorted keys, fit for ``json.dumps``."""
        return {
            "pillars": {name: _plan_to_json(plan) for name, plan in sorted(self.pillars.items())},
            "outside": {
                need: dict(sorted(taken.items())) for need, taken in sorted(self.outside.items()) if taken
            },
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Structure:
        """Return the structure that :meth:`to_json` wrote; KeyError or TypeError if it is none."""
        pillars = {name: _plan_from_json(plan) for name, plan in sorted(data["pillars"].items())}
        return Structure(pillars, {need: dict(taken) for need, taken in sorted(data["outside"].items())})

    def __hash__(self) -> int:
        """Structures are values."""
        return hash(self.id)

    def __eq__(self, other: object) -> bool:
        """Two structures are equal if they decide the same."""
        return isinstance(other, Structure) and self.to_json() == other.to_json()

    def taken_outside(self, nation: str) -> Iterator[tuple[str, str]]:
        """Yield (need, option) for what the nation does outside, sorted."""
        for need, taken in sorted(self.outside.items()):
            if nation in taken:
                yield need, taken[nation]

    def is_member(self, nation: str, pillar: str) -> bool:
        """Is the nation a member of the pillar?"""
        return pillar in self.pillars and nation in self.pillars[pillar].tiers


def _plan_to_json(plan: PillarPlan) -> dict[str, Any]:
    data: dict[str, Any] = {
        "tiers": dict(sorted(plan.tiers.items())),
        "rights": plan.regime,
        "variants": sorted(plan.variants),
        "packages": {name: _arrangement_to_json(a) for name, a in sorted(plan.packages.items())},
    }
    if plan.quantities:
        data["quantities"] = dict(sorted(plan.quantities.items()))
    if plan.lines is not None:
        data["lines"] = plan.lines
    if plan.licences:
        data["licences"] = sorted(plan.licences)
    if plan.cost_percent:
        data["cost_percent"] = {
            phase: dict(sorted(shares.items())) for phase, shares in sorted(plan.cost_percent.items())
        }
    return data


def _arrangement_to_json(arrangement: Arrangement) -> dict[str, Any]:
    data: dict[str, Any] = {"leads": list(arrangement.leads), "shares": dict(arrangement.shares)}
    data |= {"owners": dict(arrangement.owners)} if arrangement.owners else {}
    return data | ({} if arrangement.mode == SHARED else {"mode": arrangement.mode})


def _plan_from_json(data: Mapping[str, Any]) -> PillarPlan:
    packages = {name: _arrangement_from_json(a) for name, a in sorted(data["packages"].items())}
    shares = data.get("cost_percent", {})
    return PillarPlan(
        dict(sorted(data["tiers"].items())),
        data["rights"],
        tuple(sorted(data["variants"])),
        packages,
        dict(sorted(data.get("quantities", {}).items())),
        data.get("lines"),
        tuple(sorted(data.get("licences", ()))),
        {phase: dict(sorted(shares[phase].items())) for phase in sorted(shares)},
    )


def _arrangement_from_json(data: Mapping[str, Any]) -> Arrangement:
    shares, owners = tuple(sorted(data["shares"].items())), tuple(sorted(data.get("owners", {}).items()))
    return Arrangement(tuple(sorted(data["leads"])), shares, owners, data.get("mode", SHARED))
