"""Forged results that stand up to a look without a solver, and do not to a second search."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from brute_force import enumerate_case
from random_cases import random_case
from tri1_claim import TRI1, tri1_claim

from procure_opt.analysis.second_opinion import second_opinion
from procure_opt.claim import Claim, Efficient, minimised
from procure_opt.cli import main
from procure_opt.errors import LimitReached
from procure_opt.pareto.certificate import final_bounds
from procure_opt.result.document import document
from procure_opt.result.verify import verify
from procure_opt.result.write import to_bytes
from procure_opt.solving.sweep import Sweep
from procure_opt.study import solve


def _forged(claim: Claim, drop: int) -> Claim:
    """Leave a point out, and claim the bounds that follow."""
    rest = tuple(each for place, each in enumerate(claim.structures) if place != drop)
    steps = claim.evidence.resolution
    boxes = {tuple(v // s for v, s in zip(minimised(each.values), steps, strict=True)) for each in rest}
    bounds = final_bounds(boxes, 3)
    return Claim(claim.case, rest, replace(claim.evidence, bounds=bounds))


@pytest.mark.parametrize("drop", range(9))
def test_a_point_left_out_of_tri1_with_its_zone_closed(drop: int) -> None:
    """Nothing to see offline; the search finds just the point that is missing."""
    claim = tri1_claim()
    forged = _forged(claim, drop)
    assert verify(json.loads(to_bytes(document(forged)))).stands
    opinion = second_opinion(forged)
    missing = claim.structures[drop]
    assert not opinion.agrees and any(finding.startswith(missing.id) for finding in opinion.findings)
    assert all("calls closed" in finding for finding in opinion.findings)


@pytest.mark.parametrize("seed", range(20))
def test_random_results_are_confirmed_and_forged_ones_are_not(seed: int) -> None:
    """Every zone closed again; every single point left out is found, at any resolution."""
    case = random_case(seed)
    claim = solve(case).claim
    opinion = second_opinion(claim)
    assert opinion.agrees and opinion.closed == len(claim.evidence.bounds) and opinion.reason is None
    for drop in range(min(len(claim.structures), 3)):
        assert not second_opinion(_forged(claim, drop)).agrees


def test_a_structure_that_is_not_the_canonical_one_is_named() -> None:
    """Another structure with the same values, in six cases where there is one."""
    named = 0
    for seed in range(60):
        case = random_case(seed)
        claim = solve(case).claim
        every = enumerate_case(case)
        for place, each in enumerate(claim.structures):
            others = [other for other in every.feasible[each.values] if other.id != each.id]
            if others:
                worse = Efficient(case, each.values, others[-1])
                swapped = (*claim.structures[:place], worse, *claim.structures[place + 1 :])
                findings = second_opinion(replace(claim, structures=swapped)).findings
                assert findings == (
                    f"{each.id}: has the values of {worse.id} and comes before it in canonical order",
                )
                named += 1
                break
        if named == 6:
            return
    pytest.fail("too few cases have structures with the same values")


def test_open_zones_are_not_held_against_a_result() -> None:
    """A point left out of an open zone is no contradiction; and no time is no agreement."""
    claim = tri1_claim()
    forged = _forged(claim, 3)
    honest = replace(
        forged, evidence=replace(forged.evidence, open_bounds=forged.evidence.bounds, reason="time limit")
    )
    assert second_opinion(honest).findings == ()
    hurried = second_opinion(claim, time_limit=1e-9)
    assert not hurried.agrees and hurried.reason == "time limit" and hurried.findings == ()


@pytest.mark.parametrize("seed", [14, 22, 53])
def test_a_result_that_was_stopped_is_not_refuted(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its structures are as found, not the first of those with the same values, and it does not say so."""
    checked = Sweep._check_time
    stopped = 0
    for last in (2, 4, 6, 9, 14):
        left = [last]

        def check(self: Sweep, left: list[int] = left) -> None:
            left[0] -= 1
            if not left[0]:
                raise LimitReached("time is up")
            checked(self)

        with monkeypatch.context() as patch:
            patch.setattr(Sweep, "_check_time", check)
            claim = solve(random_case(seed)).claim
        stopped += not claim.evidence.complete
        assert second_opinion(claim).findings == ()
    assert stopped > 0


def test_verify_resolve_tells_and_exits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 confirmed, 5 refuted, 3 no time, 2 options that do not go together."""
    folder = tmp_path / "result"
    assert main(["run", TRI1, "--out", str(folder)]) == 0
    capsys.readouterr()
    assert main(["verify", str(folder), "--resolve"]) == 0
    assert "closed zones are closed again" in capsys.readouterr().out
    assert main(["verify", str(folder), "--resolve", "--time-limit", "0.000001"]) == 3
    assert "a larger --time-limit" in capsys.readouterr().err
    assert main(["verify", str(folder), "--workers", "2"]) == 2
    assert "go with --resolve" in capsys.readouterr().err
    (folder / "result.json").write_bytes(to_bytes(document(_forged(tri1_claim(), 4))))
    assert main(["verify", str(folder)]) == 0
    assert main(["verify", str(folder), "--resolve"]) == 5
    assert "a second search disagrees: 1 finding" in capsys.readouterr().err
