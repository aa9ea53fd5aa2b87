"""For a programmer: judge a structure that somebody typed in; plain rules and accounts, no solver.

A wargame does this at every turn. The case is the template that ``procure-opt init`` writes.
Run it: ``python examples/3_programmer.py``
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import procure_opt as po
from procure_opt import rules
from procure_opt.accounts.values import national_values, programme_vector
from procure_opt.case.template import template_text

AIRFRAME = {"leads": ["SUD"], "shares": {"NOD": 40, "SUD": 60}}
MISSION_SYSTEM = (
    {"leads": ["SUD"], "shares": {"NOD": 30, "SUD": 70}},
    {"leads": ["NOD"], "shares": {"NOD": 70, "SUD": 30}},
)
"""What is proposed first, and then."""


def proposal(mission_system: dict[str, object]) -> po.Structure:
    aircraft = {
        "tiers": {"NOD": "core", "SUD": "core"},
        "rights": "shared",
        "variants": [],
        "packages": {"airframe": AIRFRAME, "mission_system": mission_system},
    }
    return po.Structure.from_json({"pillars": {"aircraft": aircraft}, "outside": {}})


def template() -> po.Case:
    with TemporaryDirectory() as folder:
        target = Path(folder, "patrol.yaml")
        target.write_text(template_text("patrol"), encoding="utf-8")
        return po.load_case(target)


def judge(case: po.Case, structure: po.Structure) -> None:
    print(structure.id, "autonomy, spin-off, cost:", programme_vector(case, structure))
    for nation in sorted(case.nations):
        gets = national_values(case, structure, nation)
        money = f"spin-off {gets.spinoff}, pays {float(gets.cost):.1f}"
        print(f"  {nation}: autonomy {gets.autonomy.points}, {money}")
    broken = rules.violations(case, structure)
    print("  feasible" if not broken else "\n".join(f"  breaks {each}" for each in broken))


if __name__ == "__main__":
    for mission_system in MISSION_SYSTEM:
        judge(template(), proposal(mission_system))
