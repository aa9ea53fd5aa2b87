"""What changes if we switch: two structures of one case, or two results, side by side."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from procure_opt.accounts.workshare import reference_value, work_in_hundredths
from procure_opt.case.model import Case
from procure_opt.claim import Claim, Efficient, minimised
from procure_opt.pareto.points import Point, dominates
from procure_opt.structure.structure import PillarPlan, Structure

from .explain import difference, headline, weighed
from .names import arrangement_text, listed, money_unit, nation_name
from .numbers import amount, counted, percent, points, signed
from .opening import completeness

NOTHING = "-"


def compare(first: Efficient, second: Efficient) -> list[str]:
    """Return gains and losses per nation, and the decisions that differ; both of the same case."""
    lines = [
        f"from {headline(first)}",
        f"to   {headline(second)}",
        f"that is {difference(first, second).partition(': ')[2]}",
    ]
    lines += ["", "Decisions that differ"]
    decided = [decisions(each.case, each.structure) for each in (first, second)]
    lines += [f"  {line}" for line in _changes(*decided)] or ["  none"]
    lines += ["", "What each nation wins and loses"]
    for nation in sorted(first.case.nations):
        lines += [f"  {line}" for line in _nation(first, second, nation)]
    return lines


def decisions(case: Case, structure: Structure) -> dict[str, str]:
    """Return every decision as place -> what is decided, in words."""
    found: dict[str, str] = {}
    for pillar, plan in sorted(structure.pillars.items()):
        found |= {f"{pillar}{place}": text for place, text in _plan(plan)}
    for need, taken in sorted(structure.outside.items()):
        found |= {f"{nation_name(case, nation)}, {need}": option for nation, option in sorted(taken.items())}
    return found


def _plan(plan: PillarPlan) -> Iterator[tuple[str, str]]:
    yield "", "comes about"
    yield ", rights", plan.regime
    yield ", variants", listed(plan.variants)
    yield from ((f", {nation}", tier) for nation, tier in sorted(plan.tiers.items()))
    yield from ((f", {package}", arrangement_text(a)) for package, a in sorted(plan.packages.items()))
    yield from ((f", units of {nation}", str(number)) for nation, number in sorted(plan.quantities.items()))
    if plan.lines is not None:
        yield ", lines", plan.lines
    yield ", licences", listed(plan.licences)
    for phase, shares in sorted(plan.cost_percent.items()):
        told = [f"{nation} {percent} %" for nation, percent in sorted(shares.items())]
        yield f", {phase} borne", listed(told)


def _changes(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    for place in sorted(before.keys() | after.keys()):
        was, becomes = before.get(place, NOTHING), after.get(place, NOTHING)
        if was != becomes:
            yield f"{place}: {was} -> {becomes}"


def _nation(first: Efficient, second: Efficient, nation: str) -> list[str]:
    case = first.case
    before, after = first.nation(nation), second.nation(nation)
    unit = money_unit(case)
    lines = [
        _moved("pays", before.cost, after.cost, unit),
        _moved("spin-off", before.spinoff, after.spinoff, unit),
        *_work(first, second, nation),
        *_autonomy(case, first, second, nation),
    ]
    told = [f"  {line}" for line in lines if line]
    return [f"{nation_name(case, nation)}{'' if told else ': nothing changes'}", *told]


def _moved(what: str, before: int | Fraction, after: int | Fraction, unit: str) -> str:
    if before == after:
        return ""
    return f"{what} {amount(before)} -> {amount(after)} {unit} ({signed(after - before)})"


def _work(first: Efficient, second: Efficient, nation: str) -> Iterator[str]:
    for pillar in sorted(first.case.pillars):
        before, after = (_share(each, pillar, nation) for each in (first, second))
        if before != after:
            yield f"work of {pillar} {percent(before)} -> {percent(after)}"


def _share(each: Efficient, pillar: str, nation: str) -> Fraction:
    plan = each.structure.pillars.get(pillar)
    work = 0 if plan is None else work_in_hundredths(each.case, pillar, plan, nation)
    return Fraction(work, reference_value(each.case, pillar) or 1)


def _autonomy(case: Case, first: Efficient, second: Efficient, nation: str) -> Iterator[str]:
    before, after = first.nation(nation).autonomy, second.nation(nation).autonomy
    if before.points != after.points:
        change = after.points - before.points
        sign = "+" if change > 0 else ""
        yield f"autonomy {points(before.points)} -> {points(after.points)} points ({sign}{points(change)})"
    weights = case.nations[nation].weights()
    yield from _tasks("with everybody's consent", before.tasks, after.tasks, weights)
    yield from _tasks("under the worst denial", before.tasks_under_denial, after.tasks_under_denial, weights)
    if before.worst_denier != after.worst_denier:
        was, becomes = (
            nation_name(case, h) if h else "nobody" for h in (before.worst_denier, after.worst_denier)
        )
        yield f"worst denier {was} -> {becomes}"


def _tasks(when: str, before: Iterable[str], after: Iterable[str], weights: dict[str, int]) -> Iterator[str]:
    had, has = set(before), set(after)
    for verb, tasks in (("gains", has - had), ("loses", had - has)):
        if tasks:
            yield f"{verb} {when}: {listed(weighed(sorted(tasks), weights))}"


def compare_claims(first: Claim, second: Claim) -> list[str]:
    """Return how two results differ: their cases, their fronts, their extremes."""
    same = first.case == second.case
    lines = [f"case {first.case.id} -> {second.case.id}: {'the same' if same else 'not the same'}"]
    lines += [] if same else [f"  {line}" for line in _settings(first.case, second.case)]
    lines += [completeness(claim.case, claim.evidence, len(claim.structures)) for claim in (first, second)]
    lines += ["", "Structures", *(f"  {line}" for line in _shared(first, second))]
    lines += ["", "Extremes"]
    for name, best in first.extremes.items():
        other = second.extremes[name]
        if best is not None and other is not None:
            lines.append(f"  {name}: {best.id} -> {difference(best, other)}")
    return lines


def _settings(first: Case, second: Case) -> Iterator[str]:
    for what in ("off", "on"):
        before, after = (set(getattr(case, what)) for case in (first, second))
        if before != after:
            yield f"switched {what}: {listed(sorted(before))} -> {listed(sorted(after))}"
    red_lines = [set(case.red_lines) for case in (first, second)]
    if red_lines[0] != red_lines[1]:
        gone, new = red_lines[0] - red_lines[1], red_lines[1] - red_lines[0]
        yield f"red lines: without {listed(sorted(gone), 'nothing')}, with {listed(sorted(new), 'nothing')}"


def _shared(first: Claim, second: Claim) -> Iterator[str]:
    before, after = ({each.id for each in claim.structures} for claim in (first, second))
    yield f"{counted(len(before & after), 'structure')} in both"
    for only, name, others, known in ((first, "first", second, after), (second, "second", first, before)):
        mine = [minimised(each.values) for each in only.structures if each.id not in known]
        theirs = sorted(minimised(other.values) for other in others.structures)
        beaten = sum(_is_beaten(each, theirs) for each in mine)
        text = f"{counted(len(mine), 'structure')} only in the {name}"
        yield f"{text}, of which {beaten} would be dominated in the other" if mine else text


def _is_beaten(point: Point, others: Sequence[Point]) -> bool:
    """Is the point dominated by one of the others, which are sorted? None does that comes after it."""
    before = others[: bisect_left(others, point)]
    return any(dominates(other, point) for other in before)
