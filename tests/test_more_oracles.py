"""More small cases whose values one can check by hand, one for each family that TRI-1 and TRI-2 leave open.

The arithmetic stands in the comments of ``tests/oracles/*.yaml``; the numbers here are those of the comments.
Every front is checked three ways: by hand, by the solver, and by a second program (:mod:`independent`).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from independent import Judge
from test_small_oracles import broken, case_of, changed, plan, points

from procure_opt.accounts.sharing import payments
from procure_opt.accounts.values import NationalValues, national_values, programme_vector
from procure_opt.case.model import Case
from procure_opt.structure.arrangements import arrangements
from procure_opt.structure.structure import PillarPlan, Structure
from procure_opt.study import solve

Vector = tuple[int, int, int]

FRONTS: dict[str, list[Vector]] = {
    "across": [(550, 0, 20), (250, 0, 10), (0, 0, 0)],
    "civil": [(270, 6, 160), (140, 0, 130), (0, 0, 0)],
    "cone": [(400, 0, 160), (200, 10, 20)],
    "effect": [(330, 7, 140), (320, 9, 160), (0, 0, 0)],
    "enough": [(350, 0, 100), (0, 0, 0)],
    "balance": [(400, 0, 200), (100, 0, 100), (0, 0, 0)],
    "judged": [(200, 10, 100), (120, 3, 40), (100, 2, 35)],
    "levies": [(400, 0, 47), (200, 0, 43), (0, 0, 0)],
    "licences_capped": [(260, 0, 54), (200, 0, 50), (0, 0, 0)],
    "menus": [(400, 0, 60), (200, 0, 44), (0, 0, 0)],
    "needs": [(400, 0, 160), (300, 0, 70)],
    "negotiated": [(400, 13, 100), (0, 0, 0)],
    "optional": [(200, 3, 130), (120, 0, 100), (0, 0, 0)],
    "outsiders": [(360, 0, 170), (340, 0, 110), (160, 0, 70), (140, 0, 30)],
    "phases": [(400, 0, 158), (200, 0, 156), (0, 0, 0)],
    "second_line": [
        (400, 26, 110),
        (200, 26, 76),
        (200, 22, 70),
        (200, 18, 64),
        (200, 14, 58),
        (0, 0, 0),
    ],
    "see_through": [(200, 5, 150), (100, 10, 150), (0, 0, 0)],
    "shared_base": [(400, 10, 200), (400, 0, 110), (0, 0, 0)],
    "strict": [(200, 0, 100), (100, 0, 30)],
    "threshold": [(200, 9, 100), (100, 10, 100), (0, 0, 0)],
}


@pytest.mark.parametrize("name", sorted(FRONTS))
def test_hand_solver_and_second_program_agree_on_the_front(name: str) -> None:
    """Every efficient vector, and no other."""
    case = case_of(name)
    front = solve(case)
    assert front.complete
    assert list(front.vectors) == FRONTS[name]
    assert Judge(case.model_dump(mode="json", by_alias=True)).front == FRONTS[name]


def at_work(case: Case, tiers: str, pillar: str = "jet", **decided: Any) -> PillarPlan:
    """Return a plan: ways of packages as words, other decisions as they stand in a plan."""
    stated = case.pillars[pillar].packages
    ways = {name: decided.pop(name) for name in sorted(stated)}
    return replace(plan(case, pillar, tiers, **ways), **decided)


def jet(case: Case, tiers: str, outside: dict[str, dict[str, str]] | None = None, **words: Any) -> Structure:
    """Return a structure with the jet; ``outside`` is need -> nation -> option."""
    return Structure({"jet": at_work(case, tiers, **words)}, outside or {})


def has(case: Case, structure: Structure, nation: str) -> NationalValues:
    """Return what the nation has."""
    return national_values(case, structure, nation)


# -- who can take what away ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fighter", "left", "worst"), [("from_bet", 40, "BET"), ("from_usx", 0, "USX"), ("kept", 60, "USX")]
)
def test_a_nation_outside_is_denied_by_its_vendors_and_by_no_lead(
    fighter: str, left: int, worst: str
) -> None:
    """BET leads the jet or not: it denies ALP what it sells to it, 60 points, and nothing else."""
    case = case_of("outsiders")
    taken = {"fighter": {"ALP": fighter}, "awacs": {"ALP": "bought"}}
    for structure in (Structure({}, taken), jet(case, "BET core", taken, cell="BET 100", radar="BET 100")):
        found = has(case, structure, "ALP").autonomy
        assert (found.a0, found.n1) == (100, left)
        assert ("BET" in dict(found.lost_under)) == (fighter == "from_bet")
        assert found.worst_denier == worst


def test_two_radars_leave_the_watch_to_whoever_denies_one_of_them() -> None:
    """Inside the jet BET takes the fighter only; USX takes nothing: 100 + 40."""
    case = case_of("outsiders")
    inside = jet(case, "ALP buyer, BET core", {"awacs": {"ALP": "bought"}}, cell="BET 100", radar="BET 100")
    assert has(case, inside, "ALP").autonomy.n1 == 40
    assert programme_vector(case, inside) == (340, 0, 110)


def test_who_leads_two_pillars_takes_both_away_at_once() -> None:
    """One denier of both: 100 + 0; two of one each: 100 + 50."""
    case = case_of("across")
    by_bet = at_work(case, "ALP buyer, BET core", cell="BET 100")
    clouds = {
        lead: at_work(case, f"ALP buyer, {lead} core", pillar="cloud", code=f"{lead} 100")
        for lead in ("BET", "GAM")
    }
    both, apart = (Structure({"jet": by_bet, "cloud": clouds[lead]}, {}) for lead in ("BET", "GAM"))
    assert (points(case, both, "ALP"), points(case, apart, "ALP")) == (100, 150)
    assert programme_vector(case, apart) == (550, 0, 20)


@pytest.mark.parametrize(("level", "tolerates", "alp"), [(2, True, 120), (2, False, 0), (1, True, 0)])
def test_an_effect_at_level_2_serves_whoever_tolerates_it(level: int, tolerates: bool, alp: int) -> None:
    """90 with BET's consent and 30 from stocks; nothing at level 1, nothing for who wants to know."""
    case = changed(case_of("effect"), "pillars", "jet", "packages", "jam", "effect", "level", value=level)
    for task in ("strike", "sprint"):
        case = changed(case, "tasks", task, "tolerates_undisclosed", value=tolerates)
    given = jet(case, "ALP core, BET core", cell="ALP 100", jam="effect by BET")
    assert (points(case, given, "ALP"), points(case, given, "BET")) == (alp, 200)


def test_who_gives_an_effect_pays_for_it_and_has_its_spin_off() -> None:
    """BET bears 60 of its own beside 50 of the pool, and has 6 + 3."""
    case = case_of("effect")
    given = jet(case, "ALP core, BET core", cell="ALP 100", jam="effect by BET")
    assert (has(case, given, "BET").cost, has(case, given, "BET").spinoff) == (110, 9)
    assert (has(case, given, "ALP").cost, has(case, given, "ALP").spinoff) == (50, 0)


def test_a_civil_supplier_denies_everybody_and_a_lead_everybody_but_itself() -> None:
    """70 + 0 each from CIV for 30; from ALP 200 and 70 for 60."""
    case = case_of("civil")
    bought = jet(case, "ALP core, BET core", cell="ALP 100", radio="civil supplier")
    own = jet(case, "ALP core, BET core", cell="ALP 100", radio="ALP 100")
    assert programme_vector(case, bought) == (140, 0, 130)
    assert programme_vector(case, own) == (270, 6, 160)
    assert has(case, bought, "ALP").autonomy.worst_denier == "CIV"
    assert has(case, own, "BET").autonomy.worst_denier == "ALP"


def test_a_licence_is_cut_by_the_lead_and_revoked_below_3() -> None:
    """Level 3 for 10 is 200 points without the cap and 60 with it, as level 2 for 4."""
    case = case_of("licences_capped")
    free = changed(case, "off", value=["CAP"])
    deals = {
        name: jet(case, "ALP core, BET buyer", cell="ALP 100", licences=(name,)) for name in ("run", "keep")
    }
    assert [points(case, deals[name], "BET") for name in ("run", "keep")] == [60, 60]
    assert [points(free, deals[name], "BET") for name in ("run", "keep")] == [60, 200]
    assert [has(case, deals[name], "BET").cost for name in ("run", "keep")] == [4, 10]


def test_only_members_buy_licences_and_only_from_who_works() -> None:
    """USX does no work; BET outside buys nothing."""
    case = case_of("licences_capped")
    assert broken(case, jet(case, "ALP core, BET buyer", cell="ALP 100", licences=("fake",))) == ["licences"]
    assert broken(case, jet(case, "ALP core", cell="ALP 100", licences=("run",))) == ["licences"]
    assert broken(case, jet(case, "ALP core, BET buyer", cell="ALP 100", licences=("run", "keep"))) == []


def test_alp_counts_150_points_and_bet_does_not_plan_against_alp() -> None:
    """ALP leads both: 200 are 150; BET: 100 + 60 against USX alone, 100 + 0 against all."""
    case = case_of("enough")
    by_alp = jet(case, "ALP core, BET core", cell="ALP 100", radar="ALP 100")
    assert (points(case, by_alp, "ALP"), points(case, by_alp, "BET")) == (150, 160)
    against_all = changed(case, "nations", "BET", "plans_against", value=None)
    assert points(against_all, by_alp, "BET") == 100
    against_none = changed(case, "nations", "BET", "plans_against", value=[])
    assert points(against_none, by_alp, "BET") == 200


# -- money -----------------------------------------------------------------------------------------------


def test_eight_units_make_twelve_and_bear_two_thirds_of_the_bill() -> None:
    """ALP 16 + 24, BET 8 + 12; with four each 12 + 20."""
    case = case_of("menus")
    eight = jet(case, "ALP core, BET core", cell="ALP 100", quantities={"ALP": 8})
    four = jet(case, "ALP core, BET core", cell="ALP 100", quantities={"ALP": 4})
    assert [has(case, eight, nation).cost for nation in ("ALP", "BET")] == [40, 20]
    assert [has(case, four, nation).cost for nation in ("ALP", "BET")] == [32, 32]
    for wrong, rule in (({}, "quantities"), ({"ALP": 4, "BET": 4}, "names"), ({"ALP": 6}, "names")):
        assert broken(case, jet(case, "ALP core, BET core", cell="ALP 100", quantities=wrong)) == [rule]


def test_a_minimum_offtake_of_five_leaves_alp_with_eight() -> None:
    """ALP alone with 8: 24 + 40; BET buys four and stays out."""
    case = changed(case_of("menus"), "pillars", "jet", "tiers", "core", "min_offtake", value=5)
    assert list(solve(case).vectors) == [(200, 0, 64), (0, 0, 0)]


def test_a_second_line_assembles_for_two_at_3_a_unit_and_needs_six() -> None:
    """BET's line: 4 + 2 units, spin-off 12; without GAM four units are too few."""
    case = case_of("second_line")
    three = jet(case, "ALP core, BET core, GAM buyer", cell="ALP 100", lines="two")
    assert [has(case, three, nation).spinoff for nation in ("ALP", "BET", "GAM")] == [14, 12, 0]
    assert [has(case, three, nation).cost for nation in ("ALP", "BET", "GAM")] == [44, 44, 22]
    assert broken(case, jet(case, "ALP core, BET core", cell="ALP 100", lines="two")) == ["lines"]
    assert points(case, three, "BET") == 200


def test_one_line_is_chosen_and_its_host_is_a_member() -> None:
    """No line at all, or a host that is outside, is not possible."""
    case = case_of("second_line")
    assert broken(case, jet(case, "ALP core", cell="ALP 100")) == ["lines"]
    assert broken(case, jet(case, "ALP core, GAM buyer", cell="ALP 100", lines="two")) == ["lines"]


def test_a_quarter_is_agreed_for_a_quarter_of_the_work() -> None:
    """75/25 for 75/25; half of the work for a quarter breaks juste retour, half of the bill its bounds."""
    case = case_of("negotiated")
    agreed = {"development": {"ALP": 75, "BET": 25}}
    both = "ALP core, BET associate"
    quarter = jet(case, both, cell="ALP 75, BET 25", cost_percent=agreed)
    assert broken(case, quarter) == []
    assert [has(case, quarter, nation).cost for nation in ("ALP", "BET")] == [75, 25]
    assert broken(case, jet(case, both, cell="ALP 50, BET 50", cost_percent=agreed)) == ["juste_retour"]
    halves = {"development": {"ALP": 50, "BET": 50}}
    assert broken(case, jet(case, both, cell="ALP 50, BET 50", cost_percent=halves)) == ["negotiation"]
    rule = ("pillars", "jet", "cost_sharing", "development", "tiers", "associate", "max_percent")
    assert list(solve(changed(case, *rule, value=50)).vectors) == [(400, 15, 100), (0, 0, 0)]


def test_three_phases_are_shared_by_three_rules() -> None:
    """Development 45 each, tooling 30 and 10, depot 12 and 8, units 6 and 2; BET's budgets just hold."""
    case = case_of("phases")
    both = jet(case, "ALP core, BET associate", cell="ALP 100", tooling="ALP 100", depot="ALP 100")
    assert [has(case, both, nation).cost for nation in ("ALP", "BET")] == [93, 65]
    assert payments(case, "jet", both.pillars["jet"]) == {"ALP": 45, "BET": 45}
    assert broken(case, both) == []
    for period, less in (("development", "44.99"), ("later", "19.99")):
        assert broken(changed(case, "nations", "BET", "budget", period, value=less), both) == ["budgets"]


def test_levies_of_five_are_shared_and_ease_the_later_budget() -> None:
    """Each partner receives 2.5; ALP pays 8 - 2.5 after development."""
    case = case_of("levies")
    both = jet(case, "ALP core, BET core", cell="ALP 100")
    assert [has(case, both, nation).cost for nation in ("ALP", "BET")] == [Fraction(51, 2), Fraction(43, 2)]
    for later, kept in (("5.5", True), ("5.49", False)):
        poor = changed(case, "nations", "ALP", "budget", value={"later": later})
        assert broken(poor, both) == ([] if kept else ["budgets"])


def test_a_package_left_out_costs_nothing_and_still_counts_in_percentages_of_work() -> None:
    """100 of 130 are 76.9 %: enough for a floor of 76, not of 77; with the pod it is 100 %."""
    case = case_of("optional")
    bare = jet(case, "ALP core", cell="ALP 100", pod="not done")
    full = jet(case, "ALP core", cell="ALP 100", pod="ALP 100")
    assert programme_vector(case, bare) == (120, 0, 100)
    for floor, structure, kept in ((76, bare, True), (77, bare, False), (100, full, True)):
        asked = changed(case, "pillars", "jet", "tiers", "core", "work", value={"min_percent": floor})
        assert broken(asked, structure) == ([] if kept else ["tier_terms"])


def test_what_is_judged_is_neither_priced_nor_late() -> None:
    """Five years late at 5 million: 40 as stated; bought 30 + 5. Enough cuts judged points too."""
    case = case_of("judged")
    judged, bought = (Structure({}, {"fighter": {"ALP": option}}) for option in ("judged", "bought"))
    assert programme_vector(case, judged) == (120, 3, 40)
    assert programme_vector(case, bought) == (100, 2, 35)
    assert points(changed(case, "nations", "ALP", "enough", value=110), judged, "ALP") == 110


# -- what must hold --------------------------------------------------------------------------------------


@pytest.mark.parametrize("eye", ["effect by ALP", "civil supplier"])
def test_juste_retour_looks_only_at_what_is_shared(eye: str) -> None:
    """50 of 100 each, whoever does the eye; all of the cell by ALP is 100 for 50."""
    case = case_of("shared_base")
    assert broken(case, jet(case, "ALP core, BET core", cell="ALP 50, BET 50", eye=eye)) == []
    assert broken(case, jet(case, "ALP core, BET core", cell="ALP 100", eye=eye)) == ["juste_retour"]


def test_one_pillar_makes_good_what_the_other_lacks() -> None:
    """One lead each is balanced; both by ALP, or one pillar of both nations, is not."""
    case = case_of("balance")
    both = "ALP core, BET core"
    jets = {lead: at_work(case, both, cell=f"{lead} 100") for lead in ("ALP", "BET")}
    eyes = {lead: at_work(case, both, pillar="eye", radar=f"{lead} 100") for lead in ("ALP", "BET")}
    assert broken(case, Structure({"jet": jets["ALP"], "eye": eyes["BET"]}, {})) == []
    assert broken(case, Structure({"jet": jets["ALP"], "eye": eyes["ALP"]}, {})) == ["global_balance"]
    assert broken(case, Structure({"jet": jets["ALP"]}, {})) == ["global_balance"]
    unequal = {"jet": jets["BET"], "eye": at_work(case, "ALP core", pillar="eye", radar="ALP 100")}
    assert broken(case, Structure(unequal, {})) == ["global_balance"]


def test_a_nation_joins_at_the_worst_corner_exactly() -> None:
    """0.8 x 100 - 2 x 5 = 70 is what it costs; at 2.01 BET stays out, though no option dominates."""
    case = case_of("cone")
    both = jet(case, "ALP core, BET core", cell="ALP 60, BET 40")
    assert broken(case, both) == []
    dearer = changed(case, "nations", "BET", "exchange_rates", "spinoff", "high", value="2.01")
    assert broken(dearer, both) == ["participation"]
    assert broken(changed(dearer, "participation", "sense", value="pareto"), both) == []
    assert list(solve(dearer).vectors) == [(200, 10, 20)]


def test_an_equal_option_is_possible_and_one_that_is_a_million_dearer_is_not() -> None:
    """ALP is no member of anything and still does not take the third option."""
    case = case_of("strict")
    options = {name: Structure({}, {"fighter": {"ALP": name}}) for name in ("first", "second", "third")}
    assert [name for name in options if broken(case, options[name]) == []] == ["first", "second"]
    assert broken(case, options["third"]) == ["participation"]
    assert broken(changed(case, "off", value=["IR"]), options["third"]) == []


def test_a_need_is_filled_by_the_jet_or_by_the_drone() -> None:
    """Both, or neither, breaks the rule for ALP; BET has no such need, and feels no gap."""
    case = case_of("needs")
    jets = {n: at_work(case, f"{n} core", cell=f"{n} 100") for n in ("ALP", "BET")}
    drones = {n: at_work(case, f"{n} core", pillar="drone", wing=f"{n} 100") for n in ("ALP", "BET")}
    assert broken(case, Structure({"jet": jets["ALP"], "drone": drones["ALP"]}, {})) == ["fillers"]
    assert broken(case, Structure({"jet": jets["BET"]}, {})) == ["fillers"]
    assert programme_vector(case, Structure({"jet": jets["ALP"], "drone": drones["BET"]}, {})) == (
        400,
        0,
        160,
    )
    assert programme_vector(case, Structure({"jet": jets["BET"], "drone": drones["ALP"]}, {})) == (
        400,
        0,
        170,
    )


@pytest.mark.parametrize(
    ("cell", "percent", "sold"),
    [
        ("ALP 80, BET 20", 20, True),
        ("ALP 75, BET 25", 20, False),
        ("ALP 75, BET 25", "20.01", True),
        ("ALP 100", 0, True),
        ("ALP 80, BET 20", 0, False),
    ],
)
def test_a_fifth_of_the_value_stops_a_sale_and_a_bit_less_does_not(
    cell: str, percent: Any, sold: bool
) -> None:
    """BET has 16, 20 or nothing of 100; at a threshold of nothing any work counts, but no work does not."""
    case = changed(case_of("threshold"), "pillars", "jet", "export", "de_minimis_percent", value=percent)
    structure = jet(case, "ALP core, BET core", cell=cell, radar="ALP 100")
    assert points(case, structure, "ALP") == (100 if sold else 0)
    agreed = changed(case, "pillars", "jet", "export", "consents", value={"BET": ["gulf"]})
    assert points(agreed, structure, "ALP") == 100


@pytest.mark.parametrize(
    ("radar", "who_must"), [("ALP 100", ""), ("BET 100", "USX"), ("effect by BET", "BET USX")]
)
def test_every_owner_of_content_must_agree_and_whoever_gives_an_effect(radar: str, who_must: str) -> None:
    """The sale is free just if all of them have given their word."""
    case = case_of("see_through")
    structure = jet(case, "ALP core, BET core", cell="ALP 100", radar=radar)
    for agreeing in ([], ["USX"], ["BET"], ["BET", "USX"]):
        given = changed(case, "pillars", "jet", "export", "consents", value={n: ["gulf"] for n in agreeing})
        free = set(who_must.split()) <= set(agreeing)
        assert points(given, structure, "ALP") == (100 if free else 0), agreeing


def test_content_of_a_third_state_can_be_denied_in_what_a_civil_supplier_does() -> None:
    """The radio is bought from CIV but holds content of USX: who plans against USX alone keeps 70 of 140."""
    case = changed(case_of("civil"), "others", value={"CIV": {"name": "CIV"}, "USX": {"name": "USX"}})
    case = changed(case, "nations", "ALP", "plans_against", value=["USX"])
    bought = jet(case, "ALP core, BET core", cell="ALP 100", radio="civil supplier")
    assert points(case, bought, "ALP") == 140
    content = [{"owner": "USX"}]
    case = changed(case, "pillars", "jet", "packages", "radio", "controlled_content", value=content)
    assert points(case, bought, "ALP") == 70


def test_the_owner_of_a_provider_must_agree_to_a_sale_with_its_effect() -> None:
    """The works in BET that give the effect belong to USX: its word counts, not that of BET."""
    case = changed(
        case_of("see_through"), "pillars", "jet", "packages", "radar", "owners", value={"BET": "USX"}
    )
    case = changed(case, "pillars", "jet", "packages", "radar", "controlled_content", value=[])
    ways = arrangements(case, "jet", "radar")
    effect = next(way for way in ways if way.mode == "effect" and way.leads == ("BET",))
    given = jet(case, "ALP core, BET core", cell="ALP 100", radar=str(effect))
    for agreeing, free in (([], False), (["BET"], False), (["USX"], True)):
        agreed = {n: ["gulf"] for n in agreeing}
        told = changed(case, "pillars", "jet", "export", "consents", value=agreed)
        assert points(told, given, "ALP") == (100 if free else 0), agreeing
