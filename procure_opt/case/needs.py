"""What each nation must fill exactly once: by a pillar, or by one of its outside options."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .number import Count, MillionMoney, Number, Stated, Year, plain
from .vocabulary import Id, Level, Text

Meets = Literal["full", "stopgap"]


class Filler(Stated):
    """How well a pillar fills the need."""

    meets: Meets = Field("full", description="full, or stopgap: below the capability threshold.")


class Vector(Stated):
    """A judged outside option: its three values given directly."""

    autonomy: Count = Field(description="Autonomy points.")
    spinoff: MillionMoney = Field(description="Spin-off, million.")
    cost: MillionMoney = Field(description="Cost, million.")


class OutsideOption(Stated):
    """A way to fill the need without the others: off the shelf, alone, or not at all."""

    text: Text | None = Field(None, description="The option in plain words.")
    vendor: Id | None = Field(None, description="Who sells it: an id of `others` or `nations`.")
    price: MillionMoney = Field(plain(0), description="Lump sum, million (national development, set-up).")
    quantity: Count = Field(plain(0), description="Units bought.")
    unit_price: MillionMoney = Field(plain(0), description="Million per unit.")
    support_per_unit_year: MillionMoney = Field(plain(0), description="Million per unit and year of support.")
    support_years: Count = Field(plain(0), description="Years of support that are counted.")
    offset: MillionMoney = Field(plain(0), description="Spin-off from offsets or national work, million.")
    offset_per_unit: MillionMoney = Field(plain(0), description="Spin-off per unit bought, million.")
    level: Level = Field(0, description="Access level on every function that the need's pillars control.")
    levels: dict[Id, Level] = Field({}, description="Function -> level, where it differs from `level`.")
    revocable_by: tuple[Id, ...] | None = Field(
        None, description="Who can take levels below 3 away; left out: the vendor; []: nobody."
    )
    hosted_by: tuple[Id, ...] = Field(
        (), description="Who hosts data or facility and can take any level away."
    )
    keeps: tuple[Id, ...] = Field((), description="Tasks whose `requires` counts as met under this option.")
    in_service: Year | None = Field(None, description="Year of service.")
    meets: Meets = Field("full", description="full or stopgap.")
    vector: Vector | None = Field(None, description="Instead of all this: the three values, judged.")
    source: Text | None = None
    note: Text | None = None


class Need(Stated):
    """Something every nation concerned fills exactly once."""

    text: Text | None = Field(None, description="The need in plain words.")
    nations: tuple[Id, ...] | None = Field(None, description="Nations that have the need; left out: all.")
    pillars: dict[Id, Filler] = Field({}, description="Pillar -> how it fills the need.")
    outside: dict[Id, dict[Id, OutsideOption]] = Field({}, description="Nation -> option id -> option.")
    required_from: dict[Id, Year] = Field({}, description="Nation -> year from which a gap is felt.")
    gap_cost_per_year: dict[Id, MillionMoney] = Field({}, description="Nation -> million per year of gap.")
    stopgap_years: dict[Id, Number] = Field({}, description="Nation -> years of gap that a stopgap leaves.")
