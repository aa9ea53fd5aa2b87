"""Sessions: random games of TRI-1 keep every invariant, and what a facilitator does comes out as stated."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from typing import Any

import pytest
from random_games import known, random_game, random_turn
from tri1_claim import tri1_case

from procure_opt.accounts.cost import cost_items, national_cost, programme_cost
from procure_opt.accounts.pools import pool
from procure_opt.accounts.sharing import payments, shared_phases
from procure_opt.case.model import Case
from procure_opt.change import changed
from procure_opt.errors import CaseError, UsageError
from procure_opt.wargame import State, check_order, inject, observe, orders_schema, replay, start, step, undo
from procure_opt.wargame.sessions.state import CONCLUDED, ledger

GAMES = range(240)
NATIONS = ("ALP", "BET", "GAM")
Json = dict[str, Any]


@pytest.fixture(scope="module")
def games() -> list[State]:
    return [random_game(number) for number in GAMES]


def began(**fields: Any) -> State:
    return start(changed(tri1_case(), **fields) if fields else tri1_case())


def proposed(state: State, seat: str = "ALP", place: int = 0) -> State:
    return step(state, {seat: {"order": "propose", "structure": known()[place]}})


def heard(state: State, seat: str = "facilitator") -> list[Any]:
    return observe(state, seat)["log"][-1]["heard"]


# -- random games ----------------------------------------------------------------------------------------


def test_the_random_games_are_games(games: list[State]) -> None:
    """Many end with a deal, many do not; money changes hands; lines are announced, gone over and bluffed."""
    deals = sum(state.table.deal() is not None for state in games)
    assert 30 < deals < len(games) - 30
    assert sum(len(state.table.home_costs) for state in games) > 3
    assert any(line.own is None for state in games for line in state.table.lines)


def test_nothing_is_created_or_lost(games: list[State]) -> None:
    for state in games:
        assert sum(ledger(state.table, NATIONS).values()) == 0
        for proposal in state.table.proposals:
            structure = proposal.content(state.case).structure
            if structure is None or proposal.breaks:
                continue
            paid = sum((national_cost(state.case, structure, n) for n in NATIONS), Fraction(0))
            assert paid == programme_cost(state.case, structure)
            items = (each for n in NATIONS for _, each in cost_items(state.case, structure, n))
            assert sum(items, Fraction(0)) == paid
            for pillar, plan in structure.pillars.items():
                for phase in shared_phases(state.case, pillar):
                    shared = payments(state.case, pillar, plan, phase).values()
                    assert sum(shared, Fraction(0)) == pool(state.case, pillar, plan, phase)


def test_a_log_replays_to_the_same_bytes(games: list[State]) -> None:
    for state in games[:30]:
        written = state.to_bytes()
        again = replay(json.loads(written))
        assert again.to_bytes() == written
        assert (again, hash(again), again.table) == (state, hash(state), state.table)


def test_undo_is_the_inverse_of_step(games: list[State]) -> None:
    for number in GAMES[:30]:
        draw, state = random.Random(number), start(tri1_case(), seed=number)
        for _ in range(4):
            after = step(state, random_turn(draw, state))
            assert undo(after) == state and undo(after).table == state.table
            assert after != state
            state = after
    with pytest.raises(UsageError, match="nothing has happened yet"):
        undo(began())


def backwards(data: Any) -> Any:
    """Return data with the keys of every object in another order."""
    if isinstance(data, dict):
        return {key: backwards(data[key]) for key in sorted(data, reverse=True)}
    return [backwards(each) for each in data] if isinstance(data, list) else data


def test_the_order_of_keys_does_not_matter() -> None:
    for number in GAMES[:30]:
        draw, state = random.Random(number), start(tri1_case(), seed=number)
        for _ in range(4):
            orders = random_turn(draw, state)
            after = step(state, orders)
            assert step(state, backwards(orders)).to_bytes() == after.to_bytes()
            state = after


def test_a_phase_has_at_most_one_deal_and_only_what_is_possible_is_concluded(games: list[State]) -> None:
    for state in games:
        whole = [p for p in state.table.proposals if p.status == CONCLUDED and p.possible is not None]
        assert len(whole) <= 1
        decided = "verdict" in state.to_bytes().decode()
        assert decided or all(not each.breaks for each in whole)


def test_a_state_holds_no_fractions(games: list[State]) -> None:
    def whole(text: str) -> Any:
        raise AssertionError(f"a fraction: {text}")

    for state in games[:30]:
        json.loads(state.to_bytes(), parse_float=whole)
        for seat in (*NATIONS, "facilitator"):
            json.loads(json.dumps(observe(state, seat)), parse_float=whole)


# -- nobody sees what is not theirs ----------------------------------------------------------------------


def with_other_lines(case: Case) -> Case:
    """Return TRI-1 where Gamma's true lines say something else."""
    lines = dict(case.red_lines)
    fields = {"text": "something quite different", "if_": None}
    for name, then in (
        ("RL3", {"leads": {"nation": "GAM", "package": "engine"}}),
        ("RL4", {"exists": {"pillar": "aircraft"}}),
    ):
        stated = lines[name].model_dump(by_alias=True) | {"text": fields["text"], "if": None, "then": then}
        lines[name] = type(lines[name]).model_validate(stated)
    return changed(case, red_lines=lines)


def test_nobody_sees_anothers_true_lines() -> None:
    """Gamma's lines are others, the same is ordered: Alpland and Bethany see the same bytes all the time."""
    different = 0
    for number in GAMES[:30]:
        draw = random.Random(number)
        one, other = start(tri1_case()), start(with_other_lines(tri1_case()))
        for _ in range(5):
            orders = random_turn(draw, one)
            orders.pop("facilitator", None)
            orders["GAM"] = [each for each in orders.get("GAM", []) if "line" not in each]
            one, other = step(one, orders), step(other, orders)
            for seat in ("ALP", "BET"):
                assert json.dumps(observe(one, seat)) == json.dumps(observe(other, seat))
                assert "RL3" not in json.dumps(observe(one, seat))
                assert orders_schema(one, seat) == orders_schema(other, seat)
            different += observe(one, "GAM") != observe(other, "GAM")
    assert different > 40


def test_nobody_sees_what_anothers_treasury_believes(monkeypatch: pytest.MonkeyPatch) -> None:
    state = proposed(began())
    before = {seat: observe(state, seat) for seat in NATIONS}
    from procure_opt.wargame.sessions import state as room

    drawn = room.estimate

    def wild(case: Case, seed: int, nation: str) -> Any:
        return (("units", 3000),) if nation == "GAM" else drawn(case, seed, nation)

    monkeypatch.setattr(room, "estimate", wild)
    assert observe(state, "ALP") == before["ALP"] and observe(state, "BET") == before["BET"]
    assert observe(state, "GAM") != before["GAM"]


def test_a_private_warning_is_heard_by_its_seat_and_the_facilitator_only() -> None:
    stated = json.loads(json.dumps(known()[0]))
    led = stated["pillars"]["aircraft"]["packages"]
    led["mission"], led["engine"] = (
        {"leads": ["BET"], "shares": {"BET": 100}},
        {"leads": ["ALP"], "shares": {"ALP": 100}},
    )
    state = step(began(), {"BET": {"order": "propose", "structure": stated}})
    state = step(state, {"ALP": {"order": "accept", "proposal": "P1"}})
    private = "ALP has gone over its true red line RL1: a cost at home"
    assert {"to": ["ALP"], "text": private} in heard(state) and {"to": ["ALP"], "text": private} in heard(
        state, "ALP"
    )
    assert private not in json.dumps(observe(state, "BET"))
    assert [(each.seat, each.line) for each in state.table.home_costs] == [("ALP", "RL1")]
    assert observe(state, "BET")["you"]["home_costs"] == []
    forgiven = {
        "order": "override",
        "verdict": "forgiven",
        "proposal": "P1",
        "seat": "ALP",
        "reason": "an election",
    }
    after = step(state, {"facilitator": forgiven})
    assert after.table.home_costs[0].forgiven
    assert "an election" in str(heard(after, "ALP")) and heard(after, "BET") == []


# -- what is agreed --------------------------------------------------------------------------------------


def test_members_conclude_and_outsiders_are_not_asked() -> None:
    """The first structure of the front: Alpland and Bethany build, Gamma buys off the shelf."""
    state = step(proposed(began()), {"BET": {"order": "accept", "proposal": "P1"}})
    assert observe(state, "GAM")["deal"] == "P1"
    assert check_order(state, "GAM", {"order": "propose", "structure": known()[1]})[0].message.startswith(
        "this phase"
    )


def test_who_goes_alone_makes_no_deal() -> None:
    """The eighth of the front is Bethany alone: that needs the others, too."""
    assert set(known()[7]["pillars"]["aircraft"]["tiers"]) == {"BET"}
    state = proposed(began(), "BET", 7)
    assert observe(state, "ALP")["proposals"][0]["waits_for"] == ["ALP", "GAM"]


def test_linked_acceptances_make_a_package() -> None:
    state = step(began(), {"ALP": {"order": "propose", "terms": ["ALP leads mission"]},
                           "BET": {"order": "propose", "terms": ["BET leads airframe"]}})  # fmt: skip
    only_if = {"order": "accept", "proposal": "P2", "if": [{"concluded": "P1"}]}
    state = step(state, {"ALP": only_if, "GAM": [{"order": "accept", "proposal": p} for p in ("P1", "P2")]})
    assert [each.status for each in state.table.proposals] == ["open", "open"]
    state = step(state, {"BET": {"order": "accept", "proposal": "P1", "if": [{"concluded": "P2"}]}})
    assert [each.status for each in state.table.proposals] == [CONCLUDED, CONCLUDED]


def test_a_promise_is_paid_with_the_deal_and_taken_back_with_it() -> None:
    state = step(proposed(began()), {"ALP": {"order": "pay", "to": "BET", "million": 40, "for": "P1"}})
    assert ledger(state.table, NATIONS) == dict.fromkeys(NATIONS, 0)
    state = step(state, {"BET": {"order": "accept", "proposal": "P1"}})
    assert ledger(state.table, NATIONS) == {"ALP": -40, "BET": 40, "GAM": 0}
    void = {"order": "override", "verdict": "void", "proposal": "P1", "reason": "a court stops it"}
    after = step(state, {"facilitator": void})
    assert ledger(after.table, NATIONS) == dict.fromkeys(NATIONS, 0) and after.table.deal() is None
    assert "the facilitator decides: P1 is void; reason: a court stops it" in heard(after, "GAM")


def test_what_breaks_a_rule_is_concluded_only_by_the_facilitator() -> None:
    stated = json.loads(json.dumps(known()[0]))
    stated["pillars"]["aircraft"]["packages"]["mission"] = {"leads": ["GAM"], "shares": {"GAM": 100}}
    state = step(began(), {"ALP": {"order": "propose", "structure": stated}})
    assert state.table.proposals[0].possible is False
    state = step(state, {seat: {"order": "accept", "proposal": "P1"} for seat in ("BET", "GAM")})
    assert state.table.deal() is None
    rule = {
        "order": "override",
        "verdict": "possible",
        "proposal": "P1",
        "reason": "Gamma may, as an observer",
    }
    assert step(state, {"facilitator": rule}).table.deal() is not None


def test_a_bluff_is_legal_and_so_is_taking_it_back() -> None:
    bluff = {"order": "announce", "then": "GAM tier core in aircraft", "text": "core or nothing"}
    state = step(began(), {"GAM": bluff})
    assert observe(state, "ALP")["announced"][0]["text"] == "core or nothing"
    assert observe(state, "facilitator")["bluffs"] == ["A1"] and "bluffs" not in observe(state, "ALP")
    state = step(state, {"GAM": {"order": "retract", "line": "A1"}})
    assert not observe(state, "ALP")["announced"][0]["stands"]


def test_a_true_line_is_known_in_other_words_too_and_told_as_a_condition() -> None:
    """RL1: if Alpland takes part, it leads the mission system."""
    words = {
        "order": "announce",
        "if": "ALP in aircraft",
        "then": {"leads": {"nation": "ALP", "package": "mission"}},
    }
    by_id = step(began(), {"ALP": {"order": "announce", "line": "RL1"}})
    said = {"if": {"participates": {"nation": "ALP"}}} | {key: words[key] for key in ("order", "then")}
    in_words = step(began(), {"ALP": said})
    assert observe(in_words, "facilitator")["bluffs"] == observe(by_id, "facilitator")["bluffs"] == []
    assert observe(step(began(), {"BET": words}), "facilitator")["bluffs"] == ["A1"]
    line = observe(by_id, "GAM")["announced"][0]
    assert line["then"]["leads"]["package"] == "mission" and line["if"]["participates"]["nation"] == "ALP"


def test_a_long_game_can_be_written_and_replayed() -> None:
    state = began()
    for _ in range(1100):
        state = step(state, {"ALP": {"order": "pass"}})
    assert replay(state.to_json()).id == state.id


def test_a_firm_and_a_parliament_have_a_say_where_the_case_gives_it() -> None:
    seats = {
        "ALP": {"speaks_for": "ALP"},
        "BET": {"speaks_for": "BET"},
        "works": {"kind": "firm", "speaks_for": "ALP", "say_over": ["engine"]},
        "house": {"kind": "parliament", "speaks_for": "GAM", "say_over": ["RL3"]},
    }
    state = step(start(tri1_case(), seats), {"BET": {"order": "propose", "structure": known()[0]}})
    assert observe(state, "ALP")["proposals"][0]["waits_for"] == ["ALP", "works"]
    assert observe(state, "house")["you"]["true_lines"].keys() == {"RL3"}
    assert "walk_away" not in observe(state, "works")["you"]
    found = check_order(state, "works", {"order": "pay", "to": "BET", "million": 1})
    assert [each.where for each in found] == ["order"]


# -- phases and events -----------------------------------------------------------------------------------


SEEN_BY = ("facilitator", "ALP")


def two_phases() -> State:
    case = tri1_case()
    return start([changed(case, decision={"date": year}, id=f"tri1-{year}") for year in ("2026", "2025")])


def test_phases_open_at_the_gates_of_the_editions() -> None:
    state = proposed(two_phases())
    gates = {seat: [each["decision"]["date"] for each in observe(state, seat)["phases"]] for seat in SEEN_BY}
    assert gates == {"facilitator": ["2025", "2026"], "ALP": ["2025"]}, "players do not see what comes"
    later = step(state, {"facilitator": {"order": "open_phase"}})
    assert (later.table.phase, later.case.id) == (1, "tri1-2026")
    assert later.table.proposals[0].status == "lapsed"
    assert (
        check_order(later, "facilitator", {"order": "open_phase"})[0].message
        == "phase 2 of 2 is the last one"
    )
    assert check_order(state, "ALP", {"order": "open_phase"})[0].where == "order.order"
    assert replay(later.to_json()) == later and undo(later) == state


def test_an_event_changes_the_case_and_is_replayed() -> None:
    state = proposed(began())
    event = {"kind": "order_cut", "nation": "BET", "percent": 25, "text": "Bethany buys less"}
    after = inject(state, event)
    assert after.case.pillars["aircraft"].quantities["BET"].whole == 30
    assert "Bethany buys less" in heard(after, "GAM")
    assert replay(json.loads(after.to_bytes())) == after and undo(after) == state
    for wrong in ({"kind": "order_cut"}, {"kind": "x", "text": ""}, "RL1", {"kind": ["order_cut"]}):
        with pytest.raises((UsageError, CaseError)):
            inject(state, wrong)


def test_a_proposal_is_judged_anew_after_an_event() -> None:
    state = proposed(began())
    out = {"kind": "withdrawal", "nation": "BET", "text": "Bethany leaves"}
    after = inject(state, out)
    assert after.table.proposals[0].possible is False
    assert any("P1 is not possible now" in str(each) for each in heard(after))
