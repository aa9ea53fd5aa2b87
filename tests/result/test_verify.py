"""A second look: an honest result stands, and every mutation that changes the meaning is rejected."""

from __future__ import annotations

import copy
import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from tri1_claim import ROOT, tri1_case, tri1_claim, tri1_data

from procure_opt.change import requiring, without
from procure_opt.claim import Claim, Evidence
from procure_opt.errors import ResultError
from procure_opt.pareto.certificate import final_bounds
from procure_opt.result.document import document
from procure_opt.result.read import misfits, parse
from procure_opt.result.verify import Verdict, proves, verify
from procure_opt.result.write import to_bytes

Path = tuple[str | int, ...]


def judged(data: Any) -> tuple[str, ...]:
    """Return every finding against data, those about the form included."""
    return tuple(misfits(data)) or verify(data).findings


def forged(change: Callable[[Any], Any]) -> tuple[str, ...]:
    data = tri1_data()
    change(data)
    return judged(data)


def test_an_honest_result_stands() -> None:
    assert judged(tri1_data()) == ()
    assert verify(tri1_data(), tri1_case()).stands


def test_a_point_dropped_is_missed_by_the_bounds() -> None:
    for number in (0, 4, 8):
        assert any(
            "bounds: not the final bounds" in each for each in forged(lambda d, n=number: d["points"].pop(n))
        )


def test_a_value_altered_is_noticed() -> None:
    findings = forged(lambda d: d["points"][2]["values"].update(cost=8888))
    assert "S-40a5d593b8f6: cost is stated as 8888, but the structure is worth 8889" in findings


def test_an_infeasible_structure_put_in_breaks_a_rule() -> None:
    def corrupt(data: Any) -> None:
        data["points"][0]["structure"]["pillars"]["aircraft"]["packages"]["mission"] = {
            "leads": ["BET"],
            "shares": {"BET": 100},
        }

    assert any("breaks a rule: red_lines [RL1]" in each for each in forged(corrupt))


def test_a_structure_of_another_world_is_named() -> None:
    def corrupt(data: Any) -> None:
        data["points"][0]["structure"]["pillars"]["aircraft"]["tiers"]["ZZZ"] = "core"

    assert any("breaks a rule: names" in each for each in forged(corrupt))


def test_a_feasible_but_dominated_point_is_rejected() -> None:
    claim = tri1_claim()
    worse = without(tri1_case(), ["RL1"])
    assert any("sha256" in each for each in forged(lambda d: d["case"]["stated"].update(off=list(worse.off))))
    points = (*claim.structures[:1], *claim.structures)
    assert verify(document(replace(claim, structures=points))).findings


def test_a_bound_removed_or_changed_or_added_is_noticed() -> None:
    def moved(data: Any) -> None:
        data["bounds"][1][2] += 1

    for change in (lambda d: d["bounds"].pop(3), moved, lambda d: d["bounds"].append([0, 0, 0])):
        assert any(each.startswith("bounds: not the final bounds") for each in forged(change))
    assert "bounds: not sorted" in forged(lambda d: d["bounds"].reverse())


def test_completeness_cannot_be_forged() -> None:
    claim = tri1_claim()
    opened = Evidence(
        (1, 1, 1), claim.evidence.bounds, claim.evidence.bounds[:2], Fraction(8, 9), "time limit"
    )
    honest = document(replace(claim, evidence=opened))
    assert verify(honest).stands
    for lie in (
        {"complete": True},
        {"complete": True, "reason": None},
        {"complete": True, "reason": None, "open_zones": 0, "proven_share": "1"},
        {"reason": None},
        {"proven_share": "1"},
        {"open_zones": 1},
    ):
        data = copy.deepcopy(honest)
        data["status"].update(lie)
        assert judged(data), lie
    closed = copy.deepcopy(honest) | {"open_bounds": []}
    assert judged(closed)


def test_an_unfinished_point_may_only_lie_in_an_open_zone() -> None:
    claim = tri1_claim()
    settled = claim.structures[:5]
    boxes = [(-a, -s, c) for a, s, c in (each.values for each in settled)]
    bounds = final_bounds(boxes, 3)
    share = Fraction(1, 2)
    stopped = Claim(
        claim.case, claim.structures[:6], Evidence((1, 1, 1), bounds, bounds, share, "interrupted")
    )
    assert verify(document(stopped)).stands
    last = tuple(bound for bound in bounds if bound == (None, None, 8871))
    shut = replace(stopped, evidence=Evidence((1, 1, 1), bounds, last, share, "interrupted"))
    assert any("said to be empty" in each for each in verify(document(shut)).findings)


def test_another_case_than_the_given_one_is_rejected() -> None:
    assert any("case.sha256" in each for each in verify(tri1_data(), without(tri1_case(), ["CAP"])).findings)
    changed = requiring(without(tri1_case(), ["RL2"]), ["GAM out"])
    points = tuple(replace(each, case=changed) for each in tri1_claim().structures)
    data = document(Claim(changed, points, tri1_claim().evidence))
    assert not [each for each in verify(data, tri1_case()).findings if each.startswith("case")]


def test_a_forged_case_with_a_right_digest_is_judged_by_its_own_rules() -> None:
    def cheaper(data: Any) -> None:
        stated = data["case"]["stated"]
        stated["pillars"]["aircraft"]["packages"]["engine"]["value"]["value"] = "800"
        text = json.dumps(stated, sort_keys=True, separators=(",", ":"))
        data["case"]["sha256"] = hashlib.sha256(text.encode()).hexdigest()

    assert any("is stated as" in each for each in forged(cheaper))


def test_no_solver_is_needed() -> None:
    script = (
        "import sys, procure_opt.result.verify, procure_opt.result.read\n"
        "heavy = {'pulp', 'highspy', 'scipy', 'numpy', 'procure_opt.formulation', 'procure_opt.solving',"
        " 'procure_opt.study'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout == "[]\n"


# -- mutations ------------------------------------------------------------------------------------------


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of everything in the document, containers included."""
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from leaves(inner, (*path, key))


def mutated(value: Any, dice: random.Random) -> Any:
    """Return another value in the place of this one."""
    others: list[Any] = [None, True, "x", -1, 0, 10**14, [], {}, [None], {"a": 1}, 10**40, "S-" + "0" * 12]
    if isinstance(value, bool):
        others += [not value, int(value)]
    elif isinstance(value, int):
        others += [value + 1, value - 1, -value, value * 10, str(value), bool(value % 2)]
    elif isinstance(value, str):
        others += [
            value + " ",
            value[:-1],
            value.upper(),
            value.lower(),
            value[::-1],
            "\u0000",
            "ALP",
            "core",
        ]
    elif isinstance(value, list) and value:
        others += [value[:-1], value[1:], value + value[:1], value[::-1], value * 2]
    elif isinstance(value, dict) and value:
        first = next(iter(value))
        others += [{k: v for k, v in value.items() if k != first}, value | {"unheard_of": 1}]
    different = [other for other in others if to_text(other) != to_text(value)]
    return dice.choice(different)


def to_text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def one_mutation(dice: random.Random, paths: list[Path]) -> tuple[Path, Any]:
    """Return a mutated document: a place changed, dropped, or swapped with its neighbour."""
    data = tri1_data()
    path = dice.choice(paths)
    holder = data
    for part in path[:-1]:
        holder = holder[part]
    kind = dice.random()
    if kind < 0.2:
        del holder[path[-1]]
    elif kind < 0.3 and isinstance(holder, list) and len(holder) > 1:
        there = (int(path[-1]) + 1) % len(holder)
        holder[path[-1]], holder[there] = holder[there], holder[path[-1]]
    else:
        holder[path[-1]] = mutated(holder[path[-1]], dice)
    return path, data


def test_every_mutation_that_changes_the_meaning_is_rejected() -> None:
    dice = random.Random(20261122)
    honest = tri1_data()
    everywhere = list(leaves(honest))
    told = [path for path in everywhere if path[:2] != ("case", "stated")]
    paths = told + dice.sample([path for path in everywhere if path[:2] == ("case", "stated")], 150)
    tried = 0
    while tried < 220:
        path, data = one_mutation(dice, paths)
        if to_text(data) == to_text(honest):
            continue
        tried += 1
        assert judged(data), f"accepted: {path}"


def test_bytes_that_were_disturbed_are_rejected_or_say_the_same() -> None:
    dice = random.Random(7)
    raw = to_bytes(tri1_data())
    honest = json.loads(raw)
    rejected = 0
    for _ in range(80):
        place = dice.randrange(len(raw))
        disturbed = raw[:place] + bytes([dice.randrange(256)]) + raw[place + dice.randrange(3) :]
        try:
            data = parse(disturbed)
        except ResultError:
            rejected += 1
            continue
        if to_text(data) == to_text(honest):
            continue
        assert judged(data)
        rejected += 1
    assert rejected > 30


def test_many_findings_are_cut() -> None:
    def wreck(data: Any) -> None:
        for point in data["points"]:
            point["display"] = dict.fromkeys(point["display"], "")
            for nation in point["nations"].values():
                nation.update(pays="0", spinoff=-1, A0=-1, N1=-1, autonomy=-1, tasks=["x"], leads={})

    findings = forged(wreck)
    assert len(findings) == 101 and findings[-1].startswith("... and ")


def test_what_is_open_is_told_beside_what_is_proven() -> None:
    claim = tri1_claim()
    bounds = claim.evidence.bounds
    complete = "\n".join(proves(Verdict(claim, ())))
    assert "open" not in complete and f"strictly below {len(bounds)} of them" in complete
    stopped = replace(
        claim.evidence, open_bounds=bounds[:2], proven_share=Fraction(1, 2), reason="time limit"
    )
    some = "\n".join(proves(Verdict(replace(claim, evidence=stopped), ())))
    assert "more may be found below 2 of the bounds" in some
    assert f"strictly below {len(bounds) - 2} of them" in some
    nothing = replace(claim.evidence, open_bounds=bounds, proven_share=Fraction(0), reason="time limit")
    assert "no zone is closed yet" in "\n".join(proves(Verdict(replace(claim, evidence=nothing), ())))


def test_a_verdict_about_nothing_stands_on_nothing() -> None:
    assert not Verdict(None, ("case.stated is not a case",)).stands


@pytest.mark.parametrize("stated", [{}, {"case": 2}, {"case": 1, "id": "x"}])
def test_a_case_that_is_none_is_one_finding(stated: dict[str, Any]) -> None:
    findings = forged(lambda d: d["case"].update(stated=stated))
    assert len(findings) == 1 and "case.stated is not a case" in findings[0]
