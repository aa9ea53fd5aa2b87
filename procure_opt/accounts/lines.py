"""Lines: where final assembly stands, what a line costs and brings, and for whom it assembles.

One of the listed configurations is chosen for a pillar that exists. Set-up is the host's own, or enters the
pool; premiums are paid with every unit; spin-off comes with every unit assembled. Units for states outside
the case and exports are assembled by the first host.
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.case.model import Case
from procure_opt.case.pillars import LineConfiguration
from procure_opt.structure.structure import PillarPlan, Structure

from .logic import conjunction
from .rounding import half_up
from .symbols import Expression, Symbols
from .totals import exported, sold_literal
from .units import unit_literals, units


def configurations(case: Case, pillar: str) -> tuple[str, ...]:
    """Names of the line configurations, sorted; none where the case lists none."""
    stated = case.pillars[pillar].lines
    return () if stated is None else tuple(sorted(stated.configurations))


def configuration(case: Case, pillar: str, name: str) -> LineConfiguration:
    """Return a configuration as stated; KeyError if there is none."""
    stated = case.pillars[pillar].lines
    if stated is None:
        raise KeyError(name)
    return stated.configurations[name]


def hosting_tiers(case: Case, pillar: str) -> tuple[str, ...]:
    """Tiers whose members may host a line: as stated, else those that may lead."""
    stated = case.pillars[pillar]
    if stated.lines is not None and stated.lines.tiers is not None:
        return tuple(sorted(stated.lines.tiers))
    return tuple(sorted(name for name, tier in stated.tiers.items() if "lead" in tier.may))


def assembler(line: LineConfiguration, nation: str) -> str:
    """Return the host that assembles the nation's units."""
    return line.assembles_for.get(nation, line.hosts[0])


def set_up_cost(case: Case, pillar: str, name: str, nation: str) -> int:
    """Million of set-up that the nation bears as a host (0 where it is pooled)."""
    line = configuration(case, pillar, name)
    return 0 if line.pooled or nation not in line.hosts else half_up(line.set_up.exact)


def pooled_set_up(case: Case, pillar: str, name: str) -> int:
    """Million of set-up that enters the development pool."""
    line = configuration(case, pillar, name)
    return half_up(line.set_up.exact) * len(line.hosts) if line.pooled else 0


def premium(case: Case, pillar: str, name: str, nation: str, number: int) -> int:
    """Million that the configuration adds to so many units of the nation."""
    line = configuration(case, pillar, name)
    host = line.premium_by_host.get(assembler(line, nation))
    each = line.unit_premium.exact + (0 if host is None else host.exact)
    return half_up(each * number)


def assembled(case: Case, structure: Structure, pillar: str) -> dict[str, int]:
    """Return host -> units that its line assembles."""
    plan = structure.pillars[pillar]
    line = _chosen(case, pillar, plan)
    if line is None:
        return {}
    load = dict.fromkeys(line.hosts, 0)
    for nation in plan.members():
        load[assembler(line, nation)] += units(case, pillar, plan, nation)
    base = case.pillars[pillar].production.base_quantity.whole
    load[line.hosts[0]] += base + exported(case, structure, pillar)
    return load


def _chosen(case: Case, pillar: str, plan: PillarPlan) -> LineConfiguration | None:
    return None if plan.lines is None else configuration(case, pillar, plan.lines)


def load_expression(case: Case, x: Symbols, pillar: str, name: str, host: str) -> Expression:
    """Units that the host would assemble in this configuration (whether it is chosen or not)."""
    line = configuration(case, pillar, name)
    terms = [
        (number, literal)
        for nation in sorted(case.nations)
        if assembler(line, nation) == host
        for number, literal in unit_literals(case, x, pillar, nation).items()
    ]
    if host == line.hosts[0]:
        sold, exports = sold_literal(case, x, pillar)
        terms += [(case.pillars[pillar].production.base_quantity.whole, x.exists(pillar)), (exports, sold)]
    return x.total((number, literal) for number, literal in terms if number)


def spinoff_by_line(case: Case, pillar: str, number: int) -> int:
    """Million of spin-off for assembling so many units."""
    stated = case.pillars[pillar].lines
    return 0 if stated is None else half_up(stated.spinoff_per_unit.exact * number)


def line_spinoff(case: Case, structure: Structure, pillar: str, nation: str) -> int:
    """Million of spin-off that the nation's line brings it, buyer by buyer."""
    plan = structure.pillars[pillar]
    line = _chosen(case, pillar, plan)
    if line is None or nation not in line.hosts:
        return 0
    own = [units(case, pillar, plan, n) for n in plan.members() if assembler(line, n) == nation]
    if nation == line.hosts[0]:
        own += [case.pillars[pillar].production.base_quantity.whole, exported(case, structure, pillar)]
    return sum(spinoff_by_line(case, pillar, number) for number in own)


def line_spinoff_terms(case: Case, x: Symbols, pillar: str, nation: str) -> Iterator[tuple[int, Expression]]:
    """Yield (million, literal): symbolic twin of :func:`line_spinoff`."""
    stated = case.pillars[pillar]
    if stated.lines is None or not stated.lines.spinoff_per_unit.value:
        return
    for name in configurations(case, pillar):
        line = configuration(case, pillar, name)
        if nation not in line.hosts:
            continue
        chosen = x.line(pillar, name)
        for buyer in sorted(case.nations):
            if assembler(line, buyer) == nation:
                for number, literal in unit_literals(case, x, pillar, buyer).items():
                    yield spinoff_by_line(case, pillar, number), conjunction(x, [chosen, literal])
        if nation == line.hosts[0]:
            yield spinoff_by_line(case, pillar, stated.production.base_quantity.whole), chosen
            sold, exports = sold_literal(case, x, pillar)
            yield spinoff_by_line(case, pillar, exports), conjunction(x, [chosen, sold])
