"""A case file, as a workbook, as a case file: the same case in every edition, to the last digit."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tri1_claim import ROOT, TESTS, TRI1

from procure_opt.case.document import parse_document, read_document
from procure_opt.case.editions import edition
from procure_opt.case.load import case_file, load_case
from procure_opt.spreadsheet import convert
from procure_opt.spreadsheet.cells import other_cell, read_other, read_text, text_cell
from procure_opt.spreadsheet.convert import alike, from_workbook, to_workbook
from procure_opt.spreadsheet.flow import flow
from procure_opt.spreadsheet.fold import folded
from procure_opt.spreadsheet.grid import Grid, Page
from procure_opt.spreadsheet.sheet import Sheet
from procure_opt.spreadsheet.unfold import sheets
from procure_opt.spreadsheet.yaml_text import yaml_text

ORACLES = sorted((TESTS / "oracles").glob("*.yaml"))
CASES = sorted(path.parent.name for path in (ROOT / "cases").glob("*/case.yaml"))

PATCH = """
editions:
  later:
    red_lines: {RL1: null}
    nations: {GAM: {stake: {value: 2.0, low: 1, high: 2.0, basis: assumed, note: "-5 = guess"}}}
    pillars: {aircraft: {release_caps: [], production: {bands: [{from_quantity: 0, unit_price: 61.10}]}}}
"""

words = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), max_size=12
) | st.sampled_from(["null", "=1+1", "-5", "+x", "@a", "40", "1e3", "true", "NO", '"a"', "[a",
                     "#N/A", "_x0041_", " a", "a\nb", "2024-12-13", "{a: 1}", "'a'", "# a", "~"])  # fmt: skip
numbers = st.integers(-(10**18), 10**18) | st.decimals(
    allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9
)
names = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,6}", fullmatch=True)
values = st.recursive(
    words | numbers | st.booleans() | st.none(),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(names, each, max_size=3),
    max_leaves=6,
)


def as_read(made: list[Sheet]) -> Grid:
    """The sheets as they come back from a file, without one: numbers as floats, empty cells left out."""
    pages = []
    for sheet in made:
        rows = {
            number: {column: back(cell) for column, cell in enumerate(row, start=1) if cell is not None}
            for number, row in enumerate(sheet.rows, start=1)
        }
        pages.append(Page(sheet.name, rows))
    return Grid("toy.xlsx", pages)


def back(cell: object) -> object:
    return cell if isinstance(cell, str | bool) else float(str(cell))


@pytest.mark.parametrize("path", ORACLES, ids=lambda path: path.stem)
def test_an_oracle_is_the_same_document_after_sheets_and_yaml(path: Path) -> None:
    data = read_document(path).data
    assert isinstance(data, dict)
    again = folded(as_read(list(sheets(data)))).data
    assert alike(again, data)
    assert alike(parse_document(yaml_text(again).encode(), "toy.yaml").data, data)


@pytest.mark.parametrize("name", CASES)
def test_a_bundled_case_is_the_same_document_after_sheets(name: str) -> None:
    """Every edition follows from the document, so it is the same too."""
    data = read_document(str(case_file(name))).data
    assert isinstance(data, dict)
    assert alike(folded(as_read(list(sheets(data)))).data, data)


def test_through_real_files_every_edition_is_the_same_case(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="needs the extra excel")
    source, book, again = (tmp_path / name for name in ("tri1.yaml", "case.xlsx", "case.yaml"))
    source.write_text((ROOT / TRI1).read_text(encoding="utf-8") + PATCH, encoding="utf-8")
    book.write_bytes(to_workbook(source)[0])
    again.write_text(from_workbook(book)[0], encoding="utf-8")
    for which in ("", "@later"):
        assert load_case(f"{again}{which}").canonical == load_case(f"{source}{which}").canonical
    assert load_case(f"{again}@later").digest != load_case(again).digest


def test_what_editions_change_take_away_and_leave_empty_is_kept() -> None:
    text = b"""
id: toy
nations: {ALP: {name: Alpland, stake: {value: 3, low: 1, high: 5, basis: assumed, note: "=guess"}}}
pillars:
  a:
    release_caps: [{holder: ALP, level: 2}, {holder: BET, level: 1}]
    variants: {}
    packages: {engine: {value: 40.0, cost_index_percent: {ALP: 0.10, BET: {value: 105}}}}
editions:
  "2022":
    nations: {ALP: {stake: {low: 2, note: null}}, BET: null}
    red_lines: null
    pillars: {a: {release_caps: [], packages: {engine: null}, tiers: {core: {}}}}
  empty: {}
"""
    data = parse_document(text, "toy.yaml").data
    assert isinstance(data, dict)
    again = folded(as_read(list(sheets(data)))).data
    assert alike(again, data)
    document = parse_document(text, "toy.yaml")
    assert edition(document, "2022").data == edition(
        parse_document(yaml_text(again).encode(), "toy.yaml"), "2022"
    ).data  # fmt: skip


@settings(max_examples=40)
@given(values)
def test_any_value_comes_back_from_its_cell(value: object) -> None:
    cell = other_cell(value)
    assert alike(read_other(cell if isinstance(cell, str | bool) else back(cell)), value)
    assert not isinstance(cell, str) or not cell.startswith(("=", "@", "\t", "\r"))


@settings(max_examples=40)
@given(words)
def test_any_text_comes_back_from_its_cell_and_none_begins_like_a_formula(text: str) -> None:
    cell = text_cell(text)
    assert read_text(cell) == text
    assert isinstance(cell, str)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@settings(max_examples=40)
@given(st.dictionaries(names, values, max_size=4))
def test_any_document_comes_back_from_yaml(data: dict[str, object]) -> None:
    assert alike(
        parse_document(yaml_text(data | {"id": "toy"}).encode(), "toy.yaml").data, data | {"id": "toy"}
    )
    assert alike(parse_document(f"v: {flow(data)}".encode(), "toy.yaml").data, {"v": data})


def test_a_workbook_is_not_written_if_it_would_say_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openpyxl", reason="needs the extra excel")
    monkeypatch.setattr(convert, "sheets", lambda data: sheets(data | {"id": "another"}))
    with pytest.raises(AssertionError, match="does not say what the case file says"):
        to_workbook(ORACLES[0])
