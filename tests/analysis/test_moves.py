"""Numbers that move as part of a repair: just those, and just as far, as trying every combination finds."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any

import pytest
from brute_force import enumerate_case
from tri1_claim import ROOT, TRI1, call

from procure_opt import rules
from procure_opt.analysis.repairs import Repairs, repaired, repairs_of
from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.case.switches import switchable
from procure_opt.case.thresholds import eased, easing, thresholds
from procure_opt.change import requiring, without
from procure_opt.errors import LimitReached
from procure_opt.possible import binds, example
from procure_opt.result.whatif import whatif_document
from procure_opt.structure.structure import Structure
from procure_opt.study import solve

CEILING, LEAST, BUDGET = (
    "red_lines.RL3.then.cost_at_most.million",
    "pillars.aircraft.tiers.core.work.min_percent",
    "nations.ALP.budget.total",
)
OF = {CEILING: "RL3", LEAST: "RET", BUDGET: "B"}
"""Number -> the rule in which alone it draws a line."""
REQUIRED = ("GAM leads engine", "ALP in")
Profile = tuple[frozenset[str], frozenset[str]]


def ranged(folder: Path) -> Path:
    """Write TRI-1 with a lower ceiling for Gamma, more work for the core and a budget, each with a range."""
    text = (ROOT / TRI1).read_text(encoding="utf-8")
    for old, new in (
        ("million: 2200}", "million: {value: 2150, low: 2100, high: 2400}}"),
        ("min_percent: 20}", "min_percent: {value: 40, low: 25, high: 45}}"),
        (
            "    stake: 3\n",
            "    stake: 3\n    budget: {id: B, total: {value: 4300, low: 4000, high: 4400}}\n",
        ),
    ):
        assert old in text
        text = text.replace(old, new)
    path = folder / "ranged.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    stated = load_case(ranged(tmp_path_factory.mktemp("case")))
    return requiring(without(stated, ["IR", "RL2", "CAP"]), REQUIRED)


@pytest.fixture(scope="module")
def found(case: Case) -> Repairs:
    return repairs_of(case, moving=True)


@pytest.fixture(scope="module")
def structures(case: Case) -> list[Structure]:
    """Return every structure that is feasible when all rules are dropped: no other can ever be."""
    free = without(case, [name for name in switchable(case) if name not in ("REQ1", "REQ2")])
    return [each for several in enumerate_case(free).feasible.values() for each in several]


def _profiles(case: Case, structures: list[Structure]) -> set[Profile]:
    """Return what each structure breaks as stated, and what still with all numbers at their easing ends."""
    at_ends = eased(case, ((each, each.end) for each in thresholds(case)))
    return {(_broken(case, each), _broken(at_ends, each)) for each in structures}


def _broken(case: Case, structure: Structure) -> frozenset[str]:
    return frozenset(each.id or each.rule for each in rules.violations(case, structure))


def _works(profiles: set[Profile], chosen: tuple[str, ...]) -> bool:
    """Does one of these structures break nothing but what is dropped, or only what a moved number eases?"""
    eases = {OF[name] for name in chosen if name in OF}
    return any({*(stated - eases), *(moved & eases)} <= set(chosen) for stated, moved in profiles)


def by_trying(case: Case, structures: list[Structure]) -> list[tuple[str, ...]]:
    """Return all minimal sets of rules to drop and numbers to put to their ends, by trying every set.

    What a structure breaks does not hang on which rules apply, but for the caps, which are off here.
    """
    profiles = _profiles(case, structures)
    bound = {name for name in switchable(case) if binds(case, name)} - {"REQ1", "REQ2"}
    names = sorted(bound | set(OF))
    good: list[tuple[str, ...]] = []
    for chosen in chain.from_iterable(combinations(names, size) for size in range(len(names) + 1)):
        if not any(set(other) <= set(chosen) for other in good) and _works(profiles, chosen):
            good.append(chosen)
    return good


def test_the_repairs_are_those_that_trying_every_combination_finds(
    case: Case, found: Repairs, structures: list[Structure]
) -> None:
    assert found.complete and {each.name for each in found.numbers} == set(OF)
    assert list(found.repairs) == sorted(by_trying(case, structures), key=lambda s: (len(s), s))
    assert {len(moves) for moves in found.moves} >= {0, 1, 2}, "one that says little would pass any search"


def test_every_number_moves_as_little_as_it_can(
    case: Case, found: Repairs, structures: list[Structure]
) -> None:
    """At what is said some structure is feasible; with any one number a step short of it, none is."""
    tried = 0
    for place, moves in enumerate(found.moves):
        if moves:
            there = repaired(case, found, place)
            fits = [each for each in structures if rules.is_feasible(there, each)]
            assert fits
        for move in moves:
            less = move.number.after(-1) - move.number.number.value + move.to
            short = eased(there, [(move.number, less)])
            assert move.smallest and not any(rules.is_feasible(short, each) for each in fits)
            tried += 1
    assert tried > 3


def test_conflicts_and_repairs_take_something_from_each_other(found: Repairs) -> None:
    assert any(set(conflict) & set(OF) for conflict in found.conflicts)
    assert all(set(conflict) & set(repair) for conflict, repair in product(found.conflicts, found.repairs))


def test_which_numbers_only_draw_a_line_and_which_way_they_ease() -> None:
    assert easing(("nations", "ALP", "budget", "later")) == "high"
    assert easing(("pillars", "p", "tiers", "core", "work", "min_percent")) == "low"
    assert easing(("red_lines", "R", "then", "share", "at_least_percent")) == "low"
    assert easing(("red_lines", "R", "if", "share", "at_least_percent")) == "high"
    assert easing(("red_lines", "R", "then", "any_of", 0, "not", "cost_at_most", "million")) == "low"
    assert easing(("red_lines", "R", "if", "not", "in_service_by", "year")) == "high"
    for price in (("pillars", "p", "growth"), ("needs", "n", "outside", "ALP", "x", "price")):
        assert easing(price) is None


def test_a_number_at_its_easing_end_cannot_move(case: Case) -> None:
    ceiling = next(each for each in thresholds(case) if each.name == CEILING)
    assert (ceiling.end, ceiling.step, ceiling.steps) == (2400, 1, 250)
    there = eased(case, [(ceiling, Decimal(2400))])
    assert CEILING not in {each.name for each in thresholds(there)}


def test_a_number_with_many_digits_moves_exactly_and_soon(tmp_path: Path) -> None:
    """Forty digits were rounded to 28 on the way, and every digit asked for anew."""
    stated = "million: {value: 1000.00000000000000000000000000000000001, low: 1000, high: 2400.1}}"
    path = tmp_path / "digits.yaml"
    path.write_text((ROOT / TRI1).read_text("utf-8").replace("million: 2200}", stated), encoding="utf-8")
    found = repairs_of(requiring(load_case(path), ["GAM in"]), moving=True)
    (move,) = found.moves[found.repairs.index((CEILING,))]
    assert move.number.after(1) == Decimal("1000.00000000000000000000000000000000002")
    assert found.complete and move.smallest and move.to == 1180


def test_without_time_the_end_of_a_range_is_told(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time is up when it is asked whether a smaller move of the budget would do."""
    asked = without(case, ["RL3"])

    def impatient(stated: Case, **named: Any) -> Structure | None:
        budget = stated.nations["ALP"].budget
        if budget is not None and budget.total is not None and budget.total.value not in (4300, 4400):
            raise LimitReached("time limit")
        return example(stated, **named)

    monkeypatch.setattr("procure_opt.analysis.repairs.example", impatient)
    found = repairs_of(asked, moving=True)
    told = dict(zip(found.repairs, found.moves, strict=True))
    (move,) = told[(BUDGET,)]
    assert found.complete and not move.smallest and 4332 < move.to <= 4400, "as far as a structure needs it"


# -- the verb --------------------------------------------------------------------------------------------


def test_the_verb_tells_conflicts_and_moves_and_prints_them_as_data(tmp_path: Path) -> None:
    words = ("whatif", str(ranged(tmp_path)), "--without", "IR", "RL2", "RL3", "CAP", "--require", *REQUIRED)
    code, out, err = call(*words)
    assert (code, err) == (4, "")
    assert f"  {BUDGET}: a number that may move, at 4300 (4000 to 4400)" in out
    assert f"  raise {BUDGET} from 4300 to at least 4332 (range 4000 to 4400)" in out
    assert f"  lower {LEAST} from 40 to at most 28 (range 25 to 45)" in out
    code, out, err = call(*words, "--json")
    data = json.loads(out)
    assert (code, err, data["schema"]) == (4, "", {"name": "procure_opt.whatif", "version": 1})
    assert data["required"] == list(REQUIRED) and data["complete"] and data["fronts"] is None
    moved = {"name": BUDGET, "from": "4300", "to": "4332", "smallest": True}
    assert {"drop": [], "move": [moved]} in data["repairs"]
    assert {each["name"]: each["eases"] for each in data["may_move"]}[LEAST] == "low"
    assert all(set(each) == {"rules", "numbers"} for each in data["conflicts"])


def test_the_verb_solves_with_numbers_moved(tmp_path: Path) -> None:
    words = ("whatif", str(ranged(tmp_path)), "--without", "IR", "RL2", "RL3", "RET", "CAP", "RL1")
    code, out, _ = call(*words, "--require", "GAM leads engine", "ALP in", "--fronts", "--json")
    data = json.loads(out)
    assert code == 0 and data["possible"] and [e["repair"] for e in data["fronts"]["repaired"]] == [None]
    assert data["fronts"]["as_it_is"]["complete"] and data["fronts"]["repaired"][0]["front"]["points"]


def test_the_document_is_complete_only_if_its_fronts_are() -> None:
    """Interrupted with --fronts, it said that all of it was complete."""
    stated = load_case(ROOT / TRI1)
    found, early, whole = repairs_of(stated), solve(stated, time_limit=1e-9), solve(stated, workers=1)
    assert whatif_document(stated, found, whole.claim, [(None, whole.claim)])["complete"]
    assert not whatif_document(stated, found, early.claim)["complete"]
    assert not whatif_document(stated, found, whole.claim, [(None, early.claim)])["complete"]
