"""Small cases whose values one can check by hand, one for each family that TRI-1 does not exercise.

The arithmetic stands in the comments of ``tests/oracles/*.yaml``; the numbers here are those of the comments.
Every front is also that of enumeration, and every case passes all checks without an error.
"""

from __future__ import annotations

import functools
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from brute_force import enumerate_case
from fixed_decisions import Fixed

from procure_opt import rules
from procure_opt.accounts.autonomy import autonomy
from procure_opt.accounts.conditions import BUILT
from procure_opt.accounts.sharing import payments
from procure_opt.accounts.values import national_values, programme_vector
from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.rules import red_lines, tier_terms
from procure_opt.structure.arrangements import arrangements
from procure_opt.structure.structure import PillarPlan, Structure
from procure_opt.study import solve

ORACLES = Path(__file__).parent / "oracles"
Json = dict[str, Any]


@functools.cache
def case_of(name: str) -> Case:
    """Return the oracle of this name."""
    return load_case(ORACLES / f"{name}.yaml")


def changed(case: Case, *path: str, value: Any) -> Case:
    """Return the case with the value at the path replaced."""
    data = case.model_dump(by_alias=True, exclude_unset=True)
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return Case.model_validate(data)


def plan(
    case: Case, pillar: str, tiers: str, *, regime: str = "", variants: tuple[str, ...] = (), **ways: str
) -> PillarPlan:
    """Return a plan in short words: ``plan(case, "jet", "ALP core, BET core", cell="ALP 60, BET 40")``."""
    stated = case.pillars[pillar]
    joined = dict(each.split() for each in tiers.split(", "))
    packages = {
        name: next(a for a in arrangements(case, pillar, name) if str(a) == way) for name, way in ways.items()
    }
    return PillarPlan(joined, regime or min(stated.rights), variants, packages)


def jet(case: Case, tiers: str, outside: dict[str, str] | None = None, **words: Any) -> Structure:
    """Return a structure with the jet; ``outside`` is nation -> option for the only need."""
    taken = dict.fromkeys(case.needs, outside) if outside else {}
    return Structure({"jet": plan(case, "jet", tiers, **words)}, taken)


def nobody(**outside: str) -> Structure:
    """Return the structure without any pillar; ``outside`` is nation -> option for the need fighter."""
    return Structure({}, {"fighter": outside} if outside else {})


def broken(case: Case, structure: Structure) -> list[str]:
    """Return the families of rules that the structure breaks."""
    return sorted({violation.rule for violation in rules.violations(case, structure)})


def points(case: Case, structure: Structure, nation: str) -> int:
    """Return the nation's autonomy points."""
    return autonomy(case, structure, nation).points


FRONTS = {
    "absorption": [(400, 36, 206), (400, 20, 200), (0, 0, 0)],
    "budgets": [(400, 0, 140)],
    "capability": [(340, 0, 130), (300, 0, 100), (270, 0, 50), (230, 0, 40)],
    "endurance": [(200, 0, 90), (140, 0, 50), (10, 0, 20)],
    "equal_sharing": [(600, 0, 100), (0, 0, 0)],
    "exports": [(100, 0, 41), (0, 0, 0)],
    "fixed_sharing": [(600, 0, 100), (0, 0, 0)],
    "global_balance": [(300, 30, 200), (200, 10, 100), (0, 20, 100), (0, 0, 0)],
    "joint_leads": [(400, 30, 105), (200, 19, 100), (0, 0, 0)],
    "juste_retour": [(400, 0, 100), (0, 0, 0)],
    "lateness": [(400, 0, 118), (0, 0, 94)],
    "licences": [(400, 0, 120), (240, 0, 100), (0, 0, 0)],
    "membership": [(200, 0, 60), (0, 0, 0)],
    "outside_options": [
        (200, 50, 500),
        (200, 0, 150),
        (120, 0, 140),
        (100, 0, 120),
        (60, 0, 100),
        (0, 4, 60),
    ],
    "owner_apart": [(300, 0, 100), (0, 0, 0)],
    "residual": [(600, 0, 100), (0, 0, 0)],
    "rights": [(400, 0, 137), (200, 0, 115), (0, 0, 0)],
    "rounding": [(400, 5, 150), (200, 5, 113), (0, 0, 0)],
    "staying_out": [(400, 0, 99)],
    "two_pillars": [(200, 23, 230), (200, 13, 130), (0, 15, 150), (0, 10, 100), (0, 0, 0)],
    "variants": [(600, 0, 174), (400, 0, 142), (200, 0, 130), (0, 0, 0)],
}
BY_ENUMERATION = ("content", "red_lines")
"""Cases about verdicts; their fronts are only compared with enumeration."""


@pytest.mark.parametrize("name", sorted(FRONTS))
def test_the_front_is_the_one_worked_out_by_hand(name: str) -> None:
    """Solver, enumeration and hand agree on every efficient vector."""
    front = solve(case_of(name))
    assert list(front.vectors) == FRONTS[name]
    assert enumerate_case(case_of(name)).front == FRONTS[name]
    assert front.complete


def test_every_small_oracle_is_used() -> None:
    """No case file lies in ``tests/oracles`` without a front that is checked."""
    from test_more_oracles import FRONTS as MORE  # which takes its words from here

    files = {path.stem for path in ORACLES.glob("*.yaml")} - {"tri1", "tri2"}
    assert files == set(FRONTS) | set(MORE) | set(BY_ENUMERATION)


# -- autonomy --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "vector"),
    [
        ("bought", (60, 0, 100)), ("hosted", (100, 0, 120)), ("stockpiled", (120, 0, 140)),
        ("licensed", (200, 0, 150)), ("kept", (0, 4, 60)),
    ],
)  # fmt: skip
def test_a_vendor_revokes_level_2_a_host_any_level_and_nobody_what_is_stockpiled(
    option: str, vector: tuple[int, int, int]
) -> None:
    """Bought: 60 points at 100 million, all of them the vendor's to take; stockpiled: 120 at 140."""
    case = case_of("outside_options")
    assert programme_vector(case, nobody(ALP=option)) == vector


def test_work_owned_abroad_gives_100_points_with_consent_and_none_without() -> None:
    """BET works on 40 % or leads, but a third state owns the works: 300, not 400."""
    case = changed(case_of("owner_apart"), "off", value=["CAP"])
    both = "ALP core, BET core"
    assert programme_vector(case, jet(case, both, cell="ALP 100")) == (240, 0, 100)
    assert programme_vector(case, jet(case, both, cell="BET 100")) == (140, 0, 100)
    assert programme_vector(case, jet(case, both, cell="ALP 60, BET 40")) == (300, 0, 100)
    assert programme_vector(case, jet(case, both, cell="BET 60, ALP 40")) == (300, 0, 100)
    assert autonomy(case, jet(case, both, cell="BET 100"), "BET").worst_denier == "USX"


def test_the_owner_of_a_lead_caps_what_it_releases_and_costs_alp_200_points() -> None:
    """USX owns BET's works: where BET leads, ALP has level 1 and no task; where ALP leads, no cap applies."""
    case = case_of("owner_apart")
    both = "ALP core, BET core"
    assert programme_vector(case, jet(case, both, cell="BET 100")) == (100, 0, 100)
    assert programme_vector(case, jet(case, both, cell="BET 60, ALP 40")) == (100, 0, 100)
    assert programme_vector(case, jet(case, both, cell="ALP 60, BET 40")) == (300, 0, 100)


def test_an_option_gives_its_level_only_on_what_its_need_is_about() -> None:
    """Licensed at level 3: 200 points; 120 if upgrade needs another pillar's radar; 160 if it is added."""
    case = case_of("outside_options")
    assert points(case, nobody(ALP="licensed"), "ALP") == 200
    case = changed(case, "pillars", "cloud", value=case.pillars["jet"])
    case = changed(case, "functions", "radar", value={"packages": {"cloud": "cell"}})
    case = changed(case, "tasks", "upgrade", "needs", value={"mission": 3, "radar": 2})
    assert points(case, nobody(ALP="licensed"), "ALP") == 120
    option = ("needs", "fighter", "outside", "ALP", "licensed", "levels")
    assert points(changed(case, *option, value={"radar": 2}), nobody(ALP="licensed"), "ALP") == 160


@pytest.mark.parametrize(
    ("cell", "radar", "left", "worst"),
    [
        ("ALP 100", "ALP 100", 0, "ALP"),
        ("ALP 60, BET 40", "ALP 100", 0, "ALP"),
        ("BET 100", "ALP 100", 30, "BET"),
        ("ALP 100", "BET 100", 30, "ALP"),
        ("BET 60, ALP 40", "ALP 100", 0, "ALP"),
        ("BET 65, ALP 35", "ALP 100", 30, "BET"),
    ],
)
def test_a_holder_denies_from_40_percent_on_and_content_only_where_it_is_used(
    cell: str, radar: str, left: int, worst: str
) -> None:
    """GAM's points under the worst single denier: 30 where two deny apart, 0 where one denies both."""
    case = case_of("content")
    found = autonomy(case, jet(case, "ALP core, BET core, GAM buyer", cell=cell, radar=radar), "GAM")
    assert (found.a0, found.n1, found.worst_denier) == (100, left, worst)


def test_the_owner_of_content_in_bets_radar_denies_30_points_and_none_of_alps() -> None:
    """USX takes operate_radar and watch, 50 points, if BET holds work of the radar."""
    case = case_of("content")
    members = "ALP core, BET core, GAM buyer"
    by_bet = autonomy(case, jet(case, members, cell="ALP 100", radar="BET 100"), "GAM")
    by_alp = autonomy(case, jet(case, members, cell="BET 100", radar="ALP 100"), "GAM")
    assert dict(by_bet.lost_under)["USX"] == ("operate_radar", "watch")
    assert "USX" not in dict(by_alp.lost_under)


@pytest.mark.parametrize(
    ("option", "kept"), [("bought", 40), ("watched", 0), ("licensed", 100), ("hosted", 40)]
)
def test_six_months_of_stocks_keep_a_sprint_of_six_months_and_no_campaign_of_seven(
    option: str, kept: int
) -> None:
    """30 for the sprint and 10 for watching last without consent; level 1 does not last at all."""
    assert autonomy(case_of("endurance"), nobody(ALP=option), "ALP").n1 == kept


def test_opening_the_rights_costs_the_regime_and_a_second_access_of_15() -> None:
    """Closed: 200 points at 115; open: 400 points at 100 + 7 + 15 + 15 = 137."""
    case = case_of("rights")
    for regime, vector in (("closed", (200, 0, 115)), ("open", (400, 0, 137))):
        structure = jet(case, "ALP core, BET core", regime=regime, cell="BET 60, ALP 40")
        assert programme_vector(case, structure) == vector


def test_joint_leads_are_never_cut_and_split_a_bonus_of_9() -> None:
    """Together 15 each and 200 points each; as a mere holder BET is cut to level 1 by ALP."""
    case = case_of("joint_leads")
    both = "ALP core, BET core"
    assert programme_vector(case, jet(case, both, cell="ALP+BET 50/50")) == (400, 30, 105)
    assert programme_vector(case, jet(case, both, cell="ALP 60, BET 40")) == (200, 27, 105)
    assert programme_vector(case, jet(case, both, cell="BET 60, ALP 40")) == (400, 27, 105)
    assert programme_vector(case, jet(case, both, cell="BET 100")) == (200, 19, 100)


def test_own_capability_counts_outside_too_and_absorption_cuts_a_lead_to_2() -> None:
    """ALP as lead 140, with a kept team 140, importing 100; BET as lead 200, importing 130."""
    case = case_of("capability")
    alp = jet(case, "ALP core", {"BET": "imported"}, cell="ALP 100")
    bet = jet(case, "BET core", {"ALP": "alone"}, cell="BET 100")
    assert (points(case, alp, "ALP"), points(case, alp, "BET")) == (140, 130)
    assert (points(case, bet, "ALP"), points(case, bet, "BET")) == (140, 200)
    assert points(case, nobody(ALP="imported", BET="imported"), "ALP") == 100


# -- money and time --------------------------------------------------------------------------------------


def test_lateness_of_18_months_costs_18_million_and_a_stopgap_of_three_years_36() -> None:
    """At 12 million a year: 12 for one year, 18 with two partners; patched 20 + 36, imported 30 + 24."""
    case = case_of("lateness")
    assert programme_vector(case, jet(case, "ALP core", {"BET": "imported"}, cell="ALP 100")) == (200, 0, 152)
    assert programme_vector(case, jet(case, "ALP core, BET core", cell="ALP 100")) == (400, 0, 118)
    assert programme_vector(case, nobody(ALP="patched", BET="imported")) == (0, 0, 96)
    assert programme_vector(case, nobody(ALP="imported", BET="imported")) == (0, 0, 94)


def test_a_carrier_variant_costs_10_in_development_and_2_on_ten_units() -> None:
    """130 without, 142 with; BET joins only with it, ALP never with nuclear."""
    case = case_of("variants")
    alone = functools.partial(jet, case, "ALP core", cell="ALP 100")
    assert programme_vector(case, alone()) == (200, 0, 130)
    assert programme_vector(case, alone(variants=("carrier",))) == (200, 0, 142)
    both = functools.partial(jet, case, "ALP core, BET core", cell="ALP 100")
    assert programme_vector(case, both(variants=("carrier",))) == (600, 0, 174)
    assert broken(case, both(variants=("carrier",))) == []
    assert broken(case, both()) == ["variants"]
    assert broken(case, both(variants=("carrier", "nuclear"))) == ["variants"]


def test_a_third_of_100_is_more_than_33_33_and_less_than_33_34() -> None:
    """Payments are compared as fractions: a ceiling of 33.33 is broken, one of 33.34 is kept."""
    case = case_of("equal_sharing")
    three = jet(case, "ALP core, BET core, GAM core", cell="ALP 100")
    looser = changed(
        case, "red_lines", "CEILING", "then", value={"cost_at_most": {"nation": "GAM", "million": "33.34"}}
    )
    assert payments(case, "jet", three.pillars["jet"])["GAM"] == Fraction(100, 3)
    assert broken(case, three) == ["red_lines"]
    assert broken(looser, three) == []


def test_an_associate_pays_10_and_two_core_members_45_each() -> None:
    """(100 - 10) / 2; without the associate 50 each."""
    case = case_of("equal_sharing")
    paid = payments(case, "jet", plan(case, "jet", "ALP core, BET core, GAM associate", cell="ALP 100"))
    assert paid == {"ALP": 45, "BET": 45, "GAM": 10}
    assert payments(case, "jet", plan(case, "jet", "ALP core, BET core", cell="ALP 100")) == {
        "ALP": 50,
        "BET": 50,
    }


def test_stated_percentages_share_what_contributions_leave_and_must_sum_to_100() -> None:
    """60 and 40; with an associate's 10 they are 54 and 36; 60 alone does not pay the pool."""
    case = case_of("fixed_sharing")
    assert payments(case, "jet", plan(case, "jet", "ALP core, BET core", cell="ALP 100")) == {
        "ALP": 60,
        "BET": 40,
    }
    with_gam = jet(case, "ALP core, BET core, GAM associate", cell="ALP 100")
    assert payments(case, "jet", with_gam.pillars["jet"]) == {"ALP": 54, "BET": 36, "GAM": 10}
    assert broken(case, with_gam) == []
    assert broken(case, jet(case, "ALP core", cell="ALP 100")) == ["bearing"]
    assert broken(case, jet(case, "ALP core, BET core, GAM core", cell="ALP 100")) == []


def test_one_nation_bears_the_rest_of_80_or_60() -> None:
    """Partners pay 20 each; without ALP nobody bears the rest."""
    case = case_of("residual")
    two = plan(case, "jet", "ALP partner, BET partner", cell="BET 100")
    assert payments(case, "jet", two) == {"ALP": 80, "BET": 20}
    three = plan(case, "jet", "ALP core, BET partner, GAM partner", cell="GAM 100")
    assert payments(case, "jet", three) == {"ALP": 60, "BET": 20, "GAM": 20}
    assert broken(case, jet(case, "BET partner", cell="BET 100")) == ["bearing"]


@pytest.mark.parametrize(
    ("tiers", "cell", "kept"),
    [
        ("ALP core, BET core", "ALP 60, BET 40", True),
        ("ALP core, BET core", "ALP 70, BET 30", False),
        ("ALP core, BET core", "ALP 100", False),
        ("ALP core", "ALP 100", True),
        ("ALP core, BET associate", "ALP 80, BET 20", True),
        ("ALP core, BET associate", "ALP 70, BET 30", False),
    ],
)
def test_work_is_80_to_120_percent_of_the_cost_share(tiers: str, cell: str, kept: bool) -> None:
    """Shares of 50 allow work of 40 to 60; a contribution of 20 allows 16 to 24."""
    case = case_of("juste_retour")
    assert broken(case, jet(case, tiers, cell=cell)) == ([] if kept else ["juste_retour"])


def test_a_band_of_10_percent_of_the_value_allows_40_to_60_and_10_to_30() -> None:
    """|work - share| <= 10: 60/40 and an associate with 20 or 30 for its 20, not 70/30 between equals."""
    case = changed(case_of("juste_retour"), "pillars", "jet", "juste_retour", value={"band_percent": 10})
    assert broken(case, jet(case, "ALP core, BET core", cell="ALP 60, BET 40")) == []
    assert broken(case, jet(case, "ALP core, BET core", cell="ALP 70, BET 30")) == ["juste_retour"]
    assert broken(case, jet(case, "ALP core, BET associate", cell="ALP 70, BET 30")) == []
    assert broken(case, jet(case, "ALP core, BET associate", cell="ALP 60, BET 40")) == ["juste_retour"]


def test_a_budget_binds_by_period_in_total_and_only_members() -> None:
    """50 + 40 keeps both periods and breaks the total of 85; an outside option at 200 is not asked."""
    case = case_of("budgets")
    both = [str(v) for v in rules.violations(case, jet(case, "ALP core, BET core", cell="ALP 100"))]
    assert both == ["budgets [TREASURY]: ALP pays more than its budget (total)"]
    alone = rules.violations(case, jet(case, "ALP core", {"BET": "imported"}, cell="ALP 100"))
    assert [str(v).rpartition(" ")[2] for v in alone] == ["(development)", "(total)"]
    assert broken(case, jet(case, "ALP associate, BET core", cell="BET 100")) == []
    assert broken(case, jet(case, "BET core", {"ALP": "imported"}, cell="BET 100")) == []


def test_fifteen_percent_of_a_package_bring_half_of_the_effect() -> None:
    """Full from 30 % on: 60/40 brings 20 + 16, 85/15 brings 20 + 8."""
    case = case_of("absorption")
    both = "ALP core, BET core"
    gains = {
        way: programme_vector(case, jet(case, both, cell=way))[1:]
        for way in ("ALP 60, BET 40", "ALP 85, BET 15", "BET 85, ALP 15")
    }
    assert gains == {"ALP 60, BET 40": (36, 206), "ALP 85, BET 15": (28, 206), "BET 85, ALP 15": (26, 206)}


def test_90_million_grown_by_a_quarter_are_113_and_with_a_premium_117() -> None:
    """112.5 -> 113; 112.5 + 4.5 = 117 in one go; governance 90 (2^0.5 - 1) = 37.28 -> 37."""
    case = case_of("rounding")
    assert programme_vector(case, jet(case, "ALP core", cell="ALP 100")) == (200, 5, 113)
    assert programme_vector(case, jet(case, "ALP core, BET core", cell="ALP 100")) == (400, 5, 150)
    assert programme_vector(case, jet(case, "ALP core, BET core", cell="ALP 50, BET 50")) == (400, 4, 154)


def test_a_pillar_that_is_only_a_stopgap_leaves_three_years_of_gap() -> None:
    """One year late and three of stopgap at 12 million: 100 + 48 + 40 for BET outside = 188."""
    case = changed(case_of("lateness"), "needs", "fighter", "pillars", "jet", value={"meets": "stopgap"})
    assert programme_vector(case, jet(case, "ALP core", {"BET": "imported"}, cell="ALP 100")) == (200, 0, 188)


def test_a_variant_of_five_months_and_a_second_partner_of_six_make_23_months_late() -> None:
    """12 + 6 + 5 months at a million each: 123."""
    case = changed(case_of("lateness"), "pillars", "jet", "variants", value={"nuclear": {"delay_months": 5}})
    both = jet(case, "ALP core, BET core", variants=("nuclear",), cell="ALP 100")
    assert programme_vector(case, both) == (400, 0, 123)


def test_supporting_ten_units_for_six_years_at_a_quarter_costs_15() -> None:
    """10 x 6 x 0.25 on top of 130."""
    support = {"per_unit_year": "0.25", "years": 6}
    case = changed(case_of("variants"), "pillars", "jet", "support", value=support)
    assert programme_vector(case, jet(case, "ALP core", cell="ALP 100")) == (200, 0, 145)


def test_competence_in_a_package_replaces_that_of_the_nation() -> None:
    """BET turns 50 % of the cell to use, not 80 %: 20 + 10."""
    packages = ("pillars", "jet", "packages", "cell", "competence_percent")
    case = changed(case_of("absorption"), *packages, value={"BET": 50})
    assert programme_vector(case, jet(case, "ALP core, BET core", cell="ALP 60, BET 40")) == (400, 30, 206)


def test_denial_weighs_three_times_where_the_case_is_silent() -> None:
    """Stockpiled: 60 + 3 x 60 = 240; bought: 60 + 3 x 0."""
    case = changed(case_of("outside_options"), "autonomy", value={})
    assert points(case, nobody(ALP="stockpiled"), "ALP") == 240
    assert points(case, nobody(ALP="bought"), "ALP") == 60


def test_a_must_weighs_three_times_a_nice() -> None:
    """75 and 25 points: bought at level 2 gives 75."""
    nation = {"name": "Alpland", "task_classes": {"must": ["operate"], "nice": ["upgrade"]}}
    case = changed(case_of("outside_options"), "nations", "ALP", value=nation)
    assert points(case, nobody(ALP="bought"), "ALP") == 75


# -- who may sit where, and sell -------------------------------------------------------------------------


def test_ten_exported_units_bring_the_price_from_4_to_3_if_everybody_consents() -> None:
    """Vetoed: 20 units at 4, 72; consented: 30 units at 3, 54; an observer has no say: 22 units at 4."""
    case = case_of("exports")
    assert programme_vector(case, jet(case, "ALP core", cell="ALP 100")) == (100, 0, 41)
    assert programme_vector(case, jet(case, "ALP core, BET core", cell="ALP 100")) == (0, 0, 73)
    assert programme_vector(case, jet(case, "ALP core, BET observer", cell="ALP 100")) == (100, 0, 41)
    unanimous = changed(case, "pillars", "jet", "export", "rule", value="unanimous")
    assert programme_vector(unanimous, jet(case, "ALP core, BET core", cell="ALP 100")) == (200, 0, 55)
    assert list(solve(unanimous).vectors) == [(200, 0, 55), (100, 0, 41), (0, 0, 0)]


def test_unanimity_without_bets_word_keeps_20_units_at_4() -> None:
    """Who says nothing consents where consent is presumed, and refuses where all must agree."""
    rule = {"rule": "unanimous", "destinations": {"gulf": {}}}
    silent = changed(case_of("exports"), "pillars", "jet", "export", value=rule)
    both = jet(silent, "ALP core, BET core", cell="ALP 100")
    assert programme_vector(silent, both) == (0, 0, 73)
    presumed = changed(silent, "pillars", "jet", "export", value=rule | {"rule": "presumed_consent"})
    assert programme_vector(presumed, both) == (200, 0, 55)


def test_a_nation_does_not_sell_where_it_refuses_to_itself() -> None:
    """ALP vetoes the gulf: 12 units at 5, 50 + 1, and no point for selling; nor does it under unanimity."""
    for rule in ("presumed_consent", "unanimous"):
        export = {"rule": rule, "destinations": {"gulf": {}}, "vetoes": {"ALP": ["gulf"]}}
        case = changed(case_of("exports"), "pillars", "jet", "export", value=export)
        assert programme_vector(case, jet(case, "ALP core", cell="ALP 100")) == (0, 0, 51)


def test_nine_units_are_too_few_for_a_tier_that_asks_for_ten() -> None:
    """GAM buys 9: it can watch but not be core; ALP and BET exclude each other even as observer."""
    case = case_of("membership")
    assert broken(case, jet(case, "GAM core", cell="GAM 100")) == ["tier_terms"]
    assert broken(case, jet(case, "BET core", cell="BET 100")) == []
    assert broken(case, jet(case, "ALP core, BET observer", cell="ALP 100")) == ["incompatibility"]
    watched = jet(case, "ALP core, GAM observer", cell="ALP 100")
    assert programme_vector(case, watched) == (200, 0, 62)
    assert points(case, watched, "GAM") == 0


@pytest.mark.parametrize(
    ("contribution", "terms", "kept"),
    [
        (20, {"at_most_contribution": True}, True),
        ("19.99", {"at_most_contribution": True}, False),
        (20, {"min_percent": 20, "max_percent": 20}, True),
        (20, {"min_percent": "20.01"}, False),
        (20, {"max_percent": "19.99"}, False),
    ],
)
def test_a_tier_bounds_work_of_20_to_the_hundredth_of_a_percent(
    contribution: Any, terms: Json, kept: bool
) -> None:
    """BET works 20 of 100 as an associate: verdict and rows agree whether that is too little or too much."""
    case = changed(
        case_of("juste_retour"), "pillars", "jet", "tiers", "associate", "contribution", value=contribution
    )
    case = changed(case, "pillars", "jet", "tiers", "associate", "work", value=terms)
    structure = jet(case, "ALP core, BET associate", cell="ALP 80, BET 20")
    fixed = Fixed(
        case, lambda x: [x.add(row.constraint, f"r{i}") for i, row in enumerate(tier_terms.rows(case, x))]
    )
    assert broken(case, structure) == ([] if kept else ["tier_terms"])
    assert (fixed.solution(structure) is not None) == kept


def test_of_eight_sets_of_three_pillars_five_are_possible() -> None:
    """The cloud requires the jet or the drone; the drone hangs on the cloud."""
    case = case_of("two_pillars")
    packages = {"jet": "cell", "drone": "wing", "cloud": "code"}

    def those(*names: str) -> Structure:
        return Structure({n: plan(case, n, "ALP core", **{packages[n]: "ALP 100"}) for n in names}, {})

    assert programme_vector(case, those("jet", "cloud")) == (0, 15, 150)
    assert programme_vector(case, those("drone", "cloud")) == (200, 13, 130)
    assert broken(case, those("cloud")) == ["existence"]
    assert broken(case, those("drone")) == ["links"]
    assert broken(case, those("jet", "drone")) == ["links"]
    assert enumerate_case(case).count == 5


def test_a_link_both_ways_leaves_three_of_the_five_sets() -> None:
    """Drone and cloud only together: nothing, the jet, drone + cloud, all three; not jet + cloud."""
    case = changed(case_of("two_pillars"), "links", "HANG", "both_ways", value=True)
    assert list(solve(case).vectors) == [(200, 23, 230), (200, 13, 130), (0, 10, 100), (0, 0, 0)]


def test_a_nation_stays_out_for_a_million_less_and_not_for_the_same() -> None:
    """ALP pays 50 inside and outside: it may join. BET would pay 49 outside: it does not."""
    case = case_of("staying_out")
    both = jet(case, "ALP core, BET core", cell="ALP 60, BET 40")
    assert [str(v) for v in rules.violations(case, both)] == [
        "participation [IR]: BET is better off with alone"
    ]
    assert national_values(case, both, "ALP").cost == 50
    assert programme_vector(case, both) == (400, 0, 100)


# -- red lines -------------------------------------------------------------------------------------------


@functools.cache
def three_structures() -> dict[str, Structure]:
    """Return the structures a, b and c of ``red_lines.yaml``."""
    case = case_of("red_lines")
    return {
        "a": jet(case, "ALP core, BET core", regime="open", cell="ALP 60, BET 40", radar="BET 60, ALP 40"),
        "b": jet(
            case,
            "ALP core",
            {"BET": "imported"},
            regime="closed",
            variants=("carrier",),
            cell="ALP 100",
            radar="ALP 100",
        ),
        "c": nobody(ALP="licensed", BET="imported"),
    }


ALP, BET = {"nation": "ALP", "pillar": "jet"}, {"nation": "BET", "pillar": "jet"}
THEN: list[tuple[Json, str]] = [
    ({"participates": BET}, "a"),
    ({"tier": {**ALP, "tiers": ["core"]}}, "ab"),
    ({"tier": {**BET, "tiers": ["associate"]}}, ""),
    ({"excludes": BET}, "bc"),
    ({"excludes": {**BET, "tiers": ["associate"]}}, "abc"),
    ({"leads": BET}, "a"),
    ({"leads": {**ALP, "package": "cell", "alone": True}}, "ab"),
    ({"leads": {**BET, "package": "cell"}}, ""),
    ({"does_not_lead": {**ALP, "package": "radar"}}, "ac"),
    ({"share": {**ALP, "at_least_percent": "53.33"}}, "ab"),
    ({"share": {**ALP, "at_least_percent": "53.34"}}, "b"),
    ({"share": {**ALP, "at_most_percent": "53.33"}}, "c"),
    ({"share": {**BET, "at_most_percent": "46.7"}}, "abc"),
    ({"share": {**BET, "packages": ["radar"], "at_least_percent": 60}}, "a"),
    ({"equal_footing": ALP}, "ab"),
    ({"equal_footing": BET}, ""),
    ({"cost_at_most": {"nation": "ALP", "million": 80}}, "a"),
    ({"cost_at_most": {"nation": "ALP", "million": "79.99"}}, ""),
    ({"cost_at_most": {"nation": "ALP", "million": 90}}, "ac"),
    ({"level": {"nation": "ALP", "function": "mission", "at_least": 4}}, "ab"),
    ({"level": {"nation": "ALP", "function": "mission", "at_least": 3}}, "abc"),
    ({"level": {"nation": "BET", "function": "mission", "at_least": 3}}, "a"),
    ({"variant": {"pillar": "jet", "variant": "carrier"}}, "b"),
    ({"variant": {"pillar": "jet", "variant": "carrier", "chosen": False}}, "ac"),
    ({"rights": {"pillar": "jet", "regimes": ["open"]}}, "a"),
    ({"in_service_by": {"pillar": "jet", "year": 2036}}, "b"),
    ({"in_service_by": {"pillar": "jet", "year": 2037}}, "ab"),
    ({"done_as": {"pillar": "jet", "package": "cell", "modes": ["shared"]}}, "ab"),
    ({"done_as": {"pillar": "jet", "package": "cell", "modes": ["civil", "none"]}}, ""),
    ({"assembles_at_home": {"nation": "ALP", "pillar": "jet"}}, ""),
    ({"exists": {"pillar": "cloud"}}, ""),
    ({"exists": {"pillar": "jet", "exists": False}}, "c"),
    ({"members": {"pillar": "jet", "at_least": 2}}, "a"),
    ({"members": {"pillar": "jet", "at_most": 1}}, "bc"),
    ({"members": {"pillar": "jet", "tiers": ["associate"], "at_most": 0}}, "abc"),
    ({"takes_outside": {"nation": "BET", "need": "fighter"}}, "bc"),
    ({"takes_outside": {"nation": "ALP", "need": "fighter", "option": "licensed"}}, "c"),
    ({"takes_outside": {"nation": "ALP", "need": "fighter", "option": "patched"}}, ""),
    ({"may_export": {**ALP, "destinations": ["gulf"]}}, "b"),
    ({"not": {"participates": BET}}, "bc"),
    ({"any_of": [{"variant": {"pillar": "jet", "variant": "carrier"}}, {"participates": BET}]}, "ab"),
    ({"all_of": [{"leads": BET}, {"equal_footing": ALP}]}, "a"),
    ({"participates": ALP, "takes_outside": {"nation": "BET", "need": "fighter"}}, "b"),
]  # fmt: skip


def with_line(line: Json) -> Case:
    """Return the case of three structures with one hard red line."""
    stated = {
        "owner": "ALP",
        "text": "said",
        "as_of": "2025-01",
        "speaker": "parliament",
        "source": "example",
        **line,
    }
    return changed(case_of("red_lines"), "red_lines", value={"LINE": stated})


@pytest.mark.parametrize(
    ("then", "obeying"), THEN, ids=lambda value: value if isinstance(value, str) else str(value)[:50]
)
def test_a_red_line_is_obeyed_by_just_the_structures_told_by_hand(then: Json, obeying: str) -> None:
    """Plain verdict and rows agree with the table for each of the three structures."""
    case = with_line({"then": then})
    fixed = Fixed(
        case, lambda x: [x.add(row.constraint, f"r{i}") for i, row in enumerate(red_lines.rows(case, x))]
    )
    found = {name: broken(case, structure) == [] for name, structure in three_structures().items()}
    possible = {name: fixed.solution(structure) is not None for name, structure in three_structures().items()}
    assert found == {name: name in obeying for name in "abc"}
    assert possible == found


def test_the_table_of_red_lines_names_every_kind() -> None:
    """All kinds that this version decides, and the three ways to combine them."""
    named = {kind for then, _ in THEN for kind in then}
    assert named == set(BUILT) | {"not", "any_of", "all_of"}


def test_a_line_with_if_binds_only_where_it_applies() -> None:
    """If ALP takes part, then carrier: broken by a alone. If BET takes part, then open: broken by none."""
    carrier = with_line(
        {"if": {"participates": ALP}, "then": {"variant": {"pillar": "jet", "variant": "carrier"}}}
    )
    opened = with_line(
        {"if": {"participates": BET}, "then": {"rights": {"pillar": "jet", "regimes": ["open"]}}}
    )
    structures = three_structures()
    assert [name for name in "abc" if broken(carrier, structures[name])] == ["a"]
    assert [name for name in "abc" if broken(opened, structures[name])] == []


def test_a_line_enters_if_hard_in_force_and_dated_before_or_if_asked_for() -> None:
    """An official's line, a withdrawn one and one of tomorrow do not bind; --with makes them."""
    line: Json = {"then": {"participates": BET}}
    alone = three_structures()["b"]
    assert broken(with_line(line), alone) == ["red_lines"]
    for other in ({"speaker": "official"}, {"status": "withdrawn"}, {"as_of": "2027"}, {"grade": "soft"}):
        assert broken(with_line(line | other), alone) == []
        assert broken(changed(with_line(line | other), "on", value=["LINE"]), alone) == ["red_lines"]
    assert broken(changed(with_line(line), "off", value=["LINE"]), alone) == []


@pytest.mark.parametrize("name", BY_ENUMERATION)
def test_fronts_too_long_for_a_hand_are_those_of_enumeration(name: str) -> None:
    """Solver and enumeration agree on every vector."""
    case = case_of(name)
    assert list(solve(case).vectors) == enumerate_case(case).front
