"""The checks as a whole: every one has a test, all run at once, and no broken case breaks the program."""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from broken_case import ROOT, TRI_1, edited, findings_about, text_of, tri1
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from procure_opt.case.bundled import bundled_cases, bundled_path
from procure_opt.case.checks import MOST_REMARKS, every_check, remarks
from procure_opt.case.checks.references import REFERENCES, kinds_of
from procure_opt.case.document import parse_document
from procure_opt.case.load import check_case
from procure_opt.case.model import Case
from procure_opt.case.validate import findings_of, validate
from procure_opt.case.vocabulary import Id
from procure_opt.errors import CaseError

GOLDEN = ROOT / "tests" / "golden" / "errors" / "checks"
SUBJECTS = ("references", "nations", "pillars", "packages", "money", "red_lines", "terms", "likely")


def test_every_check_has_a_case_that_it_tells() -> None:
    tested = {
        row.check for subject in SUBJECTS for row in importlib.import_module(f"test_checks_{subject}").ROWS
    }
    assert {check.__name__ for check in every_check()} == tested


def test_no_two_checks_have_the_same_name() -> None:
    names = [check.__name__ for check in every_check()]
    assert len(names) == len(set(names)) > 50


def test_nothing_is_said_of_tri_1() -> None:
    assert check_case(TRI_1)[1] == ()


@pytest.mark.parametrize("name", bundled_cases())
def test_bundled_cases_have_no_errors(name: str) -> None:
    begun = time.process_time()
    check_case(bundled_path(name))
    assert time.process_time() - begun < 5


FIFTEEN_FAULTS: dict[str, Any] = {
    "view": "nation:ALB",
    "resolution.autonomy": 0,
    "nations.ALP.task_weights.operate": 20,
    "nations.BET.stake": 0,
    "functions.engine.packages.aircraft": "engin",
    "tasks.upgrade.needs": {},
    "needs.combat_aircraft.nations": ["ALP", "BET"],
    "pillars.aircraft.tiers.core.work.max_percent": 10,
    "pillars.aircraft.rights.standard.levels": {"core": {"lead": 4, "holder": 3, "other": 2}},
    "pillars.aircraft.production.bands.0.from_quantity": 10,
    "pillars.aircraft.coordination.table.4.million": 600,
    "pillars.aircraft.packages.mission.may_lead": ["BET", "GAM"],
    "pillars.aircraft.release_caps.0.nation": "ALP",
    "red_lines.RL2.owner": "BETA",
    "red_lines.RL4.then.level": {"function": "mission", "at_least": 3},
}


def test_fifteen_faults_are_all_told_at_once(tmp_path: Path) -> None:
    text = text_of(edited(FIFTEEN_FAULTS))
    assert text == (GOLDEN / "fifteen_faults.yaml").read_text(encoding="utf-8")
    told = "".join(f"{each}\n" for each in findings_about(text, tmp_path)).replace(f"{tmp_path}/", "")
    assert told == (GOLDEN / "fifteen_faults.txt").read_text(encoding="utf-8")
    assert told.count("\n") >= len(FIFTEEN_FAULTS)


def _case(data: dict[str, Any]) -> Case:
    return validate(parse_document(text_of(data).encode(), "case.yaml"), Case)


def test_a_flood_of_findings_is_cut_but_stays_an_error() -> None:
    data = tri1()
    for name in data["nations"]:
        data["nations"][name]["task_weights"] = {f"t{number}": 1 for number in range(300)}
    told = list(remarks(_case(data)))
    assert len(told) == MOST_REMARKS + 1
    assert (told[-1].severity, told[-1].message) == (
        "error",
        "more than 500 findings, the rest is not listed",
    )


def test_a_case_beyond_all_proportion_is_told_so() -> None:
    data = tri1()
    data["tasks"] |= {f"t{number}": {"text": "x", "needs": {"engine": 2}} for number in range(300)}
    document = parse_document(text_of(data).encode(), "case.yaml")
    told = findings_of(document, remarks(validate(document, Case)))
    assert [(each.where, each.message) for each in told] == [
        ("tasks", "found 304 of them, must be at most 200")
    ]


def test_checks_of_a_large_case_take_little_time() -> None:
    data = tri1()
    names = [f"N{number}" for number in range(200)]
    data["nations"] = {name: {"name": name, "task_weights": {"operate": 50, "upgrade": 50}} for name in names}
    data["pillars"]["aircraft"]["quantities"] = {name: 10 + number for number, name in enumerate(names)}
    bands = [{"from_quantity": 10 * number, "unit_price": 900 - number / 10} for number in range(5_000)]
    data["pillars"]["aircraft"]["production"]["bands"] = bands
    case = _case(data)
    begun = time.process_time()
    list(remarks(case))
    assert time.process_time() - begun < 5


def _holds_names(annotation: Any) -> bool:
    pattern = get_args(Id)[1]
    if get_origin(annotation) is Annotated:
        return pattern in get_args(annotation)[1:] or _holds_names(get_args(annotation)[0])
    return any(_holds_names(each) for each in get_args(annotation))


def _models(annotation: Any, seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in seen:
        seen.add(annotation)
        yield annotation
        for info in annotation.model_fields.values():
            yield from _models(info.annotation, seen)
    for inner in get_args(annotation):
        yield from _models(inner, seen)


def test_every_field_of_names_says_what_it_names() -> None:
    missing = [
        f"{model.__name__}.{name}"
        for model in _models(Case, set())
        for name, info in model.model_fields.items()
        if (_holds_names(info.annotation) or get_args(Id)[1] in info.metadata) and name not in kinds_of(model)
    ]
    assert missing == []


def test_nothing_is_said_of_a_field_that_is_not_there() -> None:
    gone = [
        f"{model.__name__}.{name}"
        for model, kinds in REFERENCES.items()
        for name in kinds.keys() - model.model_fields.keys()
    ]
    assert gone == []


def _paths(data: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in below:
        yield (*at, key)
        yield from _paths(value, (*at, key))


PATHS = sorted(_paths(tri1()), key=str)
WORDS = [
    "ALP",
    "GAM",
    "engine",
    "mission",
    "core",
    "aircraft",
    "example",
    "RL1",
    "nobody",
    "",
    "2024",
    "unknown",
]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 120),
    st.sampled_from(WORDS),
    st.sampled_from([0.5, 1.5, 1e7, 99999999]),
    st.just({}),
    st.just([]),
    st.lists(st.sampled_from(WORDS), max_size=3),
    st.dictionaries(st.sampled_from(WORDS), st.integers(0, 4), max_size=2),
)


def _change(data: Any, path: tuple[str | int, ...], deleted: bool, value: object) -> None:
    for part in path[:-1]:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return  # an earlier change took the place away
    if isinstance(data, dict) or (
        isinstance(data, list) and isinstance(path[-1], int) and path[-1] < len(data)
    ):
        if not deleted:
            data[path[-1]] = value
        elif isinstance(data, list) or path[-1] in data:
            del data[path[-1]]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(PATHS), st.booleans(), VALUES), min_size=1, max_size=4))
def test_no_change_of_a_case_breaks_the_program(
    tmp_path: Path, changes: list[tuple[tuple[str | int, ...], bool, object]]
) -> None:
    data = tri1()
    for path, deleted, value in changes:
        _change(data, path, deleted, value)
    path = tmp_path / "case.yaml"
    path.write_text(text_of(data), encoding="utf-8")
    try:
        case, findings = check_case(path)
    except CaseError as error:
        assert any(each.severity == "error" for each in error.findings)
    else:
        assert isinstance(case, Case)
        assert all(each.severity == "warning" for each in findings)
