"""Work packages: each can be done in some way, its patterns fit, and there are not too many ways."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Case
from ..packages import ShareGrid, WorkPackage
from ..paths import Path
from ..pillars import Negotiated
from ..validate import Remark
from .possibilities import Candidates, members
from .saying import error, warning

MOST_ARRANGEMENTS = 20_000
"""Per case; more is a case that wants fewer patterns, not a bigger machine."""

Ranks = tuple[tuple[int, ...], tuple[int, ...]]
"""Shares of the leads and of the other holders, each sorted: two patterns alike in this are one."""


@dataclass(frozen=True, slots=True)
class Place:
    """A package, where it is, and how many can lead it and hold work of it."""

    path: Path
    package: WorkPackage
    leads: int
    holders: int

    def ways(self, ranks: Ranks) -> int:
        """Return the number of arrangements of one pattern."""
        joint, rest = ranks
        return _ways(self.leads, joint) * _ways(max(self.holders - len(joint), 0), rest)


def _ways(people: int, shares: tuple[int, ...]) -> int:
    same = math.prod(math.factorial(times) for times in Counter(shares).values())
    return math.perm(people, len(shares)) // same


def places(case: Case) -> Iterator[Place]:
    """Yield every package with how many nations may lead and hold it."""
    for name, pillar in case.pillars.items():
        able = Candidates(case, pillar)
        for key, package in pillar.packages.items():
            leads, holders = able.leads(package), able.holders(package)
            yield Place(("pillars", name, "packages", key), package, len(leads), len(holders))


def _ranks(package: WorkPackage) -> Iterator[Ranks]:
    for pattern in package.patterns:
        yield (
            tuple(sorted(pattern.shares[: pattern.joint_leads])),
            tuple(sorted(pattern.shares[pattern.joint_leads :])),
        )


def check_packages_can_be_done(case: Case) -> Iterator[Remark]:
    """Check that somebody may lead the package, and enough may hold work for one of its patterns."""
    for place in places(case):
        if place.package.listed or place.package.effect or place.package.civil or place.package.optional:
            continue
        if not place.leads:
            yield error(
                place.path, "nobody may lead it: no nation of may_lead has an open tier that may lead"
            )
        elif not arrangements_of(place):
            yield error(
                place.path, f"no pattern fits the {place.holders} that may hold work ({place.leads} may lead)"
            )


def check_patterns_fit(case: Case) -> Iterator[Remark]:
    """Check that a pattern has no more ranks than there are nations that may hold them."""
    for place in places(case):
        for number, (pattern, ranks) in enumerate(
            zip(place.package.patterns, _ranks(place.package), strict=True)
        ):
            if place.leads and not place.ways(ranks):
                what = f"{len(pattern.shares)} holders with {pattern.joint_leads} in the lead"
                can = f"only {place.holders} may hold work and {place.leads} lead"
                yield warning(
                    (*place.path, "patterns", number), f"it takes {what}, but {can}; it is never used"
                )


def check_patterns_differ(case: Case) -> Iterator[Remark]:
    """Check that no pattern is there twice."""
    for place in places(case):
        seen: set[Ranks] = set()
        for number, ranks in enumerate(_ranks(place.package)):
            if ranks in seen:
                yield warning(
                    (*place.path, "patterns", number),
                    "the same shares are there already, keep one of the two",
                )
            seen.add(ranks)


def check_grids(case: Case) -> Iterator[Remark]:
    """Check that the step of a grid divides 100."""
    for place in places(case):
        if place.package.grid is not None and 100 % place.package.grid.step:
            step = place.package.grid.step
            yield error((*place.path, "grid", "step"), f"found {step}, must divide 100 (5, 10, 20, 25, 50)")
    for name, pillar in case.pillars.items():
        rule = pillar.cost_sharing.development
        if isinstance(rule, Negotiated) and (not rule.step_percent.whole or 100 % rule.step_percent.whole):
            path = ("pillars", name, "cost_sharing", "development", "step_percent")
            yield error(path, f"found {rule.step_percent.whole}, must divide 100 (5, 10, 20, 25, 50)")


def check_listed_holders(case: Case) -> Iterator[Remark]:
    """Check that who is listed as a lead or holder can be a member."""
    for name, pillar in case.pillars.items():
        able = set(members(case, pillar))
        for key, package in pillar.packages.items():
            for number, listed in enumerate(package.listed):
                if absent := sorted((set(listed.shares) & set(case.nations)) - able):
                    path: Path = ("pillars", name, "packages", key, "listed", number)
                    yield error(path, f"{absent[0]} holds work but no tier of {name} is open to it")


def check_number_of_arrangements(case: Case) -> Iterator[Remark]:
    """Check that all packages together have at most 20 000 arrangements."""
    counts = {place.path: arrangements_of(place) for place in places(case)}
    if (total := sum(counts.values())) > MOST_ARRANGEMENTS:
        most = max(sorted(counts, key=str), key=lambda path: counts[path])
        found = f"up to {counts[most]} arrangements here and {total} in the case"
        message = f"{found}, must be at most {MOST_ARRANGEMENTS}"
        yield error(most, f"{message}: list fewer patterns, a coarser grid, or name who may hold")


def arrangements_of(place: Place) -> int:
    """Return how many arrangements the package has, counted without listing them.

    Exact for patterns; what a grid or the listed ones repeat is counted again.
    """
    package = place.package
    patterns = sum(place.ways(ranks) for ranks in set(_ranks(package)))
    grid = _on_grid(place, package.grid) if package.grid is not None else 0
    return patterns + grid + len(package.listed)


def _on_grid(place: Place, grid: ShareGrid) -> int:
    """Count by stars and bars: the lead, then every choice of holders, then shares above the least."""
    units, total = 100 // grid.step, 0
    lead, holder = -(-grid.lead_min // grid.step), -(-grid.holder_min // grid.step)
    for rest in range(grid.max_holders):
        spare = units - lead - rest * holder
        if 100 % grid.step == 0 and spare >= 0:
            total += place.leads * math.comb(max(place.holders - 1, 0), rest) * math.comb(spare + rest, rest)
    return total
