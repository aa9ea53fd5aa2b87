"""Tasks: each needs something, somebody wants it, and it is within somebody's reach."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Case
from ..paths import Path
from ..validate import Remark
from .possibilities import Reach
from .saying import error, warning

Shortfall = tuple[str, int, int]
"""Function, level needed, best level possible."""


def check_tasks_need_something(case: Case) -> Iterator[Remark]:
    """Check that a task needs levels on functions or requires something else."""
    for name, task in case.tasks.items():
        if not task.needs and task.requires is None:
            yield error(
                ("tasks", name),
                "it needs nothing, so everybody can do it: give needs (function: level) or requires",
            )


def check_tasks_are_wanted(case: Case) -> Iterator[Remark]:
    """Check that some nation gives the task weight."""
    weighed = {
        task for nation in case.nations.values() for task, weight in nation.weights().items() if weight
    }
    for name in case.tasks:
        if name not in weighed:
            yield warning(("tasks", name), "no nation gives it any weight, so it counts for nobody")


def check_tasks_can_be_done(case: Case) -> Iterator[Remark]:
    """Check that some nation that weighs the task can have its levels: by right, alone or outside."""
    reach = Reach(case)
    weights = {name: nation.weights() for name, nation in case.nations.items()}
    for task in case.tasks:
        weighing = sorted(nation for nation in case.nations if weights[nation].get(task))
        short = {nation: _shortfall(case, nation, task, reach) for nation in weighing}
        if weighing and all(short.values()):
            yield error(("tasks", task), f"no nation that weighs it can ever do it: {_told(short)}")
        else:
            for nation, missing in short.items():
                if missing:
                    yield warning(
                        _weight_path(case, nation, task),
                        f"{nation} can never do {task}: {_told({nation: missing})}",
                    )


def _shortfall(case: Case, nation: str, task: str, reach: Reach) -> Shortfall | None:
    for function, level in case.tasks[task].needs.items():
        if function in case.functions and (best := reach.best(nation, function)) < level:
            return function, level, best
    return None


def _told(short: dict[str, Shortfall | None]) -> str:
    parts = {
        f"level {s[1]} on {s[0]} is out of reach, {nation} gets {s[2]} at best"
        for nation, s in short.items()
        if s
    }
    return "; ".join(sorted(parts)[:3])


def _weight_path(case: Case, nation: str, task: str) -> Path:
    if case.nations[nation].task_weights is not None:
        return ("nations", nation, "task_weights", task)
    return ("nations", nation, "task_classes")
