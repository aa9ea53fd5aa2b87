"""How verdicts change: on cases so small that every front is known by hand."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from ranged import long_form, ranged
from tri1_claim import tri1_case

from procure_opt.analysis.sensitivity import Run, Third, best, differences, runs, verdicts
from procure_opt.analysis.trilemma import thirds
from procure_opt.analysis.variations import Variation, base_of, coarsened, variations
from procure_opt.case.inputs import inputs
from procure_opt.case.model import Case
from procure_opt.change import changed, requiring
from procure_opt.front import Front
from procure_opt.study import solve

JOINED = (("jet", (("ALP", "core"), ("BET", "core"))),)


def at_90(vectors: Sequence[tuple[int, int, int]]) -> tuple[Third, ...]:
    return thirds(vectors, 90)


def all_runs(case: Case) -> dict[str, Run]:
    front = solve(case)
    varied = variations(case, inputs(case), front.vectors)
    return {run.variation.name: run for run in runs(base_of(case), front, varied, at_90)}


def test_two_million_decide_whether_there_is_a_jet(tmp_path: Path) -> None:
    # together 50 each; BET alone for 49, so nobody joins. At 51 it would rather join, and the jet costs 100
    edits = {"{price: 49": f"{{price: {long_form('49', '48', '51', 'Offer.')}"}
    case, _ = ranged("staying_out", edits, tmp_path)
    found = all_runs(case)
    base = found["view programme, (a, d) = (1, 1)"]
    high = found["needs.fighter.outside.BET.alone.price = 51 (high; stated 49)"]
    assert base.verdicts is not None and high.verdicts is not None
    assert base.verdicts.pillars == (("jet", Fraction(0)),) and best(base) == (400, 0, 99)
    assert high.verdicts.pillars == (("jet", Fraction(1)),) and best(high) == (400, 0, 100)
    assert (base.verdicts.cheapest, high.verdicts.cheapest) == ((), JOINED)
    # to stay apart would cost 101 now, and has the same autonomy as before: as autonomous, no longer cheapest
    assert high.changed == ("cost", "pillars", "cheapest")
    low = found["needs.fighter.outside.BET.alone.price = 48 (low; stated 49)"]
    assert best(low) == (400, 0, 98) and low.changed == ("cost",)


def test_less_than_a_step_is_no_change(tmp_path: Path) -> None:
    edits = {"{price: 49": f"{{price: {long_form('49', '48', '51', 'Offer.')}"}
    case, _ = ranged("staying_out", edits, tmp_path)
    low, high = (run for run in all_runs(coarsened(case, 4)).values() if run.variation.kind == "input")
    assert low.changed == () and high.changed == ("pillars",), "1 or 2 million of cost, at steps of 4"


def test_spinoff_follows_its_rate(tmp_path: Path) -> None:
    edits = {"spinoff_percent: 10": f"spinoff_percent: {long_form('10', '10', '20', 'One rate.')}"}
    case, _ = ranged("two_pillars", edits, tmp_path)
    found = all_runs(case)
    (high,) = [run for run in found.values() if run.variation.kind == "input"]
    assert best(high) == (200, 46, 0) and "spinoff" in high.changed and "cost" not in high.changed


def test_autonomy_is_compared_in_percent_of_its_maximum() -> None:
    found = all_runs(tri1_case())
    assert best(found["(a, d) = (0, 1)"])[0] < best(found["view programme, (a, d) = (1, 1)"])[0]
    alike = Variation("weights", "twice", changed(tri1_case(), autonomy={"consent": 2, "denial": 2}))
    front = solve(tri1_case())
    base, twice = runs(base_of(tri1_case()), front, [alike], at_90)
    assert best(twice)[0] == 2 * best(base)[0] and "autonomy" not in twice.changed


def test_a_view_has_other_values_but_comparable_verdicts() -> None:
    found = all_runs(tri1_case())
    seen = found["nation:ALP"]
    assert seen.verdicts is not None and seen.verdicts.complete
    assert not {"autonomy", "spinoff", "cost"} & set(seen.changed)


def test_what_cannot_be_stated_is_refused(tmp_path: Path) -> None:
    case, _ = ranged("two_pillars", {}, tmp_path)
    refused = all_runs(case)["nation:ALP"]
    assert refused.verdicts is None and "participation" in refused.variation.refused and not refused.changed


def test_a_case_that_a_check_refuses_is_refused_in_its_words(tmp_path: Path) -> None:
    # a core partner does at least 20 percent; at most 10 would be a contradiction
    terms = {"min_percent: 20": f"min_percent: 20, max_percent: {long_form('100', '10', '100')}"}
    case, _ = ranged("tri1", terms, tmp_path)
    front = solve(case)
    (low,) = [each for each in variations(case, inputs(case), front.vectors) if each.kind == "input"]
    _, run = runs(base_of(case), front, [low], at_90)
    assert run.verdicts is None and "min_percent 20 is above max_percent 10" in run.variation.refused


def test_a_run_that_is_stopped_says_nothing_but_that() -> None:
    case = tri1_case()
    front = solve(case)
    varied = [Variation("weights", "other", changed(case, autonomy={"consent": 1, "denial": 2}))]
    _, run = runs(base_of(case), front, varied, at_90, time_limit=0.000001)
    assert run.verdicts is not None and not run.verdicts.complete and run.changed == ("front",)


def test_an_interrupted_run_is_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    case = tri1_case()
    front = solve(case)
    stopped = Front(
        case, (), front.evidence.__class__((1, 1, 1), (), (), Fraction(0), "interrupted"), front.journey
    )
    monkeypatch.setattr("procure_opt.analysis.sensitivity.solve", lambda *_, **__: stopped)
    varied = [Variation("weights", str(place), case) for place in range(3)]
    assert len(list(runs(base_of(case), front, varied, at_90))) == 2


def test_no_structure_is_a_verdict() -> None:
    case = requiring(tri1_case(), ["GAM in", "GAM out"])
    none = verdicts(solve(case), at_90)
    assert (none.complete, none.structures, none.best, none.cheapest, none.thirds) == (
        True,
        0,
        None,
        None,
        (),
    )
    base = Run(base_of(tri1_case()), verdicts(solve(tri1_case()), at_90))
    assert differences(base, Run(Variation("input", "x", case), none)) == ("front",)
    with pytest.raises(ValueError, match="no structure"):
        best(Run(Variation("input", "x", case), none))
