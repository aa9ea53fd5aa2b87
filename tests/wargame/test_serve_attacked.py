"""What was tried against serve and sessions, and did something once; each is refused or harmless now."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from random_games import known
from test_serve import ask, fresh, refused
from test_session import backwards
from tri1_claim import ROOT, call, tri1_bytes, tri1_case

from procure_opt.case.load import load_case
from procure_opt.wargame import inject, observe, start, step
from procure_opt.wargame.sessions.desk import answer_line


def served(tail: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Return what comes of one request, with the end of the shell's line as given."""
    command = f"""echo '{{"op": "hello"}}' | "$0" -m procure_opt serve --stdio {" ".join(words)} {tail}"""
    return subprocess.run(
        ["sh", "-c", command, sys.executable], cwd=ROOT, capture_output=True, text=True, timeout=60,
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("tail", "code", "says"),
    [
        (">&-", 2, "standard output is closed"),
        (">/dev/full", 2, "answers cannot be written: No space left"),
        ("2>&-", 0, ""),
    ],
)
def test_a_stream_that_is_closed_or_full_is_no_internal_error(tail: str, code: int, says: str) -> None:
    if "full" in tail and not os.path.exists("/dev/full"):
        pytest.skip("needs /dev/full: only Linux has it")
    done = served(tail)
    assert done.returncode == code and says in done.stderr and "internal" not in done.stderr
    assert code or json.loads(done.stdout)["result"]


def test_two_fronts_of_one_name_are_refused(tmp_path: Path) -> None:
    """The second took the place of the first, without a word."""
    (tmp_path / "result.json").write_bytes(tri1_bytes())
    code, _, err = call("serve", "--stdio", "--front", f"now={tmp_path}", f"now={tmp_path}")
    assert code == 2 and "two fronts have this name" in err


def test_a_line_of_brackets_is_refused_before_anybody_counts_how_deep() -> None:
    """Sixteen million took nine seconds."""
    began = time.perf_counter()
    for raw in (b"[" * 2_000_000, b"[]," * 1_000_000, b'{"a":' * 1_000_000):
        assert "lists and objects" in json.loads(answer_line(fresh(), raw))["error"]["message"]
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("name", [[1], {}, True, 1.5, "x" * 201])
def test_an_id_that_cannot_come_back_is_said_to_be_wrong(name: Any) -> None:
    told = json.loads(answer_line(fresh(), json.dumps({"id": name, "op": "hello"}).encode()))
    assert told["id"] is None and told["error"]["kind"] == "request"


def test_the_order_of_keys_in_a_request_does_not_matter() -> None:
    desk = fresh()
    state = ask(desk, "start", case="tri1", seed=2)["state"]
    orders = {"BET": {"order": "propose", "structure": known()[2], "text": "x"}, "ALP": {"order": "pass"}}
    request = {"op": "step", "id": 5, "state": state, "orders": orders}
    one = answer_line(desk, json.dumps(request).encode())
    assert one == answer_line(desk, json.dumps(backwards(request)).encode())
    asked = {"op": "inject", "state": json.loads(one)["result"]["state"], "event": CUT}
    one, other = (
        answer_line(fresh_after(request), json.dumps(each).encode()) for each in (asked, backwards(asked))
    )
    assert one == other and b'"result"' in one


def fresh_after(request: Any) -> Any:
    desk = fresh()
    ask(desk, "start", case="tri1", seed=2)
    answer_line(desk, json.dumps(request).encode())
    return desk


CUT = {"kind": "order_cut", "nation": "BET", "percent": 25, "text": "less"}


# -- what players say ------------------------------------------------------------------------------------

FORGED = 'done"\nthe facilitator decides: P1 is void\x1b[2J\u202e'


def test_what_is_said_cannot_look_like_another_line_or_steer_a_screen() -> None:
    state = step(start(tri1_case()), {"ALP": {"order": "propose", "structure": known()[0], "text": FORGED}})
    bluff = {"order": "announce", "then": "GAM tier core in aircraft", "text": FORGED}
    state = step(state, {"GAM": bluff, "BET": {"order": "reject", "proposal": "P1", "text": FORGED}})
    override = {"order": "override", "verdict": "impossible", "proposal": "P1", "reason": FORGED}
    state = step(state, {"facilitator": override})
    state = inject(state, CUT | {"text": FORGED})
    heard = [text for move in observe(state, "BET")["log"] for text in move["heard"]]
    assert len(heard) > 5 and all(text.isprintable() for text in heard)
    assert observe(state, "BET")["announced"][0]["text"].isprintable()


def test_a_condition_that_is_a_book_is_not_read_aloud_whole() -> None:
    """It stands beside the line as a condition."""
    book = {"any_of": [{"all_of": [{"exists": {"pillar": "aircraft"}}] * 30}] * 30}
    state = step(start(tri1_case()), {"BET": {"order": "announce", "then": book}})
    (line,) = observe(state, "ALP")["announced"]
    assert len(line["text"]) <= 300 and line["then"] == book
    assert len(observe(state, "ALP")["log"][-1]["heard"][0]) < 400


# -- what players must not know --------------------------------------------------------------------------


def test_players_are_not_told_how_it_ended() -> None:
    """The decision of FCAS 2026 says when the talks ended; that is for the facilitator."""
    cases = [load_case("fcas@2022"), load_case("fcas@2026")]
    state = start(cases, seats=["DEU", "ESP", "FRA"])
    later = step(state, {"facilitator": {"order": "open_phase"}})
    for each in (state, later):
        for seat in ("DEU", "ESP", "FRA"):
            assert "talks ended" not in json.dumps(observe(each, seat))
    assert "talks ended" in json.dumps(observe(state, "facilitator"))


def test_nobody_gives_orders_for_another() -> None:
    desk = fresh()
    works = {"kind": "firm", "speaks_for": "BET", "say_over": ["engine"]}
    seats = {"ALP": {"speaks_for": "ALP"}, "BET": {"speaks_for": "BET"}, "works": works}
    state = ask(desk, "start", case="tri1", seats=seats)["state"]
    propose = {"order": "propose", "structure": known()[0]}
    line = {"order": "announce", "then": "ALP in aircraft"}
    state = ask(desk, "step", state=state, orders={"ALP": [propose, line]})["state"]
    for seat, order in (
        ("BET", {"order": "withdraw", "proposal": "P1"}),
        ("BET", {"order": "retract", "line": "A1"}),
        ("BET", {"order": "announce", "line": "RL1"}),
        ("works", {"order": "pay", "to": "ALP", "million": 5}),
        ("BET", {"order": "override", "verdict": "concluded", "proposal": "P1", "reason": "mine"}),
        ("facilitator", {"order": "accept", "proposal": "P1"}),
        ("GAM", {"order": "pass"}),
        ("ALP", {"order": "pay", "by": "BET", "to": "ALP", "million": 5}),
    ):
        assert refused(desk, {"op": "step", "state": state, "orders": {seat: order}})["message"]


def test_a_log_cut_short_or_with_other_money_is_refused() -> None:
    state = step(start(tri1_case()), {"ALP": {"order": "propose", "structure": known()[0]}})
    state = step(state, {"ALP": {"order": "pay", "to": "BET", "million": 40, "for": "P1"}})
    state = step(state, {"BET": {"order": "accept", "proposal": "P1"}})
    good = json.dumps(state.to_json())
    for change in (
        lambda d: d["entries"].pop(),
        lambda d: d["entries"][1]["orders"]["ALP"][0].update(million=41),
        lambda d: d["entries"][1]["orders"].update(BET=d["entries"][1]["orders"].pop("ALP")),
        lambda d: d["entries"].insert(
            0, {"inject": {"kind": "delay", "months": 1, "text": ""}, "events": []}
        ),
        lambda d: d["seats"].pop("GAM"),
        lambda d: d["seats"]["GAM"].update(speaks_for="ALP"),
        lambda d: d.update(payments=[{"by": "BET", "to": "ALP", "million": 9}]),
    ):
        data = json.loads(good)
        change(data)
        assert refused(fresh(), {"op": "replay", "log": data})["message"]
