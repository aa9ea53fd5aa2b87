# ruff: noqa: E501 - findings and hostile words are quoted whole
"""Whatever is thrown at it, the reader says what is wrong, at a line, soon, and in little memory."""

from __future__ import annotations

import os
import random
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from procure_opt.case.document import Document, parse_document, read_document
from procure_opt.case.validate import validate
from procure_opt.errors import CaseError

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "errors"

_BILLION_LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
_CASE = "title: Toy\nnations:\n  GBR: {stake: 50}\n  NO: {stake: 50}\nwork: [60, 40]\nnote: 'it''s'\n"


def _repeated() -> Iterator[tuple[str, bytes]]:
    """Megabytes of everything that has meaning in YAML, at the top, in a value and in brackets."""
    parts = ["-\n", "- ", "? ", ": ", "[", "{", "[a,", "{a: ", "&a ", "*a ", "! ", "%", '"', '"\\\n',
             "|\n", "---\n", "[],", "? a\n", "{a,", "[!a,", "<<: ", "0"]  # fmt: skip
    for prefix in ("", "x: ", "x: ["):
        for part in parts:
            yield f"{prefix}{part!r} repeated", (prefix + part * (100_000 // len(part.encode()))).encode()


def _numbers() -> Iterator[tuple[str, bytes]]:
    digits = "9" * 100_000
    for word in (digits, f"0x{digits}", f"0.{digits}", f"1e{digits}", "1e999999999", "1e-999999999", ".5e+41", f"-{digits}",
                 ".inf", "-.inf", "+.INF", ".nan", ".NaN", "NaN", "Infinity", "-Infinity"):  # fmt: skip
        yield f"number {word[:12]}", f"a: {word}".encode()
        yield f"json number {word[:12]}", f'{{"a": {word}, "b": {word}}}'.encode()


def _properties() -> Iterator[tuple[str, bytes]]:
    words = ["!!python/object:os.system {}", "!!python/name:os.system ''", "!!python/object/apply:os.system [ls]",
             "!!binary aGk=", "!!int 3", "!!str 3", "!<tag:x,2000:y> 3", "!foo", "! 1", "!e!x 1", "!!set {a}",
             "&anchor 1", "&a [*a]", "*nobody", "&\u00e9 1", "!!merge x", "!!timestamp 2026-05-31"]  # fmt: skip
    for word in words:
        yield f"property {word}", f"title: x\na: {word}\n".encode()
        yield f"property of a key {word}", f"title: x\n? {word}\n: 1\n".encode()


def _characters() -> Iterator[tuple[str, bytes]]:
    for code in [
        *range(0, 9),
        11,
        12,
        *range(14, 32),
        127,
        0x80,
        0x85,
        0x9B,
        0x2028,
        0x2029,
        0xFEFF,
        0xFFFE,
        0xFFFF,
    ]:
        yield f"character U+{code:04X}", f"title: x\na: b{chr(code)}c\n".encode()
    for raw in (b"\xff", b"\xc3", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe9t\xe9", b"\x80"):
        yield f"bytes {raw!r}", b"title: x\na: " + raw
    for encoding in (
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "utf-32-be",
        "cp037",
        "utf-7",
    ):
        yield f"encoding {encoding}", "title: é\nNO: [\n".encode(encoding)
    for escape in (
        "\\0",
        "\\e[31m",
        "\\x07",
        "\\ud800",
        "\\udc00\\ud800",
        "\\uffff",
        "\\U99999999",
        "\\q",
        "\\x0",
        "\\u12",
    ):
        yield f"escape {escape}", f'a: "{escape}"'.encode()
        yield f"json escape {escape}", f'{{"a": "{escape}"}}'.encode()


def _structures() -> Iterator[tuple[str, bytes]]:
    yield "billion laughs", _BILLION_LAUGHS.encode()
    yield "200 000 brackets", b"[" * 200_000
    yield "200 000 brackets in json", b'{"a":' * 200_000
    yield "200 000 lists in json", b'{"a":' + b"[" * 200_000
    yield "200 000 closed brackets", b"a: " + b"[" * 200_000 + b"]" * 200_000
    yield "200 000 indented keys", "".join(f"{' ' * n}a:\n" for n in range(2_000)).encode()
    yield "a million values in json", b'{"a": [' + b"0," * 1_000_000 + b"0]}"
    yield "the same key a hundred thousand times", b"k: 1\n" * 100_000
    yield "one long text", b"a: " + b"x" * 3_900_000
    yield "one long key", b"? " + b"x" * 3_900_000 + b"\n: 1"
    yield "one long json text", b'{"a": "' + b"\\u0041" * 600_000 + b'"}'
    yield "one long json key", b'{"' + b"x" * 3_900_000 + b'": 1}'
    yield "five megabytes", b"a: 1\n" + b"#" * 5_000_000
    yield "a long line that breaks", b"a: " + b"[1, 2], " * 400_000
    yield "complex keys", b"? {? {? [a]\n: 1}\n: 2}\n: 3"
    for text in ("", " ", "\n\n", "\ufeff", "# c", "---", "--- a", "---\n...\n", "a", "- a", "1", "null", "[a]", "{", "}", "]",
                 "a: 1\n---\nb: 1", "a: 1\n...\nb: 1", "%YAML 1.1\n---\na: 1", "%YAML 9.9\n---\na: 1",
                 "a: 1\na: 2", "{a: 1, a: 2}", "a: {b: 1, 'b': 2}", "<<: {a: 1}", "a: {<<: [1]}", "1: a", "1.5: a", "true: a",
                 "null: a", "~: a", "2026-05-31: a", "[a]: b", "{a: 1}: b", "a:\n\tb: 1", "\ta: 1", "a: 1\n\tb: 2",
                 "a:\n  - b\n - c", "a:\n   b: 1\n  c: 2", "a: b: c", "a: [1, 2", "a: {b: 1", "a: 'x", 'a: "x', "a: @x", "a: `x`",
                 "a: %x", "a: *x.y", "a: & x", "a: | x", "a: >9\n x", "a: - b", "a: ]", "a: [}", "a: ,x", "a\nb: 1", "? a\n? a",
                 '{"a": 1', '{"a" 1}', '{"a": }', '{"a": 1}}', '{"a": 1} x', '{"a": "x', '{"a": tru}', '{"a": [1,]', '{"a": 1 "b"}',
                 '{"a": 1, "a": 2}', '{"a":: 1}', "{'a': 1", '{"a": {"b": [}}}'):  # fmt: skip
        yield f"text {text!r}", text.encode()


def _torn() -> Iterator[tuple[str, bytes]]:
    """Tear a good case: each piece has a wound that no reading can heal."""
    dice = random.Random(20260531)
    for number in range(20):
        cut = dice.randrange(len(_CASE))
        yield (
            f"torn {number}",
            (_CASE[:cut] + dice.choice(["\x00", "\x1b[2J", "\u2028"]) + _CASE[cut:]).encode(),
        )


# What looks hostile and is ordinary all the same is not here: a megabyte of comments or blank lines.
HOSTILE = [*_repeated(), *_numbers(), *_properties(), *_characters(), *_structures(), *_torn()]


def test_the_table_is_long_enough() -> None:
    assert len(HOSTILE) >= 150
    assert len({name for name, _ in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize(("name", "raw"), [pytest.param(*entry, id=entry[0][:40]) for entry in HOSTILE])
def test_hostile_bytes_become_findings_with_lines_and_soon(name: str, raw: bytes) -> None:
    begun = time.process_time()
    with pytest.raises(CaseError) as caught:
        parse_document(raw, "hostile.json" if raw.startswith(b'{"') else "hostile.yaml")
    assert time.process_time() - begun < 5
    assert 1 <= len(caught.value.findings) <= 101
    assert all(finding.line >= 1 and finding.column >= 1 for finding in caught.value.findings)
    assert str(caught.value).isprintable() or all(
        line.isprintable() for line in str(caught.value).split("\n")
    )
    assert len(str(caught.value)) < 101 * 1000


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.data())
def test_changed_bytes_are_a_document_or_a_case_error_with_lines(data: st.DataObject) -> None:
    raw = bytearray(
        data.draw(st.sampled_from([_CASE.encode(), b'{"a": [1, 2.5, {"b": "\\u00e9"}], "c": null}']))
    )
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw)))
        length = data.draw(st.integers(0, 3))
        raw[place : place + length] = data.draw(st.binary(max_size=3) | st.sampled_from([b"[", b"'", b"- ", b": ", b"\n\t", b"{", b"&a", b"\\"]))  # fmt: skip
    try:
        document = parse_document(bytes(raw), "changed.yaml")
    except CaseError as error:
        assert error.findings
        assert all(finding.line >= 1 for finding in error.findings)
    else:
        assert isinstance(document, Document)
        assert isinstance(document.data, dict)
        assert document.positions[()] >= (1, 1)


# --- files that are none -----------------------------------------------------------------------------


def refused(path: str | Path) -> str:
    begun = time.monotonic()
    with pytest.raises(CaseError) as caught:
        read_document(path)
    assert time.monotonic() - begun < 1
    return caught.value.findings[0].message


def test_a_pipe_is_refused_and_nobody_waits_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "case.yaml")
    assert (
        refused(tmp_path / "case.yaml")
        == "this is a pipe, expected a regular file (give - to read standard input)"
    )


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/urandom"])
def test_a_device_is_refused(device: str) -> None:
    assert refused(device) == "this is a device, expected a regular file"


def test_a_pipe_that_takes_the_place_of_a_file_does_not_hang(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"a: 1")
    before = os.stat(path)
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(os, "stat", lambda _: before)
    assert "this is a pipe" in refused(path)


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket may have a hundred characters only
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("case.yaml")
        assert refused("case.yaml") == "this is a socket, expected a regular file"


def test_a_large_file_is_refused_by_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "case.yaml"
    with open(path, "wb") as stream:
        stream.truncate(50_000_000)
    monkeypatch.setattr(os, "open", None)  # it is not even opened
    assert refused(path) == "found 50.0 MB, a case file must be at most 4 MB"


def test_links_that_go_round(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").symlink_to(tmp_path / "case.yaml")
    assert refused(tmp_path / "case.yaml").startswith("cannot be read")


# --- memory ------------------------------------------------------------------------------------------

_CHILD = """
import sys
from pydantic import BaseModel
from procure_opt.case.document import read_document
from procure_opt.case.validate import validate
from procure_opt.errors import CaseError
class Toy(BaseModel, extra="forbid"):
    a: dict[str, int] | list[int]
for source in sys.argv[1:]:
    try:
        validate(read_document(source), Toy)
    except CaseError as error:
        print(str(error)[:600])
"""


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (512 * 2**20, 512 * 2**20))


TOO_MUCH = {
    b"a: " + b"[" * 3_900_000: "nested deeper",
    b"a: " + b"[" * 38 + b"x," * 199_000 + b"]" * 38: "expected a whole number",
    b"a: [" + b"x," * 19_000 + b"]": "the first 100 follow",
    b'{"a": "' + b'\\"' * 1_900_000 + b'"}': "must be at most 100000",
}


def test_half_a_gigabyte_is_enough_for_all_of_them_and_an_endless_standard_input(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.yaml" for number in range(len(TOO_MUCH))]
    for path, raw in zip(paths, TOO_MUCH, strict=True):
        path.write_bytes(raw)
    command = [sys.executable, "-c", _CHILD, *map(str, paths), "-"]
    with open("/dev/zero", "rb") as endless:
        done = subprocess.run(
            command,
            stdin=endless,
            cwd=ROOT,
            capture_output=True,
            timeout=30,
            preexec_fn=_bounded,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")
    for message in (*TOO_MUCH.values(), "found more than 4 MB"):
        assert message.encode() in done.stdout


# --- the words, as people read them ------------------------------------------------------------------


class Stated(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Nation(Stated):
    stake: int


class Toy(Stated):
    title: str
    nations: dict[str, Nation] = {}
    work: tuple[int, ...] = ()
    note: str = ""


GOLDEN_INPUTS = {
    "duplicate_key": "title: Toy\nnations:\n  GBR: {stake: 50}\n  GBR: {stake: 60}\n",
    "number_as_key": "title: Toy\nnations:\n  826: {stake: 50}\n",
    "alias_bomb": _BILLION_LAUGHS,
    "tag": "title: !!python/object/apply:os.system ['rm -rf /']\n",
    "merge_key": "title: Toy\nnations:\n  GBR: &gbr {stake: 50}\n  ITA:\n    <<: *gbr\n",
    "tab": "title: Toy\nnations:\n\tGBR: {stake: 50}\n\tITA: {stake: 50}\n",
    "two_documents": "title: Toy\n---\ntitle: Toy again\n",
    "unclosed_quote": "title: 'Toy\nnations: {}\n",
    "unclosed_bracket": "title: Toy\nwork: [60, 40\nnote: x\n",
    "colon_in_text": "title: Toy: a case\n",
    "not_finite": "title: Toy\nwork: [.inf, .nan, 1e999999999]\n",
    "terminal": 'title: "\\e[2J"\nwrok\\x1b: 1\n',
    "empty": "",
    "list_at_top": "- title: Toy\n",
    "broken_json": '{"title": "Toy",\n "work": [60, 40,]}\n',
    "unknown_and_missing_keys": "titel: Toy\nnations:\n  NO: {}\nwork: many\n",
    "wrong_types": "title: 2026\nnations: {GBR: {stake: true}, ITA: {stake: '50'}}\nwork: [0.5, x]\n",
}


@pytest.mark.parametrize("name", sorted(GOLDEN_INPUTS))
def test_error_texts_are_the_golden_ones(name: str) -> None:
    suffix = "json" if "json" in name else "yaml"
    with pytest.raises(CaseError) as caught:
        validate(parse_document(GOLDEN_INPUTS[name].encode(), f"toy.{suffix}"), Toy)
    assert f"{caught.value}\n" == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_every_golden_text_has_its_test() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(GOLDEN_INPUTS)
