"""Serve: JSON lines in and out, errors as data, many games at once, nothing hostile gets through."""

from __future__ import annotations

import copy
import json
import os
import random
import signal
import subprocess
import sys
from typing import Any

import jsonschema
import pytest
from hostile import BAD_LINES, BAD_ORDERS, BAD_REQUESTS
from random_games import any_structure, known, random_game, random_order, random_turn
from tri1_claim import ROOT, TRI1, tri1_case, tri1_claim

from procure_opt.errors import ProcureError, UsageError
from procure_opt.wargame import check_order, orders_schema, replay, start, step
from procure_opt.wargame.sessions import desk as desk_room
from procure_opt.wargame.sessions.desk import Desk, answer_line
from procure_opt.wargame.sessions.protocol import OPERATIONS, protocol_schema

Json = dict[str, Any]
SCHEMA = protocol_schema()
REQUEST = jsonschema.Draft7Validator(SCHEMA)
ANSWER = jsonschema.Draft7Validator(SCHEMA | {"oneOf": [{"$ref": "#/definitions/answer"}]})


def fresh() -> Desk:
    return Desk({"tri1": tri1_case()}, {"front": tri1_claim()})


def ask(desk: Desk, op: str, **fields: Any) -> Any:
    """Return the result of a request that fits the schema, and whose answer does."""
    request = {"id": 1, "op": op} | fields
    REQUEST.validate(request)
    told = json.loads(answer_line(desk, json.dumps(request).encode()))
    ANSWER.validate(told)
    assert "result" in told, told
    return told["result"]


def refused(desk: Desk, request: Any) -> Json:
    """Return the error that a request gets."""
    told = json.loads(answer_line(desk, json.dumps(request).encode()))
    ANSWER.validate(told)
    assert told["error"]["kind"] != "internal", told
    return dict(told["error"])


# -- the protocol ----------------------------------------------------------------------------------------


def test_the_schemas_are_draft_7_and_name_every_operation() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert ask(fresh(), "schema") == SCHEMA
    assert set(ask(fresh(), "hello")["operations"]) == set(OPERATIONS)
    assert set(desk_room._DO) == set(OPERATIONS)


def test_a_game_over_the_line() -> None:
    desk = fresh()
    one = ask(desk, "start", case="tri1", seed=5)
    two = ask(desk, "step", state=one["state"], orders={"ALP": {"order": "propose", "structure": known()[0]}})
    assert two["events"] == [{"text": "ALP proposes P1", "to": None}]
    yes, mission = {"order": "accept", "proposal": "P1"}, {"terms": ["ALP leads mission"]}
    assert ask(desk, "check_order", state=two["state"], seat="BET", order=yes) == {"findings": []}
    assert ask(desk, "who_accepts", state=two["state"], what="P1")["agreed"]
    assert ask(desk, "outlook", state=two["state"], what=mission, front="front")["matching"] == 7
    three = ask(desk, "step", state=two["state"], orders={"BET": yes})
    assert ask(desk, "observe", state=three["state"], seat="GAM")["deal"] == "P1"
    assert ask(desk, "debrief", state=three["state"], front="front")["missed"]["acceptable_to_all"] == 8
    assert ask(desk, "undo", state=three["state"])["state"] == two["state"]
    log = ask(desk, "log", state=three["state"])
    assert ask(fresh(), "replay", log=log)["state"] == three["state"]
    assert ask(fresh(), "observe", log=log, seat="BET") == ask(
        desk, "observe", state=three["state"], seat="BET"
    )
    after = ask(
        desk,
        "inject",
        state=three["state"],
        event={"kind": "order_cut", "nation": "BET", "percent": 25, "text": "less"},
    )
    assert after["moves"] == 3
    assert ask(desk, "forget", state=after["state"]) == {"forgotten": True}
    assert ask(desk, "forget", state=after["state"]) == {"forgotten": False}


def test_many_games_at_once_do_not_disturb_each_other() -> None:
    """Twenty games played move by move in turns end as they end alone."""
    desk, games = fresh(), range(20)
    draws = {number: random.Random(number) for number in games}
    alone = {number: start(tri1_case(), seed=number) for number in games}
    names = {number: ask(desk, "start", case="tri1", seed=number)["state"] for number in games}
    for _ in range(3):
        for number in games:
            orders = random_turn(draws[number], alone[number])
            alone[number] = step(alone[number], orders)
            names[number] = ask(desk, "step", state=names[number], orders=orders)["state"]
    assert {number: state.id for number, state in alone.items()} == names


def test_old_states_are_forgotten_and_can_be_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_room, "MOST_STATES", 3)
    desk = fresh()
    first = ask(desk, "start", case="tri1", seed=0)["state"]
    log = ask(desk, "log", state=first)
    for seed in range(1, 5):
        ask(desk, "start", case="tri1", seed=seed)
    error = refused(desk, {"op": "observe", "state": first, "seat": "ALP"})
    assert "send the log" in error["message"]
    assert ask(desk, "observe", log=log, seat="ALP")["turn"] == 0


def test_a_case_can_come_as_text() -> None:
    text = (ROOT / TRI1).read_text(encoding="utf-8")
    assert ask(fresh(), "start", case_text=text) == ask(fresh(), "start", case="tri1")
    error = refused(fresh(), {"op": "start", "case_text": "case: 1\nid: 7\n"})
    assert error["kind"] == "case" and {"where", "line", "column", "message"} == set(error["findings"][0])


# -- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize("request_", BAD_REQUESTS, ids=range(len(BAD_REQUESTS)))
def test_a_request_that_makes_no_sense_gets_an_error_as_data(request_: Any) -> None:
    assert refused(fresh(), request_)["message"]


def test_an_unknown_operation_is_told_a_near_one() -> None:
    assert 'did you mean "outlook"?' in refused(fresh(), {"op": "outlok"})["message"]
    assert 'did you mean "seed"?' in refused(fresh(), {"op": "start", "case": "tri1", "sead": 1})["message"]


def test_a_line_that_is_no_json_gets_an_error_as_data() -> None:
    for raw in BAD_LINES:
        told = json.loads(answer_line(fresh(), raw))
        assert told["error"]["kind"] == "request", raw


@pytest.mark.parametrize("order", BAD_ORDERS, ids=range(len(BAD_ORDERS)))
def test_an_order_that_cannot_be_given_is_found_and_changes_nothing(order: Any) -> None:
    desk = fresh()
    state = ask(desk, "start", case="tri1")["state"]
    state = ask(desk, "step", state=state, orders={"ALP": {"order": "propose", "structure": known()[0]}})[
        "state"
    ]
    told = json.loads(
        answer_line(
            desk, json.dumps({"op": "check_order", "state": state, "seat": "BET", "order": order}).encode()
        )
    )
    assert told["result"]["findings"], told
    error = refused(desk, {"op": "step", "state": state, "orders": {"BET": order, "GAM": {"order": "pass"}}})
    assert error["message"].startswith("BET: orders[0]")
    assert ask(desk, "observe", state=state, seat="BET")["turn"] == 1


def test_the_schema_of_orders_refuses_what_has_the_wrong_form_and_admits_what_can_be_given() -> None:
    for number in range(12):
        draw, state = random.Random(number), random_game(number, 3)
        for seat in ("ALP", "BET", "facilitator"):
            schema = orders_schema(state, seat)
            jsonschema.Draft7Validator.check_schema(schema)
            admits = jsonschema.Draft7Validator(schema).is_valid
            for _ in range(6):
                order = random_order(draw, state, seat)
                assert admits(order) or check_order(state, seat, order), order
    admits = jsonschema.Draft7Validator(orders_schema(step(start(tri1_case()), {}), "BET")).is_valid
    assert sum(map(admits, BAD_ORDERS)) < len(BAD_ORDERS) / 2


def test_structures_with_odd_parts_are_judged_or_refused_never_a_crash() -> None:
    state, draw = start(tri1_case()), random.Random(3)
    junk: tuple[Any, ...] = (None, "core", "x", [], {}, 0, -1, 10**20, ["ALP"], {"ALP": 100}, "civil", True)
    for _ in range(300):
        data = copy.deepcopy(any_structure(draw, state.case))
        _spoil(draw, data, junk)
        assert isinstance(check_order(state, "ALP", {"order": "propose", "structure": data}), tuple)


def _spoil(draw: random.Random, data: Any, junk: tuple[Any, ...]) -> None:
    """Replace or remove something, somewhere."""
    while True:
        key = draw.choice(list(data) if isinstance(data, dict) else list(range(len(data)))) if data else None
        if key is None:
            return
        if isinstance(data[key], dict | list) and data[key] and draw.random() < 0.85:
            data = data[key]
        elif draw.random() < 0.3 and isinstance(data, dict):
            del data[key]
            return
        else:
            data[key] = draw.choice(junk)
            return


def test_a_forged_log_is_refused() -> None:
    state = random_game(3)
    log = json.loads(state.to_bytes())
    assert replay(log) == state
    forged: list[Any] = []
    for change in (
        lambda d: d.update(seed=4),
        lambda d: d.update(id="W-" + "0" * 24),
        lambda d: d["entries"].pop(),
        lambda d: d["entries"][0]["events"].append({"text": "ALP pays", "to": None}),
        lambda d: d["entries"].append(
            {"orders": {"ALP": [{"order": "accept", "proposal": "P99"}]}, "events": []}
        ),
        lambda d: d["entries"].append({"code": "import os"}),
        lambda d: d["cases"][0]["red_lines"].pop("RL1"),
        lambda d: d["cases"][0]["pillars"]["aircraft"]["packages"]["engine"]["value"].update(value="1"),
        lambda d: d["cases"].append(d["cases"][0]),
        lambda d: d["schema"].update(version=2),
        lambda d: d.update(table={}),
    ):
        data = copy.deepcopy(log)
        change(data)
        forged.append(data)
    for data in forged:
        with pytest.raises(UsageError):
            replay(data)


def test_a_log_with_odd_parts_is_refused_never_a_crash() -> None:
    log = json.loads(random_game(3, 3).to_bytes())
    junk: tuple[Any, ...] = (
        None,
        "x",
        [],
        {},
        0,
        -1,
        10**20,
        ["ALP"],
        {"a": {}},
        True,
        "9" * 3000,
        0.5,
        float("nan"),
    )
    draw, refusals = random.Random(4), 0
    for _ in range(90):
        data = copy.deepcopy(log)
        _spoil(draw, data if draw.random() < 0.5 else data["entries"], junk)
        try:
            assert replay(data).id == log["id"]
        except ProcureError:
            refusals += 1
    assert refusals > 60


# -- the process -----------------------------------------------------------------------------------------


def served(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "procure_opt", "serve", *words], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
    )  # fmt: skip


def test_the_process_answers_line_by_line_and_ends_with_its_input() -> None:
    first = {"id": 1, "op": "start", "case": TRI1}
    huge = b"{" + b" " * (16 * 1024 * 1024)
    lines = [json.dumps(first).encode(), b"", huge, b"nonsense", b'{"id": "last", "op": "hello"}']
    process = served("--stdio", "--case", TRI1)
    out, err = process.communicate(b"\n".join(lines), timeout=60)
    told = [json.loads(line) for line in out.splitlines()]
    assert (process.returncode, err) == (0, b"")
    assert [each["id"] for each in told] == [1, None, None, "last"]
    assert "longer than" in told[1]["error"]["message"]
    assert TRI1 in told[3]["result"]["cases"]


def test_an_interrupt_ends_the_process_cleanly() -> None:
    process = served("--stdio")
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    process.stdin.write(b'{"op": "hello"}\n')
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["result"]
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    assert process.stderr.read() == b""
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()


def test_judging_over_the_line_loads_no_solver() -> None:
    script = (
        "import sys; from procure_opt.wargame.sessions.desk import Desk; d = Desk()\n"
        "s = d.answer({'op': 'start', 'case': 'gcap', 'seats': ['ITA', 'JPN']})['result']['state']\n"
        "o = {'order': 'propose', 'terms': ['ITA in fighter']}\n"
        "s = d.answer({'op': 'step', 'state': s, 'orders': {'ITA': o}})['result']['state']\n"
        "assert d.answer({'op': 'observe', 'state': s, 'seat': 'JPN'})['result']\n"
        "assert not {'pulp', 'highspy', 'scipy', 'numpy'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
