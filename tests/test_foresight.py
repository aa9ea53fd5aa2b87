"""What is said to be clear of a nation before all is decided, against whole structures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from brute_force import candidates, enumerate_case
from random_cases import random_case

from procure_opt import rules
from procure_opt.accounts.conditions import holds
from procure_opt.accounts.contexts import Context
from procure_opt.accounts.foresight import depends_on_others, foreseen
from procure_opt.accounts.values import national_values, values_outside
from procure_opt.case.model import Case
from procure_opt.structure.structure import Structure
from procure_opt.study import solve

SEEDS = range(400, 520)
MOST = 300
"""Structures of a case that are looked at, evenly spread; those that break other rules are left out."""
ENVIED = (22540, 60685)
"""Cases in which an outsider takes an option that another one would beat, if others did not help it."""


def _some(case: Case) -> list[Structure]:
    everything = list(candidates(case))
    looked_at = everything[:: len(everything) // MOST + 1]
    return [each for each in looked_at if _broken(case, each) <= {"participation"}]


def _broken(case: Case, structure: Structure) -> set[str]:
    return {violation.rule for violation in rules.violations(case, structure)}


def _context(case: Case, structure: Structure, nation: str) -> Context:
    seats = tuple(
        (pillar, plan.tiers[nation], (plan.regime,))
        for pillar, plan in sorted(structure.pillars.items())
        if nation in plan.tiers
    )
    return Context(nation, tuple(sorted(case.pillars)), seats, tuple(structure.taken_outside(nation)))


def _outsiders(case: Case) -> Iterator[tuple[Structure, str, Context]]:
    for structure in _some(case):
        for nation in case.nations:
            context = _context(case, structure, nation)
            if not context.seats:
                yield structure, nation, context


def test_a_condition_that_is_foreseen_holds_as_foreseen() -> None:
    """Both answers are given, and neither is wrong for any task, nation or structure."""
    answers = {True: 0, False: 0, None: 0}
    for case in map(random_case, SEEDS):
        required = [stated.requires for stated in case.tasks.values() if stated.requires is not None]
        for structure in _some(case):
            for nation in case.nations:
                context = _context(case, structure, nation)
                for stated in required:
                    answer = foreseen(case, stated, context)
                    answers[answer] += 1
                    assert answer in (None, holds(case, structure, stated, nation))
    assert min(answers.values()) > 100


def test_an_outsider_gets_what_it_gets_alone_unless_a_task_depends_on_others() -> None:
    """Cost and spin-off always; autonomy unless it is said that others may change it."""
    alike, changed = 0, 0
    for case in map(random_case, SEEDS):
        for structure, nation, context in _outsiders(case):
            alone = {tuple(way.taken_outside(nation)): gets for way, gets in values_outside(case, nation)}
            if (expected := alone.get(context.options)) is None:
                continue  # a need filled twice, or not at all: another rule's business
            has = national_values(case, structure, nation)
            assert (has.spinoff, has.cost) == (expected.spinoff, expected.cost)
            if depends_on_others(case, nation, context.options):
                changed += has.autonomy.points != expected.autonomy.points
            else:
                alike += 1
                assert has.autonomy.points == expected.autonomy.points
    assert alike > 400
    assert changed > 10


@pytest.mark.parametrize("seed", ENVIED)
def test_an_outsider_whom_others_help_does_not_envy_what_it_could_do_alone(seed: int) -> None:
    """A regression: its own option was struck out by what the option gives when nobody else does anything."""
    case = random_case(seed)
    answer = enumerate_case(case)
    front = solve(case, workers=1)
    assert front.complete
    assert list(front.vectors) == answer.front
    assert [each.structure for each in front] == [answer.canonical(each.values) for each in front]
