"""For a planner: from a case to its front, and what stands behind two structures of it.

The case is the template that ``procure-opt init`` writes: two nations, one patrol aircraft.
Run it: ``python examples/1_planner.py [CASE.yaml]``
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import procure_opt as po
from procure_opt.case.template import template_text


def main(path: str) -> None:
    case = po.load_case(path)  # or po.load_case("gcap")
    front = po.solve(case)
    print(front)
    print()

    most_autonomy, least_cost = front[0], min(front, key=lambda each: each.values[2])
    print(front.compare(most_autonomy.id, least_cost.id))
    print()

    for each in front:
        autonomy, spinoff, cost = each.values
        pays = {nation: float(each.nation(nation).cost) for nation in sorted(case.nations)}
        print(each.id, f"autonomy {autonomy}, spin-off {spinoff}, cost {cost}; paid by", pays)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        with TemporaryDirectory() as folder:
            target = Path(folder, "patrol.yaml")
            target.write_text(template_text("patrol"), encoding="utf-8")
            main(str(target))
