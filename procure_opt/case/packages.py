"""Work packages: what is to be done, what it is worth, and in which ways it may be shared."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from .number import MillionMoney, Percent, Stated, WholeMoney, plain
from .vocabulary import Id, Text

WholePercent = Annotated[int, Field(ge=1, le=100, strict=True, description="Whole percent.")]
Phase = Literal["development", "production", "support"]


class Pattern(Stated):
    """Shares by rank; the first ``joint_leads`` holders lead together. A plain list has one lead."""

    PLAIN_FORM: ClassVar[str] = "a list of percents by rank such as [60, 40]"

    shares: tuple[WholePercent, ...] = Field(
        min_length=1, description="Percent by rank.", examples=[[60, 40]]
    )
    joint_leads: int = Field(1, ge=1, le=10, description="How many of the first holders lead together.")

    @model_validator(mode="before")
    @classmethod
    def _accept_plain_list(cls, raw: Any) -> Any:
        return {"shares": raw} if isinstance(raw, list | tuple) else raw

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if sum(self.shares) != 100:
            raise ValueError(f"shares sum to {sum(self.shares)}, must be 100")
        if self.joint_leads > len(self.shares):
            raise ValueError(f"{self.joint_leads} joint leads need as many shares, found {len(self.shares)}")
        return self


class ShareGrid(Stated):
    """Patterns generated from a grid instead of listed."""

    step: WholePercent = Field(description="Grid step in percent; divides 100.", examples=[20])
    max_holders: int = Field(ge=1, le=10, description="Most holders of the package.")
    lead_min: WholePercent = Field(1, description="Least share of the lead, percent.")
    holder_min: WholePercent = Field(1, description="Least share of any other holder, percent.")


class ListedArrangement(Stated):
    """One arrangement by name: who leads, who holds how much, who owns whom."""

    leads: tuple[Id, ...] = Field(min_length=1, description="The lead, or the joint leads.")
    shares: dict[Id, WholePercent] = Field(description="Nation (location of the work) -> percent.")
    owners: dict[Id, Id] = Field({}, description="Location -> owner, where they differ.")

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if sum(self.shares.values()) != 100:
            raise ValueError(f"shares sum to {sum(self.shares.values())}, must be 100")
        if missing := sorted(set(self.leads) - set(self.shares)):
            raise ValueError(f"the lead {missing[0]} holds no share")
        return self


class Content(Stated):
    """Controlled content in the package, whoever does the work: its owner is a denier."""

    owner: Id = Field(description="Id of a nation or of `others`.")
    percent: Percent = Field(plain(0), description="Share of the package's value, percent.")
    if_held_by: Id | None = Field(None, description="Only in arrangements in which this nation holds work.")


class EffectMode(Stated):
    """One nation does all at its own expense and gives the others the effect without the means."""

    by: tuple[Id, ...] = Field(min_length=1, description="Nations that may do so.")
    level: int = Field(1, ge=0, le=2, strict=True, description="Level the other members get.")


class CivilMode(Stated):
    """An outside supplier does the package; its price enters the pool."""

    supplier: Id = Field(description="Id of `others`.")
    price: MillionMoney = Field(description="Million.")
    level: int = Field(2, ge=0, le=2, strict=True, description="Level that all members get.")


class WorkPackage(Stated):
    """A piece of work of a pillar; exactly one arrangement of it is chosen if the pillar exists."""

    text: Text | None = None
    value: WholeMoney = Field(description="Reference value, whole million.", examples=[900])
    phase: Phase = Field("development", description="development, production or support.")
    cost_index_percent: dict[Id, Percent] = Field({}, description="Nation -> cost there, 100 = reference.")
    may_lead: tuple[Id, ...] | None = Field(None, description="Nations that may lead; left out: all by tier.")
    may_hold: tuple[Id, ...] | None = Field(
        None, description="Nations that may hold work; left out: all by tier."
    )
    patterns: tuple[Pattern, ...] = Field((), description="Share patterns, lead first.")
    grid: ShareGrid | None = Field(None, description="Or patterns generated from a grid.")
    listed: tuple[ListedArrangement, ...] = Field((), description="Single arrangements allowed beside these.")
    forbidden: tuple[ListedArrangement, ...] = Field((), description="Single arrangements ruled out.")
    owners: dict[Id, Id] = Field({}, description="Location -> owner of the holder there, where they differ.")
    controlled_content: tuple[Content, ...] = Field((), description="Content whose owner can deny it.")
    denial_share_percent: Percent | None = Field(
        None, description="From this share on a holder that does not lead is a denier too, percent."
    )
    split_premium_percent: Percent = Field(plain(0), description="Cost per extra holder, percent of value.")
    spinoff_percent: Percent = Field(plain(0), description="Spin-off per value of work, percent.")
    competence_percent: dict[Id, Percent] = Field({}, description="Nation -> competence here, percent.")
    lead_bonus: MillionMoney = Field(
        plain(0), description="Spin-off for leading, million; joint leads split it."
    )
    optional: bool = Field(False, description="True: the pillar may do without it.")
    effect: EffectMode | None = None
    civil: CivilMode | None = None
    note: Text | None = None
    source: Text | None = None

    @model_validator(mode="after")
    def _can_be_done(self) -> Self:
        if not (self.patterns or self.grid or self.listed or self.effect or self.civil):
            raise ValueError(
                "no way to do the package: give patterns, a grid, listed arrangements, effect or civil"
            )
        return self
