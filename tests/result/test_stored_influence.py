"""The stored ranking: written beside a case, read back, edition by edition; nobody else's file is touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from procure_opt.errors import ResultError, UsageError
from procure_opt.result.influence import Ranked, Ranking, check_place, read_rankings, save_ranking

STAKE = Ranked(("nations.ALP.stake", "nations.BET.stake"), 566, 0, 220, "assumed")
RANKING = Ranking("ab" * 32, 4, 9, True, (STAKE,), (Ranked(("red_lines.RL3",), 0, 0, 1000, "derived"),))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "influence.json"
    save_ranking(path, "", RANKING)
    assert read_rankings(path) == {"": RANKING}
    first = path.read_bytes()
    save_ranking(path, "", RANKING)
    assert path.read_bytes() == first and [each.name for each in tmp_path.iterdir()] == ["influence.json"]


def test_editions_stand_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "influence.json"
    other = Ranking("cd" * 32, 0, 1, False, ())
    save_ranking(path, "2024", RANKING)
    save_ranking(path, "2022", other)
    assert read_rankings(path) == {"2022": other, "2024": RANKING}


def test_no_file_is_no_ranking(tmp_path: Path) -> None:
    assert read_rankings(tmp_path / "influence.json") == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"schema": 1, "editions": {}}',
        b'{"schema": {"name": "procure_opt.influence", "version": 2}, "editions": {}}',
        b'{"schema": {"name": "procure_opt.influence", "version": 1}, "editions": {"": {"sha256": ""}}}',
        b'{"schema": {"name": "procure_opt.influence", "version": 1}, "editions": [1]}',
        b'{"a":' * 100_000,
    ],
)
def test_a_file_of_another_form_is_an_error_of_ours(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "influence.json"
    path.write_bytes(content)
    with pytest.raises(ResultError, match="is no stored ranking"):
        read_rankings(path)


def test_a_number_beyond_all_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "influence.json"
    save_ranking(path, "", RANKING)
    path.write_text(path.read_text().replace("566", "1e999"))
    with pytest.raises(ResultError):
        read_rankings(path)


def test_a_pipe_in_its_place_does_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "influence.json"
    os.mkfifo(path)
    with pytest.raises(ResultError, match="no regular file"):
        read_rankings(path)


def test_a_file_of_somebody_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "influence.json"
    path.write_text("my notes")
    with pytest.raises(UsageError, match="did not write it"):
        save_ranking(path, "", RANKING)
    assert path.read_text() == "my notes"


def test_a_place_that_is_not_there_is_said_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write into"):
        check_place(tmp_path / "nowhere" / "influence.json")
