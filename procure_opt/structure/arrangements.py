"""Every way to do a work package: mode, lead or joint leads, other holders, shares, owners.

Arrangements are the columns of the optimisation model: whatever happens inside one package (its cost,
its spin-off, who can deny whom) is a constant of the arrangement and may be any function of it.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from procure_opt.case.model import Case
from procure_opt.case.packages import Pattern, ShareGrid, WorkPackage
from procure_opt.case.pillars import Pillar
from procure_opt.errors import CaseError, Finding

MOST_ARRANGEMENTS = 20_000
"""Per package; more than this is a package that wants fewer patterns, not a bigger machine."""


TOLERANCE = 5
"""Points of percent by which a share may differ from a record and still agree with it."""

SHARED, EFFECT, CIVIL, NONE = "shared", "effect", "civil", "none"


@dataclass(frozen=True, slots=True, order=True)
class Arrangement:
    """One complete way to do a package.

    ``leads`` are locations, sorted; ``shares`` are (location, whole percent), sorted by location;
    ``owners`` lists (location, owner) only where they differ. ``mode`` is ``shared``; ``effect`` (the one
    lead does all at its own expense); ``civil`` (the outside supplier does it: no leads, no shares); or
    ``none`` (an optional package that is not done together).
    """

    leads: tuple[str, ...]
    shares: tuple[tuple[str, int], ...]
    owners: tuple[tuple[str, str], ...] = ()
    mode: str = SHARED

    def share(self, nation: str) -> int:
        """Percent of the package that is worked on in the nation (0 if none).

        >>> Arrangement(("A",), (("A", 60), ("B", 40))).share("B")
        40
        """
        return next((percent for location, percent in self.shares if location == nation), 0)

    def owner(self, location: str) -> str:
        """Return who owns the holder that works at the location."""
        return next((owner for place, owner in self.owners if place == location), location)

    @property
    def holders(self) -> tuple[str, ...]:
        """Locations that do work, leads included, sorted."""
        return tuple(location for location, _ in self.shares)

    def agrees(self, shares: Mapping[str, int]) -> bool:
        """Are its shares those of a record, give or take a few points?

        >>> Arrangement(("A",), (("A", 60), ("B", 40))).agrees({"A": 64, "B": 36})
        True
        """
        places = {*shares, *self.holders}
        return all(abs(self.share(place) - shares.get(place, 0)) <= TOLERANCE for place in places)

    def __str__(self) -> str:
        """``A+B 34/33, C 33``: leads joined by +, then the other holders; or what else is done.

        >>> print(Arrangement(("A",), (("A", 100),), mode=EFFECT), Arrangement((), (), mode=NONE), sep="; ")
        effect by A; not done
        """
        if self.mode != SHARED:
            by = " and ".join(self.leads)
            return {EFFECT: f"effect by {by}", CIVIL: "civil supplier", NONE: "not done"}[self.mode]
        leads = "+".join(self.leads) + " " + "/".join(str(self.share(lead)) for lead in self.leads)
        others = [f"{place} {percent}" for place, percent in self.shares if place not in self.leads]
        return ", ".join([leads, *others])


def nations_that_may(pillar: Pillar, verb: str, case: Case) -> tuple[str, ...]:
    """Nations with at least one tier open to them at which they may ``lead`` (or ``hold`` or lead)."""
    enough = {"lead"} if verb == "lead" else {"lead", "hold"}
    tiers = [tier for tier in pillar.tiers.values() if enough & set(tier.may)]
    return tuple(sorted(n for n in case.nations if any(t.open_to is None or n in t.open_to for t in tiers)))


def grid_patterns(grid: ShareGrid, most_holders: int | None = None) -> Iterator[Pattern]:
    """Yield every sequence of shares on the grid that sums to 100, lead first, small ones first.

    >>> [p.shares for p in grid_patterns(ShareGrid(step=50, max_holders=2))]
    [(100,), (50, 50)]
    """
    sizes = grid.max_holders if most_holders is None else min(grid.max_holders, most_holders)
    for size in range(1, sizes + 1):
        for lead in range(grid.step, 101, grid.step):
            if lead >= grid.lead_min:
                for rest in _rests(grid, 100 - lead, size - 1):
                    yield Pattern(shares=(lead, *rest))


def _rests(grid: ShareGrid, left: int, size: int) -> Iterator[tuple[int, ...]]:
    """Yield what the other holders can have: shares on the grid that use up what is left."""
    if size == 0:
        if left == 0:
            yield ()
        return
    for share in range(grid.step, left + 1, grid.step):
        if share >= grid.holder_min:
            yield from ((share, *others) for others in _rests(grid, left - share, size - 1))


def _by_pattern(pattern: Pattern, leads: tuple[str, ...], holders: tuple[str, ...]) -> Iterator[Arrangement]:
    joint, others = pattern.joint_leads, len(pattern.shares) - pattern.joint_leads
    for chosen in itertools.permutations(leads, joint):
        for rest in itertools.permutations([h for h in holders if h not in chosen], others):
            shares = dict(zip((*chosen, *rest), pattern.shares, strict=True))
            yield Arrangement(tuple(sorted(chosen)), tuple(sorted(shares.items())))


def _owned(arrangement: Arrangement, owners: dict[str, str]) -> Arrangement:
    apart = tuple((h, owners[h]) for h in arrangement.holders if owners.get(h, h) != h)
    return replace(arrangement, owners=apart)


def _generated(case: Case, pillar: Pillar, package: WorkPackage) -> Iterator[Arrangement]:
    leads = [
        n for n in nations_that_may(pillar, "lead", case) if package.may_lead is None or n in package.may_lead
    ]
    holders = [
        n
        for n in nations_that_may(pillar, "hold", case)
        if package.may_hold is None or n in package.may_hold or n in leads
    ]
    from_grid = grid_patterns(package.grid, len(set(leads) | set(holders))) if package.grid else ()
    patterns = itertools.chain(package.patterns, from_grid)
    for pattern in patterns:
        for arrangement in _by_pattern(pattern, tuple(leads), tuple(holders)):
            yield _owned(arrangement, package.owners)


def _listed(package: WorkPackage) -> Iterator[Arrangement]:
    for stated in package.listed:
        bare = Arrangement(tuple(sorted(stated.leads)), tuple(sorted(stated.shares.items())))
        yield _owned(bare, package.owners | stated.owners)


def _other_modes(case: Case, pillar: Pillar, package: WorkPackage) -> Iterator[Arrangement]:
    """Yield the ways that are not shared: an effect, a civil supplier, not at all."""
    if package.effect is not None:
        able = nations_that_may(pillar, "lead", case)
        for nation in package.effect.by:
            if nation in able:
                alone = Arrangement((nation,), ((nation, 100),), mode=EFFECT)
                yield _owned(alone, package.owners)
    if package.civil is not None:
        yield Arrangement((), (), mode=CIVIL)
    if package.optional:
        yield Arrangement((), (), mode=NONE)


@functools.lru_cache(maxsize=4096)
def arrangements(case: Case, pillar_id: str, package_id: str) -> tuple[Arrangement, ...]:
    """Return every arrangement of a package, sorted; the index in this tuple is its canonical number.

    Raises :class:`CaseError` if there are more than 20 000.
    """
    pillar = case.pillars[pillar_id]
    package = pillar.packages[package_id]
    forbidden = {(tuple(sorted(f.leads)), tuple(sorted(f.shares.items()))) for f in package.forbidden}
    found: set[Arrangement] = set()
    for arrangement in itertools.chain(
        _generated(case, pillar, package), _listed(package), _other_modes(case, pillar, package)
    ):
        if arrangement.mode != SHARED or (arrangement.leads, arrangement.shares) not in forbidden:
            found.add(arrangement)
        if len(found) > MOST_ARRANGEMENTS:
            where = f"pillars.{pillar_id}.packages.{package_id}"
            text = f"more than {MOST_ARRANGEMENTS} arrangements; list fewer patterns or name who may hold"
            raise CaseError([Finding(case.id, 0, 0, "error", where, text)])
    return tuple(sorted(found))
