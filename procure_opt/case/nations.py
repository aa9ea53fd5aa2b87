"""Who sits at the table: nations, and holders that are no member (vendors, suppliers, third states)."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .number import Count, MillionMoney, Number, Percent, Stated, plain
from .vocabulary import Id, Level, Text

TaskWeight = Annotated[int, Field(ge=0, le=100, strict=True)]


class TaskClasses(Stated):
    """Tasks by how much they matter; must, want and nice weigh 3, 2 and 1 before they are scaled to 100."""

    must: tuple[Id, ...] = Field((), description="Tasks that the nation cannot do without.")
    want: tuple[Id, ...] = Field((), description="Tasks that it wants.")
    nice: tuple[Id, ...] = Field((), description="Tasks that it would like.")


class Ground(Stated):
    """Why a task has its class: the fact behind it."""

    source: Text | None = Field(
        None, description="Id from `sources`, with an optional fact id after a slash."
    )
    note: Text | None = Field(None, description="How the source was read.")


class Budget(Stated):
    """What a nation's treasury can bear, in million; binds if the nation is a member of any pillar."""

    id: Id | None = Field(None, description="Id, so that a run can go --without it.")
    development: MillionMoney | None = Field(
        None, description="Cap on development payments and access costs."
    )
    later: MillionMoney | None = Field(None, description="Cap on production, support, outside options, gaps.")
    total: MillionMoney | None = Field(None, description="Cap on the nation's whole cost.")


class Rate(Stated):
    """An interval of money per unit of another value."""

    low: Number = Field(description="Lower end, million per unit.")
    high: Number = Field(description="Upper end, million per unit.")


class ExchangeRates(Stated):
    """What a nation would pay for autonomy and spin-off: the cone of participation."""

    autonomy: Rate = Field(description="Million per autonomy point.")
    spinoff: Rate = Field(description="Million per million of spin-off.")


class Nation(Stated):
    """A state that decides: its stake, what it wants to be able to do, what it brings and can bear."""

    name: Text = Field(description="Name as people read it.", examples=["Italy"])
    stake: Count = Field(plain(1), description="Weight in summed autonomy: whole, fixed in advance.")
    task_weights: dict[Id, TaskWeight] | None = Field(
        None, description="Points per task, 100 in all.", examples=[{"operate": 60, "upgrade": 40}]
    )
    task_classes: TaskClasses | None = Field(None, description="Or: tasks by class must, want, nice.")
    task_grounds: dict[Id, Ground] = Field({}, description="Task -> the fact behind its class or weight.")
    competence_percent: Percent = Field(
        plain(100), description="How well it turns work into spin-off, percent."
    )
    absorptive_caps: dict[Id, Level] = Field({}, description="Function -> highest level it can absorb.")
    own_capability: dict[Id, Level] = Field({}, description="Function -> level it has by itself.")
    budget: Budget | None = None
    enough: Count | None = Field(None, description="Autonomy points above which more is not counted.")
    plans_against: tuple[Id, ...] | None = Field(None, description="Deniers it plans for; left out: all.")
    exchange_rates: ExchangeRates | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _states_its_tasks_once(self) -> Self:
        if (self.task_weights is None) == (self.task_classes is None):
            raise ValueError("give either task_weights (100 points in all) or task_classes, not both or none")
        return self

    def weights(self) -> dict[str, int]:
        """Return points per task, 100 in all; classes are scaled by largest remainder, ties by name.

        >>> Nation(name="X", task_classes=TaskClasses(must=("a",), want=("b",), nice=("c",))).weights()
        {'a': 50, 'b': 33, 'c': 17}
        """
        if self.task_weights is not None:
            return dict(sorted(self.task_weights.items()))
        classes = self.task_classes or TaskClasses()
        raw = dict.fromkeys(classes.must, 3) | dict.fromkeys(classes.want, 2) | dict.fromkeys(classes.nice, 1)
        return scaled_to_hundred(raw)


def scaled_to_hundred(raw: dict[str, int]) -> dict[str, int]:
    """Return whole points that sum to 100, in proportion to ``raw`` by largest remainder.

    >>> scaled_to_hundred({"a": 1, "b": 1, "c": 1})
    {'a': 34, 'b': 33, 'c': 33}
    """
    total = sum(raw.values())
    if total == 0:
        return dict.fromkeys(sorted(raw), 0)
    points = {task: 100 * raw[task] // total for task in sorted(raw)}
    by_remainder = sorted(points, key=lambda task: (-(100 * raw[task] % total), task))
    for task in by_remainder[: 100 - sum(points.values())]:
        points[task] += 1
    return points


class Other(Stated):
    """A holder that is no member: it may own content, supply a package, sell an option, be denied by."""

    name: Text = Field(description="Name as people read it.", examples=["United States"])
    kind: Literal["state", "vendor", "civil"] = Field(
        "vendor", description="Third state, vendor, civil supplier."
    )
    note: Text | None = None
