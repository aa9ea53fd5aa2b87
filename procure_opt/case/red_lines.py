"""Red lines: what an owner refuses, when it was said, by whom, and how hard it therefore is."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .conditions import Condition
from .number import Stated
from .vocabulary import Date, Id, Text

Speaker = Literal[
    "treaty", "law", "parliament", "head_of_government", "minister", "official", "unnamed", "company"
]
Grade = Literal["hard", "soft"]
HARD_SPEAKERS = frozenset({"treaty", "law", "parliament", "head_of_government", "minister"})


class RedLine(Stated):
    """``if ... then ...`` over a structure, with its owner's words and their date."""

    owner: Id = Field(description="Nation (or other) whose line it is.", examples=["ITA"])
    text: Text = Field(description="The line in plain words; quoted by errors, conflicts and reports.")
    as_of: Date = Field(description="When the line was drawn.", examples=["2024-12-13"])
    speaker: Speaker = Field(description="Who said it; decides the grade.")
    status: Literal["in_force", "denied", "withdrawn"] = Field("in_force", description="Does it still stand?")
    grade: Grade | None = Field(None, description="hard or soft; left out: by speaker and status.")
    if_: Condition | None = Field(None, alias="if", description="When it applies; left out: always.")
    then: Condition = Field(description="What must hold then.")
    source: Text = Field(description="Id from `sources`, with an optional fact id after a slash.")
    note: Text | None = None

    def graded(self) -> Grade:
        """Return hard or soft: as stated, else hard if an authority spoke and did not take it back."""
        if self.grade is not None:
            return self.grade
        return "hard" if self.speaker in HARD_SPEAKERS and self.status == "in_force" else "soft"


class Incompatible(Stated):
    """Nations that will not sit in one pillar together."""

    nations: tuple[Id, ...] = Field(min_length=2, description="Not all of these may be members.")
    pillar: Id | None = Field(None, description="Pillar id; left out: any pillar.")
    text: Text | None = None
    source: Text | None = None


class Link(Stated):
    """Pillars that hang together."""

    pillar: Id = Field(description="If this pillar exists ...")
    needs: Id = Field(description="... then this one exists too.")
    both_ways: bool = Field(False, description="True: and the other way round.")
    text: Text | None = None
    source: Text | None = None
