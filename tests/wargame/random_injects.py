"""Random injects, seeded: one of each kind for a case; some make no sense in it, and are refused."""

from __future__ import annotations

import random
from typing import Any

from procure_opt.case.history import Inject
from procure_opt.case.model import Case


def random_inject(case: Case, kind: str, seed: int) -> Inject | None:
    """Return the inject of this kind and number; None if the case has nothing that it could be about."""
    draw = random.Random(f"{kind} {seed}")
    nation, pillar = draw.choice(sorted(case.nations)), draw.choice(sorted(case.pillars))
    package = draw.choice(sorted(case.pillars[pillar].packages))
    line = draw.choice(sorted(case.red_lines) or [None])
    if line is None and kind.startswith("red_line"):
        return None
    stated: dict[str, dict[str, Any]] = {
        "withdrawal": {"nation": nation, "eviction": 7, "sunk": 3},
        "cost_overrun": {"pillar": pillar, "package": package, draw.choice(["percent", "million"]): 13},
        "export_denial": {"holder": draw.choice([*sorted(case.nations), *sorted(case.others)])},
        "order_cut": {"nation": nation, "percent": draw.choice([33, 100])},
        "new_entrant": {"nation": nation, "pillar": pillar},
        "technology_failure": {"pillar": pillar, "package": package, "nation": draw.choice([nation, None])},
        "delay": {"pillar": pillar, "months": 7},
        "budget_shock": {"nation": nation, "percent": 20},
        "red_line_announced": {"red_line": line},
        "red_line_withdrawn": {"red_line": line},
        "election": {"nation": nation, "task_weights": {min(case.tasks): 100}},
    }
    return Inject.model_validate({"kind": kind, "text": "", **stated[kind]})
