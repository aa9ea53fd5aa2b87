"""Known early, known late: TRI-1 with Bethany's line announced after the signing, by enumeration."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from brute_force import candidates, nondominated
from tri1_claim import TRI1, VECTORS, call, tri1_case

from procure_opt import rules
from procure_opt.accounts.views import vector
from procure_opt.analysis.prices import EarlyLate, early_late
from procure_opt.change import without
from procure_opt.pareto.hypervolume import Reference, reference_of
from procure_opt.structure.structure import Structure
from procure_opt.study import solve

SIGNED = "S-97453b1cc2f7"
"""Efficient without RL2: Alpland and Bethany are core, Bethany leads no airframe, Gamma buys elsewhere."""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the result of TRI-1 without RL2: what was known when it was signed."""
    folder = tmp_path_factory.mktemp("early") / "result.json"
    solve(without(tri1_case(), ["RL2"]), workers=1).save(folder)
    return folder


def _keeps(signed: Structure, other: Structure) -> bool:
    """Is all as signed but what is Bethany's: its seat and its way outside, and the packages it works in?"""
    mine, yours = signed.pillars["aircraft"], other.pillars.get("aircraft")
    if yours is None or yours.regime != mine.regime:
        return False
    seats = all(mine.tiers.get(n) == yours.tiers.get(n) for n in ("ALP", "GAM"))
    outside = all([*signed.taken_outside(n)] == [*other.taken_outside(n)] for n in ("ALP", "GAM"))
    work = all(yours.packages[k] == way for k, way in mine.packages.items() if "BET" not in way.holders)
    return seats and outside and work


def _volume(vectors: set[tuple[int, int, int]] | list[tuple[int, int, int]], box: Reference) -> Fraction:
    """Return the share of the box that is dominated, cell by cell between all coordinates."""
    points = [(-a, -s, c) for a, s, c in vectors]
    axes = [sorted({Fraction(p[k]) for p in points} | {box.worst[k]}) for k in range(3)]
    total = Fraction(0)
    for a, a2 in zip(axes[0], axes[0][1:], strict=False):
        for b, b2 in zip(axes[1], axes[1][1:], strict=False):
            least = min((Fraction(p[2]) for p in points if p[0] <= a and p[1] <= b), default=box.worst[2])
            total += (a2 - a) * (b2 - b) * (box.worst[2] - least)
    whole = Fraction(1)
    for best, worst in zip(box.ideal, box.worst, strict=True):
        whole *= worst - best
    return total / whole


def test_what_knowing_it_early_was_worth_is_that_of_enumeration(result: Path) -> None:
    code, out, err = call("redlines", TRI1, "--signed", str(result), SIGNED, "--json")
    data = json.loads(out)
    assert (code, err, data["late_lines"], data["signed"]["breaks"]) == (0, "", ["RL2"], ["RL2"])
    signed = Structure.from_json(
        next(p["structure"] for p in json.loads(result.read_text())["points"] if p["id"] == SIGNED)
    )
    kept = [each for each in candidates(tri1_case()) if _keeps(signed, each)]
    reach = [vector(tri1_case(), each) for each in kept if rules.is_feasible(tri1_case(), each)]
    late = nondominated(reach)
    assert {
        tuple(p["values"][k] for k in ("autonomy", "spinoff", "cost")) for p in _points(data, "late")
    } == late
    box = reference_of([(-a, -s, c) for a, s, c in [*VECTORS, *late]])
    early_share, late_share = _volume(VECTORS, box), _volume(late, box)
    assert (data["early"]["share"], data["late"]["share"]) == (str(early_share), str(late_share))
    assert Fraction(data["worth_of_knowing_early"]) == early_share - late_share > 0
    assert len(data["lost"]) == len(set(VECTORS) - late) == 5
    assert data["dearer"] == [_dearer(each, late) for each in VECTORS]


def _points(data: dict, side: str) -> list[dict]:  # type: ignore[type-arg]
    return list(data[side]["front"]["points"])


def _dearer(each: tuple[int, int, int], late: set[tuple[int, int, int]]) -> int | None:
    costs = [c for a, s, c in late if a >= each[0] and s >= each[1]]
    return min(costs) - each[2] if costs else None


def test_the_verb_tells_it_in_words(result: Path) -> None:
    code, out, err = call("redlines", TRI1, "--signed", str(result), "97453", "--id", "RL2")
    assert (code, err) == (0, "")
    assert "what was signed breaks it" in out and "open after it: everything of BET (Bethany)" in out
    assert "known early, nothing signed: 9 structures, 39.20 % of the box around both fronts" in out
    assert "known late: 4 structures, 31.41 % of the box" in out
    assert "knowing it early was worth 7.79 % of the box" in out
    assert (
        "4 of them can still have" not in out and "4 of them can still be had, for up to 1,978 million" in out
    )


def test_nothing_is_left_where_another_line_is_broken_and_frozen(result: Path) -> None:
    """Gamma's line is announced, Bethany's is broken as well: its seat is frozen, so no structure is left."""
    code, out, _ = call("redlines", TRI1, "--signed", str(result), SIGNED, "--id", "RL3")
    assert code == 0 and "it breaks other rules, too, which both fronts have to obey: RL2" in out
    assert "no structure keeps what is frozen" in out and "known late: 0 structures, 0.00 % of the box" in out


def test_what_cannot_be_asked_is_refused(result: Path) -> None:
    for words, told in (
        ((SIGNED, "--pairs"), "--pairs is for prices"),
        ((SIGNED, "--id", "IR"), '"IR" is no red line that binds'),
        (("S-9d653466d418",), "what was signed keeps every red line"),
        (("S-00",), "fits no structure"),
    ):
        code, out, err = call("redlines", TRI1, "--signed", str(result), *words)
        assert (code, out) == (2, "") and told in err
    code, _, err = call("redlines", "gcap", "--signed", str(result), SIGNED)
    assert code == 2 and "is a result of tri1, and this is gcap" in err


def test_a_front_beside_itself_has_lost_nothing() -> None:
    front = solve(tri1_case(), workers=1)
    found: EarlyLate = early_late(("RL1",), front, front)
    assert (found.worth, found.lost, set(found.dearer), found.complete) == (0, (), {0}, True)


def test_prices_are_printed_as_data() -> None:
    code, out, err = call("redlines", TRI1, "--id", "RL2", "IR", "--pairs", "--json")
    data = json.loads(out)
    assert (code, err, data["schema"]) == (0, "", {"name": "procure_opt.redlines", "version": 1})
    assert data["complete"] and [p["ids"] for p in data["prices"]] == [["RL2"], ["IR"], ["RL2", "IR"]]
    assert data["prices"][0]["savings"] == [12, 15, 12, 96, 0, 0, 0, 0, 0] and data["cost_parts"] == 1
    assert all(Fraction(price["gain"]) > 0 and price["front"]["complete"] for price in data["prices"])
    code, out, _ = call("redlines", TRI1, "--id", "RL2", "--time-limit", "1e-6", "--json")
    assert code == 3 and json.loads(out)["complete"] is False
