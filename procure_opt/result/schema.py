"""The result file, version 1: every field with its meaning; JSON Schema for editors and other programs.

Policy: within version 1 fields are only added, and those that are there keep their name, unit and meaning;
a program that ignores fields it does not know stays right. Anything else makes version 2, which this room
then reads beside version 1 for at least a year. Everything is an exact integer, a text, true, false or
null; there is no float, no clock, no host and no path, so that the same case gives the same bytes.
What varies from run to run stands in ``manifest.json``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

NAME = "procure_opt.result"
VERSION = 1

LARGEST = 10**15
MOST_POINTS = 20_000
MOST_BOUNDS = 200_000

Whole = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Exactly = Annotated[str, Field(pattern=r"^-?[0-9]+(/[1-9][0-9]*)?$", max_length=1000)]
Word = Annotated[str, Field(max_length=40)]
Text = Annotated[str, Field(max_length=2000)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
StructureId = Annotated[str, Field(pattern=r"^S-[0-9a-f]{12}$")]
Component = Annotated[Whole | None, Field(description="Null is no bound.")]
BoxBound = Annotated[
    list[Component],
    Field(min_length=3, max_length=3, description="Box coordinates of (-autonomy, -spinoff, cost)."),
]
Bounds = Annotated[list[BoxBound], Field(max_length=MOST_BOUNDS)]


class Exact(BaseModel):
    """Base of everything in the file: frozen, nothing unknown, no type bent into another."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Schema(Exact):
    """Which format this is."""

    name: Literal["procure_opt.result"]
    version: Literal[1]


class CaseRecord(Exact):
    """The case as it was solved."""

    id: Word
    title: Text
    marking: Text = Field(description="Protective marking; to be shown on every output.")
    as_of: Word = Field(description="Date of the knowledge in the case.")
    decision: Word | None = Field(description="Date of the edition; red lines dated later do not enter.")
    view: Text = Field(
        description="Whose values the points are; programme: treasuries can compensate each other."
    )
    off: list[Word] = Field(description="Ids that were switched off.")
    on: list[Word] = Field(description="Ids of soft red lines that were switched on.")
    required: list[Text] = Field(description="What was required beyond the case, one --require each.")
    sha256: Sha256 = Field(description="Of `stated` as canonical JSON (sorted keys, no blanks, ASCII).")
    stated: dict[str, Any] = Field(description="The whole parsed case, defaults filled in.")


class Money(Exact):
    """In what money."""

    currency: Word
    unit: Literal["million"]
    price_base: Whole = Field(description="Year of the constant prices.")


class Objective(Exact):
    """One of the three values of a point."""

    name: Literal["autonomy", "spinoff", "cost"]
    unit: Text
    sense: Literal["max", "min"]
    resolution: Whole = Field(ge=1, description="Steps in which values are told apart; 1 is exact.")
    maximum: Whole | None = Field(description="Largest conceivable value; null where there is none.")


class Status(Exact):
    """How far the claim goes."""

    complete: bool = Field(description="Is it proven that no efficient structure is missing?")
    reason: Literal["time limit", "interrupted", "doubtful solver answer"] | None = Field(
        description="Why it is not complete; null if it is."
    )
    open_zones: Whole = Field(ge=0, description="Zones in which nothing is proven.")
    proven_share: str = Field(
        pattern=r"^(0|1|[1-9][0-9]{0,8}/[1-9][0-9]{0,8})$",
        description="Share of the region decided, a fraction.",
    )


class Values(Exact):
    """The exact values."""

    autonomy: Whole = Field(description="Sum of stake times points.")
    spinoff: Whole = Field(description="Million.")
    cost: Whole = Field(description="Million.")


class Display(Exact):
    """The values as people read them."""

    autonomy: Text = Field(description="Percent of the maximum.")
    spinoff: Text
    cost: Text


class Arranged(Exact):
    """How a package is done."""

    leads: list[Word] = Field(description="Lead or joint leads, sorted; none in the modes civil and none.")
    shares: dict[Word, Whole] = Field(description="Location -> whole percent.")
    owners: dict[Word, Word] = Field({}, description="Location -> owner, only where they differ.")
    mode: Literal["effect", "civil", "none"] | None = Field(
        None, description="Left out: shared among members."
    )


class PillarDecided(Exact):
    """What is decided in a pillar that exists."""

    tiers: dict[Word, Word] = Field(description="Nation -> tier.")
    rights: Word = Field(description="Rights regime.")
    variants: list[Word]
    packages: dict[Word, Arranged]
    quantities: dict[Word, Whole] = Field({}, description="Nation -> units, where it chose from a menu.")
    lines: Word | None = Field(None, description="Line configuration; left out where none is listed.")
    licences: list[Word] = Field([], description="Side deals made.")
    cost_percent: dict[Word, dict[Word, Whole]] = Field(
        {}, description="Phase -> nation -> percent, where cost shares are negotiated."
    )


class StructureRecord(Exact):
    """The structure: all that is decided."""

    pillars: dict[Word, PillarDecided] = Field(description="Those that exist.")
    outside: dict[Word, dict[Word, Word]] = Field(description="Need -> nation -> outside option.")


class Work(Exact):
    """Work located in a nation."""

    hundredths: Whole = Field(description="Hundredths of a million, in reference prices.")
    percent: Text = Field(description="Of the pillar's reference value.")


class NationRecord(Exact):
    """What a nation decides, pays and gets."""

    tiers: dict[Word, Word] = Field(description="Pillar -> tier.")
    outside: dict[Word, Word] = Field(description="Need -> outside option.")
    leads: dict[Word, list[Word]] = Field(description="Pillar -> packages that it leads, alone or jointly.")
    work: dict[Word, Work] = Field(description="Pillar -> work.")
    autonomy: Whole = Field(description="Weighed points.")
    A0: Whole = Field(description="Points with everybody's consent.")
    N1: Whole = Field(description="Points without the consent of the worst single denier.")
    worst_denier: Word | None = Field(description="Null where nobody alone takes anything away.")
    tasks: list[Word] = Field(description="Possible with everybody's consent.")
    tasks_under_denial: list[Word] = Field(description="Possible under the worst denier.")
    lost_under: dict[Word, list[Word]] = Field(description="Denier -> tasks lost.")
    spinoff: Whole = Field(description="Million.")
    pays: Exactly = Field(description="Million, exact: a whole number or a fraction in lowest terms.")


class PointRecord(Exact):
    """One efficient structure."""

    id: StructureId
    values: Values
    display: Display
    structure: StructureRecord
    nations: dict[Word, NationRecord]
    same_vector: None = Field(description="How many structures share the values; null: not counted.")


class Extremes(Exact):
    """Ids of the best structures by each single objective."""

    autonomy: StructureId | None
    spinoff: StructureId | None
    cost: StructureId | None


class ResultFile(Exact):
    """All efficient structures of a case, and what backs the claim that none is missing."""

    schema_: Schema = Field(alias="schema")
    case: CaseRecord
    money: Money
    objectives: list[Objective] = Field(min_length=3, max_length=3)
    status: Status
    points: list[PointRecord] = Field(max_length=MOST_POINTS, description="From most to least autonomy.")
    extremes: Extremes
    bounds: Bounds = Field(
        description="Final local upper bounds, sorted: all else is dominated or proven empty."
    )
    open_bounds: Bounds = Field(description="Those below which nothing is proven.")


def draft7(model: type[BaseModel], title: str) -> dict[str, Any]:
    """Return a model's JSON Schema in draft 7, which is what editors read."""
    stated = model.model_json_schema(ref_template="#/definitions/{model}", by_alias=True)
    definitions = stated.pop("$defs", {})
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}
    return (
        head
        | {name: value for name, value in stated.items() if name != "title"}
        | {"definitions": definitions}
    )


def result_schema() -> dict[str, Any]:
    """Return the JSON Schema of the result file."""
    return draft7(ResultFile, "procure_opt result")
