"""Conditions on a structure: the words in which red lines, tasks and what-ifs are stated.

A condition names what must hold. Everything given in one condition must hold together; ``any_of``,
``all_of`` and ``not`` combine conditions. ``pillar`` may be left out where the case has only one;
``nation`` may be left out in a task, where it is the nation that wants the task.
"""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from .number import Count, MillionMoney, Percent, Stated, Year
from .vocabulary import Id, Level

_NATION = Field(
    None, description="Nation id; in a task: left out, it is the nation itself.", examples=["ITA"]
)
_PILLAR = Field(
    None, description="Pillar id; may be left out if the case has one pillar.", examples=["fighter"]
)


class AboutNation(Stated):
    """Something about one nation in one pillar."""

    nation: Id | None = _NATION
    pillar: Id | None = _PILLAR


class Participates(AboutNation):
    """The nation is a member of the pillar, at any tier."""


class AtTier(AboutNation):
    """The nation is a member of the pillar at one of these tiers."""

    tiers: tuple[Id, ...] = Field(min_length=1, description="Tiers of the pillar.", examples=[["core"]])


class Excludes(AboutNation):
    """The nation is not a member (or not a member at one of these tiers)."""

    tiers: tuple[Id, ...] | None = Field(None, description="Tiers that are refused; left out: all of them.")


class Leads(AboutNation):
    """The nation leads the package (or, with no package named, at least one package of the pillar)."""

    package: Id | None = Field(None, description="Package id; left out: any package of the pillar.")
    alone: bool = Field(False, description="True: a joint lead is not enough.")


class Share(AboutNation):
    """The nation's workshare of some packages, in percent of their reference value."""

    packages: tuple[Id, ...] | None = Field(None, description="Package ids; left out: all of the pillar.")
    at_least_percent: Percent | None = Field(None, description="Floor, percent of reference value.")
    at_most_percent: Percent | None = Field(None, description="Cap, percent of reference value.")

    @model_validator(mode="after")
    def _one_bound_at_least(self) -> Self:
        if self.at_least_percent is None and self.at_most_percent is None:
            raise ValueError("a share needs at_least_percent, at_most_percent or both")
        return self


class EqualFooting(AboutNation):
    """No other member has more workshare or more leads in the pillar than the nation."""


class CostAtMost(Stated):
    """The nation's whole cost (all pillars and outside options) stays under a ceiling."""

    nation: Id | None = _NATION
    million: MillionMoney = Field(description="Ceiling in million of the case's money.", examples=[2200])


class HasLevel(Stated):
    """The nation has at least this access level on a function, with everybody's consent."""

    nation: Id | None = _NATION
    function: Id = Field(description="Function id.")
    at_least: Level


class VariantChosen(Stated):
    """A requirement variant of the pillar is chosen (or, with ``chosen: false``, refused)."""

    pillar: Id | None = _PILLAR
    variant: Id = Field(description="Variant id.", examples=["carrier"])
    chosen: bool = Field(True, description="False: the variant must not be chosen.")


class Regime(Stated):
    """The pillar runs under one of these rights regimes."""

    pillar: Id | None = _PILLAR
    regimes: tuple[Id, ...] = Field(min_length=1, description="Regime ids.", examples=[["full_modification"]])


class InServiceBy(Stated):
    """The pillar's product is in service by the start of a year."""

    pillar: Id | None = _PILLAR
    year: Year = Field(description="Year of service entry at the latest.", examples=[2035])


class AssemblesAtHome(AboutNation):
    """A final assembly line of the pillar stands in the nation."""


class Exists(Stated):
    """The pillar exists (or, with ``exists: false``, does not)."""

    pillar: Id = Field(description="Pillar id.")
    exists: bool = Field(True, description="False: the pillar must not exist.")


class Members(Stated):
    """The number of members of the pillar at some tiers."""

    pillar: Id | None = _PILLAR
    tiers: tuple[Id, ...] | None = Field(None, description="Tiers counted; left out: all of them.")
    at_least: Count | None = Field(None, description="Least number of members.")
    at_most: Count | None = Field(None, description="Largest number of members.")


class TakesOutside(Stated):
    """The nation fills the need by this outside option."""

    nation: Id | None = _NATION
    need: Id = Field(description="Need id.")
    option: Id | None = Field(None, description="Outside option id; left out: any of them.")


class MayExport(AboutNation):
    """The nation may sell the pillar's product to every one of these destinations."""

    destinations: tuple[Id, ...] = Field(
        min_length=1, description="Destination ids of the pillar's export rule."
    )


class DoneAs(Stated):
    """The package is done in one of these modes."""

    pillar: Id | None = _PILLAR
    package: Id = Field(description="Package id.")
    modes: tuple[Literal["shared", "effect", "civil", "none"], ...] = Field(
        min_length=1, description="shared among members, effect, civil supplier, or none (not done)."
    )


class Condition(Stated):
    """What must hold; everything given must hold together."""

    participates: Participates | None = None
    tier: AtTier | None = None
    excludes: Excludes | None = None
    leads: Leads | None = None
    does_not_lead: Leads | None = Field(None, description="The nation does not lead, not even jointly.")
    share: Share | None = None
    equal_footing: EqualFooting | None = None
    cost_at_most: CostAtMost | None = None
    level: HasLevel | None = None
    variant: VariantChosen | None = None
    rights: Regime | None = None
    in_service_by: InServiceBy | None = None
    assembles_at_home: AssemblesAtHome | None = None
    exists: Exists | None = None
    members: Members | None = None
    takes_outside: TakesOutside | None = None
    may_export: MayExport | None = None
    done_as: DoneAs | None = None
    any_of: tuple[Condition, ...] | None = Field(
        None, min_length=1, description="At least one of these holds."
    )
    all_of: tuple[Condition, ...] | None = Field(None, min_length=1, description="All of these hold.")
    not_: Condition | None = Field(None, alias="not", description="This does not hold.")

    COMBINATORS: ClassVar[frozenset[str]] = frozenset({"any_of", "all_of", "not_"})

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set or all(getattr(self, name) is None for name in self.model_fields_set):
            raise ValueError("an empty condition says nothing; name what must hold")
        return self

    def atoms(self) -> tuple[tuple[str, Stated], ...]:
        """Return the simple conditions that are given here, by kind, combinators apart."""
        names = sorted(set(type(self).model_fields) - self.COMBINATORS)
        return tuple((name, atom) for name in names if (atom := getattr(self, name)) is not None)
