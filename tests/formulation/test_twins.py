"""Every rule, account and condition says the same in its plain and in its symbolic twin.

For random cases and random structures, feasible or not, the decisions are fixed in a program that holds the
rows of one family only (a compensating error elsewhere cannot hide): it has a solution exactly if the plain
rule finds nothing to complain about. With all decisions fixed, least and largest value of every account and
of every condition literal are the plain value.
"""

from __future__ import annotations

import functools
import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import pytest
from brute_force import candidates, terms_of
from fixed_decisions import Fixed
from random_cases import BUILT, random_case, random_conditions

from procure_opt import rules
from procure_opt.accounts import (
    autonomy,
    conditions,
    cost,
    gaps,
    levies,
    pools,
    production,
    schedule,
    sharing,
    spinoff,
)
from procure_opt.accounts.access import access_expression, national_access_cost
from procure_opt.accounts.exports import may_export, may_export_literal
from procure_opt.accounts.views import expressions
from procure_opt.accounts.workshare import work_expression, work_in_hundredths
from procure_opt.case.conditions import Condition
from procure_opt.case.model import Case
from procure_opt.formulation.decode import chosen_in, decode, encode
from procure_opt.formulation.variables import Variables
from procure_opt.structure.arrangements import arrangements
from procure_opt.structure.structure import PillarPlan, Structure

CASES = 36
STRUCTURES = 8
PHYSICS = ("bearing", "existence", "fillers", "membership", "negotiation", "quantities", "work_roles")
"""What accounts rely on (work by members, a pool that is paid, needs filled once); tested where broken."""
FAMILIES = tuple(family.__name__.rpartition(".")[2] for family in rules.families())


# -- random structures -----------------------------------------------------------------------------------


def random_structure(case: Case, draw: random.Random, *, physical: bool) -> Structure:
    """Return a structure that need not be feasible; a ``physical`` one obeys roles and existence."""
    pillars = {}
    for name in sorted(case.pillars):
        if draw.random() < 0.75 and (plan := _random_plan(case, name, draw, physical=physical)) is not None:
            pillars[name] = plan
    if physical:
        pillars = {
            name: plan
            for name, plan in pillars.items()
            if not (wanted := case.pillars[name].requires_any) or set(wanted) & set(pillars)
        }
    return Structure(pillars, _random_outside(case, pillars, draw))


def _random_plan(case: Case, pillar: str, draw: random.Random, *, physical: bool) -> PillarPlan | None:
    stated = case.pillars[pillar]
    tiers = {}
    for nation in sorted(case.nations):
        open_tiers = [
            t for t, tier in sorted(stated.tiers.items()) if tier.open_to is None or nation in tier.open_to
        ]
        if open_tiers and draw.random() < 0.75:
            tiers[nation] = draw.choice(open_tiers)
    packages = {}
    for package in sorted(stated.packages):
        ways = arrangements(case, pillar, package)
        if physical:
            ways = tuple(a for a in ways if _by_able(case, pillar, tiers, a))
        if not ways:
            return None
        packages[package] = draw.choice(ways)
    if physical and not any("lead" in stated.tiers[tier].may for tier in tiers.values()):
        return None
    variants = tuple(v for v in sorted(stated.variants) if draw.random() < 0.5)
    terms = draw.choice(list(terms_of(case, pillar, tiers if physical else None)) or [({}, None, (), {})])
    return PillarPlan(tiers, draw.choice(sorted(stated.rights)), variants, packages, *terms)


def _by_able(case, pillar, tiers, arrangement) -> bool:  # type: ignore[no-untyped-def]
    may = {nation: set(case.pillars[pillar].tiers[tier].may) for nation, tier in tiers.items()}
    leads = all("lead" in may.get(nation, ()) for nation in arrangement.leads)
    return leads and all(may.get(nation) for nation in arrangement.holders)


def _random_outside(
    case: Case, pillars: dict[str, PillarPlan], draw: random.Random
) -> dict[str, dict[str, str]]:
    """Mostly fill just what the pillars leave open, now and then nothing or twice."""
    outside: dict[str, dict[str, str]] = {}
    for need, stated in sorted(case.needs.items()):
        for nation in sorted(case.nations if stated.nations is None else stated.nations):
            inside = any(
                nation in plan.tiers and case.pillars[p].tiers[plan.tiers[nation]].buys
                for p, plan in pillars.items()
                if p in stated.pillars
            )
            options = sorted(stated.outside.get(nation, {}))
            if options and inside == (draw.random() < 0.12):
                outside.setdefault(need, {})[nation] = draw.choice(options)
    return outside


@functools.cache
def structures_of(seed: int) -> tuple[Structure, ...]:
    """Return a sample of structures: candidates, feasible ones if there are any, physical and wild ones."""
    case, draw = random_case(seed), random.Random(f"structures {seed}")
    known = list(itertools.islice(candidates(case), 60))
    feasible = [s for s in known if rules.is_feasible(case, s)]
    found = draw.sample(known, min(2, len(known))) + draw.sample(feasible, min(2, len(feasible)))
    found += [random_structure(case, draw, physical=i % 3 != 0) for i in range(STRUCTURES - 4)]
    return tuple(found)


def is_physical(case: Case, structure: Structure) -> bool:
    """Return whether the structure obeys the families that the others rely on."""
    return not any(
        True for f in rules.families() if _name(f) in PHYSICS for _ in f.violations(case, structure)
    )


def _name(family: object) -> str:
    return family.__name__.rpartition(".")[2]  # type: ignore[attr-defined]


# -- rules -----------------------------------------------------------------------------------------------


def _of_family(family: object) -> Callable[[Variables], None]:
    def state(x: Variables) -> None:
        for number, row in enumerate(family.rows(x.case, x)):  # type: ignore[attr-defined]
            x.add(row.constraint, f"r{number}")

    return state


def _whole(x: Variables) -> None:
    for number, (_, row) in enumerate(rules.rows(x.case, x)):
        x.add(row.constraint, f"r{number}")
    expressions(x.case, x)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_has_rows_that_a_structure_meets_exactly_if_it_breaks_none_of_the_family(name: str) -> None:
    """The rows of one family alone, decisions fixed: a solution exists exactly if there is no violation."""
    family = next(f for f in rules.families() if _name(f) == name)
    seen: Counter[bool] = Counter()
    for seed in range(CASES):
        case = random_case(seed)
        fixed = Fixed(case, _of_family(family))
        for structure in structures_of(seed):
            if name in PHYSICS or is_physical(case, structure):
                broken = sorted(family.violations(case, structure))
                possible = fixed.solution(structure) is not None
                assert possible == (not broken), f"case {seed}: {structure.to_json()}: {broken}"
                seen[possible] += 1
    assert seen[True], f"no structure of the sample obeys {name}"
    assert seen[False] or name in ("names", "membership"), f"no structure of the sample breaks {name}"


def test_all_rows_together_admit_exactly_the_feasible_structures() -> None:
    """All families and the objectives at once: a solution exists exactly if no rule is broken."""
    seen: Counter[bool] = Counter()
    for seed in range(CASES):
        case = random_case(seed)
        fixed = Fixed(case, _whole)
        for structure in structures_of(seed):
            broken = rules.violations(case, structure)
            possible = fixed.solution(structure) is not None
            assert possible == (not broken), f"case {seed}: {structure.to_json()}: {broken}"
            seen[possible] += 1
    assert min(seen[True], seen[False]) > 50


def test_encoding_a_structure_and_decoding_it_changes_nothing() -> None:
    """``decode(encode(s)) == s``: the columns hold all that is decided."""
    for seed in range(CASES):
        case = random_case(seed)
        decisions = Variables(case).decisions()
        for structure in structures_of(seed):
            ones = encode(case, decisions, structure)
            solution = [ones.get(i, 0) for i in range(max(ones) + 1)]
            assert decode(case, chosen_in(decisions, solution)) == structure


# -- accounts and literals -------------------------------------------------------------------------------

Plain = Callable[[Case, Structure], "int | Fraction"]


@dataclass
class Twin:
    """One account or literal: its name, its plain value, and its column."""

    name: str
    plain: Plain
    column: int
    wanted: bool = False
    """True: bounded from above only, so that just the largest value means something."""


def twins(x: Variables, seed: int) -> list[Twin]:
    """State every account and a dozen conditions of a case in columns."""
    found = []
    for name, plain, expression in itertools.chain(_accounts(x.case, x), _literals(x.case, x, seed)):
        low, high = x.bounds(expression)
        column = x.column(("twin", name), low, high)
        x.require(x.total([(1, column), (-1, expression)]) == 0)
        found.append(Twin(name, plain, x.index[column.name], name.startswith("autonomy")))
    return found


def _accounts(case: Case, x: Variables) -> Iterator[tuple[str, Plain, object]]:
    for n in sorted(case.nations):
        yield (
            f"autonomy {n}",
            lambda c, s, n=n: autonomy.autonomy(c, s, n).points,
            autonomy.autonomy_expression(case, x, n),
        )
        yield (
            f"spin-off {n}",
            lambda c, s, n=n: spinoff.spinoff(c, s, n),
            spinoff.spinoff_expression(case, x, n),
        )
        yield f"cost {n}", lambda c, s, n=n: cost.national_cost(c, s, n), cost.cost_expression(case, x, n)
        yield (
            f"cost items {n}",
            lambda c, s, n=n: sum(million for _, million in cost.cost_items(c, s, n)),
            cost.cost_expression(case, x, n),
        )
        yield f"later {n}", lambda c, s, n=n: cost.later_cost(c, s, n), cost.later_expression(case, x, n)
        yield (
            f"development {n}",
            lambda c, s, n=n: cost.development_cost(c, s, n),
            cost.development_expression(case, x, n),
        )
        yield f"levies {n}", lambda c, s, n=n: levies.levies(c, s, n), levies.levy_expression(case, x, n)
        yield f"access {n}", lambda c, s, n=n: national_access_cost(c, s, n), access_expression(case, x, n)
        yield f"needs {n}", lambda c, s, n=n: gaps.needs_cost(c, s, n), gaps.needs_expression(case, x, n)
    yield "programme cost", cost.programme_cost, cost.programme_expression(case, x)
    for p in sorted(case.pillars):
        yield from _pillar_accounts(case, x, p)


def _pillar_accounts(case: Case, x: Variables, p: str) -> Iterator[tuple[str, Plain, object]]:
    for phase in sharing.shared_phases(case, p):
        yield (
            f"pool {p} {phase}",
            _if_there(p, lambda c, plan, phase=phase: pools.pool(c, p, plan, phase)),
            pools.pool_expression(case, x, p, phase),
        )
        for n in sorted(case.nations):
            paid = _if_there(
                p, lambda c, plan, n=n, phase=phase: sharing.payments(c, p, plan, phase).get(n, 0)
            )
            yield f"payment {n} {p} {phase}", paid, sharing.payment_expression(case, x, p, phase, n)
    delays = x.total(schedule.delay_literals(case, x, p).items())
    yield f"delay {p}", _if_there(p, lambda c, plan: schedule.delay(c, p, plan)), delays
    for n in sorted(case.nations):
        share = _if_there(p, lambda c, plan, n=n: sharing.reference_shares(c, p, plan).get(n, 0))
        yield f"reference share {n} {p}", share, sharing.reference_share_expression(case, x, p, n)
        units: Plain = lambda c, s, n=n: production.production_cost(c, s, p, n)  # noqa: E731
        yield f"production {n} {p}", units, production.production_expression(case, x, p, n)
        work = _if_there(p, lambda c, plan, n=n: work_in_hundredths(c, p, plan, n))
        yield f"work {n} {p}", work, work_expression(case, x, p, n)
        sold: Plain = lambda c, s, n=n: int(may_export(c, s, p, n, ("near",)))  # noqa: E731
        yield f"export {n} {p}", sold, may_export_literal(case, x, p, n, ("near",))


def _if_there(pillar: str, value: Callable[[Case, PillarPlan], int | Fraction]) -> Plain:
    return lambda case, structure: (
        value(case, structure.pillars[pillar]) if pillar in structure.pillars else 0
    )


def _literals(case: Case, x: Variables, seed: int) -> Iterator[tuple[str, Plain, object]]:
    for number, stated in enumerate(random_conditions(seed)):
        condition = Condition.model_validate(stated)
        yield (
            f"condition {number} {stated}",
            lambda c, s, condition=condition: int(conditions.holds(c, s, condition, "NOR")),
            conditions.literal(case, x, condition, "NOR"),
        )
    for n, f, needed in itertools.product(sorted(case.nations), sorted(case.functions), (2, 3)):
        reached = Condition.model_validate({"level": {"nation": n, "function": f, "at_least": needed}})
        yield (
            f"level {n} {f} {needed}",
            lambda c, s, reached=reached: int(conditions.holds(c, s, reached)),
            conditions.literal(case, x, reached),
        )


@pytest.mark.parametrize("seed", range(CASES))
def test_accounts_and_conditions_are_worth_the_same_in_both_twins(seed: int) -> None:
    """With the decisions fixed, least and largest value of every account and literal are the plain value."""
    case, stated = random_case(seed), []
    fixed = Fixed(case, lambda x: stated.extend(twins(x, seed)))
    draw = random.Random(seed)
    for structure in structures_of(seed):
        if not is_physical(case, structure):
            continue
        plain = {twin.column: twin.plain(case, structure) for twin in stated}
        for sign in (1, -1):
            weights = {
                t.column: sign * draw.uniform(1, 2) / max(1, abs(float(plain[t.column]))) for t in stated
            }
            if sign == 1:
                weights |= {t.column: -weights[t.column] for t in stated if t.wanted}
            solution = fixed.solution(structure, weights)
            assert solution is not None, f"the definitions admit no {structure.to_json()}"
            for twin in stated:
                said, true = solution[twin.column], float(plain[twin.column])
                assert said == pytest.approx(true, abs=2e-4), f"{twin.name}: {structure.to_json()}"


def test_every_kind_of_condition_is_among_those_compared() -> None:
    """The conditions of the sample name every kind that this version decides, true and false."""
    truth: Counter[tuple[str, bool]] = Counter()
    for seed in range(CASES):
        case = random_case(seed)
        physical = [s for s in structures_of(seed) if is_physical(case, s)]
        for stated in random_conditions(seed):
            if len(stated) == 1 and (kind := next(iter(stated))) in BUILT:
                condition = Condition.model_validate(stated)
                truth.update((kind, conditions.holds(case, s, condition, "NOR")) for s in physical)
    assert [(kind, value) for kind in BUILT for value in (True, False) if not truth[kind, value]] == []
