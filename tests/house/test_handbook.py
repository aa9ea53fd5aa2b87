"""The handbook is right: its worked case solves, its steps are parts of it, its snippets fit into it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from procure_opt import load_case, solve
from procure_opt.case.document import parse_document
from procure_opt.case.load import check_case, check_editions

HANDBOOK = Path(__file__).resolve().parents[2] / "procure_opt" / "handbook"
PAGE = (HANDBOOK / "case_format.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)
PLACE = next(place for place, text in enumerate(SNIPPETS) if "falsifiers:" in text and "case: 1" in text)
WHOLE = SNIPPETS[PLACE]
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
    assert len(front) == 9, "the handbook says nine"
    kept = ("mine_clearance", "keep_old")
    assert any(kept in point.structure.taken_outside("COR") for point in front), "the handbook says X2 fails"


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
