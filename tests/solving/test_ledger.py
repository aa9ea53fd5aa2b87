"""Sweeps that go on from what an earlier one noted, stopped after any record."""

from __future__ import annotations

import json
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any

import pytest
from menus import CHOICES, WATCHED, Small

from procure_opt.solving import field as field_module
from procure_opt.solving import survey as survey_module
from procure_opt.solving import sweep as sweep_module
from procure_opt.solving.crew import Crew
from procure_opt.solving.journal import Journal
from procure_opt.solving.ledger import Known, Ledger
from procure_opt.solving.matrix import Matrix
from procure_opt.solving.parts import fields
from procure_opt.solving.plan import Plan
from procure_opt.solving.program import Program, Row
from procure_opt.solving.survey import Survey

STEPS = (3, 3, 3)
Records = list[dict[str, Any]]


@pytest.fixture(autouse=True)
def _little_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(field_module, "AT_ONCE", 4)
    for name, value in (("AT_A_TIME", 2), ("TOO_MANY", 4), ("MOST_IN_VAIN", 1), ("BEAM", 1)):
        monkeypatch.setattr(sweep_module, name, value)


def _survey(seed: int, workers: int = 1) -> Survey:
    small = Small(seed)
    digits = {column: (group, place) for group, c in enumerate(CHOICES) for place, column in enumerate(c, 1)}
    return Survey(
        Plan(small.matrix, small.fixings, CHOICES, [], WATCHED, STEPS, digits), small.judge, None, workers
    )


def _noted(seed: int, workers: int = 1) -> tuple[Survey, Records]:
    """Run, and return also what was written, as it comes back from a file."""
    records: Records = []
    survey = _survey(seed, workers)
    survey.ledger = Ledger(lambda record: records.append(json.loads(json.dumps(record))))
    survey.run()
    return survey, records


def _resumed(seed: int, records: Records, workers: int = 1) -> Survey:
    survey = _survey(seed, workers)
    survey.ledger = Ledger()
    survey.ledger.replay(records, survey.plan)
    survey.run()
    return survey


@pytest.mark.parametrize("seed", range(12))
def test_stopped_after_any_record_it_ends_as_if_undisturbed(seed: int) -> None:
    """Same points, same holders; and the more was noted, the less is looked at."""
    whole, records = _noted(seed)
    looked_at = []
    for cut in range(len(records) + 1):
        resumed = _resumed(seed, records[:cut])
        assert resumed.points() == whole.points() and resumed.findings.finished
        assert {p: h.first for p, h in resumed.findings.holders.items()} == {
            p: h.first for p, h in whole.findings.holders.items()
        }
        looked_at.append(resumed.findings.looked_at)
    assert looked_at[-1] == 0 < looked_at[0]


def test_all_kinds_of_records_come_up() -> None:
    """So that the test before this one is about something."""
    kinds = {kind for seed in range(6) for record in _noted(seed)[1] for kind in record}
    assert kinds == {"found", "fields", "divided", "into", "closed"}


def test_several_processes_note_enough_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a crew noted, cut here and there, taken up alone and by a crew."""
    monkeypatch.setattr(survey_module, "WORTH_A_CREW", 0)
    whole, records = _noted(4, workers=2)
    assert whole.processes == 2
    for cut in range(0, len(records) + 1, max(len(records) // 6, 1)):
        for workers in (1, 2):
            resumed = _resumed(4, records[:cut], workers)
            assert resumed.points() == whole.points() == Small(4).best(STEPS)
    assert _resumed(4, records).findings.looked_at == 0


def test_a_lost_process_costs_only_what_was_not_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed once in the middle of its work: a second crew goes on from what the first has done."""
    monkeypatch.setattr(survey_module, "WORTH_A_CREW", 0)
    crews: list[Known] = []
    made = Crew.__init__

    def watched(self: Crew, *given: Any) -> None:
        made(self, *given)
        crews.append(given[-1].known)
        if len(crews) == 1:
            self._members[0].process.kill()

    monkeypatch.setattr(Crew, "__init__", watched)
    survey = _survey(5, 2)
    survey.run()
    assert len(crews) == 2 and survey.processes == 2
    assert survey.findings.finished and survey.points() == Small(5).best(STEPS)


def test_a_field_in_several_hands_is_closed_when_all_are_empty() -> None:
    """Handed on twice, and divided in another hand."""
    records: Records = []
    ledger = Ledger(records.append)
    ledger.note(
        [("fields", (3, 2)), ("handed", ("3.0", "a")), ("closed", ("3.0", "")), ("handed", ("3.0", "b"))]
    )
    ledger.note([("closed", ("3.0", "a"))])
    assert not ledger.known.is_done("3.0")
    ledger.note([("closed", ("3.0", "b")), ("handed", ("3.1", "c")), ("closed", ("3.1", ""))])
    assert ledger.known.is_done("3.0") and not ledger.known.is_part_done(3)
    ledger.note([("divided", ("3.1", "c", ("3.1/4=5", "3.1/4=-1"))), ("closed", ("3.1/4=5", ""))])
    assert not ledger.known.is_part_done(3)
    ledger.note([("closed", ("3.1/4=-1", ""))])
    assert ledger.known.is_part_done(3)
    again = Ledger()
    again.replay(records, _survey(1).plan)
    assert again.known == ledger.known


def test_parts_left_to_others_stay_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep_module, "MOST_LOOKED_AT", 3)
    whole, records = _noted(2)
    assert whole.findings.left
    resumed = _resumed(2, records)
    assert resumed.findings.left == whole.findings.left and resumed.findings.looked_at == 0


def test_a_part_falls_into_the_same_fields_whichever_others_are_asked_for() -> None:
    """A chain of implications longer than propagation follows: alone, a part was once reduced further."""
    for length in range(9, 19):
        plan = _chained(length)
        together = {part: [each.name for each in made] for part, made in fields(plan, [0, 1])}
        for part in (0, 1):
            ((_, made),) = fields(plan, [part])
            assert [each.name for each in made] == together[part]


def _chained(length: int) -> Plan:
    """Two parts; in the second each of a chain of choices forces the next, and the last forbids a regime."""
    rows: list[Row] = []
    choices = [(0, 1), (2, 3), *((4 + 2 * k, 5 + 2 * k) for k in range(length))]
    count = 4 + 2 * length
    rows += [Row(choice, (1.0, 1.0), 1.0, 1.0) for choice in choices]
    chain = [choice[0] for choice in choices[2:]]
    rows += [Row((one, other), (1.0, -1.0), -inf, 0.0) for one, other in pairwise([1, *chain])]
    rows.append(Row((chain[-1], 2), (1.0, 1.0), -inf, 1.0))
    rows += [Row((k, count + k), (1.0, -1.0), 0.0, 0.0) for k in range(3)]
    rows.append(Row((count, count + 1, count + 2, count + 3), (1.0, 1.0, 1.0, -1.0), 0.0, 0.0))
    ends = (0.0,) * (count + 4), (1.0,) * (count + 3) + (3.0,)
    program = Program(*ends, (True,) * count + (False,) * 4, tuple(rows))
    digits = {column: (group, place) for group, c in enumerate(choices) for place, column in enumerate(c, 1)}
    fixings = [{0: 1.0, 1: 0.0}, {0: 0.0, 1: 1.0}]
    watched = (count, count + 1, count + 2)
    return Plan(Matrix.of(program), fixings, choices, [(2, 3)], watched, (1, 1, 1), digits)


def test_a_division_that_is_not_found_again_is_not_believed() -> None:
    """Pieces of other names, or of a choice that there is not: the field is followed as a whole."""
    whole, records = _noted(4)
    for spoilt in ([{"divided": "0.0", "into": ["0.0/9999=1"]}], [{"fields": [0, 7]}, {"closed": "0.3"}]):
        kept = [record for record in records if not {"divided", "closed", "fields"} & set(record)]
        resumed = _resumed(4, [*kept, *spoilt])
        assert resumed.points() == whole.points() and resumed.findings.finished


def test_records_of_something_else_are_no_notes(tmp_path: Path) -> None:
    """Whole in themselves, but not what a sweep writes."""
    journal = Journal.begin(tmp_path / "journal.jsonl", {})
    journal.close()
    for record in (
        {"fields": 3},
        {"found": [[1, 2]]},
        {"found": [[[1, 2, 3], [999], [999]]]},
        {"divided": "0.0", "into": ["x"]},
        {"other": 1},
    ):
        with pytest.raises((LookupError, TypeError, ValueError)):
            Ledger().replay([record], _survey(1).plan)
