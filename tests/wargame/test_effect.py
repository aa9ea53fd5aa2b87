"""The answer to an inject on TRI-1, whose numbers are known: what became of the deal, and its regret."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import Any

import pytest
from brute_force import enumerate_case
from random_cases import random_case
from random_injects import random_inject
from tri1_claim import VECTORS, tri1_case, tri1_claim

from procure_opt.case.history import Inject
from procure_opt.change import seen_as, without
from procure_opt.result.write import to_bytes
from procure_opt.study import INTERRUPTED, Found, survey
from procure_opt.wargame.document import document
from procure_opt.wargame.effect import Effect, Fate, effect
from procure_opt.wargame.event import flaws
from procure_opt.wargame.injects import kinds
from procure_opt.wargame.roles import Handover
from procure_opt.words.inject import inject_text

DEAR = Inject(kind="cost_overrun", package="engine", percent=30, text="The blades crack.")


@functools.cache
def answered(inject: Inject, prefix: str) -> Effect:
    return effect(tri1_case(), [inject], tri1_claim().find(prefix).structure, workers=1)


def fate_of(inject: Inject, prefix: str) -> Fate:
    fate = answered(inject, prefix).fate
    assert fate is not None
    return fate


def test_a_dear_engine_costs_those_who_pay_for_it() -> None:
    """30 % of 900 are 270, borne by the two core members; the associate's part is fixed."""
    judged = fate_of(DEAR, "40a5").judgement
    assert judged.feasible and judged.steps == () and judged.newly == ()
    assert (judged.before.values, judged.after.values) == ((860, 900, 8889), (860, 900, 9159))
    costs = {n: judged.after.nation(n).cost - judged.before.nation(n).cost for n in ("ALP", "BET", "GAM")}
    assert costs == {"ALP": 135, "BET": 135, "GAM": 0}


def test_regret_is_what_the_frozen_falls_short_of_the_front() -> None:
    """Of the new front the ends are 1060, 980 and 6960; ALP, BET and GAM at their seats have 860 and 900."""
    answer = answered(DEAR, "40a5")
    told = {each.goal: (each.free, each.kept, each.signed) for each in fate_of(DEAR, "40a5").regrets}
    assert told["autonomy"] == (1060, 860, 860) and told["spinoff"] == (980, 900, 900)
    assert told["cost"][0] == 6960 and told["cost"][2] == 9159
    assert [each.amount for each in fate_of(DEAR, "40a5").regrets][:2] == [200, 80]
    assert fate_of(DEAR, "40a5").beaten_by == (), "it is efficient still"
    assert answer.complete and not answer.stopped and answer.provisional == ()


def test_only_the_package_that_cracks_may_change_hands() -> None:
    fate = fate_of(DEAR, "40a5")
    signed = fate.judgement.after.structure.pillars["aircraft"]
    for each in fate.kept:
        plan = each.structure.pillars["aircraft"]
        assert (plan.tiers, plan.regime) == (signed.tiers, signed.regime)
        assert all(plan.packages[k] == signed.packages[k] for k in ("airframe", "mission"))
    assert len({each.structure.pillars["aircraft"].packages["engine"] for each in fate.kept}) > 1


def test_a_line_that_is_announced_after_signing_is_newly_broken() -> None:
    """Without RL2 BET is core and does not lead the airframe; then Bethany says that it must."""
    before = without(tri1_case(), ["RL2"])
    signed = effect(before, [], workers=1).front[0].structure
    assert "BET" not in signed.pillars["aircraft"].packages["airframe"].leads
    said = Inject(kind="red_line_announced", red_line="RL2", text="")
    answer = effect(before, [said], signed, workers=1)
    assert answer.fate is not None and answer.fate.judgement.red_lines == ("RL2",)
    assert not answer.fate.judgement.feasible and list(answer.front.vectors) == VECTORS
    assert {each.signed for each in answer.fate.regrets} == {None}
    assert any("new: red line RL2 (BET (Bethany), minister" in line for line in inject_text(answer))


def test_roles_that_change_hands_are_named() -> None:
    gone = Inject(kind="withdrawal", nation="BET", text="")
    assert fate_of(gone, "f2c4").roles == (
        Handover("aircraft", "lead of airframe", "BET", "ALP"),
        Handover("aircraft", "lead of engine", "BET", "ALP"),
        Handover("aircraft", "seat of BET", "core", "outside"),
    )


def test_seconds_are_no_part_of_the_answer() -> None:
    other = effect(tri1_case(), [DEAR], tri1_claim().find("40a5").structure, workers=2)
    same = answered(DEAR, "40a5")
    assert inject_text(other) == inject_text(same)
    assert to_bytes(document(other, [DEAR])) == to_bytes(document(same, [DEAR]))


def test_ctrl_c_ends_the_search_and_keeps_what_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked = survey, []

    def survey_once(*words: Any, **named: Any) -> Found:
        asked.append(named["time_limit"])
        found = real(*words, **named)
        evidence = replace(found.front.evidence, reason=INTERRUPTED)
        return found if len(asked) > 1 else replace(found, front=replace(found.front, evidence=evidence))

    monkeypatch.setattr("procure_opt.wargame.effect.survey", survey_once)
    answer = effect(tri1_case(), [DEAR], tri1_claim().find("40a5").structure, workers=1)
    assert answer.stopped and not answer.complete and asked == [None]
    assert answer.fate is not None and answer.fate.judgement.feasible


@pytest.mark.parametrize("view", ["egalitarian", "nation:GAM"])
def test_other_views_are_answered_too(view: str) -> None:
    case = seen_as(tri1_case(), view)
    answer = effect(case, [DEAR], tri1_claim().find("40a5").structure, workers=1)
    assert answer.complete and answer.fate is not None and answer.fate.judgement.feasible
    assert answer.front.case.view == view and all(each.signed is not None for each in answer.fate.regrets)
    assert any("The blades crack." in line for line in inject_text(answer))


@pytest.mark.parametrize("seed", [4, 11, 18, 25])
def test_the_front_after_a_random_inject_is_that_of_enumeration(seed: int) -> None:
    case = random_case(seed)
    feasible = [each for several in enumerate_case(case).feasible.values() for each in several]
    injects = [random_inject(case, kind, seed) for kind in kinds()]
    sensible = [each for each in injects if each is not None and not flaws(case, each)]
    assert len(sensible) > 5
    for number, inject in enumerate(sensible):
        signed = feasible[number % len(feasible)] if feasible else None
        answer = effect(case, [inject], signed, workers=1)
        assert list(answer.front.vectors) == enumerate_case(answer.happened.case).front, inject
        assert inject_text(answer) and document(answer, [inject])["complete"]
