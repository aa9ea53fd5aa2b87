"""For a planner in a notebook: a front that shows itself, as frames, as a workbook and as figures.

In a notebook the last line of a cell is enough: ``front``, ``front.to_frame()``, ``front.plot.tradeoff()``.
Here everything goes to files. Frames, workbooks and figures need extras; without them each call says which.
Run it: ``python examples/4_notebook.py [RESULT]`` with a result.json or the folder of a run.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import procure_opt as po
from procure_opt.case.template import template_text


def made(folder: Path) -> Path:
    """Solve the small case that ``procure-opt init`` writes, and save its result."""
    case = folder / "patrol.yaml"
    case.write_text(template_text("patrol"), encoding="utf-8")
    po.solve(po.load_case(case)).save(folder / "result.json")
    return folder / "result.json"


def main(result: Path, folder: Path) -> None:
    front = po.read_result(result)  # or po.solve(po.load_case("gcap"))
    page = folder / "front.html"
    page.write_text(front._repr_html_(), encoding="utf-8")  # what a notebook shows for: front
    print(f"a notebook shows {len(front)} structures, a table and a picture: {page.stat().st_size > 1000}")

    def frames() -> None:
        table = front.to_frame()
        print(table[["autonomy_points", "spinoff_million", "cost_million"]].to_string())
        print("cost is in", table.attrs["units"]["cost_million"])
        print(front.frames.nations()["cost_million"].unstack("nation").to_string())

    def workbook() -> None:
        front.to_excel(folder / "front.xlsx")
        print("sheets for colleagues: front.xlsx")

    def figures() -> None:
        front.plot.tradeoff().write_html(folder / "tradeoff.html", include_plotlyjs=True)
        front.plot.workshare(0).write_html(folder / "workshare.html", include_plotlyjs=True)
        print("figures that open without a network: tradeoff.html, workshare.html")

    for step in (frames, workbook, figures):
        try:
            step()
        except po.UsageError as error:
            print(error)


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else made(Path(place)), Path(place))
