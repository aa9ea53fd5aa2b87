"""What was really agreed, for comparison; and optional blocks for games: seats and injects."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .conditions import Condition
from .nations import TaskWeight
from .number import Count, MillionMoney, Months, Percent, Stated
from .packages import WholePercent
from .vocabulary import Date, Id, Level, Text

Unknown = Literal["unknown"]


class HistoricalPackage(Stated):
    """Who led and held a package; ``unknown`` where the record is silent."""

    mode: Literal["shared", "effect", "civil", "none"] | Unknown = Field(
        "unknown", description="How it was done."
    )
    leads: tuple[Id, ...] | Unknown = Field("unknown", description="Lead or joint leads.")
    shares: dict[Id, WholePercent] | Unknown = Field("unknown", description="Nation -> percent.")


class HistoricalPillar(Stated):
    """What became of a pillar."""

    exists: bool | Unknown = Field(True, description="Did it come about?")
    tiers: dict[Id, Id] = Field({}, description="Nation -> tier of its members; others stayed out.")
    regime: Id | Unknown = Field("unknown", description="Rights regime.")
    variants: tuple[Id, ...] | Unknown = Field("unknown", description="Variants chosen.")
    packages: dict[Id, HistoricalPackage] | Unknown = Field("unknown", description="Package -> record.")
    lines: Id | Unknown = Field("unknown", description="Line configuration.")
    quantities: dict[Id, Count] | Unknown = Field("unknown", description="Nation -> units, from menus.")
    cost_percent: dict[Id, Percent] | Unknown = Field("unknown", description="Nation -> share of the pool.")


class History(Stated):
    """One outcome as signed."""

    date: Date = Field(description="When it was signed.", examples=["2024-12-12"])
    text: Text | None = None
    pillars: dict[Id, HistoricalPillar] = Field({}, description="Pillar -> what became of it.")
    outside: dict[Id, dict[Id, Id]] = Field({}, description="Need -> nation -> outside option taken.")
    source: Text = Field(description="Id from `sources`, with an optional fact id after a slash.")
    note: Text | None = None


class Falsifier(Stated):
    """What would show that the case is wrong: stated before results, checked by ``hindcast``."""

    text: Text = Field(description="The expectation in plain words.")
    expected: Literal["possible", "impossible", "on_front", "not_on_front"] = Field(
        description="Of the condition: some (no) feasible structure meets it, some (no) efficient one does."
    )
    condition: Condition = Field(description="What the expectation is about.")
    as_of: Date = Field(description="When it was written down.")


class Seat(Stated):
    """Who plays, and what the seat has a say over."""

    kind: Literal["nation", "firm", "parliament"] = Field("nation", description="Who sits there.")
    speaks_for: Id = Field(description="Nation id.")
    say_over: tuple[Id, ...] = Field((), description="Packages, tiers or red lines it decides on.")
    text: Text | None = None


class Inject(Stated):
    """A prepared event of a game, with its money and the text to read aloud."""

    kind: Literal[
        "withdrawal",
        "cost_overrun",
        "export_denial",
        "order_cut",
        "new_entrant",
        "technology_failure",
        "delay",
        "budget_shock",
        "red_line_announced",
        "red_line_withdrawn",
        "election",
    ] = Field(description="What happens.")
    nation: Id | None = Field(None, description="To which nation.")
    pillar: Id | None = Field(None, description="In which pillar.")
    package: Id | None = Field(None, description="In which package of the pillar.")
    red_line: Id | None = Field(None, description="Which red line is announced or withdrawn.")
    percent: Percent | None = Field(None, description="Size of the event, percent.")
    million: MillionMoney | None = Field(None, description="Size of the event, million.")
    sunk: MillionMoney | None = Field(None, description="Money already spent and lost, million.")
    eviction: MillionMoney | None = Field(None, description="Cost of moving work, million.")
    holder: Id | None = Field(None, description="export_denial: who denies.")
    level: Level | None = Field(None, description="export_denial: the level that is left; left out: 1.")
    tier: Id | None = Field(None, description="new_entrant: the only tier that opens; left out: all.")
    months: Months | None = Field(None, description="delay: by so many months.")
    task_weights: dict[Id, TaskWeight] | None = Field(
        None, description="election: the new points per task, 100 in all."
    )
    announces: tuple[Id, ...] = Field((), description="election: red lines of the nation that now bind.")
    withdraws: tuple[Id, ...] = Field((), description="election: red lines of the nation that fall.")
    text: Text = Field(description="Text to read aloud.")
