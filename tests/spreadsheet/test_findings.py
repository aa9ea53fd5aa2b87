"""What is wrong in a workbook is said at its cell: what was found, what would be right, all at once."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from tri1_claim import call
from workbooks import cell, changed

pytest.importorskip("openpyxl", reason="needs the extra excel")


def complaints(book: Path) -> list[str]:
    code, out, err = call("convert", str(book), str(book.with_suffix(".yaml")))
    assert (code, out) == (2, "")
    assert not book.with_suffix(".yaml").exists()
    return err.replace(f"{book}: ", "").splitlines()


def test_findings_of_form_come_together_each_at_its_cell(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        cell(book, "nations", "stake", "ALP").value = "=1+2"
        share = cell(book, "tiers", "work.min_percent", "aircraft")
        share.value, share.number_format = 0.2, "0%"

    told = "\n".join(complaints(changed(tmp_path / "a.xlsx", change)))
    assert "nations!D3: error: found a formula, expected a value" in told
    assert "tiers!" in told and "found 0.2 shown as 20 %: format it as a plain number" in told


def test_findings_of_reading_come_together_each_at_its_cell(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        cell(book, "nations", "name", "BET").value = True
        cell(book, "packages", "patterns", "aircraft").value = "[[100], [60, 40]"
        cell(book, "price bands", "place", "aircraft").value = 2
        book.create_sheet("nation")["A1"] = "edition"
        book.create_sheet("_mine")["A1"] = "=1+1"

    told = "\n".join(complaints(changed(tmp_path / "a.xlsx", change)))
    assert "nations!C4: error: nations.BET.name: found TRUE, expected a text" in told
    assert "packages!" in told and "found [[100], [60, 40]" in told
    assert "price bands!" in told and "this is stated already at price bands!" in told
    assert 'nation!A1: error: "nation" is no sheet of a case; did you mean "nations"?' in told
    assert "_mine" not in told


def test_findings_of_the_case_are_said_at_the_cell_too(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        cell(book, "nations", "stake", "GAM").value = "three"
        cell(book, "tiers", "may", "aircraft").value = "[lead, own]"
        heads = [each.value for each in book["red lines"][1]]
        book["red lines"].cell(3, heads.index("owner") + 1).value = "ALPP"

    told = "\n".join(complaints(changed(tmp_path / "a.xlsx", change)))
    assert "nations!D5: error: nations.GAM.stake:" in told
    assert "tiers!D3: error: pillars.aircraft.tiers.core.may[1]:" in told
    assert "red lines!C3: error: red_lines.RL1.owner:" in told and 'did you mean "ALP"?' in told
    assert told.endswith("errors; nothing was solved.")


@pytest.mark.parametrize(
    ("sheet", "at", "value", "words"),
    [
        ("nations", "B1", "nations", "found no column nation; row 1 names edition, nation first"),
        ("nations", "B3", None, "nations!A3: error: found no nation in this row"),
        ("nations", "Z3", "x", "nations!Z3: error: found a value in a column without a name in row 1"),
        ("price bands", "C3", "first", "price bands!C3: error: found first, expected a place in the list"),
        ("price bands", "C3", 9, "found the places 2, 3, 4, 9, expected 1 to 4"),
        ("about", "B3", None, "about!A3: error: found no item in this row"),
    ],
)
def test_a_broken_table_is_told(tmp_path: Path, sheet: str, at: str, value: object, words: str) -> None:
    def change(book: Any) -> None:
        book[sheet][at].value = value

    assert words in "\n".join(complaints(changed(tmp_path / "a.xlsx", change)))


def test_what_people_do_to_a_workbook_is_understood(tmp_path: Path) -> None:
    """Dates that became dates, years that became numbers, columns and sheets moved, notes in between."""

    def change(book: Any) -> None:
        red = book["red lines"]
        heads = [each.value for each in red[1]]
        red.cell(3, heads.index("as_of") + 1).value = datetime.datetime(2024, 1, 15)
        book["nations"].move_range("D1:D9", cols=30)
        book["nations"]["A9"] = "# a thought of mine"
        book.move_sheet("tiers", 5)
        book.create_sheet("_calculation")["A1"] = "=SUM(1,2)"

    source = changed(tmp_path / "a.xlsx", change)
    code, _, err = call("convert", str(source), str(tmp_path / "b.yaml"))
    assert (code, err) == (0, "")
    assert call("check", str(tmp_path / "b.yaml"))[1].splitlines()[-2] == call(
        "check", "tests/oracles/tri1.yaml"
    )[1].splitlines()[-2], "the sha256 of the case"  # fmt: skip
