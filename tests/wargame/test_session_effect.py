"""What an event would do, asked at the table; and the front that it gives, asked about after the event."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from random_games import known
from test_serve import SCHEMA, ask, fresh, refused
from tri1_claim import tri1_case, tri1_claim

from procure_opt.accounts.cost import national_cost
from procure_opt.change import at_resolution, changed
from procure_opt.claim import Claim, Efficient
from procure_opt.errors import UsageError
from procure_opt.result.document import document
from procure_opt.structure.structure import Structure
from procure_opt.wargame import State, effect_of, inject, outlook, prepare, start, step
from procure_opt.wargame.effect import Effect
from procure_opt.wargame.sessions import desk as desk_room

DEAR = {"kind": "cost_overrun", "package": "engine", "percent": 30, "text": "The blades crack."}
GONE = {"kind": "withdrawal", "nation": "BET", "text": "Bethany leaves."}


def with_deal(place: int = 0) -> State:
    """Return a game in which all agreed to a structure of the front."""
    state = step(start(tri1_case()), {"ALP": {"order": "propose", "structure": known()[place]}})
    return step(state, {seat: {"order": "accept", "proposal": "P1"} for seat in ("BET", "GAM")})


def test_the_deal_is_what_it_happens_to_and_the_game_goes_on_as_it_was() -> None:
    """30 % of an engine of 900 are 270; they are borne by those who pay, and nobody else."""
    state = with_deal()
    before = state.to_bytes()
    answer = effect_of(state, DEAR, time_limit=20)
    assert answer.fate is not None and answer.complete
    costs = [
        national_cost(answer.happened.case, answer.fate.judgement.after.structure, n)
        - national_cost(state.case, Structure.from_json(known()[0]), n)
        for n in sorted(state.case.nations)
    ]
    assert sum(costs) == 270 and state.to_bytes() == before
    assert effect_of(start(tri1_case()), DEAR, time_limit=20).fate is None


def test_the_new_front_is_one_of_the_case_after_the_event_and_not_before() -> None:
    state = with_deal()
    answer, after = effect_of(state, GONE, time_limit=20), inject(state, GONE)
    assert outlook(after, answer.front, [])["matching"] == len(answer.front) > 0
    with pytest.raises(UsageError, match="the front that `effect` gives"):
        outlook(after, tri1_claim())
    with pytest.raises(UsageError, match="solve that case first"):
        outlook(state, answer.front)


def test_over_the_line() -> None:
    desk = fresh()
    state = ask(desk, "replay", log=with_deal().to_json())["state"]
    told = ask(desk, "effect", state=state, event=GONE, front="front", seconds=20)
    jsonschema.Draft7Validator(SCHEMA["definitions"]["result_effect"]).validate(told)
    assert told["complete"] and told["known"] == "complete" and told["milliseconds"] < 20_000
    assert told["read_aloud"] == ["Bethany leaves."] and told["signed"]["leave"] == ["BET"]
    assert set(told["signed"]["changes"]) == {"ALP", "BET", "GAM"} and told["signed"]["regret"]
    assert {"pillar": "aircraft", "role": "seat of BET", "before": "core", "after": "outside"} in (
        told["signed"]["roles"]
    )
    after = ask(desk, "inject", state=state, event=GONE)["state"]
    name = told["front"]["name"]
    assert name in ask(desk, "hello")["fronts"]
    assert ask(desk, "outlook", state=after, front=name, what=[])["matching"] == len(told["front"]["points"])
    assert ask(desk, "debrief", state=after, front=name)["missed"]["known"] == "complete"
    assert ask(desk, "effect", state=state, event=GONE, seconds=20)["front"]["name"] == name


def test_when_time_does_not_do_the_answer_says_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("procure_opt.wargame.effect.Clock.started", lambda limit: _Late())
    answer = effect_of(with_deal(), DEAR, front=tri1_claim())
    assert answer.fate is not None and answer.fate.judgement.feasible
    assert not answer.complete and answer.front.structures == () and answer.provisional
    told = outlook(inject(with_deal(), DEAR), answer.claim, [])
    assert told["matching"] == len(answer.provisional) and told["source"]["known"].startswith("so far")
    assert _known(answer).startswith("so far: what becomes of the signed structure is complete")


class _Late:
    """A clock that always says that there is a second for what is known, and none for a front."""

    first_share, gone = 1.0, 0.0
    limit: float | None = None

    def left(self, share: float) -> float:
        return 1.0 if share < 0.5 else 0.0

    def allows(self, seconds: float) -> bool:
        return False


def _known(answer: Effect) -> str:
    from procure_opt.case.history import Inject
    from procure_opt.wargame.sessions.effects import effect_told

    return str(effect_told(answer, Inject.model_validate(DEAR))["known"])


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"event": 7}, "event: must be"),
        ({"event": "flood"}, "no inject of this case"),
        ({"event": {"kind": "flood", "text": ""}}, "event.kind"),
        ({"event": {"kind": "order_cut", "text": ""}}, "inject.nation: missing"),
        ({"event": {"kind": "delay", "months": "1e400", "text": ""}}, ""),
        ({"event": DEAR, "seconds": 0}, "from 1 to 60"),
        ({"event": DEAR, "seconds": 10**9}, "from 1 to 60"),
        ({"event": DEAR, "signed": ["P1"]}, "signed: must be"),
        ({"event": DEAR, "signed": "P9"}, "no proposal of this game"),
        ({"event": DEAR, "signed": {"pillars": {"tank": {}}, "outside": {}}}, "structure"),
        ({"event": DEAR, "front": "nowhere"}, "no front here"),
    ],
)
def test_what_makes_no_sense_is_refused_as_data(fields: dict[str, Any], says: str) -> None:
    desk = fresh()
    state = ask(desk, "start", case="tri1")["state"]
    assert says in refused(desk, {"op": "effect", "state": state} | fields)["message"]


# -- fronts ----------------------------------------------------------------------------------------------


def test_a_coarse_front_is_one_of_the_case_too() -> None:
    coarse = at_resolution(tri1_case(), {"cost": 50})
    claim = tri1_claim()
    stated = tuple(Efficient(coarse, each.values, each.structure) for each in claim.structures)
    assert outlook(start(tri1_case()), Claim(coarse, stated, claim.evidence))["matching"] == len(stated)


def test_a_front_is_made_ready_and_one_can_come_along() -> None:
    desk = fresh()
    state = ask(desk, "start", case="tri1")["state"]
    nine = {"structures": 9, "judged": 9, "complete": True}
    assert ask(desk, "prepare", state=state, front="front") == nine | {"front": "front"}
    result = document(tri1_claim())
    told = ask(desk, "prepare", state=state, result=result)
    assert told["judged"] == 9 and told["front"] in ask(desk, "hello")["fronts"]
    assert ask(desk, "outlook", state=state, front=told["front"])["matching"] == 9
    assert prepare(start(tri1_case()), tri1_claim(), seconds=0)["judged"] == 0


def test_a_front_that_lies_is_refused() -> None:
    desk = fresh()
    state = ask(desk, "start", case="tri1")["state"]
    good = json.dumps(document(tri1_claim()))
    for change, says in (
        (lambda d: d["points"][0]["values"].update(cost=1), "not worth what it states"),
        (lambda d: d["points"][0]["structure"]["pillars"]["aircraft"].update(tiers={"ALP": "core"}), ""),
        (lambda d: d.update(points=[7]), "points[0]"),
        (lambda d: d["case"]["stated"].update(view="nation:ALP"), "the game is at"),
        (lambda d: d["case"].update(stated={}), "not a case"),
        (lambda d: d.pop("schema"), "no schema"),
    ):
        data = json.loads(good)
        change(data)
        assert says in refused(desk, {"op": "prepare", "state": state, "result": data})["message"]
    for request in ({}, {"front": "front", "result": {}}, {"result": []}, {"front": "front", "seconds": 1.5}):
        refused(desk, {"op": "prepare", "state": state} | request)


def test_old_fronts_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_room, "MOST_FRONTS", 1)
    desk = fresh()
    state = ask(desk, "start", case="tri1")["state"]
    names = [
        ask(desk, "effect", state=state, event=each, seconds=20)["front"]["name"] for each in (DEAR, GONE)
    ]
    assert set(ask(desk, "hello")["fronts"]) == {"front", names[1]}


# -- what becomes of proposals ---------------------------------------------------------------------------


def test_an_order_that_is_cut_is_cut_in_proposals_and_deals_too() -> None:
    """Bethany orders 40 from a menu of 20 and 40; a quarter less are 30, and the deal stands with 30."""
    aircraft = tri1_case().pillars["aircraft"].model_dump(by_alias=True)
    aircraft["quantities"] |= {"BET": {"menu": [20, 40]}}
    menu = changed(tri1_case(), pillars={"aircraft": aircraft})
    data = json.loads(json.dumps(known()[0]))
    data["pillars"]["aircraft"]["quantities"] = {"BET": 40}
    state = step(start(menu), {"ALP": {"order": "propose", "structure": data}})
    state = step(state, {seat: {"order": "accept", "proposal": "P1"} for seat in ("BET", "GAM")})
    assert state.table.deal() is not None
    after = inject(state, {"kind": "order_cut", "nation": "BET", "percent": 25, "text": "less"})
    deal = after.table.deal()
    assert deal is not None
    structure = deal.content(after.case).structure
    assert structure is not None and dict(structure.pillars["aircraft"].quantities) == {"BET": 30}
