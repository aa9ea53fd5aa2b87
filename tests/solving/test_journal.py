"""Journals cut at every byte, damaged anywhere, and full disks."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from procure_opt.errors import UsageError
from procure_opt.solving.journal import Journal, look_at

ABOUT = {"case": "mine", "digest": "12ab"}
RECORDS: list[dict[str, Any]] = [{"fields": [0, 2]}, {"closed": "0.0"}, {"found": [[[1, 2], [3], [3]]]}]


def _written(path: Path) -> bytes:
    journal = Journal.begin(path, ABOUT)
    for record in RECORDS:
        journal.append(record)
    journal.close()
    return path.read_bytes()


def test_cut_at_any_byte_it_resumes_with_a_beginning_or_is_refused(tmp_path: Path) -> None:
    """What comes back is a prefix of the records; the next record goes behind it."""
    path = tmp_path / "journal.jsonl"
    content = _written(path)
    lengths = set()
    for cut in range(len(content) + 1):
        path.write_bytes(content[:cut])
        if cut <= content.index(b"\n"):
            with pytest.raises(UsageError, match="no whole record"):
                Journal.resume(path, ABOUT)
            continue
        journal, records = Journal.resume(path, ABOUT)
        assert records == RECORDS[: len(records)]
        lengths.add(len(records))
        journal.append({"closed": "more"})
        journal.close()
        again, more = Journal.resume(path, ABOUT)
        again.close()
        assert more == [*records, {"closed": "more"}]
    assert lengths == {0, 1, 2, 3}


def test_a_changed_byte_is_refused_or_costs_the_last_line(tmp_path: Path) -> None:
    """Three hundred changes at random: never another record than those written."""
    path = tmp_path / "journal.jsonl"
    content = _written(path)
    chance = Random(3)
    refused = 0
    for _ in range(300):
        place = chance.randrange(len(content))
        changed = bytearray(content)
        changed[place] = chance.choice([b for b in range(256) if b != content[place]])
        path.write_bytes(bytes(changed))
        try:
            journal, records = Journal.resume(path, ABOUT)
        except UsageError:
            refused += 1
            continue
        journal.close()
        assert records == RECORDS[: len(records)] and len(records) >= len(RECORDS) - 1
    assert refused > 100


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: [lines[0], *lines[2:]],
        lambda lines: [lines[0], lines[2], lines[1], lines[3]],
        lambda lines: [lines[0], lines[1], lines[1], *lines[2:]],
        lambda lines: [b"[]\n", *lines],
        lambda lines: [lines[0], b'{"record": [[]], "sum": 3}\n', *lines[1:]],
    ],
)
def test_lines_left_out_swapped_repeated_or_foreign_are_refused(
    tmp_path: Path, spoil: Callable[[list[bytes]], list[bytes]]
) -> None:
    path = tmp_path / "journal.jsonl"
    lines = _written(path).splitlines(keepends=True)
    path.write_bytes(b"".join(spoil(lines)))
    with pytest.raises(UsageError, match="damaged"):
        Journal.resume(path, ABOUT)


def test_another_case_is_refused_and_what_there_is_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    content = _written(path)
    with pytest.raises(UsageError, match="another digest \\(12ab, now 34cd\\)"):
        Journal.resume(path, ABOUT | {"digest": "34cd"})
    with pytest.raises(UsageError, match="--resume"):
        Journal.begin(path, ABOUT)
    with pytest.raises(UsageError, match="no unfinished run"):
        Journal.resume(tmp_path / "other.jsonl", ABOUT)
    with pytest.raises(UsageError, match="cannot write"):
        Journal.begin(tmp_path / "nowhere" / "journal.jsonl", ABOUT)
    assert path.read_bytes() == content


def test_only_one_run_at_a_time(tmp_path: Path) -> None:
    journal = Journal.begin(tmp_path / "journal.jsonl", ABOUT)
    with pytest.raises(UsageError, match="another run"):
        Journal.resume(tmp_path / "journal.jsonl", ABOUT)
    journal.close()
    Journal.resume(tmp_path / "journal.jsonl", ABOUT)[0].close()


def test_a_full_disk_is_a_clear_error_and_the_file_can_be_resumed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of a record is written before the disk is full."""
    journal = Journal.begin(tmp_path / "journal.jsonl", ABOUT)
    journal.append(RECORDS[0])
    whole = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, line: whole(descriptor, line[: len(line) // 2]))
    with pytest.raises(UsageError, match="no space left"):
        journal.append(RECORDS[1])
    monkeypatch.undo()
    journal.close()
    again, records = Journal.resume(tmp_path / "journal.jsonl", ABOUT)
    again.close()
    assert records == RECORDS[:1]


@pytest.mark.parametrize("when", ["before", "after"])
def test_ctrl_c_during_a_write_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """What is appended later goes behind the last whole record; once it was chained to the lost one."""
    journal = Journal.begin(tmp_path / "journal.jsonl", ABOUT)
    journal.append(RECORDS[0])
    whole = os.write

    def interrupted(descriptor: int, line: bytes) -> int:
        if when == "after":
            whole(descriptor, line)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        journal.append(RECORDS[1])
    monkeypatch.undo()
    journal.append(RECORDS[2])
    journal.close()
    again, records = Journal.resume(tmp_path / "journal.jsonl", ABOUT)
    again.close()
    assert records == [RECORDS[0], RECORDS[2]]


def test_what_is_no_journal_stays_as_it_is(tmp_path: Path) -> None:
    """A folder, a pipe that nobody writes to, somebody's own file."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "own").write_text("my notes\n")
    for name in ("folder", "pipe", "own"):
        with pytest.raises(UsageError, match="no journal of procure_opt; it stays"):
            Journal.begin(tmp_path / name, ABOUT)
        with pytest.raises(UsageError):
            Journal.resume(tmp_path / name, ABOUT)
    assert (tmp_path / "own").read_text() == "my notes\n"


def test_whether_there_should_be_a_journal_is_said_before_any_work(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    look_at(path, resume=False)
    with pytest.raises(UsageError, match="no unfinished run"):
        look_at(path, resume=True)
    with pytest.raises(UsageError, match="takes its journal"):
        look_at(None, resume=True)
    _written(path)
    look_at(path, resume=True)
    with pytest.raises(UsageError, match="add --resume"):
        look_at(path, resume=False)
