"""The result file: its schema, its bytes, how it is read and what reading refuses."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from tri1_claim import tri1_claim, tri1_data

from procure_opt.case.load import load_case
from procure_opt.errors import ResultError, UsageError
from procure_opt.front import EfficientStructure, Evidence, Front, Journey
from procure_opt.result.read import read_claim, read_data
from procure_opt.result.schema import result_schema
from procure_opt.result.sheets import harmless, points_sheet, workshare_sheet
from procure_opt.result.write import result_bytes, save_result
from procure_opt.study import random_structures


def test_the_schema_is_valid_and_real_results_obey_it() -> None:
    jsonschema.Draft7Validator.check_schema(result_schema())
    jsonschema.Draft7Validator(result_schema()).validate(tri1_data())


def test_the_schema_refuses_what_is_no_result() -> None:
    validator = jsonschema.Draft7Validator(result_schema())
    for change in (
        {"points": None},
        {"extra": 1},
        {"status": {}},
        {"bounds": [[1, 2]]},
        {"bounds": [[1, 2, 0.5]]},
    ):
        assert list(validator.iter_errors(tri1_data() | change)), change


def test_every_field_of_the_schema_is_described_or_named_plainly() -> None:
    text = json.dumps(result_schema())
    assert text.count('"description"') > 50 and "$defs" not in text


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    save_result(tri1_claim(), tmp_path / "result.json")
    again = read_claim(tmp_path)
    assert again == tri1_claim() and result_bytes(again) == (tmp_path / "result.json").read_bytes()


def test_the_bytes_hold_no_float_and_nothing_of_the_machine() -> None:
    raw = result_bytes(tri1_claim()).decode("ascii")
    assert not any(
        isinstance(v, float) for v in json.loads(raw, parse_float=lambda text: [][0] or text).values()
    )
    for word in ("python", "highs", "seconds", "/work", "tests/oracles"):
        assert word not in raw.lower()


def test_national_payments_sum_to_the_cost() -> None:
    data = tri1_data()
    for point in data["points"]:
        paid = sum(Fraction(nation["pays"]) for nation in point["nations"].values())
        assert paid == point["values"]["cost"]


def test_national_autonomy_sums_to_the_value_by_stakes() -> None:
    data = tri1_data()
    stakes = {"ALP": 3, "BET": 2, "GAM": 1}
    for point in data["points"]:
        assert (
            sum(stakes[n] * v["autonomy"] for n, v in point["nations"].items()) == point["values"]["autonomy"]
        )
    assert data["points"][0]["nations"]["ALP"]["pays"] == "9081/2"


@pytest.mark.parametrize("name", ["eurofighter", "f35@2006"])
def test_shares_by_orders_are_written_and_read(name: str, tmp_path: Path) -> None:
    """What a nation pays is then a fraction; together they once had a denominator of 139 digits."""
    case = load_case(name)
    drawn = {structure.id: (structure, worth) for structure, worth in random_structures(case, 5)}
    front = Front(
        case,
        tuple(EfficientStructure(case, worth, structure) for structure, worth in drawn.values()),
        Evidence((1, 1, 1), (), (), Fraction(0), "time limit"),
        Journey("sweep", 1, 0, 0, 0),
    )
    save_result(front.claim, tmp_path / "result.json")
    read = read_data(tmp_path)
    assert len(read["points"]) == len(drawn)
    paid = {nation["pays"] for point in read["points"] for nation in point["nations"].values()}
    assert any("/" in each for each in paid)


HOSTILE = {
    "empty": b"",
    "not utf-8": b'{"schema": "\xff"}',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "trailing garbage": b"{} {}",
    "a key twice": b'{"schema": 1, "schema": 2}',
    "nan": b'{"schema": NaN}',
    "infinity": b'{"schema": -Infinity}',
    "a float": b'{"schema": 1.5}',
    "an exponent": b'{"schema": 1e400}',
    "a huge number": b'{"schema": ' + b"9" * 100_000 + b"}",
    "deep nesting": b"[" * 100_000 + b"]" * 100_000,
    "deep nesting, unclosed": b'{"a":' * 50_000,
    "a list": b"[]",
    "a number": b"3",
    "half a file": b'{"schema": {"name": "procure_opt.result", "ver',
    "another schema": b'{"schema": {"name": "other", "version": 1}}',
    "another version": b'{"schema": {"name": "procure_opt.result", "version": 2}}',
    "a true version": b'{"schema": {"name": "procure_opt.result", "version": true}}',
    "a control character": b'{"schema": "\x01"}',
    "nothing but the schema": b'{"schema": {"name": "procure_opt.result", "version": 1}}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(HOSTILE[name])
    with pytest.raises(ResultError) as refusal:
        read_data(path)
    assert len(str(refusal.value)) < 4000 and "\x01" not in str(refusal.value)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.json", Path("/dev/zero"), "a\0b"):
        with pytest.raises(ResultError):
            read_data(path)


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("procure_opt.result.read.MOST_BYTES", 1000)
    (tmp_path / "result.json").write_bytes(b" " * 1001)
    with pytest.raises(ResultError, match="not a result file"):
        read_data(tmp_path)


def test_only_a_result_of_ours_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text("[]")
    with pytest.raises(UsageError, match="did not write it"):
        save_result(tri1_claim(), path)
    save_result(tri1_claim(), tmp_path / "new.json")
    save_result(tri1_claim(), tmp_path / "new.json")
    with pytest.raises(UsageError, match="cannot write"):
        save_result(tri1_claim(), tmp_path / "no" / "folder.json")


def test_a_front_saves_explains_and_compares_itself(tmp_path: Path) -> None:
    claim = tri1_claim()
    points = tuple(EfficientStructure(each.case, each.values, each.structure) for each in claim.structures)
    front = Front(claim.case, points, claim.evidence, Journey("none", 1, 0, 0, 0))
    front.save(tmp_path / "result.json")
    assert read_claim(tmp_path) == claim
    assert front["S-40a5"].id == "S-40a5d593b8f6" and front[0].id == "S-f2c4677b7db4"
    assert "What more would cost: of 8 other structures those that give up least" in front["40a5"].explain()
    assert "Decisions that differ" in front.compare("40a5", 0)
    assert "complete at resolution" in repr(front) and len(repr(front).splitlines()) < 40


def test_cells_that_a_spreadsheet_would_run_are_harmless() -> None:
    assert [harmless(cell) for cell in ("=A1", "+1a", "-x", "@f", "\tx", "\rx")] == [
        "'=A1",
        "'+1a",
        "'-x",
        "'@f",
        "'\tx",
        "'\rx",
    ]
    assert [harmless(cell) for cell in (-3, "-3.5", "+2", "ALP")] == ["-3", "-3.5", "+2", "ALP"]


def test_the_sheets_have_a_row_for_everything() -> None:
    points = points_sheet(tri1_claim()).decode().splitlines()
    assert len(points) == 10 and points[1].startswith(
        "S-f2c4677b7db4,1060,88.333333,920,9301,core in aircraft,200,414,4540.5"
    )
    work = workshare_sheet(tri1_claim()).decode().splitlines()
    assert "S-f2c4677b7db4,aircraft,airframe,BET,BET,lead,60,720" in work
