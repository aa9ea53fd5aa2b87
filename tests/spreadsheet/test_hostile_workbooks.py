"""Workbooks that mean harm are refused before anything in them is opened; nothing is followed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tri1_claim import call
from workbooks import repacked, tri1_workbook

from procure_opt.errors import CaseError
from procure_opt.spreadsheet import opening
from procure_opt.spreadsheet.opening import opened

pytest.importorskip("openpyxl", reason="needs the extra excel")


def refusal(raw: bytes) -> str:
    with pytest.raises(CaseError) as caught:
        opened(raw, "toy.xlsx")
    return str(caught.value)


def with_sheet(inside: str) -> bytes:
    """A workbook whose first sheet holds just this."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(tri1_workbook())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            first = name == "xl/worksheets/sheet1.xml"
            new.writestr(name, f"{head}{inside}</sheetData></worksheet>" if first else old.read(name))
    return stream.getvalue()


@pytest.mark.parametrize("raw", [b"", b"hello", b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_what_is_no_workbook_is_refused(raw: bytes) -> None:
    assert "expected an .xlsx file" in refusal(raw)


def test_half_a_workbook_is_refused() -> None:
    assert "expected an .xlsx file" in refusal(tri1_workbook()[:-200])


def test_an_archive_of_something_else_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("hello.txt", "hello")
    assert "it has no xl/workbook.xml" in refusal(stream.getvalue())


def test_a_bomb_is_refused_by_the_size_that_it_declares() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<x/>")
        packed.writestr("xl/worksheets/sheet1.xml", bytes(opening.MOST_UNPACKED + 1))
    assert len(stream.getvalue()) < 100_000
    assert "unpacks to 64 MB" in refusal(stream.getvalue())


def test_very_many_parts_and_very_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_PARTS", 5)
    assert "at most 5 are read" in refusal(tri1_workbook())
    monkeypatch.setattr(opening, "MOST_BYTES", 1_000_000)
    assert "larger than 1 MB" in refusal(bytes(1_000_001))


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links to other files"),
        ("xl/embeddings/oleObject1.bin", "embedded files"),
        ("xl/connections.xml", "data connections"),
        ("XL\\ACTIVEX\\activeX1.xml", "ActiveX"),
    ],
)
def test_what_could_run_or_reach_out_is_refused(tmp_path: Path, part: str, what: str) -> None:
    path = repacked(tmp_path / "a.xlsx", lambda _, content: content, {part: b"<x/>"})
    assert f"it holds {what}" in refusal(path.read_bytes())


@pytest.mark.parametrize("start", ['<!DOCTYPE x [<!ENTITY a "aaaa">]>', "<!doctype x>"])
def test_entities_are_refused(tmp_path: Path, start: str) -> None:
    def change(name: str, content: bytes) -> bytes:
        return start.encode() + content if name == "xl/workbook.xml" else content

    assert "declares entities" in refusal(repacked(tmp_path / "a.xlsx", change).read_bytes())


def test_another_encoding_cannot_hide_them(tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.decode().encode("utf-16") if name == "xl/workbook.xml" else content

    assert "is not UTF-8" in refusal(repacked(tmp_path / "a.xlsx", change).read_bytes())


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "reaches to row 1048576"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "reaches to XFD1"),
        ("<row>" + "<c/>" * 200_001 + "</row>", "cells, at most 200000 are read"),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="0">', "cannot be read as a workbook"),
        ('<row r="1"><c r="A1" t="s"><v>999999</v></c></row>', "cannot be read as a workbook"),
        ('<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>', "A1: error: found the error #REF!"),
        ('<row r="1"><c r="A1"><f>HYPERLINK("x")</f><v>1</v></c></row>', "A1: error: found a formula"),
        ('<row r="1"><c r="A1"><f t="array" ref="A1:XFD9">1</f><v>1</v></c></row>', "found a formula"),
    ],
    ids=["far down", "far out", "many", "torn", "no such text", "error", "formula", "array formula"],
)
def test_a_sheet_that_means_harm_is_refused(inside: str, words: str) -> None:
    assert words in refusal(with_sheet(inside))


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    grid = opened(with_sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>=1+1</t></is></c></row>'), "toy.xlsx")
    assert grid.pages[0].rows == {1: {1: "=1+1"}}


def test_merged_cells_however_far_cost_nothing() -> None:
    raw = with_sheet('<row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells count="1">'
                     '<mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>')  # fmt: skip
    assert opened(raw, "toy.xlsx").pages[0].rows == {1: {1: 1}}


def test_nothing_is_written_over_without_force_and_never_over_its_own_source(tmp_path: Path) -> None:
    book, target = tmp_path / "a.xlsx", tmp_path / "a.yaml"
    book.write_bytes(tri1_workbook())
    target.write_text("mine", encoding="utf-8")
    code, out, err = call("convert", str(book), str(target))
    assert (code, out) == (2, "")
    assert "it stays as it is (--force replaces it)" in err
    assert target.read_text(encoding="utf-8") == "mine"
    assert call("convert", str(book), str(target), "--force")[0] == 0
    assert "id: tri1" in target.read_text(encoding="utf-8")
    assert call("convert", str(target), str(tmp_path / "b.xlsx"))[0] == 0
    assert (tmp_path / "b.xlsx").read_bytes() == tri1_workbook()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("a.yaml", "b.yaml"), "one must be a workbook (.xlsx), the other a case file"),
        (("a.xlsm", "b.yaml"), ".xlsm is not read or written; save the workbook as .xlsx"),
        (("a.xlsx", "b.yaml"), "no such file"),
        (("gcap@2022", "b.xlsx"), "leave out what follows @"),
        (("-", "b.xlsx"), "not standard input"),
        (("nocase", "b.xlsx"), "no such file and no bundled case"),
    ],
)
def test_a_wrong_call_is_told(tmp_path: Path, words: tuple[str, str], complaint: str) -> None:
    code, _, err = call("convert", words[0], str(tmp_path / words[1]))
    assert code == 2
    assert complaint in err
    assert not list(tmp_path.iterdir())
