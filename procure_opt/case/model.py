"""The case: everything the parties bring, need and refuse, in one frozen object.

This is format version 1. Within version 1 fields are only ever added, with a default that keeps the
meaning of older files; a change that would alter the meaning of a file makes version 2, and the loader
then says how to move. A version that the loader does not know is refused.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from .history import Falsifier, History, Inject, Seat
from .nations import Nation, Other
from .needs import Need
from .number import Count, Stated, plain
from .pillars import JusteRetour, Pillar
from .red_lines import Incompatible, Link, RedLine
from .tasks import Function, Task
from .vocabulary import CURRENCY, EDITION, VIEW, Date, Id, Text, first_day, last_day

FORMAT_VERSION = 1
EditionName = Annotated[str, StringConstraints(pattern=EDITION)]
"""Name of an edition, the year of decision as a rule."""


class Money(Stated):
    """One currency and one price base for the whole file."""

    currency: Annotated[str, StringConstraints(pattern=CURRENCY)] = Field(
        description="ISO 4217 code.", examples=["EUR"]
    )
    unit: Literal["million"] = Field("million", description="Always million.")
    price_base: int = Field(
        ge=1900, le=2200, strict=True, description="Year of the constant prices.", examples=[2025]
    )


class Decision(Stated):
    """The edition: what was known when the parties decided."""

    date: Date = Field(description="When the parties decided.", examples=["2024-12-12"])
    phases: tuple[Literal["development", "production", "support"], ...] = Field(
        ("development", "production", "support"), description="Phases that the decision was about."
    )
    text: Text | None = None


class Resolution(Stated):
    """How finely the front is told apart; 1 is exact."""

    autonomy: Count = Field(plain(1), description="Stake-weighted points.")
    spinoff: Count = Field(plain(1), description="Million.")
    cost: Count = Field(plain(1), description="Million.")

    @property
    def steps(self) -> tuple[int, int, int]:
        """Return the steps of autonomy, spin-off and cost."""
        return self.autonomy.whole, self.spinoff.whole, self.cost.whole


class AutonomyWeights(Stated):
    """A = consent x A0 + denial x N1."""

    consent: Count = Field(plain(1), description="Weight of tasks possible with everybody's consent.")
    denial: Count = Field(plain(3), description="Weight of tasks possible under the worst single denial.")


class Ideal(Stated):
    """The best that a nation could get of each value in any feasible structure, goal by goal."""

    autonomy: int = Field(description="Points.")
    spinoff: int = Field(description="Million.")
    cost_parts: int = Field(description="Least cost, in the parts of a million in which payments are whole.")


class Participation(Stated):
    """When a nation would rather stay out."""

    id: Id | None = Field(None, description="Id, so that a run can go --without it.")
    sense: Literal["pareto", "cone", "off"] = Field(
        "pareto", description="pareto: not dominated by an outside option; cone: at every exchange rate; off."
    )


class Source(Stated):
    """Where a fact comes from."""

    title: Text = Field(description="Title of the document.", examples=["MoD Equipment Plan 2022"])
    publisher: Text | None = Field(
        None, description="Who published it.", examples=["UK National Audit Office"]
    )
    date: Date | None = Field(None, description="When it was published.", examples=["2024-12-13"])
    address: Text | None = Field(None, description="Where it can be read.")
    tier: Text | None = Field(
        None, description="Quality: A official, B press, C digest, R recalled, D derived."
    )
    note: Text | None = None


class Case(Stated):
    """A procurement case: what the parties bring, need and refuse."""

    case: Literal[1] = Field(description="Version of the format.")
    id: Id = Field(description="Name of the case.", examples=["gcap"])
    title: Text = Field(description="Title as people read it.")
    marking: Text = Field(description="Protective marking, shown on every output.")
    as_of: Date = Field(description="Date of the knowledge in the file.")
    text: Text | None = Field(None, description="What the case is about, in a few sentences.")
    edition: EditionName | None = Field(
        None, description="Name of the edition that the file states outside `editions`.", examples=["2024"]
    )
    editions: dict[EditionName, dict[str, Any]] = Field(
        {}, description="Edition -> what differs from the file outside (a merge patch: null removes a key)."
    )
    decision: Decision | None = Field(None, description="The edition; red lines dated after it do not enter.")
    fictional: bool = Field(False, description="True: nation codes need not be ISO 3166-1 alpha-3.")
    money: Money
    view: Annotated[str, StringConstraints(pattern=VIEW)] = Field(
        "programme",
        description="programme, egalitarian or nation:CODE (of a nation); always printed first.",
    )
    ideals: dict[Id, Ideal] = Field(
        {}, description="Nation -> its ideal, for the egalitarian view; left out: found before solving."
    )
    resolution: Resolution = Resolution()
    autonomy: AutonomyWeights = AutonomyWeights()
    participation: Participation = Participation()
    global_balance: JusteRetour | None = Field(None, description="Juste retour over all pillars.")
    sources: dict[Id, Source] = Field({}, description="Where the facts come from.")
    nations: dict[Id, Nation] = Field(min_length=1, description="States that decide.")
    others: dict[Id, Other] = Field({}, description="Holders that are no member.")
    functions: dict[Id, Function] = Field(min_length=1, description="What must be commanded.")
    tasks: dict[Id, Task] = Field(min_length=1, description="What a sovereign wants to be able to do.")
    needs: dict[Id, Need] = Field({}, description="What each nation fills exactly once.")
    pillars: dict[Id, Pillar] = Field(min_length=1, description="Units of cooperation.")
    red_lines: dict[Id, RedLine] = Field({}, description="What owners refuse.")
    incompatible: dict[Id, Incompatible] = Field({}, description="Nations that will not sit together.")
    links: dict[Id, Link] = Field({}, description="Pillars that hang together.")
    historical: dict[Id, History] = Field({}, description="What was really agreed.")
    falsifiers: dict[Id, Falsifier] = Field({}, description="What would show that the case is wrong.")
    seats: dict[Id, Seat] = Field({}, description="Who plays, for games.")
    injects: dict[Id, Inject] = Field({}, description="Prepared events, for games.")
    off: tuple[Id, ...] = Field((), description="Ids of lines, caps and policies that are switched off.")
    on: tuple[Id, ...] = Field((), description="Ids of soft red lines that are switched on.")

    def known_until(self) -> datetime.date:
        """Return the last day whose red lines were known: the eve of the decision, or `as_of`."""
        if self.decision is None:
            return last_day(self.as_of)
        return first_day(self.decision.date) - datetime.timedelta(days=1)

    def enters(self, red_line: str) -> bool:
        """Does the red line bind: hard, in force and dated before the decision; or switched on by name?"""
        stated = self.red_lines[red_line]
        dated = last_day(stated.as_of) <= self.known_until()
        return red_line in self.on or (dated and stated.graded() == "hard" and stated.status == "in_force")

    @functools.cached_property
    def canonical(self) -> str:
        """The parsed case as canonical JSON: sorted keys, defaults filled in, no blanks."""
        data = self.model_dump(mode="json", by_alias=True)
        return json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":"))

    @functools.cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical form; two files that state the same case have the same digest."""
        return hashlib.sha256(self.canonical.encode("ascii")).hexdigest()

    def __hash__(self) -> int:
        """Cases are values: equal digests, equal hashes."""
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        """Two cases are equal if they state the same."""
        return self is other or (isinstance(other, Case) and self.digest == other.digest)

    def applies(self, identifier: str | None) -> bool:
        """Is the rule with this id switched on? (Rules without an id always are.)"""
        return identifier is None or identifier not in self.off

    def the_pillar(self, stated: str | None) -> str:
        """Return the pillar that a condition means: the one it names, else the only one of the case."""
        return stated if stated is not None else next(iter(self.pillars))
