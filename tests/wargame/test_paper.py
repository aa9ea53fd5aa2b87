"""Sheets for a game: what a seat may know and nothing else, what a facilitator needs; no scripts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tri1_claim import TRI1, call, tri1_bytes, tri1_case, tri1_claim

from procure_opt.analysis.repairs import repairs_of
from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.wargame.paper import facilitator_sheet, seat_sheet
from procure_opt.wargame.paper.plans import FEWEST, MOST, half_day, two_hours

SEATS = ("ALP", "BET", "GAM")


def _text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode().partition("</style>")[2]))


def test_a_seat_sees_its_own_lines_and_nobody_elses() -> None:
    for seat in SEATS:
        text = _text(seat_sheet(tri1_case(), seat))
        for name, line in tri1_case().red_lines.items():
            assert (line.text in text) == (line.owner == seat), (seat, name)


def test_a_seat_sees_no_solution() -> None:
    for seat in SEATS:
        text = _text(seat_sheet(tri1_case(), seat))
        assert not re.search(r"S-[0-9a-f]{12}", text) and "efficient" not in text


def test_a_seat_knows_what_it_has_outside() -> None:
    """Gamma alone: 60 points with consent in TRI-1 (see the front), and a payment of 1160."""
    text = _text(seat_sheet(tri1_case(), "GAM"))
    assert "If you walk away" in text and "off_the_shelf 1,160 20 60" in text.replace("aircraft by ", "")


def test_the_facilitator_sees_all_lines_the_front_and_what_is_possible() -> None:
    case = tri1_case()
    text = _text(facilitator_sheet(case, SEATS, {"pillar aircraft": repairs_of(case)}, tri1_claim()))
    assert all(line.text in text for line in case.red_lines.values())
    assert all(each.id in text for each in tri1_claim().structures)
    assert "pillar aircraft possible" in text and "autonomy and spin-off held: cost 21 %" in text


def test_without_a_front_the_facilitator_is_told_how_to_get_one() -> None:
    assert "Solve the case" in _text(facilitator_sheet(tri1_case(), SEATS, {}))


@pytest.mark.parametrize("seats", range(FEWEST, MOST + 1))
def test_time_plans_fill_their_time(seats: int) -> None:
    for plan, minutes in ((two_hours(seats), 120), (half_day(seats), 240)):
        assert sum(step.minutes for step in plan) == minutes
        assert all(step.minutes >= 10 for step in plan)
        assert any(step.what.startswith("Inject") for step in plan)


def test_markup_in_a_case_stays_text() -> None:
    stated = tri1_case().model_dump(by_alias=True, mode="json")
    hostile = "</style><script>alert(1)</script>"
    stated["title"] = stated["nations"]["GAM"]["name"] = stated["red_lines"]["RL4"]["text"] = hostile
    case = Case.model_validate(stated)
    for page in (seat_sheet(case, "GAM"), facilitator_sheet(case, SEATS, {})):
        assert b"<script" not in page and b"&lt;script&gt;" in page and page.count(b"</style>") == 1


SAID = ("text", "title", "name", "note", "publisher", "marking", "address")
HOSTILE = "<img src=x onerror=alert(1)>\"'&</style><script>x</script>"


def spoilt(data: Any, key: str = "") -> Any:
    """Return a case as data in which every text that people wrote is markup."""
    if isinstance(data, dict):
        return {name: spoilt(each, name) for name, each in data.items()}
    if isinstance(data, list):
        return [spoilt(each, key) for each in data]
    return HOSTILE if isinstance(data, str) and key in SAID else data


def test_no_text_of_a_case_becomes_markup_anywhere() -> None:
    case = Case.model_validate(spoilt(load_case("gcap").model_dump(mode="json", by_alias=True)))
    for page in (*(seat_sheet(case, seat) for seat in ("GBR", "JPN")), facilitator_sheet(case, ("GBR",), {})):
        assert b"<img" not in page and b"<script" not in page and page.count(b"</style>") == 1


# -- the verb --------------------------------------------------------------------------------------------


def test_the_verb_writes_a_sheet_for_each_seat_and_one_for_the_facilitator(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes(tri1_bytes())
    code, _, err = call("seats", TRI1, "--out", str(tmp_path / "game"), "--front", str(tmp_path))
    assert (code, err) == (0, "")
    names = {path.name for path in (tmp_path / "game").iterdir()}
    assert names == {"seat_ALP.html", "seat_BET.html", "seat_GAM.html", "facilitator.html"}


def test_a_front_of_another_case_and_a_file_of_somebody_else_are_refused(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes(tri1_bytes())
    code, _, err = call("seats", "gcap@2022", "--out", str(tmp_path / "game"), "--front", str(tmp_path))
    assert code == 2 and "--front is a result of tri1" in err and not (tmp_path / "game").exists()
    (tmp_path / "seat_GAM.html").write_text("mine")
    code, _, err = call("seats", TRI1, "--out", str(tmp_path))
    assert code == 2 and (tmp_path / "seat_GAM.html").read_text() == "mine"
    assert not (tmp_path / "facilitator.html").exists()
