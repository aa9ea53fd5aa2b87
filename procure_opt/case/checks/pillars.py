"""Pillars: somebody may lead, every tier has its rights, somebody bears the cost; links make sense."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..model import Case
from ..paths import Path
from ..pillars import Equal, Fixed, Pillar, TierFixed
from ..validate import Remark
from .possibilities import is_open, members, nations_at
from .saying import amount, error, warning

_MOST_SUMS = 20_000


def check_somebody_may_lead(case: Case) -> Iterator[Remark]:
    """Check that a pillar has a tier that may lead and is open to a nation."""
    for name, pillar in case.pillars.items():
        leading = [tier for tier in pillar.tiers.values() if "lead" in tier.may]
        if not leading:
            yield error(
                ("pillars", name, "tiers"),
                "no tier may lead, so the pillar can never exist: give one may: [lead]",
            )
        elif not nations_at(case, leading):
            yield error(
                ("pillars", name, "tiers"), "no nation may take a tier that may lead: widen its open_to"
            )


def check_rights_cover_every_tier(case: Case) -> Iterator[Remark]:
    """Check that every regime says what level members of every tier get."""
    for name, pillar in case.pillars.items():
        for regime, stated in pillar.rights.items():
            for tier, terms in pillar.tiers.items():
                if terms.has_level and tier not in stated.levels:
                    path = ("pillars", name, "rights", regime, "levels")
                    yield error(
                        path,
                        f'no levels for the tier "{tier}": add it, or state has_level: false for the tier',
                    )


def check_levels_fall_with_the_role(case: Case) -> Iterator[Remark]:
    """Check that a lead has the level of a holder at least, and a holder that of any member."""
    for name, pillar in case.pillars.items():
        for regime, stated in pillar.rights.items():
            for tier, roles in stated.levels.items():
                may = pillar.tiers[tier].may if tier in pillar.tiers else ()
                path = ("pillars", name, "rights", regime, "levels", tier)
                if "lead" in may and roles.lead < roles.holder:
                    yield warning(
                        path, f"a lead gets {roles.lead}, less than another holder ({roles.holder})"
                    )
                if may and roles.holder < roles.other:
                    yield warning(
                        path, f"a holder gets {roles.holder}, less than a member without work ({roles.other})"
                    )


def check_tier_work(case: Case) -> Iterator[Remark]:
    """Check that work terms can be kept: a floor below the cap, a contribution where it is the cap."""
    for name, pillar in case.pillars.items():
        for tier, terms in pillar.tiers.items():
            if (work := terms.work) is None:
                continue
            path = ("pillars", name, "tiers", tier, "work")
            if work.at_most_contribution and terms.contribution is None:
                yield error(path, "at_most_contribution needs a contribution of the tier, found none")
            if work.min_percent and work.max_percent and work.min_percent.value > work.max_percent.value:
                yield error(
                    path,
                    f"min_percent {work.min_percent.value} is above max_percent {work.max_percent.value}",
                )


def check_juste_retour(case: Case) -> Iterator[Remark]:
    """Check that juste retour says something, and its floor is below its cap."""
    stated: list[tuple[Path, object]] = [(("global_balance",), case.global_balance)]
    stated += [
        (("pillars", name, "juste_retour"), pillar.juste_retour) for name, pillar in case.pillars.items()
    ]
    for path, rule in stated:
        low, high = getattr(rule, "min_percent", None), getattr(rule, "max_percent", None)
        if rule is not None and low is None and high is None and getattr(rule, "band_percent", None) is None:
            yield error(path, "it asks for nothing: give min_percent, max_percent or band_percent")
        if low and high and low.value > high.value:
            yield error(path, f"min_percent {low.value} is above max_percent {high.value}")


def check_somebody_bears_the_rest(case: Case) -> Iterator[Remark]:
    """Check that what fixed contributions leave falls on somebody who can be a member."""
    for name, pillar in case.pillars.items():
        path: Path = ("pillars", name, "cost_sharing", "development")
        rule = pillar.cost_sharing.development
        residual = rule.residual if isinstance(rule, TierFixed) else "core_equally"
        bearing = [tier for tier in pillar.tiers.values() if tier.contribution is None]
        if residual != "core_equally":
            if residual in case.nations and residual not in members(case, pillar):
                message = f"{residual} bears the rest but no tier is open to it: open one or name another"
                yield error((*path, "residual"), message)
        elif isinstance(rule, TierFixed | Equal | Fixed) and not nations_at(case, bearing):
            yield error(
                path,
                "nobody bears what contributions leave: a tier open to a nation must be without contribution",
            )


def check_fixed_percentages(case: Case) -> Iterator[Remark]:
    """Check that stated cost shares sum to 100 for some membership."""
    for name, pillar in case.pillars.items():
        rule = pillar.cost_sharing.development
        if not isinstance(rule, Fixed) or set(rule.percent) - set(case.nations):
            continue
        if not _can_sum_to_hundred(_bearing(case, pillar, rule)):
            total = sum(share.exact for share in rule.percent.values())
            who = "must be 100 for some members (those at a tier with a contribution of its own do not count)"
            message = f"shares sum to {amount(total)}, {who}: as stated the pillar can never come about"
            yield error(("pillars", name, "cost_sharing", "development", "percent"), message)


def _bearing(case: Case, pillar: Pillar, rule: Fixed) -> list[Fraction]:
    tiers = [tier for tier in pillar.tiers.values() if tier.contribution is None]
    bearing = nations_at(case, tiers)
    return [
        share.exact for nation, share in sorted(rule.percent.items()) if nation in bearing and share.exact
    ]


def _can_sum_to_hundred(shares: list[Fraction]) -> bool:
    sums = {Fraction(0)}
    for share in shares:
        sums |= {total + share for total in sums if total + share <= 100}
        if 100 in sums or len(sums) > _MOST_SUMS:
            return True
    return False


def check_release_caps(case: Case) -> Iterator[Remark]:
    """Check that nobody caps itself, and the function is one of the pillar."""
    for name, pillar in case.pillars.items():
        for number, cap in enumerate(pillar.release_caps):
            path = ("pillars", name, "release_caps", number)
            if cap.holder == cap.nation:
                yield error(path, f"{cap.nation} caps itself: a lead is never cut, name another nation")
            function = case.functions.get(cap.function)
            if function is not None and name not in function.packages:
                yield warning(path, f"no package of {name} controls {cap.function}, so the cap cuts nothing")


def check_pillars_hang_together(case: Case) -> Iterator[Remark]:
    """Check that no pillar requires itself or hangs on itself; the incompatible are several."""
    for name, pillar in case.pillars.items():
        if name in pillar.requires_any:
            path: Path = ("pillars", name, "requires_any", pillar.requires_any.index(name))
            yield error(path, f"{name} requires itself: name other pillars or leave it out")
    for name, link in case.links.items():
        if link.pillar == link.needs:
            yield error(("links", name), f"{link.pillar} is linked to itself: name two pillars")
    for name, foes in case.incompatible.items():
        if len(set(foes.nations)) < len(foes.nations):
            yield error(("incompatible", name, "nations"), "a nation is there twice, each must be there once")


def check_tiers_are_open_to_somebody(case: Case) -> Iterator[Remark]:
    """Check that a tier that nobody may take is no tier."""
    for name, pillar in case.pillars.items():
        for tier, terms in pillar.tiers.items():
            if not any(is_open(terms, nation) for nation in case.nations):
                yield warning(("pillars", name, "tiers", tier), "no nation of the case may take this tier")
