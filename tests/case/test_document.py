# ruff: noqa: E501 - findings and hostile words are quoted whole
"""A case file is read as YAML 1.2 or JSON, exactly, with the place of every value."""

from __future__ import annotations

import io
import json
import os
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from procure_opt.case import yaml_events
from procure_opt.case.document import Document, parse_document, read_document
from procure_opt.errors import CaseError


def data(text: str, name: str = "toy.yaml") -> Any:
    return parse_document(text.encode(), name).data


def said(raw: str | bytes, name: str = "toy.yaml") -> list[str]:
    """Return the findings without the name of the file."""
    with pytest.raises(CaseError) as caught:
        parse_document(raw.encode() if isinstance(raw, str) else raw, name)
    return [str(finding).removeprefix(f"{name}:") for finding in caught.value.findings]


# --- what words mean ---------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["NO", "no", "on", "off", "yes", "y", "1:30", "2026-05-31", "1_000", "1,5", "0x", "0b1",
                                  "12e", "e3", "+", "-", ".", "1.2.3", "٣", "none", "nULL", "tRUE", "0o8", "-0x1"])  # fmt: skip
def test_a_word_of_the_field_stays_a_word(word: str) -> None:
    assert data(f"a: {word}" if word != "-" else "a: '-'") == {"a": word}


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("true", True), ("FALSE", False), ("null", None), ("~", None), ("", None), ("Null", None),
        ("0", 0), ("-17", -17), ("+3", 3), ("007", 7), ("0x1F", 31), ("0o17", 15), ("1" * 40, int("1" * 40)),
        ("0.1", Decimal("0.1")), (".5", Decimal("0.5")), ("5.", Decimal(5)), ("-1.50", Decimal("-1.50")),
        ("1e6", Decimal("1E+6")), ("1E-3", Decimal("0.001")), ("+1.5e+2", Decimal(150)),
    ],
)  # fmt: skip
def test_a_word_has_the_meaning_of_yaml_1_2(word: str, meaning: object) -> None:
    value = data(f"a: {word}")["a"]
    assert value == meaning
    assert type(value) is type(meaning)


def test_ten_times_a_tenth_is_one() -> None:
    assert sum([data("a: 0.1")["a"]] * 10) == 1


def test_quotes_make_everything_a_text() -> None:
    assert data("a: '1'\nb: \"true\"\nc: '~'\nd: '<<'\n'2026': x") == {
        "a": "1", "b": "true", "c": "~", "d": "<<", "2026": "x",
    }  # fmt: skip


def test_block_texts_and_comments() -> None:
    assert data("# first\na: |\n  two\n  lines\nb: >-\n  one\n  line # not a comment\n") == {
        "a": "two\nlines\n",
        "b": "one line # not a comment",
    }


# --- where things are --------------------------------------------------------------------------------


def test_every_value_and_every_key_has_its_place() -> None:
    document = parse_document("a:\n  é: [1, {c: 2}]\n\nd:\n".encode(), "toy.yaml")
    assert document.positions == {
        (): (1, 1),
        ("a",): (2, 3),
        ("a", "é"): (2, 6),
        ("a", "é", 0): (2, 7),
        ("a", "é", 1): (2, 10),
        ("a", "é", 1, "c"): (2, 14),
        ("d",): (4, 3),
    }
    assert document.key_positions == {
        ("a",): (1, 1),
        ("a", "é"): (2, 3),
        ("a", "é", 1, "c"): (2, 11),
        ("d",): (4, 1),
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_the_byte_order_mark_change_no_place(end: str, mark: bytes) -> None:
    document = parse_document(mark + f"a: 1{end}# c{end}b: 2{end}".encode(), "toy.yaml")
    assert document.positions["b",] == (3, 4)
    assert parse_document(mark + f'{{"a": 1,{end}"b": 2}}{end}'.encode(), "toy.yaml").positions["b",] == (
        2,
        6,
    )


def test_an_explicit_single_document_of_yaml_1_2_is_welcome() -> None:
    assert data("%YAML 1.2\n---\na: 1\n...\n") == {"a": 1}


def test_forty_levels_are_enough_for_everybody() -> None:
    assert data("a: " + "[" * 39 + "]" * 39)
    assert said("a: " + "[" * 40 + "]" * 40) == [
        "1:43: error: a" + "[0]" * 38 + ": nested deeper than 40 levels, reading stopped here"
    ]


# --- JSON --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["toy.json", "toy.yaml", "<stdin>"])
def test_ordinary_json_is_read_whatever_the_file_is_called(name: str) -> None:
    text = (
        '\ufeff{"a"\n:\t"\\u00e9\\/\\ud83d\\ude80\\n",\r\n\t"b": [1,-2.5e3, true,null , {}],"'
        + "k" * 900
        + '": ""}'
    )
    document = parse_document(text.encode(), name)
    assert document.data == {"a": "é/🚀\n", "b": [1, Decimal("-2500"), True, None, {}], "k" * 900: ""}
    assert document.positions["a",] == (2, 3)
    assert document.positions["b", 4] == (3, 30)
    assert document.key_positions["b",] == (3, 2)


def test_a_json_file_of_one_long_line_is_read() -> None:
    many = {f"key{n}": {"value": n / 8, "note": "\u2019" * 150} for n in range(4_000)}
    text = json.dumps(many)
    assert len(text) > 3_000_000
    document = parse_document(text.encode(), "toy.json")
    assert document.positions["key3999",][0] == 1
    assert json.loads(json.dumps(document.data, default=float)) == many


def test_flow_yaml_that_only_looks_like_json_is_read_as_yaml() -> None:
    assert data('{"a": NO, b: [1, 2,], # comment\n}') == {"a": "NO", "b": [1, 2]}


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8)
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**38), 10**38)
    | _TEXT
    | st.sampled_from(["\t", "a\nb", "\\", '"']),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=15,
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.dictionaries(_TEXT, _JSON, max_size=5), st.sampled_from([None, 1]), st.sampled_from(["x.json", "x"])
)
def test_json_means_what_the_standard_library_says(
    value: dict[str, Any], indent: int | None, name: str
) -> None:
    document = parse_document(json.dumps(value, indent=indent).encode(), name)
    assert document.data == value
    assert document.positions.keys() >= {(key,) for key in value}


# --- what is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a: 1\nb: 2\na: 3", "3:1: error: a: this key is already there in line 1, keep one of the two"),
        ("a: {b: 1, b: 2}", "1:11: error: a.b: this key is already there in line 1, keep one of the two"),
        ("2026: x", '1:1: error: 2026: found 2026 as a key, a key must be text: write it in quotes, "2026"'),
        ("1.5: x", '1:1: error: 1.5: found 1.5 as a key, a key must be text: write it in quotes, "1.5"'),
        ("true: x", '1:1: error: true: found true as a key, a key must be text: write it in quotes, "true"'),
        ("2026-05-31: x", '1:1: error: 2026-05-31: found 2026-05-31 as a key, a key must be text: write it in quotes, "2026-05-31"'),
        ("?\n: x", "1:2: error: ?: found an empty key, expected a word before the colon"),
        ("? [a]\n: x", "1:3: error: ?: found a list as a key, a key must be text"),
        ("{{a: 1}: x}", "1:2: error: ?: found a mapping as a key, a key must be text"),
        ("a: !!python/object/apply:os.system [ls]", "1:4: error: a: tag !!python/object/apply:os.system is not allowed, write the plain value without it"),
        ("a: !foo 1", "1:4: error: a: tag !foo is not allowed, write the plain value without it"),
        ("a: !!binary aGk=", "1:4: error: a: tag !!binary is not allowed, write the plain value without it"),
        ("a: ! 1", "1:4: error: a: tag ! is not allowed, write the plain value without it"),
        ("a: &x 1", "1:4: error: a: anchor &x is not allowed, write the value out where it is used"),
        ("a: *x", "1:4: error: a: alias *x is not allowed, write the value out"),
        ("<<: {a: 1}", "1:1: error: <<: merge key << is not allowed, write the keys out"),
        ("a:\n\tb: 1\n\tc: 2", "2:1: error: a: a tab is used as indentation (2 lines of this file begin with one), YAML wants spaces"),
        ("a: 1\n---\nb: 2", "2:1: error: a second document starts here, a case file holds one: remove this line or split the file"),
        ("%YAML 1.1\n---\na: 1", "1:1: error: found %YAML 1.1, case files are read as YAML 1.2: remove this line"),
        ("", "1:1: error: the file is empty, expected lines such as title: ..."),
        (" \n\n", "1:1: error: the file is empty, expected lines such as title: ..."),
        ("# nothing\n", "1:1: error: the file holds only comments, expected lines such as title: ..."),
        ("- a", "1:1: error: found a list, expected a mapping: lines such as title: ..."),
        ("title", "1:1: error: found title, expected a mapping: lines such as title: ..."),
        ("---\n", "2:1: error: found nothing, expected a mapping: lines such as title: ..."),
        ("a: .inf", "1:4: error: a: found .inf, must be a finite number"),
        ("a: -.INF", "1:4: error: a: found -.INF, must be a finite number"),
        ("a: .nan", "1:4: error: a: found .nan, must be a finite number"),
        ('{"a": NaN}', "1:7: error: a: found NaN, must be a finite number"),
        ('{"a": -Infinity}', "1:7: error: a: found -Infinity, must be a finite number"),
        ("a: 1e999999999", "1:4: error: a: found 1e999999999, the exponent of a number must be at most 40"),
        ("a: " + "9" * 100_000, "1:4: error: a: found 99999999999999999... (a number of 100000 characters), must be at most 40"),
        ("a: x\x00y", "1:5: error: found the invisible character U+0000, remove it"),
        ("a: x\x1b[31m", "1:5: error: found the invisible character U+001B, remove it"),
        ("a: 1\nb: x\u2028y", "2:5: error: found the invisible character U+2028, remove it"),
        ("a: 1\n\ufeffb: 2", "2:1: error: found the invisible character U+FEFF, remove it"),
        ('a: "\\e[31m"', "1:4: error: a: found the control character or half character \\x1b in a text, remove it"),
        ('{"a": "\\ud800"}', "1:7: error: a: found the control character or half character \\ud800 in a text, remove it"),
        (b"a: caf\xe9", "1:7: error: byte 6 of the file (0xE9) is not UTF-8, perhaps the file is Latin-1 or Windows-1252: save it as UTF-8"),
        (b"\xef\xbb\xbfa: 1\r\nb: \xff", "2:4: error: byte 12 of the file (0xFF) is not UTF-8, perhaps the file is Latin-1 or Windows-1252: save it as UTF-8"),
        ("a: 1".encode("utf-16"), "1:1: error: the file is UTF-16 (seen at byte 0), must be UTF-8: save it as UTF-8"),
        ("a: 1".encode("utf-16-be"), "1:1: error: the file is UTF-16 (seen at byte 0), must be UTF-8: save it as UTF-8"),
        ("a: 1".encode("utf-32-le"), "1:1: error: the file is UTF-32 (seen at byte 0), must be UTF-8: save it as UTF-8"),
        ("a: " + "x" * 100_001, "1:4: error: a: found a text of 100001 characters, must be at most 100000"),
        ('a: "x\nb: 1', "1:4: error: a: a quote is opened here and never closed"),
        ("a: [1, 2\nb: 3", "2:2: error: a: the [ of line 1 is not closed, or a comma is missing before this place"),
        ("a: b: c", '1:5: error: found ":" where none can be: put a text that contains ": " in quotes, or check the line above (its indentation, its colon)'),
        ("a:\n   b: 1\n    c: 2", '3:5: error: a: this line is indented further than "b: 1" above it, which has its value already: keys of one mapping begin in the same column'),
        ('a: "x\nb: 1\nc: "y"', "1:4: error: a quote is opened here and closed only in line 3, where reading then breaks off: is its end missing here?"),
        ("a: {b: 'x, c: 1}\nd: 'y'\n", "1:8: error: a: a quote is opened here and closed only in line 2, where reading then breaks off: is its end missing here?"),
        ("a: {b: 1,260, c: 3}", "1:8: error: a.b: found 1,260: numbers take no thousands separator, write the digits together"),
        ("a: {b: 1, 260: 3}", '1:11: error: a.260: found 260 as a key, a key must be text: write it in quotes, "260"'),
        ("a: @x", "1:4: error: a: a text cannot begin with @, put it in quotes"),
        ("a: %x", "1:4: error: a: a text cannot begin with %, put it in quotes"),
        ("a: *.txt", "1:5: error: a: a text that begins with * must be in quotes"),
        ('a: "C:\\quux"', '1:7: error: a: a backslash inside "..." must be doubled (\\\\), or use single quotes'),
        ("a:\n   b: 1\n  c: 2", "3:3: error: this line fits no key above: check its indentation, and quotes or brackets before it"),
        ("a: 1\nkey\nb: 2", '2:1: error: found a line without ":", expected key: value or - item; is it the rest of a text?'),
        ("- a\nb: 1", "1:1: error: found a list, expected a mapping: lines such as title: ..."),
    ],
)  # fmt: skip
def test_a_flaw_is_said_at_its_place_with_what_would_be_right(text: str | bytes, finding: str) -> None:
    assert said(text)[0] == finding


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("{", "1:2: error: the file ends, expected } for the bracket opened in line 1"),
        ('{"a": [1,\n2', "2:2: error: a: the file ends, expected ] for the bracket opened in line 1"),
        ('{"a" 1}', "1:6: error: a: found 1, expected :"),
        ('{"a": 1,}', "1:9: error: found }, expected a key in double quotes"),
        ("{a: 1}", "1:2: error: found a, expected a key in double quotes or }"),
        ('{"a": NO}', "1:7: error: a: found NO, expected a value; JSON texts are in double quotes"),
        ('{"a": 01}', "1:7: error: a: found 01, expected a value; JSON texts are in double quotes"),
        ('{"a": "x\ny"}', "1:7: error: a: a text is opened here and not closed on its line; inside a text write "
         '\\n for a line end, \\t for a tab, \\" for a quote'),
        ('{"a": "\\q"}', "1:8: error: a: not an escape of JSON, write a backslash as \\\\"),
        ('{"a": 1} {}', "1:10: error: found {, expected the end of the file"),
        ("[1]", "1:1: error: found a list, expected a mapping: lines such as title: ..."),
        ('{"a": 1, "a": 2}', "1:10: error: a: this key is already there in line 1, keep one of the two"),
        ('{"a": 1]', "1:8: error: found ], expected a comma or the closing bracket"),
    ],
)  # fmt: skip
def test_broken_json_is_said_in_the_words_of_json(text: str, finding: str) -> None:
    assert said(text, "toy.json") == [finding]


def test_a_number_with_two_separators_is_one_flaw() -> None:
    (only,) = said("a: {b: 1,260,000, c: 3}")
    assert only.startswith("1:8: error: a.b: found 1,260: numbers take no thousands separator")


def test_a_list_of_numbers_without_blanks_is_a_list() -> None:
    assert data("a: [1,260]") == {"a": [1, 260]}


def test_a_quoted_text_of_several_lines_is_welcome_and_not_blamed_for_what_is_wrong_below() -> None:
    text = 'a: "x\n  y"\n'
    assert data(text) == {"a": "x y"}
    assert said(text + "b: [1\nc: 2")[0].startswith("4:2: error: b: the [ of line 3 is not closed")


def test_a_colon_without_its_value_in_braces() -> None:
    """Only libyaml refuses it; for the Python parser it is an empty value."""
    if yaml_events._Loader is not yaml.SafeLoader:
        (only,) = said("a: {b:, c: 1}")
        assert only.startswith(
            '1:6: error: a: found ":" without a blank and a value after it, expected key: value'
        )


def test_all_flaws_are_said_at_once() -> None:
    lines = [line.split(":")[0] for line in said("a: &x 1\na: 2\n1: {b: .inf}\nc: *x\nd: !t 5\ne: [\n")]
    assert lines == ["1", "2", "3", "3", "4", "5", "7"]


def test_a_thousand_flaws_are_cut() -> None:
    findings = said("".join(f"{n}: x\n" for n in range(1000)))
    assert len(findings) == 101
    assert findings[-1].endswith("more than 100 findings, reading stopped here")


# --- files -------------------------------------------------------------------------------------------


def refused(source: str | os.PathLike[str]) -> str:
    with pytest.raises(CaseError) as caught:
        read_document(source)
    (finding,) = caught.value.findings
    assert finding.line == 0
    return finding.message


def test_a_file_is_called_by_its_path_or_as_the_caller_says(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"a: 1\n")
    assert read_document(path) == Document(
        str(path), {"a": 1}, {(): (1, 1), ("a",): (1, 4)}, {("a",): (1, 1)}
    )
    assert read_document(str(path), name="gcap").name == "gcap"


def test_a_missing_file_suggests_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_bytes(b"a: 1")
    assert refused(tmp_path / "csae.yml") == f"no such file, did you mean {tmp_path / 'case.yaml'}?"
    assert refused(tmp_path / "zzz") == "no such file"
    assert refused(tmp_path / "no" / "case.yaml") == f"no such file, and no directory {tmp_path / 'no'}"


def test_a_directory_suggests_the_case_in_it(tmp_path: Path) -> None:
    assert refused(tmp_path) == "this is a directory, expected a file"
    (tmp_path / "case.yaml").write_bytes(b"a: 1")
    assert refused(tmp_path) == f"this is a directory, did you mean {tmp_path / 'case.yaml'}?"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"a: 1")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert refused(path) == "cannot be read: Permission denied"


@pytest.mark.parametrize("source", ["a\x00b", "x" * 5000, "", "\udcff.yaml", "/etc/passwd/x"])
def test_paths_that_cannot_be(source: str) -> None:
    assert refused(source).startswith(("no such file", "cannot be read"))


def test_standard_input_is_read_as_yaml_or_json(monkeypatch: pytest.MonkeyPatch) -> None:
    for raw in (b"a: NO\n", b'{"a":\n"NO"}'):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        document = read_document("-")
        assert (document.name, document.data) == ("<stdin>", {"a": "NO"})


def test_standard_input_is_read_to_the_limit_and_one_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO(b"#" * 5_000_000)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(stream, 1)))  # type: ignore[type-var]
    assert refused("-") == "found more than 4 MB, a case file must be at most 4 MB"
    assert stream.tell() == 4_000_001


@pytest.mark.parametrize("stdin", [None, io.StringIO("a: 1")])
def test_no_standard_input(monkeypatch: pytest.MonkeyPatch, stdin: object) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    assert refused("-") == "standard input gives no bytes, expected a case file on it"


# --- without libyaml ---------------------------------------------------------------------------------

SAMPLE = "a: [1, {b: 'x'}]\n\nc:\n  - |\n   text\n  - d: 0.5\n    e:\nf: 'x\n\n  y'\n"


def test_the_python_parser_sees_the_same_document(monkeypatch: pytest.MonkeyPatch) -> None:
    with_libyaml = parse_document(SAMPLE.encode(), "toy.yaml")
    monkeypatch.setattr(yaml_events, "_Loader", yaml.SafeLoader)
    assert parse_document(SAMPLE.encode(), "toy.yaml") == with_libyaml


@pytest.mark.parametrize("text", ["a: [1", "a: b: c", "a:\n\tb: 1", "a: @x", "a: 'x", 'a: "\\U99999999"', "a: !x!y 1",
                                  "a:\n   b: 1\n  c: 2", "%YAML 3.0\n---\na: 1", "a: -\n", "a: *", "- a\nb: 1"])  # fmt: skip
def test_the_python_parser_gives_the_same_hints(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with_libyaml = said(text)
    monkeypatch.setattr(yaml_events, "_Loader", yaml.SafeLoader)
    assert [line.split("error: ")[1] for line in said(text)] == [
        line.split("error: ")[1] for line in with_libyaml
    ]
