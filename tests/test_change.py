"""What-ifs: from case to case, by id and in words."""

from __future__ import annotations

import pytest
from tri1_claim import tri1_case

from procure_opt.change import (
    at_resolution,
    changed,
    parse_requirement,
    requiring,
    seen_as,
    with_soft,
    without,
)
from procure_opt.errors import UsageError


def test_a_rule_is_switched_off_by_id_and_the_case_that_came_in_stays() -> None:
    case = tri1_case()
    less = without(case, ["RL3", "CAP"])
    assert less.off == ("CAP", "RL3") and case.off == () and less.digest != case.digest
    assert not less.applies("CAP") and without(less, ["RL3"]) == less


def test_switching_on_undoes_switching_off_and_the_other_way_round() -> None:
    off = without(tri1_case(), ["RL3"])
    on = with_soft(off, ["RL3"])
    assert on.off == () and on.on == ("RL3",) and on.enters("RL3")
    assert without(on, ["RL3"]).on == ()


def test_a_soft_red_line_enters_when_asked_for() -> None:
    case = tri1_case()
    line = case.red_lines["RL1"].model_copy(update={"grade": "soft"})
    soft = changed(case, red_lines=case.red_lines | {"RL1": line})
    assert not soft.enters("RL1") and with_soft(soft, ["RL1"]).enters("RL1")


def test_unknown_ids_come_with_a_guess() -> None:
    with pytest.raises(UsageError, match=r'"rl1" is no id .* did you mean "RL1"'):
        without(tri1_case(), ["rl1"])
    with pytest.raises(UsageError, match="is no red line of this case"):
        with_soft(tri1_case(), ["RET"])


def test_a_requirement_is_a_hard_red_line_of_its_own() -> None:
    case = requiring(tri1_case(), ["  GAM   in aircraft ", "ALP leads engine"])
    assert case.red_lines["REQ1"].text == "GAM in aircraft" and case.red_lines["REQ2"].owner == "request"
    assert case.enters("REQ1") and case.enters("REQ2")
    assert "REQ3" in requiring(case, ["BET out"]).red_lines


@pytest.mark.parametrize(
    ("text", "kind", "atom"),
    [
        ("pillar aircraft", "exists", {"pillar": "aircraft", "exists": True}),
        ("GAM in aircraft", "participates", {"nation": "GAM", "pillar": "aircraft"}),
        ("GAM in", "participates", {"nation": "GAM", "pillar": "aircraft"}),
        ("GAM out of aircraft", "excludes", {"nation": "GAM", "pillar": "aircraft", "tiers": None}),
        ("GAM out", "excludes", {"nation": "GAM", "pillar": "aircraft", "tiers": None}),
        ("GAM tier core in aircraft", "tier", {"nation": "GAM", "pillar": "aircraft", "tiers": ("core",)}),
        ("GAM tier core", "tier", {"nation": "GAM", "pillar": "aircraft", "tiers": ("core",)}),
        (
            "ALP leads engine",
            "leads",
            {"nation": "ALP", "pillar": "aircraft", "package": "engine", "alone": False},
        ),
        ("rights standard in aircraft", "rights", {"pillar": "aircraft", "regimes": ("standard",)}),
    ],
)
def test_every_form_means_what_it_says(text: str, kind: str, atom: dict[str, object]) -> None:
    condition = parse_requirement(tri1_case(), text)
    assert dict(getattr(condition, kind)) == atom and len(condition.atoms()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "GAM",
        "pillar",
        "GAM tier",
        "ALP leads",
        "GAM in of aircraft",
        "GAM out aircraft",
        "ALP leads engine of aircraft",
        "GAM tier core aircraft",
        "variant",
        "rights standard aircraft",
        "pillar aircraft now",
        "\x1b[31m in",
    ],
)
def test_what_is_no_form_is_answered_with_the_forms(text: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_requirement(tri1_case(), text)
    assert "must be one of" in str(error.value) or "is no " in str(error.value)
    assert "\x1b" not in str(error.value)


def test_with_several_pillars_the_pillar_must_be_named() -> None:
    case = tri1_case()
    two = changed(case, pillars=case.pillars | {"cloud": case.pillars["aircraft"]})
    assert parse_requirement(two, "GAM in cloud").participates is not None
    with pytest.raises(UsageError, match=r"name the pillar at the end \(aircraft, cloud\)"):
        parse_requirement(two, "GAM in")


def test_a_resolution_is_a_whole_number_of_steps() -> None:
    assert at_resolution(tri1_case(), {"cost": 50}).resolution.cost.whole == 50
    assert at_resolution(tri1_case(), {"cost": 50}).resolution.autonomy.whole == 1
    for steps in ({"cost": 0}, {"cost": 10**9}, {"price": 1}, {"cost": True}):
        with pytest.raises(UsageError):
            at_resolution(tri1_case(), steps)


def test_a_view_is_that_of_the_programme_of_a_nation_or_of_the_smallest_gain() -> None:
    assert seen_as(tri1_case(), "programme") == tri1_case()
    for view in ("nation:ALP", "egalitarian"):
        assert seen_as(tri1_case(), view).view == view
    for view in ("nation:ALB", "everybody"):
        with pytest.raises(UsageError):
            seen_as(tri1_case(), view)


def test_a_nations_view_needs_participation() -> None:
    with pytest.raises(UsageError, match="the others must accept"):
        seen_as(without(tri1_case(), ["IR"]), "nation:ALP")
