"""Does a condition hold? Each kind once in plain words and once as a literal that is exact both ways.

A kind is a pair of functions ``<kind>_holds`` and ``<kind>_literal`` below, found by name; ``nation`` is
whom the condition is about where it does not say so itself (the nation that wants a task).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from procure_opt.case import conditions as stated
from procure_opt.case.conditions import Condition
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure

from . import cost, exports, lines
from .levels import level
from .logic import at_least, at_most, conjunction, disjunction, negation
from .reach import Goal, reach
from .schedule import delay, delay_literals, months_after
from .symbols import Expression, Symbols, at_tiers, member
from .workshare import lead_expression, leads_of, reference_value, work_expression, work_in_hundredths


def holds(case: Case, structure: Structure, condition: Condition, nation: str | None = None) -> bool:
    """Does everything that the condition states hold for the structure?"""
    parts = [_HOLDS[kind](case, structure, atom, nation) for kind, atom in condition.atoms()]
    if condition.any_of is not None:
        parts.append(any(holds(case, structure, each, nation) for each in condition.any_of))
    if condition.all_of is not None:
        parts.append(all(holds(case, structure, each, nation) for each in condition.all_of))
    if condition.not_ is not None:
        parts.append(not holds(case, structure, condition.not_, nation))
    return all(parts)


def literal(case: Case, x: Symbols, condition: Condition, nation: str | None = None) -> Expression:
    """Symbolic twin of :func:`holds`."""
    return x.once(("condition", condition, nation), lambda: _literal(case, x, condition, nation))


def _literal(case: Case, x: Symbols, condition: Condition, nation: str | None) -> Expression:
    parts = [_LITERALS[kind](case, x, atom, nation) for kind, atom in condition.atoms()]
    if condition.any_of is not None:
        parts.append(disjunction(x, [literal(case, x, each, nation) for each in condition.any_of]))
    if condition.all_of is not None:
        parts += [literal(case, x, each, nation) for each in condition.all_of]
    if condition.not_ is not None:
        parts.append(negation(literal(case, x, condition.not_, nation)))
    return conjunction(x, parts)


def _who(atom: Any, nation: str | None) -> str:
    who: str | None = atom.nation or nation
    if who is None:
        raise ValueError("a condition outside a task must name its nation")
    return who


def _tiers(case: Case, pillar: str, named: Iterable[str] | None) -> list[str]:
    return sorted(case.pillars[pillar].tiers if named is None else named)


# -- membership ------------------------------------------------------------------------------------------


def participates_holds(
    case: Case, structure: Structure, atom: stated.Participates, nation: str | None
) -> bool:
    """The nation is a member."""
    return structure.is_member(_who(atom, nation), case.the_pillar(atom.pillar))


def participates_literal(case: Case, x: Symbols, atom: stated.Participates, nation: str | None) -> Expression:
    """Twin."""
    return member(x, _who(atom, nation), case.the_pillar(atom.pillar))


def tier_holds(case: Case, structure: Structure, atom: stated.AtTier, nation: str | None) -> bool:
    """The nation is a member at one of the tiers."""
    plan = structure.pillars.get(case.the_pillar(atom.pillar))
    return plan is not None and plan.tiers.get(_who(atom, nation)) in atom.tiers


def tier_literal(case: Case, x: Symbols, atom: stated.AtTier, nation: str | None) -> Expression:
    """Twin."""
    return at_tiers(x, _who(atom, nation), case.the_pillar(atom.pillar), set(atom.tiers))


def excludes_holds(case: Case, structure: Structure, atom: stated.Excludes, nation: str | None) -> bool:
    """The nation is not a member (at these tiers)."""
    plan = structure.pillars.get(case.the_pillar(atom.pillar))
    named = _tiers(case, case.the_pillar(atom.pillar), atom.tiers)
    return plan is None or plan.tiers.get(_who(atom, nation)) not in named


def excludes_literal(case: Case, x: Symbols, atom: stated.Excludes, nation: str | None) -> Expression:
    """Twin."""
    pillar = case.the_pillar(atom.pillar)
    return negation(at_tiers(x, _who(atom, nation), pillar, _tiers(case, pillar, atom.tiers)))


def members_holds(case: Case, structure: Structure, atom: stated.Members, nation: str | None) -> bool:
    """The number of members at the tiers is within bounds."""
    pillar = case.the_pillar(atom.pillar)
    plan = structure.pillars.get(pillar)
    count = 0 if plan is None else len(plan.members(tuple(_tiers(case, pillar, atom.tiers))))
    enough = atom.at_least is None or count >= atom.at_least.whole
    return enough and (atom.at_most is None or count <= atom.at_most.whole)


def members_literal(case: Case, x: Symbols, atom: stated.Members, nation: str | None) -> Expression:
    """Twin."""
    pillar = case.the_pillar(atom.pillar)
    tiers = _tiers(case, pillar, atom.tiers)
    count = x.total((1, at_tiers(x, n, pillar, tiers)) for n in sorted(case.nations))
    return _between(
        x,
        count,
        None if atom.at_least is None else atom.at_least.whole,
        None if atom.at_most is None else atom.at_most.whole,
    )


def _between(x: Symbols, amount: Expression, least: int | None, most: int | None) -> Expression:
    parts = [] if least is None else [at_least(x, amount, least)]
    return conjunction(x, parts + ([] if most is None else [at_most(x, amount, most)]))


def takes_outside_holds(
    case: Case, structure: Structure, atom: stated.TakesOutside, nation: str | None
) -> bool:
    """The nation fills the need outside (by this option)."""
    taken = structure.outside.get(atom.need, {}).get(_who(atom, nation))
    return taken is not None and atom.option in (None, taken)


def takes_outside_literal(
    case: Case, x: Symbols, atom: stated.TakesOutside, nation: str | None
) -> Expression:
    """Twin."""
    who = _who(atom, nation)
    options = sorted(case.needs[atom.need].outside.get(who, {}))
    return x.total((1, x.outside(who, atom.need, o)) for o in options if atom.option in (None, o))


# -- work and leads --------------------------------------------------------------------------------------


def leads_holds(case: Case, structure: Structure, atom: stated.Leads, nation: str | None) -> bool:
    """The nation leads the package, or at least one."""
    plan = structure.pillars.get(case.the_pillar(atom.pillar))
    if plan is None:
        return False
    chosen = [plan.packages[atom.package]] if atom.package else plan.packages.values()
    who = _who(atom, nation)
    return any(who in each.leads and not (atom.alone and len(each.leads) > 1) for each in chosen)


def leads_literal(case: Case, x: Symbols, atom: stated.Leads, nation: str | None) -> Expression:
    """Twin."""
    pillar = case.the_pillar(atom.pillar)
    packages = [atom.package] if atom.package else sorted(case.pillars[pillar].packages)
    who = _who(atom, nation)
    return disjunction(
        x, [lead_expression(x, pillar, package, who, alone=atom.alone) for package in packages]
    )


def does_not_lead_holds(case: Case, structure: Structure, atom: stated.Leads, nation: str | None) -> bool:
    """The contrary of leading."""
    return not leads_holds(case, structure, atom, nation)


def does_not_lead_literal(case: Case, x: Symbols, atom: stated.Leads, nation: str | None) -> Expression:
    """Twin."""
    return negation(leads_literal(case, x, atom, nation))


def _share_bounds(case: Case, pillar: str, atom: stated.Share) -> tuple[int | None, int | None]:
    """Hundredths of a million that the percentages mean (whole-valued work: rounded inwards)."""
    value = reference_value(case, pillar, atom.packages)
    least = None if atom.at_least_percent is None else -(-atom.at_least_percent.exact * value // 1)
    most = None if atom.at_most_percent is None else atom.at_most_percent.exact * value // 1
    return None if least is None else int(least), None if most is None else int(most)


def share_holds(case: Case, structure: Structure, atom: stated.Share, nation: str | None) -> bool:
    """The nation's work is within bounds, in percent of the packages' value (0 if there is no pillar)."""
    pillar = case.the_pillar(atom.pillar)
    plan = structure.pillars.get(pillar)
    work = 0 if plan is None else work_in_hundredths(case, pillar, plan, _who(atom, nation), atom.packages)
    value = reference_value(case, pillar, atom.packages)
    enough = atom.at_least_percent is None or work >= atom.at_least_percent.exact * value
    return enough and (atom.at_most_percent is None or work <= atom.at_most_percent.exact * value)


def share_literal(case: Case, x: Symbols, atom: stated.Share, nation: str | None) -> Expression:
    """Twin."""
    pillar, who = case.the_pillar(atom.pillar), _who(atom, nation)
    packages = sorted(case.pillars[pillar].packages) if atom.packages is None else atom.packages
    if len(packages) == 1 and atom.at_least_percent is not None and atom.at_most_percent is None:
        least = atom.at_least_percent.exact
        return x.total(
            (1, column) for a, column in x.arrangements(pillar, packages[0]) if a.share(who) >= least
        )
    return _between(x, work_expression(case, x, pillar, who, packages), *_share_bounds(case, pillar, atom))


def equal_footing_holds(
    case: Case, structure: Structure, atom: stated.EqualFooting, nation: str | None
) -> bool:
    """The nation is a member and nobody has more work or more leads."""
    pillar, who = case.the_pillar(atom.pillar), _who(atom, nation)
    plan = structure.pillars.get(pillar)
    if plan is None or who not in plan.tiers:
        return False
    work = {n: work_in_hundredths(case, pillar, plan, n) for n in plan.tiers}
    return all(work[n] <= work[who] and leads_of(plan, n) <= leads_of(plan, who) for n in plan.tiers)


def equal_footing_literal(
    case: Case, x: Symbols, atom: stated.EqualFooting, nation: str | None
) -> Expression:
    """Twin."""
    pillar, who = case.the_pillar(atom.pillar), _who(atom, nation)
    parts = [member(x, who, pillar)]
    mine, my_leads = work_expression(case, x, pillar, who), _all_leads(case, x, pillar, who)
    for other in sorted(set(case.nations) - {who}):
        parts.append(at_most(x, work_expression(case, x, pillar, other) - mine, 0))
        parts.append(at_most(x, _all_leads(case, x, pillar, other) - my_leads, 0))
    return conjunction(x, parts)


def _all_leads(case: Case, x: Symbols, pillar: str, nation: str) -> Expression:
    packages = sorted(case.pillars[pillar].packages)
    return x.total((1, lead_expression(x, pillar, package, nation)) for package in packages)


# -- money, access, dates, rights ------------------------------------------------------------------------


def cost_at_most_holds(case: Case, structure: Structure, atom: stated.CostAtMost, nation: str | None) -> bool:
    """The nation's whole cost is within the ceiling (compared as fractions)."""
    return cost.national_cost(case, structure, _who(atom, nation)) <= atom.million.exact


def cost_at_most_literal(case: Case, x: Symbols, atom: stated.CostAtMost, nation: str | None) -> Expression:
    """Twin."""
    return cost.at_most_literal(case, x, _who(atom, nation), atom.million.exact)


def level_holds(case: Case, structure: Structure, atom: stated.HasLevel, nation: str | None) -> bool:
    """The nation has the level with everybody's consent."""
    return level(case, structure, _who(atom, nation), atom.function) >= atom.at_least


def level_literal(case: Case, x: Symbols, atom: stated.HasLevel, nation: str | None) -> Expression:
    """Twin."""
    return reach(case, x, _who(atom, nation), Goal(atom.function, atom.at_least))


def variant_holds(case: Case, structure: Structure, atom: stated.VariantChosen, nation: str | None) -> bool:
    """The variant is chosen (or is not)."""
    plan = structure.pillars.get(case.the_pillar(atom.pillar))
    return (plan is not None and atom.variant in plan.variants) == atom.chosen


def variant_literal(case: Case, x: Symbols, atom: stated.VariantChosen, nation: str | None) -> Expression:
    """Twin."""
    chosen = x.variant(case.the_pillar(atom.pillar), atom.variant)
    return chosen if atom.chosen else negation(chosen)


def rights_holds(case: Case, structure: Structure, atom: stated.Regime, nation: str | None) -> bool:
    """The pillar exists under one of the regimes."""
    plan = structure.pillars.get(case.the_pillar(atom.pillar))
    return plan is not None and plan.regime in atom.regimes


def rights_literal(case: Case, x: Symbols, atom: stated.Regime, nation: str | None) -> Expression:
    """Twin."""
    pillar = case.the_pillar(atom.pillar)
    return x.total((1, x.regime(pillar, regime)) for regime in sorted(set(atom.regimes)))


def in_service_by_holds(
    case: Case, structure: Structure, atom: stated.InServiceBy, nation: str | None
) -> bool:
    """The pillar exists and is in service by the start of the year."""
    pillar = case.the_pillar(atom.pillar)
    plan = structure.pillars.get(pillar)
    return plan is not None and months_after(case, pillar, delay(case, pillar, plan), atom.year.whole) <= 0


def in_service_by_literal(case: Case, x: Symbols, atom: stated.InServiceBy, nation: str | None) -> Expression:
    """Twin."""
    pillar, year = case.the_pillar(atom.pillar), atom.year.whole
    in_time = [
        lit for d, lit in delay_literals(case, x, pillar).items() if months_after(case, pillar, d, year) <= 0
    ]
    return x.total((1, lit) for lit in in_time)


def exists_holds(case: Case, structure: Structure, atom: stated.Exists, nation: str | None) -> bool:
    """The pillar exists (or does not)."""
    return (atom.pillar in structure.pillars) == atom.exists


def exists_literal(case: Case, x: Symbols, atom: stated.Exists, nation: str | None) -> Expression:
    """Twin."""
    there = x.exists(atom.pillar)
    return there if atom.exists else negation(there)


def may_export_holds(case: Case, structure: Structure, atom: stated.MayExport, nation: str | None) -> bool:
    """The nation may sell to each of the destinations."""
    pillar = case.the_pillar(atom.pillar)
    return exports.may_export(case, structure, pillar, _who(atom, nation), atom.destinations)


def may_export_literal(case: Case, x: Symbols, atom: stated.MayExport, nation: str | None) -> Expression:
    """Twin."""
    pillar = case.the_pillar(atom.pillar)
    return exports.may_export_literal(case, x, pillar, _who(atom, nation), atom.destinations)


def assembles_at_home_holds(
    case: Case, structure: Structure, atom: stated.AssemblesAtHome, nation: str | None
) -> bool:
    """A final assembly line stands in the nation."""
    pillar = case.the_pillar(atom.pillar)
    plan = structure.pillars.get(pillar)
    if plan is None or plan.lines is None:
        return False
    return _who(atom, nation) in lines.configuration(case, pillar, plan.lines).hosts


def assembles_at_home_literal(
    case: Case, x: Symbols, atom: stated.AssemblesAtHome, nation: str | None
) -> Expression:
    """Twin."""
    pillar, who = case.the_pillar(atom.pillar), _who(atom, nation)
    return x.total(
        (1, x.line(pillar, name))
        for name in lines.configurations(case, pillar)
        if who in lines.configuration(case, pillar, name).hosts
    )


def done_as_holds(case: Case, structure: Structure, atom: stated.DoneAs, nation: str | None) -> bool:
    """The pillar exists and the package is done in one of the modes."""
    plan = structure.pillars.get(case.the_pillar(atom.pillar))
    return plan is not None and plan.packages[atom.package].mode in atom.modes


def done_as_literal(case: Case, x: Symbols, atom: stated.DoneAs, nation: str | None) -> Expression:
    """Twin."""
    ways = x.arrangements(case.the_pillar(atom.pillar), atom.package)
    return x.total((1, column) for way, column in ways if way.mode in atom.modes)


BUILT = tuple(sorted(set(Condition.model_fields) - Condition.COMBINATORS))
"""Kinds of condition, each decided by two functions above."""
_HOLDS: dict[str, Any] = {kind: globals()[f"{kind}_holds"] for kind in BUILT}
_LITERALS: dict[str, Any] = {kind: globals()[f"{kind}_literal"] for kind in BUILT}
