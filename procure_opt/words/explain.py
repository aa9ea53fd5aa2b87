"""One structure in plain words: what it is, what each nation pays and gets, what the next step changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from procure_opt.accounts.autonomy import Autonomy
from procure_opt.accounts.lines import configuration
from procure_opt.accounts.remembered import remembered
from procure_opt.accounts.sharing import payments, shared_phases
from procure_opt.accounts.workshare import leads_of, reference_value, work_in_hundredths
from procure_opt.case.model import Case
from procure_opt.case.packages import Phase
from procure_opt.claim import Efficient
from procure_opt.errors import printable
from procure_opt.structure.structure import PillarPlan, Structure

from .names import arrangement_text, listed, money_unit, nation_name, roles
from .neighbours import Neighbours
from .numbers import amount, counted, percent
from .values import change_texts, value_texts

_LONGEST = 300
_ITEMS = {
    "development": "common development",
    "production": "common production",
    "support": "common support",
    "own": "its own access, licences and lines",
    "units": "its units and their support",
    "outside": "outside options and gaps",
    "levies": "levies on exports",
}
"""Item of a nation's cost -> words."""
_STEPS = ("more autonomy", "more spin-off", "less cost")


def explain(each: Efficient, beside: Sequence[Efficient] = ()) -> list[str]:
    """Return the structure in sentences; ``beside`` are the structures that it is compared with."""
    tasks = ["", "The tasks", *(f"  {line}" for line in _tasks(each.case))]
    return sentences(each) + tasks + _neighbours(each, beside)


def sentences(each: Efficient) -> list[str]:
    """Return what the structure is, and what each nation pays and gets."""
    case, structure = each.case, each.structure
    lines = [headline(each), "", "What it is"]
    lines += [f"  {line}" for line in _pillars(case, structure)]
    lines += [f"  {line}" for line in _outside(case, structure)]
    lines += ["", "What each nation pays and gets"]
    for nation in sorted(case.nations):
        lines += [f"  {line}" for line in _nation(each, nation)]
    return lines


def headline(each: Efficient) -> str:
    """Return id and values in one line."""
    autonomy, spinoff, cost = value_texts(each.case, each.values)
    return f"{each.id}: autonomy {autonomy}, spin-off {spinoff}, cost {cost}"


def _pillars(case: Case, structure: Structure) -> Iterator[str]:
    for pillar in sorted(case.pillars):
        if pillar not in structure.pillars:
            yield f"{pillar} does not come about"
            continue
        plan = structure.pillars[pillar]
        variants = f", variants {listed(plan.variants)}" if plan.variants else ""
        yield f"{pillar} comes about under the rights regime {plan.regime}{variants}"
        yield from (f"  {tier}: {listed(nation_name(case, n) for n in who)}" for tier, who in _by_tier(plan))
        for package, arrangement in sorted(plan.packages.items()):
            value = case.pillars[pillar].packages[package].value
            yield f"  {package} ({amount(value.exact)} {case.money.unit}): {arrangement_text(arrangement)}"
        for phase in shared_phases(case, pillar):
            yield f"  {phase} is paid by {listed(_payers(case, pillar, plan, phase), 'nobody')}"
        yield from (f"  {line}" for line in _terms(case, pillar, plan))


def _by_tier(plan: PillarPlan) -> Iterator[tuple[str, tuple[str, ...]]]:
    for tier in sorted(set(plan.tiers.values())):
        yield tier, plan.members((tier,))


def _terms(case: Case, pillar: str, plan: PillarPlan) -> Iterator[str]:
    """Yield what else is settled: assembly, quantities chosen, side deals, negotiated shares."""
    if plan.lines is not None:
        hosts = configuration(case, pillar, plan.lines).hosts
        where = listed(nation_name(case, host) for host in hosts)
        yield f"assembled in {where} (line configuration {plan.lines})"
    if plan.quantities:
        bought = [f"{nation} {number}" for nation, number in sorted(plan.quantities.items())]
        yield f"quantities chosen: {listed(bought)}"
    for name in plan.licences:
        deal = case.pillars[pillar].licences[name]
        buyer, seller = nation_name(case, deal.nation), nation_name(case, deal.holder)
        yield f"licence {name}: {buyer} has level {deal.level} on {deal.function} from {seller}"
    for phase, shares in sorted(plan.cost_percent.items()):
        told = [f"{nation} {share} %" for nation, share in sorted(shares.items())]
        yield f"negotiated shares of {phase}: {listed(told)}"


def _payers(case: Case, pillar: str, plan: PillarPlan, phase: Phase) -> list[str]:
    paid = payments(case, pillar, plan, phase)
    return [f"{nation} {amount(part)} {money_unit(case)}" for nation, part in sorted(paid.items()) if part]


def _outside(case: Case, structure: Structure) -> Iterator[str]:
    for nation in sorted(case.nations):
        for need, option in structure.taken_outside(nation):
            stated = case.needs[need].outside[nation][option]
            seller = f" from {nation_name(case, stated.vendor)}" if stated.vendor else ""
            words = f" ({printable(stated.text, _LONGEST)})" if stated.text else ""
            stopgap = ", a stopgap" if stated.meets == "stopgap" else ""
            taken = f"{option}{seller}{words}{stopgap}"
            yield f"{nation_name(case, nation)} fills the need {need} outside: {taken}"


def _nation(each: Efficient, nation: str) -> Iterator[str]:
    case, structure, gets = each.case, each.structure, each.nation(nation)
    unit = money_unit(case)
    yield f"{nation_name(case, nation)}: {listed(roles(structure, nation), 'member of nothing')}"
    yield f"  pays {amount(gets.cost)} {unit}; gains {amount(gets.spinoff)} {unit} of spin-off"
    items = each.bill(nation)
    if len(items) > 1:
        yield f"    of it: {', '.join(f'{_ITEMS[item]} {amount(million)}' for item, million in items)}"
    yield from (f"  {line}" for line in _work(case, structure, nation))
    yield from (f"  {line}" for line in _autonomy(case, nation, gets.autonomy))


def _work(case: Case, structure: Structure, nation: str) -> Iterator[str]:
    for pillar, plan in sorted(structure.pillars.items()):
        hundredths = work_in_hundredths(case, pillar, plan, nation)
        if hundredths or leads_of(plan, nation):
            led = [name for name, arrangement in sorted(plan.packages.items()) if nation in arrangement.leads]
            share = percent(Fraction(hundredths, reference_value(case, pillar) or 1))
            yield f"does {share} of the work of {pillar} and leads {listed(led, 'nothing')}"


@remembered
def _autonomy(case: Case, nation: str, has: Autonomy) -> tuple[str, ...]:
    return tuple(_told_autonomy(case, nation, has))


def _told_autonomy(case: Case, nation: str, has: Autonomy) -> Iterator[str]:
    weights = {task: weight for task, weight in case.nations[nation].weights().items() if weight}
    total = sum(weights.values())
    able = listed(weighed(has.tasks, weights), "nothing")
    yield f"autonomy {counted(has.points, 'point')}: with everybody's consent {has.a0} of {total}: {able}"
    if has.worst_denier is None:
        yield "  nobody alone can take any of this away"
    else:
        lost = [task for task in has.tasks if task not in has.tasks_under_denial]
        worst = nation_name(case, has.worst_denier)
        left = f"{has.n1} of {total}: {_loses(lost, weights)}"
        yield f"  without the consent of {worst}, its worst denier, {left}"
    for denier, lost_tasks in has.lost_under:
        if denier != has.worst_denier:
            yield f"  without the consent of {nation_name(case, denier)} {_loses(lost_tasks, weights)}"
    if never := [task for task in weights if task not in has.tasks]:
        yield f"  out of reach: {listed(weighed(never, weights))}"


def _loses(tasks: Iterable[str], weights: dict[str, int]) -> str:
    return f"it loses {listed(weighed(tasks, weights), 'nothing')}"


def weighed(tasks: Iterable[str], weights: dict[str, int]) -> list[str]:
    """``operate (30)``: tasks with their points."""
    return [f"{task} ({weights[task]})" for task in tasks]


def _tasks(case: Case) -> Iterator[str]:
    for task, stated in sorted(case.tasks.items()):
        yield f"{task}: {printable(stated.text, _LONGEST)}"


def _neighbours(each: Efficient, beside: Sequence[Efficient]) -> list[str]:
    """Return for each goal a structure with more of it that gives up little."""
    others = [other for other in beside if other.id != each.id]
    if not others:
        return []
    lines = [
        "",
        f"What more would cost: of {counted(len(others), 'other structure')} those that give up least",
    ]
    neighbours = Neighbours(others)
    for goal, wish in enumerate(_STEPS):
        place = neighbours.nearest_better(each, goal)
        lines.append(f"  {wish}: {'none of them has' if place is None else difference(each, others[place])}")
    return lines


def difference(first: Efficient, second: Efficient) -> str:
    """``S-19c2: autonomy +18 points (+1.5 % of its maximum), spin-off -20 million EUR, cost +81 ...``."""
    moved = [b - a for a, b in zip(first.values, second.values, strict=True)]
    autonomy, spinoff, cost = change_texts(first.case, moved)
    return f"{second.id}: autonomy {autonomy}, spin-off {spinoff}, cost {cost}"
