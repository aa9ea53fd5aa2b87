"""Synthetic cases: so many nations, leads, packages and ways to share; everything else drawn from a seed.

One pillar that all may join: the first nations lead or hold work, all others buy or, the next few, hold work.
Numbers are drawn, so nothing about such a case means anything; it shows what size does.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from itertools import islice, product
from pathlib import Path
from random import Random
from string import ascii_uppercase
from tempfile import TemporaryDirectory
from typing import Any

from procure_opt import load_case, solve
from procure_opt.case.model import Case
from procure_opt.change import OBJECTIVES, at_resolution
from procure_opt.errors import UsageError
from procure_opt.formulation.formulation import formulate
from procure_opt.formulation.oracle import CaseOracle
from procure_opt.solving.engine import Limits

PATTERNS = ([100], [60, 40], [50, 50], [70, 30], [50, 30, 20], [40, 30, 30])
PERCENT = 2
SECONDS = 300
"""In which the ranges must be found."""


def synthetic_case(nations: int, leads: int, packages: int, patterns: int, seed: int = 1) -> dict[str, Any]:
    """Return a case as plain data.

    ``leads``: nations that may lead; as many others may hold work without leading; the rest may buy.
    ``patterns``: ways to share each package, the first of :data:`PATTERNS`.

    >>> sorted(synthetic_case(3, 1, 2, 2)["nations"])
    ['AAA', 'AAB', 'AAC']
    """
    chance = Random(seed)
    codes = ["".join(code) for code in islice(product(ascii_uppercase, repeat=3), nations)]
    names = [f"package_{place}" for place in range(packages)]
    units = {code: chance.randint(5, 60) for code in codes}
    return {
        "case": 1,
        "id": f"synthetic-{nations}-{leads}-{packages}-{patterns}-{seed}",
        "title": f"Synthetic: {nations} nations, {leads} leads, {packages} packages, {patterns} patterns",
        "marking": "UNCLASSIFIED - SYNTHETIC",
        "as_of": "2026-01-31",
        "fictional": True,
        "money": {"currency": "EUR", "unit": "million", "price_base": 2025},
        "participation": {"id": "IR", "sense": "pareto"},
        "nations": {code: _nation(chance, code, names) for code in codes},
        "others": {"vendor": {"name": "Vendor", "kind": "vendor"}},
        "functions": {f"f_{name}": {"packages": {"system": name}} for name in names},
        "tasks": {
            "operate": {"text": "operate", "needs": {f"f_{name}": 2 for name in names}},
            **{f"change_{name}": {"text": f"change {name}", "needs": {f"f_{name}": 3}} for name in names},
        },
        "needs": {"mission": _need(chance, codes, units)},
        "pillars": {"system": _pillar(chance, codes[: 2 * leads], codes[:leads], names, patterns, units)},
    }


def _nation(chance: Random, code: str, names: Sequence[str]) -> dict[str, Any]:
    wanted = chance.sample([f"change_{name}" for name in names], k=max(1, len(names) // 2))
    return {
        "name": f"State {code}",
        "stake": chance.randint(1, 4),
        "task_classes": {"must": ["operate"], "want": sorted(wanted)},
    }


def _need(chance: Random, codes: Sequence[str], units: dict[str, int]) -> dict[str, Any]:
    price = chance.randint(80, 120)
    return {
        "pillars": {"system": {"meets": "full"}},
        "outside": {
            code: {"bought": {"vendor": "vendor", "quantity": units[code], "unit_price": price, "level": 2}}
            for code in codes
        },
    }


def _pillar(
    chance: Random,
    holders: Sequence[str],
    leaders: Sequence[str],
    names: Sequence[str],
    patterns: int,
    units: dict[str, int],
) -> dict[str, Any]:
    return {
        "tiers": {
            "core": {"may": ["lead", "hold"], "open_to": list(leaders), "partner_weight": 1},
            "partner": {
                "may": ["hold"],
                "open_to": list(holders),
                "partner_weight": 0.5,
                "contribution": 100,
            },
            "buyer": {"contribution": 0},
        },
        "rights": {
            "closed": {"levels": _levels(3, 2)},
            "open": {"cost": chance.randint(50, 150), "levels": _levels(3, 3)},
        },
        "cost_sharing": {
            "development": {"rule": "tier_fixed", "residual": "core_equally"},
            "production": {"rule": "own_quantity"},
        },
        "coordination": {"gamma": 0.1},
        "production": {"bands": _bands(chance, sum(units.values()))},
        "quantities": units,
        "packages": {name: _package(chance, holders, leaders, patterns) for name in names},
    }


def _levels(holder: int, other: int) -> dict[str, dict[str, int]]:
    return {
        "core": {"holder": holder, "other": other},
        "partner": {"holder": holder, "other": other},
        "buyer": {"other": other},
    }


def _bands(chance: Random, most: int) -> list[dict[str, int]]:
    price = chance.randint(85, 110)
    return [{"from_quantity": 0, "unit_price": price}, {"from_quantity": most // 2, "unit_price": price - 2}]


def _package(chance: Random, holders: Sequence[str], leaders: Sequence[str], patterns: int) -> dict[str, Any]:
    fitting = [pattern for pattern in PATTERNS if len(pattern) <= len(holders)]
    return {
        "value": chance.randint(200, 1500),
        "cost_index_percent": {holder: chance.randint(90, 130) for holder in holders},
        "may_lead": list(leaders),
        "patterns": fitting[:patterns],
        "split_premium_percent": chance.randint(2, 6),
        "spinoff_percent": chance.randint(20, 90),
    }


# -- the command -----------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Solve synthetic cases at two percent of their ranges; print a JSON line for each.

    Exit code 0: all complete; 3: some incomplete; 2: one whose ranges are not found in time.
    """
    given = _parser().parse_args(arguments)
    code = 0
    for nations in given.nations:
        data = synthetic_case(nations, given.leads, given.packages, given.patterns, given.seed)
        try:
            record = solved(data, given.time_limit, given.workers)
        except UsageError as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
        print(json.dumps(record), flush=True)
        code = code if record["complete"] else 3
    return code


def solved(data: dict[str, Any], seconds: float | None, workers: int | None) -> dict[str, Any]:
    """Return how a case was solved: structures, completeness, seconds, sets of choices looked at."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "synthetic.json"
        path.write_text(json.dumps(data))
        case = load_case(path)
    case = at_resolution(case, _steps(case))
    begun = time.perf_counter()
    front = solve(case, time_limit=seconds, workers=workers)
    return {
        "name": case.id,
        "resolution": [getattr(case.resolution, name).whole for name in OBJECTIVES],
        "structures": len(front),
        "complete": front.complete,
        "seconds": round(time.perf_counter() - begun, 2),
        "looked_at": front.journey.looked_at,
    }


def _steps(case: Case) -> dict[str, int]:
    """Return two percent of the ranges over the structures that are best for one goal each, at least 1.

    Raises :class:`UsageError` if these are not found in some minutes.
    """
    oracle = CaseOracle(formulate(case), limits=Limits.within(SECONDS), apart=True)
    oracle.look_round()
    if oracle.stopped is not None:
        raise UsageError(f"{case.id}: its ranges were not found in {SECONDS} seconds")
    spans = [max(column) - min(column) for column in zip(*oracle.survey.points(), strict=True)]
    return {name: max(1, PERCENT * span // 100) for name, span in zip(OBJECTIVES, spans, strict=True)}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.synthetic", description=__doc__)
    add = parser.add_argument
    add("nations", type=int, nargs="+", help="how many nations, one case for each number")
    add("--leads", type=int, default=2)
    add("--packages", type=int, default=4)
    add("--patterns", type=int, default=3)
    add("--seed", type=int, default=1)
    add("--time-limit", type=float, default=60.0)
    add("--workers", type=int, default=None)
    return parser


if __name__ == "__main__":
    sys.exit(main())
