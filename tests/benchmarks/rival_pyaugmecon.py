"""One instance by pyaugmecon, as its users would state it; run by an interpreter that has it.

``PYTHON rival_pyaugmecon.py FILE WORKERS`` prints one line of JSON: points in the file's own sense, processor
and wall seconds of ``solve()`` without imports and model building, version. Nothing of this project is used.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import os
import resource
import sys
import tempfile
import time
from typing import Any


def model_of(data: dict[str, Any]) -> Any:
    """Return the instance as a Pyomo model with the list of objectives that pyaugmecon expects."""
    import pyomo.environ as pyo

    model = pyo.ConcreteModel()
    columns = range(data["A_ub"]["n"])
    model.x = pyo.Var(
        columns,
        domain=lambda _, j: pyo.Integers if data["integer"][j] else pyo.Reals,
        bounds=lambda _, j: (data["lb"][j], data["ub"][j]),
    )
    terms: list[list[Any]] = [[] for _ in range(data["A_ub"]["m"])]
    for i, j, v in zip(*(data["A_ub"][key] for key in ("rows", "cols", "vals")), strict=True):
        terms[i].append(v * model.x[j])
    model.rows = pyo.ConstraintList()
    for row, low, high in zip(terms, data["b_lower"], data["b_upper"], strict=True):
        if row and (low is not None or high is not None):
            total = sum(row)
            model.rows.add(total == low if low == high else pyo.inequality(low, total, high))
    model.obj_list = pyo.ObjectiveList()
    for sense, costs in zip(data["sense"], data["objectives"], strict=True):
        total = sum(c * model.x[j] for j, c in enumerate(costs) if c)
        model.obj_list.add(expr=total, sense=pyo.minimize if sense == "min" else pyo.maximize)
    return model


def main(path: str, workers: int) -> None:
    """Solve and print what was measured."""
    from pyaugmecon import PyAugmecon, PyAugmeconConfig

    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    with tempfile.TemporaryDirectory() as folder:
        config = PyAugmeconConfig(
            workers=workers, artifact_folder=folder, write_csv=False, progress_bar=False, log_to_console=False
        )
        solver = PyAugmecon(model_of(data), config)
        begun, used = time.monotonic(), _processor_time()
        with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
            result = solver.solve()
        cpu, wall = _processor_time() - used, time.monotonic() - begun
    points = sorted([round(float(v), 6) for v in point] for point in result.points)
    record = {"points": points, "cpu_seconds": cpu, "wall_seconds": wall, "solves": result.models_solved}
    print(json.dumps(record | {"version": importlib.metadata.version("pyaugmecon")}))


def _processor_time() -> float:
    parts = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in parts)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
