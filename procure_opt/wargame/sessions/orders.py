"""Orders: what a seat can say in a turn, by form alone; whether it makes sense is another module's question.

A proposal is a complete structure, or parts of one and terms: what is not named stays open. A term is a
sentence ("ALP leads engine in aircraft") or a condition as in a case file.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from procure_opt.errors import printable
from procure_opt.result.read import place
from procure_opt.result.schema import StructureRecord

from .plain import LARGEST, Json, flaws

FACILITATOR = "facilitator"
MOST_TERMS = 50

Word = Annotated[str, Field(min_length=1, max_length=40)]
Speech = Annotated[str, Field(max_length=2000)]
Term = Annotated[
    Speech | Json,
    Field(description='A sentence such as "ALP leads engine in aircraft", or a condition as in a case file.'),
]
Percent = Annotated[int, Field(ge=0, le=100)]


class Exact(BaseModel):
    """Base of all orders: no unknown keys, no conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class PackageParts(Exact):
    """What is named of a package; the rest is open."""

    mode: Literal["shared", "effect", "civil", "none"] | None = None
    leads: list[Word] | None = Field(None, description="Lead, or all joint leads.")
    shares: dict[Word, Percent] | None = Field(None, description="Nation -> exact percent; others are open.")


class PillarParts(Exact):
    """What is named of a pillar that exists; the rest is open."""

    tiers: dict[Word, Word | None] = Field(
        {}, description="Nation -> tier; null: it stays out of the pillar."
    )
    rights: Word | None = Field(None, description="Rights regime.")
    variants: dict[Word, bool] = Field({}, description="Variant -> chosen or not.")
    packages: dict[Word, PackageParts] = Field({}, description="Package -> what is named of it.")
    quantities: dict[Word, int] = Field({}, description="Nation -> units, where it chooses from a menu.")
    lines: Word | None = Field(None, description="Line configuration.")
    licences: dict[Word, bool] = Field({}, description="Side deal -> made or not.")
    cost_percent: dict[Word, dict[Word, Percent]] = Field({}, description="Phase -> nation -> percent.")


class Parts(Exact):
    """A part of a structure. What is not named is open."""

    pillars: dict[Word, PillarParts | None] = Field({}, description="Null: the pillar does not come about.")
    outside: dict[Word, dict[Word, Word]] = Field({}, description="Need -> nation -> outside option.")


class Propose(Exact):
    """Put something on the table: a complete structure, or parts and terms of one."""

    order: Literal["propose"]
    structure: StructureRecord | None = Field(None, description="A complete structure: all that is decided.")
    parts: Parts | None = Field(None, description="Or parts of one: what is not named is open.")
    terms: list[Term] = Field([], max_length=MOST_TERMS, description="Or (and) what shall hold, in words.")
    text: Speech = ""


class After(Exact):
    """What an acceptance hangs on: another proposal is concluded, or accepted by a seat."""

    concluded: Word | None = None
    accepted: Word | None = None
    by: Word | None = Field(None, description="With `accepted`: the seat that accepts.")


class Accept(Exact):
    """Accept a proposal, perhaps only if something else comes about (linkage)."""

    order: Literal["accept"]
    proposal: Word
    if_: list[After] = Field([], alias="if", max_length=10, description="All of these must come about.")
    text: Speech = ""


class Reject(Exact):
    """Refuse a proposal; an earlier acceptance is gone."""

    order: Literal["reject"]
    proposal: Word
    text: Speech = ""


class Withdraw(Exact):
    """Take one's own proposal from the table."""

    order: Literal["withdraw"]
    proposal: Word
    text: Speech = ""


class Announce(Exact):
    """State a red line in public: one of one's own true lines by its id, or any other (a bluff is legal)."""

    order: Literal["announce"]
    line: Word | None = Field(None, description="Id of an own true line.")
    if_: Term | None = Field(None, alias="if", description="When it applies; left out: always.")
    then: Term | None = Field(None, description="What must hold then; without `line`.")
    text: Speech = ""


class Retract(Exact):
    """Take back a line that one has announced."""

    order: Literal["retract"]
    line: Word = Field(description="Id of the announced line.")
    text: Speech = ""


class Pay(Exact):
    """Pay another nation: now, or when a proposal is concluded."""

    order: Literal["pay"]
    to: Word = Field(description="Nation.")
    million: int = Field(ge=1, le=10_000_000, description="Whole million.")
    for_: Word | None = Field(None, alias="for", description="Proposal; left out: paid at once.")
    text: Speech = ""


class Pass(Exact):
    """Say nothing."""

    order: Literal["pass"]
    text: Speech = ""


class OpenPhase(Exact):
    """Facilitator: go on to the next decision gate; open proposals lapse, what was concluded stays."""

    order: Literal["open_phase"]
    text: Speech = ""


class Override(Exact):
    """Facilitator: decide otherwise than the definitions did, with the reason."""

    order: Literal["override"]
    verdict: Literal["possible", "impossible", "concluded", "void", "forgiven"] = Field(
        description="possible, impossible: a proposal; concluded, void: a deal; forgiven: a line gone over."
    )
    proposal: Word
    seat: Word | None = Field(None, description="With forgiven: whose cost at home is waived.")
    reason: Annotated[str, Field(min_length=1, max_length=2000)]


Order = Propose | Accept | Reject | Withdraw | Announce | Retract | Pay | Pass | OpenPhase | Override
KINDS: dict[str, type[Exact]] = {
    "propose": Propose,
    "accept": Accept,
    "reject": Reject,
    "withdraw": Withdraw,
    "announce": Announce,
    "retract": Retract,
    "pay": Pay,
    "pass": Pass,
    "open_phase": OpenPhase,
    "override": Override,
}
FOR_THE_FACILITATOR = ("open_phase", "override", "pass")
FOR_SEATS = tuple(kind for kind in KINDS if kind not in ("open_phase", "override"))


def form_flaws(order: object, where: str = "order") -> list[tuple[str, str]]:
    """Return (place, what is wrong) with the form of an order; nothing if it has one of the forms.

    >>> form_flaws({"order": "accept", "proposal": "P1"}), form_flaws({"order": "acept"})
    ([], [('order.order', '"acept" is no order; did you mean "accept"?')])
    """
    if not isinstance(order, dict):
        return [(where, 'must be an object such as {"order": "pass"}')]
    if found := flaws(order, where):
        return found
    kind = order.get("order")
    if not isinstance(kind, str) or kind not in KINDS:
        return [(f"{where}.order", _no_order(kind))]
    try:
        KINDS[kind].model_validate(order)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
        return [(f"{where}.{place(each['loc'])}", printable(each["msg"], 200)) for each in details[:20]]
    return []


def _no_order(kind: object) -> str:
    from procure_opt.case.spelling import closest

    near = closest(kind, KINDS) if isinstance(kind, str) else None
    meant = f'; did you mean "{near}"?' if near else f" (orders: {', '.join(KINDS)})"
    return f'"{printable(kind, 60)}" is no order{meant}'


def read_order(order: Json) -> Any:
    """Return an order that has one of the forms (see :func:`form_flaws`)."""
    return KINDS[order["order"]].model_validate(order)


__all__ = ["FACILITATOR", "KINDS", "LARGEST", "Order", "Parts", "form_flaws", "read_order"]
