"""The handbook's pages on Python and on workbooks: what they show runs, and no sheet is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_handbook import HANDBOOK
from tri1_claim import tri1_bytes

import procure_opt
from procure_opt.spreadsheet.layout import PAGES

PYTHON = (HANDBOOK / "python.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PYTHON, flags=re.DOTALL | re.MULTILINE)
NEEDS = {"to_frame": "pandas", "to_excel": "openpyxl", "plot.": "plotly"}


@pytest.mark.parametrize("block", BLOCKS[1:], ids=["tables", "workbook", "figures"])
def test_what_the_page_on_python_shows_runs(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for word, module in NEEDS.items():
        if word in block:
            pytest.importorskip(module, reason="needs an extra that the page names")
    (tmp_path / "result.json").write_bytes(tri1_bytes())
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "python.md", "exec"), {"front": procure_opt.read_result(tmp_path)})


def test_the_page_on_python_names_every_table_and_figure() -> None:
    from procure_opt.plots import Plots
    from procure_opt.tables import Frames

    for kind, head in ((Plots, "front.plot."), (Frames, "front.frames.")):
        names = {name for name, each in vars(kind).items() if callable(each) and not name.startswith("_")}
        assert names - {"points"} <= set(re.findall(re.escape(head) + r"(\w+)", PYTHON))


def test_the_page_on_workbooks_names_every_sheet() -> None:
    page = (HANDBOOK / "spreadsheet.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z ]+)`", "\n".join(re.findall(r"^\| `.*", page, flags=re.MULTILINE))))
    assert named == {each.name for each in PAGES}
