"""Exits: a hand-made cascade on TRI-1; on random cases it ends, is stable, and leaves a sound structure."""

from __future__ import annotations

import itertools

import pytest
from brute_force import candidates, enumerate_case, nondominated
from random_cases import random_case
from tri1_claim import tri1_case, tri1_claim

from procure_opt import rules
from procure_opt.accounts.values import national_values
from procure_opt.case.history import Inject
from procure_opt.change import without
from procure_opt.formulation.decode import taken
from procure_opt.rules.participation import rather_outside
from procure_opt.study import solve, survey
from procure_opt.wargame.effect import effect
from procure_opt.wargame.event import happen
from procure_opt.wargame.exits import exits, remaining
from procure_opt.wargame.signed import Reopened, frozen

SOUND = {"names", "existence", "work_roles", "lines"}
"""Rules that what is left obeys by construction; the others are for the next negotiation."""
SEEDS = range(0, 150, 3)
CUT = Inject(kind="order_cut", nation="ALP", percent=25, text="")


def test_nobody_leaves_an_efficient_structure() -> None:
    for each in tri1_claim().structures:
        assert exits(tri1_case(), each.structure) == ()


def test_who_stays_takes_over_the_work_and_keeps_its_leads() -> None:
    """S-f2c4: ALP leads mission with BET at 40 %, BET airframe and engine with ALP at 40 %. BET goes."""
    structure = tri1_claim().find("f2c4").structure
    left = remaining(tri1_case(), structure, {"BET": frozenset(["aircraft"])})
    plan = left.pillars["aircraft"]
    assert dict(plan.tiers) == {"ALP": "core"}
    assert {package: way.leads for package, way in plan.packages.items()} == dict.fromkeys(
        plan.packages, ("ALP",)
    )
    assert left.outside == {"combat_aircraft": {"BET": "off_the_shelf", "GAM": "off_the_shelf"}}
    assert national_values(tri1_case(), left, "ALP").cost == 5970, "as the golden (740, 960, 9450)"


def test_a_pillar_without_a_lead_falls_and_everybody_buys_off_the_shelf() -> None:
    structure = tri1_claim().find("2fa4").structure  # ALP core; BET and GAM associates, who may not lead
    (step,) = exits(tri1_case(), structure, {"ALP": ["aircraft"]})
    assert step.leaves == ("ALP",) and step.fallen == ("aircraft",) and step.broken == ()
    assert step.structure.outside == {
        "combat_aircraft": dict.fromkeys(("ALP", "BET", "GAM"), "off_the_shelf")
    }


def test_a_smaller_order_of_one_drives_another_out() -> None:
    """S-713e: ALP core with 60, BET associate with 40: a unit costs 47, so BET pays 300 + 1 880, not 2 320.

    With 45 of ALP a unit costs 53: BET would pay 300 + 2 120, which is more than 2 320 off the shelf.
    """
    case = happen(tri1_case(), [CUT]).case
    (step,) = exits(case, tri1_claim().find("713e").structure)
    assert step.leaves == ("BET",) and step.fallen == () and step.broken == ()
    assert national_values(case, tri1_claim().find("713e").structure, "BET").cost == 2420
    assert national_values(case, step.structure, "BET").cost == 2320


def test_one_exit_causes_another() -> None:
    """S-2fa4 holds with 105 units at 47. When GAM withdraws too, 85 are left at 53, and BET goes after it."""
    structure = tri1_claim().find("2fa4").structure
    assert exits(happen(tri1_case(), [CUT]).case, structure) == ()
    happened = happen(tri1_case(), [CUT, Inject(kind="withdrawal", nation="GAM", text="")])
    steps = exits(happened.case, structure, happened.leaving)
    assert [step.leaves for step in steps] == [("GAM",), ("BET",)]
    assert dict(steps[-1].structure.pillars["aircraft"].tiers) == {"ALP": "core"}


def test_without_participation_nobody_leaves_but_who_withdraws() -> None:
    case = without(tri1_case(), ["IR"])
    structure = tri1_claim().find("f2c4").structure
    assert exits(case, structure) == ()
    assert [step.leaves for step in exits(case, structure, {"BET": ["aircraft"]})] == [("BET",)]


def test_cascades_end_and_are_stable() -> None:
    lengths = []
    for case in map(random_case, SEEDS):
        for structure in itertools.islice(candidates(case), 0, 120, 6):
            if {each.rule for each in rules.violations(case, structure)} & SOUND:
                continue
            steps = exits(case, structure)
            lengths.append(len(steps))
            assert len(steps) <= 2 * len(case.nations)
            assert not any(a.structure == b.structure for a, b in itertools.pairwise(steps))
            if steps:
                assert not list(rather_outside(case, steps[-1].structure))
                assert not {each.rule for each in steps[-1].broken} & SOUND
    assert sum(length > 0 for length in lengths) > 50 and max(lengths) > 1, "else nothing is tested"


@pytest.mark.parametrize("seed", [3, 8, 21, 40])
def test_what_keeps_the_frozen_is_what_enumeration_says(seed: int) -> None:
    """The front within what is frozen is that of all feasible structures which decide these things so."""
    case = random_case(seed)
    answer = enumerate_case(case)
    every = [(value, each) for value, several in answer.feasible.items() for each in several]
    nation = sorted(case.nations)[0]
    for _, signed in every[:: max(1, len(every) // 2)]:
        settled = frozen(case, signed, Reopened(nations=frozenset([nation])))
        same = {v for v, s in every if all((k in taken(case, s)) == bool(x) for k, x in settled.items())}
        found = survey(case, within=settled, workers=1).front
        assert found.complete and set(found.vectors) == nondominated(same)


@pytest.mark.parametrize("seed", [2, 9, 17])
def test_an_inject_that_changes_nothing_leaves_the_front(seed: int) -> None:
    case = random_case(seed)
    pillar, stated = sorted(case.pillars.items())[0]
    idle = Inject(kind="cost_overrun", pillar=pillar, package=sorted(stated.packages)[0], percent=0, text="")
    before = solve(case, workers=1)
    signed = before[0].structure if len(before) else None
    answer = effect(case, [idle], signed, workers=1)
    assert answer.front.vectors == before.vectors
    assert answer.fate is None or (answer.fate.judgement.feasible and answer.fate.beaten_by == ())
