"""The state of a game: frozen, equal by what happened, written as its log, from which all else follows."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass, field, replace

from procure_opt.case.history import Seat
from procure_opt.case.model import Case
from procure_opt.errors import UsageError, printable

from .estimates import Estimate, estimate
from .parts import Content, content
from .plain import Json, canonical, from_text
from .seats import Seats, seats_json

NAME = "procure_opt.wargame"
VERSION = 1
OPEN, CONCLUDED, WITHDRAWN, LAPSED, VOID = "open", "concluded", "withdrawn", "lapsed", "void"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A seat accepts, if all of ``after`` comes about: canonical JSON of each condition."""

    seat: str
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something on the table. ``said`` is the order as JSON; ``possible`` None: parts of one only."""

    id: str
    by: str
    turn: int
    phase: int
    said: str
    status: str = OPEN
    possible: bool | None = None
    breaks: tuple[str, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    rejected: tuple[str, ...] = ()

    def content(self, case: Case) -> Content:
        """Return what it says."""
        return content(case, from_text(self.said))


@dataclass(frozen=True, slots=True)
class Line:
    """A red line as announced. ``own``: the true line that it states; None for one made up at the table."""

    id: str
    by: str
    turn: int
    said: str
    own: str | None
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Payment:
    """Money from nation to nation, whole million. ``status``: paid, promised, lapsed."""

    by: str
    to: str
    million: int
    turn: int
    proposal: str | None
    status: str


@dataclass(frozen=True, slots=True)
class HomeCost:
    """A seat has gone over its own true red line in a deal; ``forgiven``: the facilitator waived it."""

    seat: str
    line: str
    proposal: str
    turn: int
    forgiven: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that follows from the log."""

    phase: int = 0
    turn: int = 0
    proposals: tuple[Proposal, ...] = ()
    lines: tuple[Line, ...] = ()
    payments: tuple[Payment, ...] = ()
    home_costs: tuple[HomeCost, ...] = ()

    def proposal(self, name: str) -> Proposal:
        """Return a proposal; :class:`UsageError` if there is none of this id."""
        for each in self.proposals:
            if each.id == name:
                return each
        known = ", ".join(each.id for each in self.proposals) or "there is none"
        raise UsageError(f'"{printable(name, 40)}" is no proposal of this game ({known})')

    def with_proposal(self, changed: Proposal) -> Table:
        """Return the table with one proposal changed."""
        every = tuple(changed if each.id == changed.id else each for each in self.proposals)
        return replace(self, proposals=every)

    def deal(self) -> Proposal | None:
        """Return the complete proposal that was concluded in this phase; None if none was yet."""
        done = (
            each
            for each in self.proposals
            if each.status == CONCLUDED and each.phase == self.phase and each.possible is not None
        )
        return next(done, None)


@dataclass(frozen=True, slots=True)
class Event:
    """What came of an order or inject; ``to``: the seats that hear it, None for all."""

    text: str
    to: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One move: ``said`` is canonical JSON of ``{"orders": ...}`` or ``{"inject": ...}``."""

    said: str
    events: tuple[Event, ...]

    def to_json(self) -> Json:
        """Return plain data."""
        events = [{"text": e.text, "to": None if e.to is None else list(e.to)} for e in self.events]
        return from_text(self.said) | {"events": events}  # type: ignore[no-any-return]


@dataclass(frozen=True, eq=False)
class State:
    """A game so far. ``cases``: one per phase, as it began; ``case``: the present one, after injects.

    Two states are equal if cases, seats, seed and all that happened are.
    """

    cases: tuple[Case, ...]
    seats: Seats
    seed: int
    entries: tuple[Entry, ...] = ()
    case: Case = field(repr=False, default=None)  # type: ignore[assignment]
    table: Table = Table()
    before: State | None = field(repr=False, default=None)
    """The state before the last move; None at the beginning."""

    @functools.cached_property
    def digest(self) -> str:
        """SHA-256 over the beginning and every move: a chain, so that a move costs only itself."""
        if self.before is None:
            text = canonical(self._beginning(whole=False))
        else:
            text = self.before.digest + canonical(self.entries[-1].to_json())
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    @property
    def id(self) -> str:
        """``W-`` and 24 hex digits."""
        return f"W-{self.digest[:24]}"

    def _beginning(self, *, whole: bool) -> Json:
        cases = [json.loads(each.canonical) if whole else each.digest for each in self.cases]
        return {
            "schema": {"name": NAME, "version": VERSION},
            "cases": cases,
            "seats": seats_json(self.seats),
            "seed": self.seed,
        }

    def to_json(self) -> Json:
        """Return the log as plain data: what ``replay`` takes, and all that a state is."""
        entries = [each.to_json() for each in self.entries]
        return self._beginning(whole=True) | {"entries": entries, "id": self.id}

    def to_bytes(self) -> bytes:
        """Return the log as canonical JSON: the same game, the same bytes."""
        return canonical(self.to_json()).encode("ascii")

    def __hash__(self) -> int:
        """States are values."""
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        """Two states are equal if all that happened is."""
        return isinstance(other, State) and self.digest == other.digest

    def seat(self, name: str) -> Seat:
        """Return a seat; :class:`UsageError` if there is none of this name."""
        for known, seat in self.seats:
            if known == name:
                return seat
        raise UsageError(f'"{printable(name, 40)}" is no seat ({", ".join(name for name, _ in self.seats)})')

    def believed(self, nation: str) -> Estimate:
        """Return what the nation's treasury believes things cost."""
        return estimate(self.case, self.seed, nation)


def ledger(table: Table, nations: tuple[str, ...]) -> dict[str, int]:
    """Return nation -> million received on the side less paid, paid out so far; sums to 0.

    >>> ledger(Table(payments=(Payment("A", "B", 5, 1, None, "paid"),)), ("A", "B"))
    {'A': -5, 'B': 5}
    """
    found = dict.fromkeys(nations, 0)
    for each in table.payments:
        if each.status == "paid":
            found[each.by] -= each.million
            found[each.to] += each.million
    return found


def promised(table: Table, proposal: str | None, nations: tuple[str, ...]) -> dict[str, int]:
    """Return nation -> million received less paid if the proposal is concluded, and so far; sums to 0."""
    found = ledger(table, nations)
    for each in table.payments:
        if each.status == "promised" and each.proposal == proposal:
            found[each.by] -= each.million
            found[each.to] += each.million
    return found
