"""Lines: one configuration is chosen; its hosts are members that may host, and have enough to do."""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.lines import (
    assembled,
    configuration,
    configurations,
    hosting_tiers,
    load_expression,
)
from procure_opt.accounts.symbols import Row, Symbols, at_tiers
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure
from procure_opt.structure.violation import Violation


def violations(case: Case, structure: Structure) -> Iterator[Violation]:
    """Yield pillars without a configuration, hosts that may not host, and lines with too little to do."""
    for pillar, plan in structure.pillars.items():
        if not configurations(case, pillar):
            continue
        if plan.lines is None:
            yield Violation("lines", f"{pillar} has no line configuration")
            continue
        line = configuration(case, pillar, plan.lines)
        for host in sorted(set(line.hosts) - set(plan.members(hosting_tiers(case, pillar)))):
            yield Violation("lines", f"{host} hosts a line of {pillar} without a tier that may")
        for host, load in sorted(assembled(case, structure, pillar).items()):
            if load < line.minimum_load.whole:
                yield Violation("lines", f"the line of {pillar} in {host} has {load} units, too few")


def rows(case: Case, x: Symbols) -> Iterator[Row]:
    """Yield: one configuration if the pillar exists; hosts at hosting tiers; enough load if it is chosen."""
    for pillar in sorted(case.pillars):
        names = configurations(case, pillar)
        if not names:
            continue
        chosen = x.total((1, x.line(pillar, name)) for name in names)
        yield Row(chosen == 1 * x.exists(pillar), f"{pillar} has one line configuration")
        tiers = hosting_tiers(case, pillar)
        for name in names:
            line = configuration(case, pillar, name)
            for host in sorted(set(line.hosts)):
                may_host = at_tiers(x, host, pillar, tiers)
                yield Row(x.line(pillar, name) <= may_host, f"{host} hosts {name} of {pillar} as a member")
                if least := line.minimum_load.whole:
                    load = load_expression(case, x, pillar, name, host)
                    enough = load >= least * x.line(pillar, name)
                    yield Row(enough, f"the line of {pillar} in {host} has enough to do")
