"""For an analyst: what a red line costs, by solving the case with it and without it.

The case is TRI-1, the smallest oracle of the tests: three nations, three packages, four red lines.
Run it: ``python examples/2_analyst.py [CASE.yaml]``
"""

from __future__ import annotations

import sys
from pathlib import Path

import procure_opt as po
from procure_opt.change import without

TRI1 = Path(__file__).resolve().parent.parent / "tests" / "oracles" / "tri1.yaml"


def main(path: str) -> None:
    case = po.load_case(path)
    with_all = po.solve(case)
    print(f"with every red line: {len(with_all)} efficient structures")

    for name, line in sorted(case.red_lines.items()):
        if not case.enters(name):
            continue
        relaxed = po.solve(without(case, [name]))
        gained = sorted(set(relaxed.vectors) - set(with_all.vectors), reverse=True)
        lost = sorted(set(with_all.vectors) - set(relaxed.vectors), reverse=True)
        print(f"\n{name} ({line.owner}): {line.text}")
        if not gained:
            print("  costs nothing: without it the front is the same")
        for autonomy, spinoff, cost in gained:
            print(f"  rules out autonomy {autonomy}, spin-off {spinoff}, cost {cost}")
        for autonomy, spinoff, cost in lost:
            print(f"  spares autonomy {autonomy}, spin-off {spinoff}, cost {cost}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(TRI1))
