"""The handbook is right: its worked case solves, its steps are parts of it, its snippets fit into it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from procure_opt import load_case, solve
from procure_opt.analysis.hindcast import Casting
from procure_opt.case.conditions import Condition
from procure_opt.case.document import parse_document
from procure_opt.case.load import check_case, check_editions

HANDBOOK = Path(__file__).resolve().parents[2] / "procure_opt" / "handbook"
PAGE = (HANDBOOK / "case_format.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)
PLACE = next(place for place, text in enumerate(SNIPPETS) if "falsifiers:" in text and "case: 1" in text)
WHOLE = SNIPPETS[PLACE]
KINDS = re.findall(r"^\| `(\w+)` \| (.*) \| .* \| `(.*)` \|$", PAGE, flags=re.MULTILINE)
STEPS, BLOCKS = SNIPPETS[:PLACE], SNIPPETS[PLACE + 1 :]


def written(folder: Path, text: str) -> Path:
    path = folder / "minehunter.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def read(text: str) -> Any:
    return parse_document(text.encode(), "snippet.yaml").data


def is_part(part: Any, whole: Any) -> bool:
    """Does everything that ``part`` says stand in ``whole`` at the same place?"""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            key in whole and is_part(value, whole[key]) for key, value in part.items()
        )
    return bool(part == whole)


def test_nothing_is_said_of_the_case_that_the_handbook_builds(tmp_path: Path) -> None:
    case, findings = check_case(written(tmp_path, WHOLE))
    assert (case.id, findings) == ("minehunter", ())


def test_the_front_of_the_case_that_the_handbook_builds_is_complete(tmp_path: Path) -> None:
    front = solve(load_case(written(tmp_path, WHOLE)), workers=1)
    assert front.complete
    assert len(front) == 15, "the handbook says 15"
    kept = ("mine_clearance", "keep_old")
    assert any(kept in point.structure.taken_outside("COR") for point in front), "the handbook says X2 fails"


def test_what_was_signed_is_possible_in_the_case_that_the_handbook_builds(tmp_path: Path) -> None:
    """Its own rule for records; the soft line of Corland, and nothing else, forbids what was signed."""
    casting = Casting(load_case(written(tmp_path, WHOLE)), time_limit=60)
    cells = {(cell.target, cell.grade): cell for cell in casting.cells()}
    signed = "as in the record memorandum_2026"
    assert cells["drone_ship comes about", "hard"].possible
    assert cells[signed, "hard"].possible
    refused = cells[signed, "hard and soft"]
    assert (refused.possible, refused.conflict) == (False, ("C1",)), "the handbook says C1"


def test_the_falsifiers_of_the_handbook_end_as_it_says(tmp_path: Path) -> None:
    case = load_case(written(tmp_path, WHOLE))
    ended = {each.name: each.holds for each in Casting(case, time_limit=60).verdicts()}
    assert ended == {"X1": True, "X2": False}


def test_x1_names_the_whole_record() -> None:
    whole = read(WHOLE)
    record = whole["historical"]["memorandum_2026"]["pillars"]["drone_ship"]
    seats = [{"tier": {"nation": who, "tiers": [tier]}} for who, tier in record["tiers"].items()]
    named = whole["falsifiers"]["X1"]["condition"]["all_of"]
    assert named == [*seats, {"rights": {"regimes": [record["regime"]]}}]


# -- the table of conditions -----------------------------------------------------------------------------


def test_every_kind_of_condition_has_one_line() -> None:
    known = {field.alias or name for name, field in Condition.model_fields.items()}
    listed = [kind for kind, _, _ in KINDS if kind in known]
    assert sorted(listed) == sorted(known)


@pytest.mark.parametrize(("kind", "keys", "example"), KINDS, ids=[kind for kind, _, _ in KINDS])
def test_a_line_on_a_condition_names_its_keys_and_its_example_is_one(
    kind: str, keys: str, example: str
) -> None:
    """``?`` marks what may be left out, nation and pillar apart, of which the text tells."""
    condition = Condition.model_validate(read(example))
    name = "not_" if kind == "not" else kind
    assert condition.model_fields_set == {name}
    if name in Condition.COMBINATORS:
        return
    fields = type(getattr(condition, name)).model_fields
    told = re.findall(r"`(\w+)(\??)`", keys)
    assert {key for key, _ in told} == set(fields)
    optional = {key for key, field in fields.items() if not field.is_required()}
    apart = {"nation", "pillar"}
    assert {key for key, mark in told if mark} == optional - apart


def test_the_examples_of_conditions_can_stand_in_the_case(tmp_path: Path) -> None:
    """All of them as red lines of an edition that has what they speak of."""
    patch = (
        "editions:\n  try:\n    pillars:\n      drone_ship:\n"
        "        variants: {deep_sea: {delay_months: 6}}\n"
        "        lines: {configurations: {one_line: {hosts: [AVA]}}}\n"
        "        export: {rule: unanimous, destinations: {near: {}}}\n    red_lines:\n"
    )
    said = "owner: AVA, text: a line, as_of: 2026-03, speaker: minister, source: study"
    lines = "".join(f"      T{n}: {{{said}, then: {{{e}}}}}\n" for n, (_, _, e) in enumerate(KINDS))
    case, _ = check_case(f"{written(tmp_path, WHOLE + patch + lines)}@try")
    assert len(case.red_lines) == 2 + len(KINDS)


# -- the snippets ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", STEPS, ids=range(len(STEPS)))
def test_a_step_is_a_part_of_the_whole_file(step: str) -> None:
    assert is_part(read(step), read(WHOLE))


def test_the_steps_together_say_what_the_whole_file_says() -> None:
    said = {key for step in STEPS for key in read(step)}
    assert said == set(read(WHOLE))


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_a_snippet_is_a_valid_change_to_the_case(block: str, tmp_path: Path) -> None:
    if "editions:\n" in block:
        path = written(tmp_path, WHOLE + block)
        assert [case.id for case, _ in check_editions(path)] == ["minehunter", "minehunter-2024"]
        return
    indented = "".join(f"    {line}" for line in block.splitlines(keepends=True))
    path = written(tmp_path, f"{WHOLE}editions:\n  try:\n{indented}")
    check_case(f"{path}@try")
