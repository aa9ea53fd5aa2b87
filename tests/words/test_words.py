"""Words on the screen: digits that the data bear, standing of red lines, completeness; never "the best"."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tri1_claim import GOLDEN, tri1_case, tri1_claim

from procure_opt.accounts.views import cost_parts
from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.change import changed, requiring, with_soft, without
from procure_opt.claim import Evidence
from procure_opt.result.read import read_claim
from procure_opt.structure.arrangements import Arrangement
from procure_opt.words.compare import compare, compare_claims
from procure_opt.words.explain import explain
from procure_opt.words.names import arrangement_text
from procure_opt.words.numbers import amount, percent
from procure_opt.words.opening import completeness, opening
from procure_opt.words.standing import standing, why_not
from procure_opt.words.table import trilemma
from procure_opt.words.values import resolution_text


def test_completeness_is_never_just_done() -> None:
    case, evidence = tri1_case(), tri1_claim().evidence
    assert completeness(case, evidence, 9).startswith("complete at resolution 1 point of autonomy")
    stopped = Evidence((1, 1, 50), evidence.bounds, evidence.bounds[:3], Fraction(829, 1009), "time limit")
    assert completeness(case, stopped, 1) == (
        "incomplete (time limit): 82 % of the region proven, 3 zones open; 1 efficient structure so far at "
        "resolution 1 point of autonomy, 1 million EUR of spin-off, 50 million EUR of cost"
    )


def test_a_step_of_a_nation_s_cost_is_told_in_its_money() -> None:
    """It was printed as a fraction of hundredths."""
    case = load_case("eurofighter").model_copy(update={"view": "nation:ITA"})
    parts = cost_parts(case)
    assert parts > 1
    assert resolution_text(case, (4, 56, 130 * parts)).endswith(", 130 million DEM of cost")


def test_a_share_just_below_one_is_not_rounded_to_all() -> None:
    case, evidence = tri1_case(), tri1_claim().evidence
    almost = Evidence((1, 1, 1), evidence.bounds, evidence.bounds[:1], Fraction(1008, 1009), "interrupted")
    assert "99 % of the region proven, 1 zone open" in completeness(case, almost, 9)


def test_of_an_incomplete_front_nothing_is_said_for_good() -> None:
    """Somebody read that no structure reaches two goals, of a front of which nothing was proven."""
    thirds = [("autonomy", "cost", "spinoff", None)]
    assert "no structure reaches both" in trilemma(thirds, 90)[1]
    head, line = trilemma(thirds, 90, so_far=49)
    assert "of the 49 found so far" in head and line.endswith("none of the 49 reaches both")


def test_why_a_red_line_does_not_apply() -> None:
    case = tri1_case()
    lines = dict(case.red_lines)
    lines["RL1"] = lines["RL1"].model_copy(update={"status": "withdrawn"})
    lines["RL2"] = lines["RL2"].model_copy(update={"as_of": "2027"})
    lines["RL3"] = lines["RL3"].model_copy(update={"speaker": "company"})
    other = without(changed(case, red_lines=lines), ["RL4", "RET"])
    assert [why_not(other, name) for name in ("RL1", "RL2", "RL3", "RL4")] == [
        "withdrawn",
        "dated 2027, not before the state of knowledge 2026-11-01",
        "soft: said by a company",
        "switched off",
    ]
    assert standing(other)[0] == "red lines that apply: none" and standing(other)[-1] == "switched off: RET"
    assert why_not(with_soft(other, ["RL3"]), "RL3") is None


def test_a_decision_date_is_named() -> None:
    case = changed(tri1_case(), decision={"date": "2024-02-01"})
    assert "dated 2024-02-01, not before the decision of 2024-02-01" in "\n".join(standing(case))
    claim = replace(tri1_claim(), case=case)
    assert "edition of the decision of 2024-02-01" in "\n".join(opening(claim))


def test_joint_leads_and_owners_are_told() -> None:
    joint = Arrangement(("A", "B"), (("A", 34), ("B", 33), ("C", 33)), (("C", "D"),))
    assert arrangement_text(joint) == "A and B lead jointly with 34 % and 33 %; C (owned by D) holds 33 %"
    assert arrangement_text(Arrangement(("A",), (("A", 100),))) == "A leads and does all of it"


def test_comparing_a_structure_with_itself_finds_nothing() -> None:
    first = tri1_claim().structures[0]
    lines = compare(first, first)
    assert "  none" in lines and sum("nothing changes" in line for line in lines) == 3


def test_two_results_are_compared_by_their_cases_and_fronts() -> None:
    claim = tri1_claim()
    case = requiring(without(claim.case, ["RL3"]), ["GAM out"])
    points = tuple(replace(each, case=case) for each in claim.structures[:4])
    lines = compare_claims(claim, replace(claim, case=case, structures=points))
    text = "\n".join(lines)
    assert "switched off: none -> RL3" in text and "with REQ1" in text
    assert (
        "4 structures in both" in text
        and "5 structures only in the first, of which 0 would be dominated" in text
    )


def test_a_result_that_was_read_tells_the_same_as_the_run(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from procure_opt.result.write import save_result

    save_result(tri1_claim(), tmp_path / "result.json")
    claim = read_claim(tmp_path)
    assert opening(claim) == opening(tri1_claim())
    assert explain(claim.structures[2], claim.structures) == explain(
        tri1_claim().structures[2], tri1_claim().structures
    )


def test_nothing_is_called_the_best() -> None:
    for path in (GOLDEN / "cli").glob("*.txt"):
        text = path.read_text()
        assert not re.search(r"\b(the best|optimal|optimum|recommend)", text), path
        assert all(ord(c) < 127 for c in text), path


def test_leading_a_pillar_whose_work_is_worth_nothing_is_told() -> None:
    """Found in FCAS 2026, where the tank is a seat at a table: it divided by the value of all its work."""
    stated = tri1_case().model_dump(by_alias=True, mode="json")
    for pillar in stated["pillars"].values():
        for package in pillar["packages"].values():
            package["value"] = 0
    worthless = Case.model_validate(stated)
    told = [replace(each, case=worthless) for each in tri1_claim().structures]
    assert any("does 0.0 % of the work" in line for each in told for line in explain(each))


def test_numbers_are_rounded_half_away_from_zero() -> None:
    texts = [
        amount(Fraction(value)) for value in ("0.05", "-0.05", "0.04", "-0.04", "999.95", "999.94", "9999.5")
    ]
    assert texts == ["0.1", "-0.1", "0", "0", "1,000", "999.9", "10,000"]
    assert [amount(value) for value in (12345, -12345, 123450, 100050)] == [
        "12,350",
        "-12,350",
        "123,500",
        "100,100",
    ]
    assert [percent(Fraction(value, 1000)) for value in (50, -50, 49, 99949)] == [
        "0.1 %",
        "-0.1 %",
        "0.0 %",
        "99.9 %",
    ]
