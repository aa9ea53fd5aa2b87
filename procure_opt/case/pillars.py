"""Pillars: units of cooperation that exist or not, with their tiers, rights, money and dates."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .number import Count, Factor, MillionMoney, Months, Number, Percent, Stated, Weight, Year, plain
from .packages import WorkPackage
from .vocabulary import DESIGN_AUTHORITY, MODIFY, OPERATE, Id, Level, Text


class TierWork(Stated):
    """How much work a member of the tier must or may have."""

    id: Id | None = Field(None, description="Id, so that a run can go --without it.")
    min_percent: Percent | None = Field(None, description="Least work, percent of all packages' value.")
    max_percent: Percent | None = Field(None, description="Most work, percent of all packages' value.")
    at_most_contribution: bool = Field(False, description="Work in million is at most the contribution.")


class Tier(Stated):
    """A role in a pillar."""

    text: Text | None = None
    open_to: tuple[Id, ...] | None = Field(None, description="Nations that may take the tier; left out: all.")
    may: tuple[Literal["lead", "hold"], ...] = Field((), description="lead (implies hold), hold, or nothing.")
    partner_weight: Weight = Field(plain(0), description="Weight as effective partner: core 1, buyer 0.")
    buys: bool = Field(True, description="True: a member fills its need by the pillar and buys its units.")
    has_level: bool = Field(True, description="False: membership gives no access to functions at all.")
    export_say: bool = Field(True, description="Its consent or veto counts in the pillar's export rule.")
    contribution: MillionMoney | None = Field(
        None, description="Fixed development contribution, million; left out: it bears the residual."
    )
    later_contributions: dict[Literal["production", "support"], MillionMoney] = Field(
        {}, description="Fixed contributions to the common costs of later phases, million."
    )
    levy_share: bool = Field(False, description="Shares equally in the levies on exports.")
    min_offtake: Count | None = Field(None, description="Least number of units bought.")
    work: TierWork | None = None


class RoleLevels(Stated):
    """Access level by role in the package that controls the function."""

    lead: Level = Field(DESIGN_AUTHORITY, description="Level of the lead and of joint leads.")
    holder: Level = Field(MODIFY, description="Level of another holder.")
    other: Level = Field(OPERATE, description="Level of a member without work in the package.")


class RightsRegime(Stated):
    """Who may do what with the technology; one regime is chosen for the pillar."""

    text: Text | None = None
    levels: dict[Id, RoleLevels] = Field(description="Tier -> level by role.")
    cost: MillionMoney = Field(
        plain(0), description="Million added to the development pool (standards, escrow)."
    )


class TierFixed(Stated):
    """Fixed contributions by tier; the rest falls on the core equally, or on one nation."""

    rule: Literal["tier_fixed"] = Field(
        description="tier_fixed: fixed contributions, the rest on the core or on one nation."
    )
    residual: Id = Field("core_equally", description="core_equally, or the nation that bears the rest.")


class Equal(Stated):
    """All members without a fixed contribution pay the same."""

    rule: Literal["equal"] = Field(description="equal: equal parts.")


class Fixed(Stated):
    """Stated percentages; a membership is possible only if its percentages sum to 100."""

    rule: Literal["fixed"] = Field(description="fixed: stated percentages.")
    percent: dict[Id, Percent] = Field(description="Nation -> percent of what contributions leave.")


class OwnQuantity(Stated):
    """Each buyer pays for its own units."""

    rule: Literal["own_quantity"] = Field(description="own_quantity: each its own units.")


class Offtake(Stated):
    """By planned quantity."""

    rule: Literal["offtake"] = Field(description="offtake: by planned quantity.")


class NegotiatedTier(Stated):
    """Bounds of a tier's share on the negotiated grid."""

    min_percent: Percent = Field(plain(0), description="Least cost share, percent.")
    max_percent: Percent = Field(plain(100), description="Largest cost share, percent.")


class Negotiated(Stated):
    """Cost shares on a percent grid are part of the structure."""

    rule: Literal["negotiated"] = Field(description="negotiated: a percent grid that is decided.")
    step_percent: Count = Field(description="Grid step; divides 100.", examples=[10])
    tiers: dict[Id, NegotiatedTier] = Field({}, description="Tier -> bounds.")


Sharing = Annotated[
    TierFixed | Equal | Fixed | OwnQuantity | Offtake | Negotiated, Field(discriminator="rule")
]


class CostSharing(Stated):
    """One rule per phase for what is common: the work packages of the phase."""

    development: Sharing = Field(Equal(rule="equal"), description="Who bears the development pool.")
    production: Sharing = Field(
        OwnQuantity(rule="own_quantity"),
        description="Who bears packages of the phase production; every buyer pays for its own units.",
    )
    support: Sharing = Field(
        OwnQuantity(rule="own_quantity"),
        description="Who bears packages of the phase support; every buyer pays for its own support.",
    )


class CoordinationStep(Stated):
    """Coordination cost from a number of effective partners on."""

    partners: Weight = Field(description="From this many effective partners on.", examples=["1.5"])
    million: MillionMoney = Field(description="Coordination cost, million.")


class Coordination(Stated):
    """What governance by many costs: V (M^gamma - 1), or a table by effective partners M."""

    gamma: Factor | None = Field(None, description="Exponent; 0 means that governance costs nothing.")
    table: tuple[CoordinationStep, ...] | None = Field(None, min_length=1, description="Or a table.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.gamma is None) == (self.table is None):
            raise ValueError("give either gamma or a table, not both or none")
        return self


class PriceBand(Stated):
    """Unit price from a total quantity on."""

    from_quantity: Count = Field(description="From this many units of the pillar on.", examples=[90])
    unit_price: MillionMoney = Field(description="Million per unit.", examples=[47])


class Exports(Stated):
    """Units sold to others; counted in the quantity only if the seller may sell."""

    quantity: Count = Field(description="Units.")
    seller: Id | None = Field(None, description="Nation that sells; left out: any member.")
    destinations: tuple[Id, ...] = Field((), description="Destinations that must be allowed.")
    levy_per_unit: MillionMoney = Field(
        plain(0), description="Levy on every unit sold, million; members at tiers with levy_share get it."
    )


class Production(Stated):
    """Total price by bands of the pillar's total quantity."""

    bands: tuple[PriceBand, ...] = Field((), description="Bands; the first begins at 0.")
    base_quantity: Count = Field(plain(0), description="Units bought by states outside the case.")
    exports: Exports | None = None


class Menu(Stated):
    """Quantities among which a nation chooses."""

    menu: tuple[Count, ...] = Field(min_length=1, description="Units.", examples=[[20, 30]])


class Support(Stated):
    """Support of the units bought."""

    per_unit_year: MillionMoney = Field(description="Million per unit and year.", examples=[6])
    years: Count = Field(description="Years counted.", examples=[30])


class Variant(Stated):
    """A requirement option of the pillar; several may be chosen."""

    text: Text | None = None
    development_percent: Percent = Field(
        plain(0), description="Added development, percent of packages' value."
    )
    unit_percent: Percent = Field(plain(0), description="Premium on every unit, percent of its price.")
    delay_months: Months = Field(plain(0), description="Later service entry, months.")
    required_by: tuple[Id, ...] = Field((), description="Nations that join only with it.")
    refused_by: tuple[Id, ...] = Field((), description="Nations that join only without it.")


class Delay(Stated):
    """Delay from a number of effective partners on."""

    partners: Weight = Field(description="From this many effective partners on.")
    months: Months = Field(description="Delay in months.")


class Service(Stated):
    """When the pillar's product enters service."""

    year: Year = Field(description="Planned year of service entry (its start).", examples=[2035])
    delays: tuple[Delay, ...] = Field((), description="Delay by effective partners; the last that applies.")


class JusteRetour(Stated):
    """Work between two multiples of the cost share, in reference prices; or within an absolute band."""

    id: Id | None = Field(None, description="Id, so that a run can go --without it.")
    min_percent: Percent | None = Field(None, description="Least work, percent of the cost share.")
    max_percent: Percent | None = Field(None, description="Most work, percent of the cost share.")
    band_percent: Percent | None = Field(None, description="Or: band, percent of the pillar's value.")
    tiers: tuple[Id, ...] | None = Field(
        None, description="Tiers that it binds; left out: all that may hold."
    )


class ReleaseCap(Stated):
    """The highest level that a lead lets another nation have on content drawn from it."""

    id: Id | None = Field(None, description="Id, so that a run can go --without it.")
    holder: Id = Field(description="The lead (its location or its owner) whose policy this is.")
    nation: Id = Field(description="The nation that is capped.")
    function: Id = Field(description="Function id.")
    level: Level
    source: Text | None = None


class Destination(Stated):
    """A buyer or a group of buyers outside the case."""

    text: Text | None = None


class Export(Stated):
    """Who may sell the pillar's product to whom."""

    id: Id | None = Field(None, description="Id, so that a run can go --without it.")
    rule: Literal["unanimous", "presumed_consent", "threshold", "see_through"] = Field(
        description="unanimous: all others consent; presumed_consent: unless one vetoes; threshold: unless a "
        "restrictive one has the de minimis share; see_through: every owner of controlled content consents."
    )
    destinations: dict[Id, Destination] = Field({}, description="Destinations that tasks and lines speak of.")
    consents: dict[Id, tuple[Id, ...]] = Field(
        {}, description="Nation or owner -> destinations it agrees to."
    )
    vetoes: dict[Id, tuple[Id, ...]] = Field({}, description="Nation or owner -> destinations it refuses.")
    restrictive: tuple[Id, ...] = Field((), description="threshold: nations whose content matters.")
    de_minimis_percent: Percent = Field(
        plain(0), description="threshold: share of the pillar's value, percent."
    )
    source: Text | None = None


class LineConfiguration(Stated):
    """Where final assembly stands; exactly one listed configuration is chosen."""

    hosts: tuple[Id, ...] = Field(min_length=1, description="Nations that host a line.")
    set_up: MillionMoney = Field(plain(0), description="Set-up per line, million.")
    pooled: bool = Field(False, description="True: set-up enters the pool; else the host pays its own.")
    unit_premium: MillionMoney = Field(plain(0), description="Million added to every unit.")
    premium_by_host: dict[Id, MillionMoney] = Field(
        {}, description="Host -> million added to every unit that it assembles."
    )
    assembles_for: dict[Id, Id] = Field({}, description="Nation -> host; left out: the first host.")
    minimum_load: Count = Field(plain(0), description="Least units per line.")
    levels: dict[Id, Level] = Field({}, description="Function -> level that a line gives its host.")


class Lines(Stated):
    """Final assembly."""

    configurations: dict[Id, LineConfiguration] = Field(
        min_length=1, description="The listed configurations."
    )
    spinoff_per_unit: MillionMoney = Field(plain(0), description="Spin-off per unit assembled, million.")
    tiers: tuple[Id, ...] | None = Field(
        None, description="Tiers that may host; left out: those that may lead."
    )


class Licence(Stated):
    """A level on a function bought from a holder by one member: a side deal."""

    nation: Id = Field(description="The buyer.")
    function: Id = Field(description="Function id.")
    holder: Id = Field(description="Who sells it and can revoke it below level 3.")
    level: Level
    fee: MillionMoney = Field(description="Million, paid by the buyer.")
    text: Text | None = None


class Absorption(Stated):
    """Share of a package from which a holder has the full effect; proportional below."""

    full_effect_from_percent: Percent = Field(plain(30), description="Percent of a package; 100 is linear.")


class Pillar(Stated):
    """A unit of cooperation that exists or not."""

    text: Text | None = None
    requires_any: tuple[Id, ...] = Field((), description="Pillars of which one must exist.")
    tiers: dict[Id, Tier] = Field(min_length=1, description="Roles in the pillar.")
    rights: dict[Id, RightsRegime] = Field(min_length=1, description="Rights regimes; one is chosen.")
    cost_sharing: CostSharing = CostSharing()
    growth: Factor = Field(
        plain(1), description="Expected growth factor of development cost.", examples=["1.3"]
    )
    coordination: Coordination = Coordination(gamma=plain(0))
    production: Production = Production()
    quantities: dict[Id, Number | Menu] = Field({}, description="Nation -> units it buys as a member.")
    support: Support | None = None
    variants: dict[Id, Variant] = Field({}, description="Requirement options.")
    service: Service | None = None
    packages: dict[Id, WorkPackage] = Field(min_length=1, description="Work packages.")
    absorption: Absorption = Absorption()
    juste_retour: JusteRetour | None = None
    release_caps: tuple[ReleaseCap, ...] = Field((), description="What leads let others have at most.")
    export: Export | None = None
    lines: Lines | None = None
    licences: dict[Id, Licence] = Field({}, description="Side deals on offer.")
