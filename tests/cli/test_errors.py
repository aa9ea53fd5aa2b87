"""Wrong usage: a clear sentence, what would be right, exit 2, and never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from tri1_claim import TRI1, call, matches_golden, tri1_claim

from procure_opt.cli.command import VERBS
from procure_opt.result.write import save_result

CALLS = {
    "no verb": (),
    "unknown verb": ("runn", TRI1),
    "unknown case": ("run", "gcpa"),
    "unknown id": ("run", TRI1, "--without", "RL5"),
    "unknown soft id": ("run", TRI1, "--with", "RET"),
    "with and without": ("run", TRI1, "--without", "RL1", "--with", "RL1"),
    "unreadable requirement": ("run", TRI1, "--require", "ALP leeds engine"),
    "unknown nation": ("run", TRI1, "--require", "ALB in"),
    "unknown package": ("run", TRI1, "--require", "ALP leads engin"),
    "unknown pillar": ("run", TRI1, "--require", "pillar aircarft"),
    "view of a nation": ("run", TRI1, "--view", "nation:ALB"),
    "unknown view": ("run", TRI1, "--view", "program"),
    "resolution without a number": ("run", TRI1, "--resolution", "cost"),
    "resolution of nothing": ("run", TRI1, "--resolution", "price=5"),
    "resolution zero": ("run", TRI1, "--resolution", "cost=0"),
    "time limit": ("run", TRI1, "--time-limit", "soon"),
    "missing argument": ("explain",),
    "unknown option": ("show", "RESULT", "--colour"),
    "unknown structure": ("explain", "RESULT", "S-0000"),
    "ambiguous structure": ("explain", "RESULT", "S-7"),
    "one id to compare": ("compare", "RESULT", "S-7e"),
    "no such result": ("show", "no/such/result.json"),
    "front without influence": ("sensitivity", TRI1, "--front", "RESULT"),
    "coarser by nothing": ("sensitivity", TRI1, "--coarser", "0"),
}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("errors") / "result.json"
    save_result(tri1_claim(), path)
    return str(path)


def test_every_complaint_is_a_sentence_and_exit_2(result: str) -> None:
    told = []
    for name, words in CALLS.items():
        code, out, err = call(*(result if word == "RESULT" else word for word in words))
        assert (code, out) == (2, ""), name
        assert "Traceback" not in err
        told.append(f"## {name}\n{err.replace(result, 'RESULT')}")
    assert matches_golden("cli/errors.txt", "\n".join(told))


def test_a_case_that_cannot_be_used_lists_every_finding(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("case: 1\nid: 7\ntitel: x\n")
    code, out, err = call("run", str(path), "--json")
    assert (code, out) == (2, "")
    assert f"{path}:3:" in err and err.rstrip().endswith("errors; nothing was solved.")


def test_an_internal_error_is_exit_1_and_a_traceback_only_with_debug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("procure_opt.cli.cases.run", lambda given: 1 // 0)
    code, _, err = call("cases")
    assert code == 1 and "internal error: ZeroDivisionError" in err and "Traceback" not in err
    with pytest.raises(ZeroDivisionError):
        call("cases", "--debug")


def test_help_is_what_it_was() -> None:
    code, out, _ = call("--help")
    assert code == 0 and matches_golden("cli/help.txt", out)


def test_every_verb_has_help() -> None:
    for verb in VERBS:
        code, out, _ = call(verb, "--help")
        assert code == 0 and out.startswith(f"usage: procure-opt {verb}")
