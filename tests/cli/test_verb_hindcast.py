"""``procure-opt hindcast``: part by part, what is known first; exit 3 where something is not decided."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tri1_claim import TRI1, call

from procure_opt.formulation.oracle import CaseOracle

SIGNED: dict[str, Any] = {
    "date": "2024-12-12",
    "source": "hand",
    "pillars": {"aircraft": {"exists": True, "tiers": {"ALP": "core", "BET": "core"}}},
}
ALONE: dict[str, Any] = {
    "text": "nobody builds it alone",
    "as_of": "2024-01-01",
    "expected": "impossible",
    "condition": {"members": {"pillar": "aircraft", "at_most": 1}},
}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    stated = yaml.safe_load(Path(TRI1).read_text(encoding="utf-8"))
    stated |= {"historical": {"signed": SIGNED}, "falsifiers": {"X1": ALONE}}
    stated["sources"] |= {"hand": {"title": "By hand", "publisher": "the tests", "tier": "D"}}
    path = tmp_path / "tri1.json"
    path.write_text(json.dumps(stated, default=str), encoding="ascii")
    return path


def test_all_of_it_is_told(case: Path) -> None:
    code, printed, err = call("hindcast", str(case), "--draws", "20")
    assert (code, err) == (0, "")
    parts = ["possible under the lines", "record signed: ", "what would falsify the case", "X1 (impossible)"]
    places = [printed.index(part) for part in parts]
    assert places == sorted(places)
    assert "\n\n\n" not in printed


def test_what_time_did_not_allow_is_unknown(case: Path) -> None:
    code, printed, _ = call("hindcast", str(case), "--draws", "20", "--time-limit", "0.000001")
    assert code == 3
    assert "unknown" in printed and "X1 (impossible): not decided in time" in printed


def test_a_case_without_records_is_told_too() -> None:
    code, printed, _ = call("hindcast", str(TRI1), "--draws", "20")
    assert code == 0 and "the case states no falsifiers" in printed


@pytest.mark.parametrize("draws", ["0", "many", "-1", "100001"])
def test_what_is_no_number_of_draws_is_refused(draws: str) -> None:
    code, out, err = call("hindcast", "gcap", "--draws", draws)
    assert (code, out) == (2, "") and "must be a whole number from 1 to 100000" in err


@pytest.mark.parametrize("surveys", [0, 1])
def test_ctrl_c_ends_it_and_what_was_told_stands(
    case: Path, surveys: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pressed in the first survey, or in the second, which a record asks for."""
    done: list[int] = []
    looked_round = CaseOracle.look_round

    def pressed(self: CaseOracle, told: Any = None) -> None:
        done.append(1)
        looked_round(self, told)
        if len(done) > surveys:
            self.stopped, self.survey.findings.open = KeyboardInterrupt(), None

    monkeypatch.setattr(CaseOracle, "look_round", pressed)
    code, printed, err = call("hindcast", str(case), "--draws", "20")
    assert code == 130 and "what is told above stands" in err
    assert "possible under the lines" in printed and "record signed: " not in printed
