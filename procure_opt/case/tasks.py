"""What autonomy is about: functions that must be commanded, and tasks a sovereign wants to be able to do."""

from __future__ import annotations

from pydantic import Field

from .conditions import Condition
from .number import MillionMoney, Months, Percent, Stated, plain
from .vocabulary import Id, Level, Text


class Function(Stated):
    """A critical thing that is commanded through one package in each alternative pillar."""

    packages: dict[Id, Id] = Field(
        description="Pillar -> the package that controls the function.", examples=[{"fighter": "engine"}]
    )
    endurance_months: Months = Field(
        plain(0), description="Months that level 2 lasts without consent (stocks)."
    )
    access_cost: MillionMoney = Field(
        plain(0),
        description="Million that a nation pays once it gets level 3 or 4 by right (facility, data).",
    )
    access_cost_percent: Percent = Field(
        plain(0), description="The same as percent of the package's value, added."
    )
    text: Text | None = None


class Task(Stated):
    """A thing a sovereign wants to do: ALL its levels and requirements are needed."""

    text: Text = Field(description="The task in plain words.", examples=["reprogram mission data alone"])
    needs: dict[Id, Level] = Field({}, description="Function -> level needed.", examples=[{"mission": 3}])
    requires: Condition | None = Field(
        None,
        description="What else must hold of the nation as a member (a tier, work, a lead, a right to "
        "export).",
    )
    horizon_months: Months | None = Field(
        None, description="How long it must be possible alone; left out: for ever."
    )
    tolerates_undisclosed: bool = Field(False, description="True: an undisclosed effect counts for it.")
