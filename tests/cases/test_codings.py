"""Red lines follow from two blind codings by a mechanical rule; nothing was added or hardened by hand."""

from __future__ import annotations

from typing import Any

import pytest
from codings import CASES, _either, read, readings, red_lines, statements

from procure_opt.case.load import case_editions, load_case
from procure_opt.case.model import Case
from procure_opt.case.red_lines import RedLine

NAMES = sorted(folder.name for folder in CASES.iterdir())
BEFORE_THE_CODINGS = {("gcap", "2024")}
"""Solved before statements were coded; its lines are as they were, see its sources.md."""


def editions(name: str) -> list[str]:
    return [f"{name}@{each}" for each in case_editions(name) if (name, each) not in BEFORE_THE_CODINGS]


def parsed(line: dict[str, Any]) -> RedLine:
    return RedLine.model_validate(line)


@pytest.mark.parametrize("edition", [each for name in NAMES for each in editions(name)])
def test_the_lines_of_an_edition_are_those_that_follow(edition: str) -> None:
    """Every line is that of the rule; the rule's other lines name what the edition does not know."""
    case: Case = load_case(edition)
    due = {key: parsed(line) for key, line in red_lines(edition.partition("@")[0]).items()}
    assert set(case.red_lines) <= set(due)
    for key, line in case.red_lines.items():
        assert line == due[key], key


@pytest.mark.parametrize("name", NAMES)
def test_both_readers_read_every_statement(name: str) -> None:
    known = set(statements(name))
    for reader in "ab":
        every = read(CASES / name / "codings" / f"{reader}.yaml")
        assert {key if key in known else key[:-1] for key in every} == known
        assert set(readings(name, reader)) <= known


def test_two_readings_are_broken_only_together() -> None:
    one = {"then": {"exists": {"pillar": "jet"}}}
    other = {"if": {"participates": {"nation": "ALP"}}, "then": {"excludes": {"nation": "BET"}}}
    assert _either(one, other)["then"]["any_of"] == [one["then"], {"not": other["if"]}, other["then"]]
