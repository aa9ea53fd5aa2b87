"""The workbook: numbers are numbers, no text runs, each sheet says what it is; no file is half-written."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from hostile_claim import hostile_claim
from tri1_claim import VECTORS, tri1_claim

from procure_opt.claim import Claim
from procure_opt.errors import UsageError
from procure_opt.front import StatedFront
from procure_opt.spreadsheet.book import book_bytes
from procure_opt.spreadsheet.sheet import Sheet
from procure_opt.tables.workbook import HEADING, workbook_bytes

openpyxl: Any = pytest.importorskip("openpyxl", reason="needs the extra excel")
RUNS = ("=", "+", "-", "@", "\t", "\r")


def opened(claim: Claim) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(claim)))


def test_the_points_are_there_as_numbers_under_names_and_units() -> None:
    page = opened(tri1_claim())["points"]
    names, units, *rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=HEADING + 1)]
    at = [names.index(name) for name in ("autonomy_points", "spinoff_million", "cost_million")]
    assert [tuple(row[place] for place in at) for row in rows] == VECTORS
    assert units[at[2]] == "million EUR, prices of 2024"


def test_every_sheet_says_its_marking_its_date_and_its_data() -> None:
    book = opened(tri1_claim())
    assert book.sheetnames == ["about", "points", "nations", "workshare", "inputs"]
    for page in book:
        heading = " ".join(str(page.cell(row, 1).value) for row in range(1, HEADING + 1))
        for words in ("UNCLASSIFIED - SYNTHETIC EXAMPLE", "as of 2026-11-01", "complete at", "60 numbers"):
            assert words in heading, page.title


def test_no_text_is_a_formula_and_negative_numbers_stay_numbers() -> None:
    for page in opened(hostile_claim()):
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type in "snb", cell.coordinate
                assert not str(cell.value).startswith(RUNS) or cell.data_type == "n", cell.coordinate
    page = openpyxl.load_workbook(io.BytesIO(book_bytes([Sheet("a", [[-5, "#N/A", "x"]])], "a test")))["a"]
    assert [(cell.value, cell.data_type) for cell in page[1]] == [(-5, "n"), ("#N/A", "s"), ("x", "s")]


def test_the_same_claim_gives_the_same_bytes() -> None:
    assert workbook_bytes(tri1_claim()) == workbook_bytes(tri1_claim())


def test_a_file_is_replaced_by_a_whole_one_or_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = tri1_claim()
    front = StatedFront(claim.case, (), claim.evidence)
    target = tmp_path / "front.xlsx"
    target.write_bytes(b"older")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(UsageError, match="No space left"):
            front.to_excel(target)
    assert target.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [target]
    front.to_excel(target)
    assert openpyxl.load_workbook(target).sheetnames[0] == "about"
