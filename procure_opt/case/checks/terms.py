"""Terms of a pillar: sharing that fits its phase, lines that fit their hosts, licences with a meaning."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Case
from ..pillars import Negotiated, OwnQuantity, Pillar, TierFixed
from ..validate import Remark
from .saying import amount, error, unknown, warning

PHASES = ("development", "production", "support")
HUNDRED = 100


def check_negotiated_grids(case: Case) -> Iterator[Remark]:
    """Check that the grid of negotiated shares divides 100 and the bounds of tiers leave something."""
    for name, pillar in case.pillars.items():
        for phase in PHASES:
            rule = getattr(pillar.cost_sharing, phase)
            if not isinstance(rule, Negotiated):
                continue
            path = ("pillars", name, "cost_sharing", phase)
            step = rule.step_percent.whole
            if not step or HUNDRED % step:
                yield error((*path, "step_percent"), f"found {step}, must divide 100, like 5, 10 or 20")
            for tier, bounds in rule.tiers.items():
                low, high = bounds.min_percent.exact, bounds.max_percent.exact
                if low > high:
                    message = f"min_percent {amount(low)} is above max_percent {amount(high)}"
                    yield error((*path, "tiers", tier), message)


def check_development_is_not_by_own_quantity(case: Case) -> Iterator[Remark]:
    """Check that development is not left to own_quantity, which says nothing of a common cost."""
    for name, pillar in case.pillars.items():
        if isinstance(pillar.cost_sharing.development, OwnQuantity):
            path = ("pillars", name, "cost_sharing", "development", "rule")
            yield error(path, 'found "own_quantity", expected offtake: development is common to all units')


def check_later_sharing_is_used(case: Case) -> Iterator[Remark]:
    """Check that a rule for a later phase has packages of the phase to share."""
    for name, pillar in case.pillars.items():
        stated = {package.phase for package in pillar.packages.values()}
        for phase in PHASES[1:]:
            rule = getattr(pillar.cost_sharing, phase)
            if phase not in stated and not isinstance(rule, OwnQuantity):
                path = ("pillars", name, "cost_sharing", phase)
                yield warning(path, f"no package is of the phase {phase}, so the rule shares nothing")


def check_sole_bearers_can_sit(case: Case) -> Iterator[Remark]:
    """Check that who alone bears the rest may be a member."""
    for name, pillar in case.pillars.items():
        for phase in PHASES:
            rule = getattr(pillar.cost_sharing, phase)
            named = isinstance(rule, TierFixed) and rule.residual in case.nations
            if named and not _may_sit(pillar, rule.residual):
                path = ("pillars", name, "cost_sharing", phase, "residual")
                yield error(path, f"no tier of {name} is open to {rule.residual}, who should bear the rest")


def _may_sit(pillar: Pillar, nation: str) -> bool:
    return any(tier.open_to is None or nation in tier.open_to for tier in pillar.tiers.values())


def check_line_hosts(case: Case) -> Iterator[Remark]:
    """Check that a configuration names each host once and assembles at its hosts only."""
    for name, pillar in case.pillars.items():
        for which, line in pillar.lines.configurations.items() if pillar.lines is not None else ():
            path = ("pillars", name, "lines", "configurations", which)
            if len(set(line.hosts)) < len(line.hosts):
                yield error((*path, "hosts"), "a host is there twice, name each once")
            for nation, host in line.assembles_for.items():
                if host not in line.hosts:
                    yield unknown((*path, "assembles_for", nation), host, "a host of this line", line.hosts)
            for host in line.premium_by_host:
                if host not in line.hosts:
                    yield unknown((*path, "premium_by_host", host), host, "a host of this line", line.hosts)


def check_licences_mean_something(case: Case) -> Iterator[Remark]:
    """Check that a licence is on a function that the pillar controls, from somebody else than its buyer."""
    for name, pillar in case.pillars.items():
        for which, deal in pillar.licences.items():
            path = ("pillars", name, "licences", which)
            function = case.functions.get(deal.function)
            if function is not None and name not in function.packages:
                yield error((*path, "function"), f"{deal.function} is not controlled by a package of {name}")
            if deal.nation == deal.holder:
                yield error((*path, "holder"), f"{deal.holder} would sell to itself, name another holder")


def check_menus_offer_a_choice(case: Case) -> Iterator[Remark]:
    """Check that a menu offers more than one quantity."""
    for name, pillar in case.pillars.items():
        for nation, quantity in pillar.quantities.items():
            menu = getattr(quantity, "menu", None)
            if menu is not None and len({each.value for each in menu}) < len(menu):
                yield warning(("pillars", name, "quantities", nation), "a quantity is on the menu twice")


def check_ideals_are_of_all(case: Case) -> Iterator[Remark]:
    """Check that ideals, where they are stated, are stated for every nation."""
    if case.ideals and (absent := sorted(set(case.nations) - set(case.ideals))):
        yield error(("ideals",), f"no ideal of {', '.join(absent)}; state all or none")
