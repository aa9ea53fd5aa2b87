"""What of a plan is done, so that a sweep can go on from there: after a lost process, or after any stop.

The units are fields, by name: ``7.0`` is the first field of part 7, ``7.0/17=23`` what is left of it once
the choice with column 17 takes column 23 (-1: nothing). While tasks of a field are in several hands, each
hand has a name; a field is closed when all are empty. What closes it was left out because of boxes found, so
boxes must be noted before the fields that they close.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from procure_opt.solving.boxes import Point
from procure_opt.solving.plan import Holders, Plan

Record = dict[str, Any]
Event = tuple[str, Any]
"""``fields``: (part, how many); ``handed`` and ``closed``: (field, hand); ``divided``: (field, hand, into
which); ``left``: part."""
FIRST_HAND = ""


@dataclass
class Known:
    """What is done; travels to those who go on."""

    holders: dict[Point, Holders] = field(default_factory=dict)
    fields: dict[int, int] = field(default_factory=dict)
    """Part -> number of its fields."""
    closed: set[str] = field(default_factory=set)
    divided: dict[str, tuple[str, ...]] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)
    """Parts that were too large."""
    knows_boxes: bool = False
    """True if good boxes are known: claimed by somebody, or from first ways through elsewhere."""

    @property
    def has_begun(self) -> bool:
        """True if good boxes are known: no first ways through are needed."""
        return bool(self.closed or self.divided) or self.knows_boxes

    def of_parts(self, numbers: Collection[int]) -> Known:
        """Return what is known of some parts only; no boxes."""
        return Known(
            {},
            {part: count for part, count in self.fields.items() if part in numbers},
            {name for name in self.closed if part_of(name) in numbers},
            {name: into for name, into in self.divided.items() if part_of(name) in numbers},
            self.left.intersection(numbers),
        )

    def is_done(self, name: str) -> bool:
        """Is nothing of a field left to follow?"""
        return name in self.closed or (
            name in self.divided and all(self.is_done(each) for each in self.divided[name])
        )

    def is_part_done(self, part: int) -> bool:
        """Is nothing of a part left to follow, here or because it is left to others?"""
        count = self.fields.get(part)
        return part in self.left or (
            count is not None and all(self.is_done(field_name(part, place)) for place in range(count))
        )


class Ledger:
    """Keeps what is done, told by events; ``write`` gets a record of each step before it counts.

    >>> ledger = Ledger()
    >>> ledger.note([("fields", (0, 1)), ("handed", ("0.0", "b")), ("closed", ("0.0", ""))])
    >>> ledger.known.is_part_done(0)
    False
    >>> ledger.note([("closed", ("0.0", "b"))])
    >>> ledger.known.is_part_done(0)
    True
    """

    def __init__(self, write: Callable[[Record], None] | None = None) -> None:
        self.known = Known()
        self._write = write or (lambda record: None)
        self._hands: dict[str, set[str]] = {}

    def found(self, holders: Mapping[Point, Holders]) -> None:
        """Note assignments; they are claims, which somebody has to judge in the end."""
        known = self.known.holders
        unlike = ((point, held) for point, held in holders.items() if known.get(point) is not held)
        joined = {point: held.joined(known.get(point)) for point, held in unlike}
        new = {point: held for point, held in joined.items() if held != known.get(point)}
        if new:
            self._write({"found": [_told(point, held) for point, held in new.items()]})
            self.known.holders |= new

    def note(self, events: Iterable[Event]) -> None:
        """Note what sweeps tell of, in their order."""
        for kind, content in events:
            if kind == "fields":
                part, count = content
                if part not in self.known.fields:
                    self._write({"fields": [part, count]})
                    self.known.fields[part] = count
            elif kind == "left":
                self._write({"left": content})
                self.known.left.add(content)
            elif kind == "handed":
                self._hands.setdefault(content[0], {FIRST_HAND}).add(content[1])
            elif kind == "divided":
                name, _, into = content
                self._write({"divided": name, "into": list(into)})
                self.known.divided[name] = into
            else:
                self._empty(*content)

    def begin_again(self) -> None:
        """Forget whose hands fields are in: all that is not done is to be followed anew."""
        self._hands = {}

    def replay(self, records: Iterable[Record], plan: Plan) -> None:
        """Take over what an earlier run noted.

        Raises LookupError, TypeError or ValueError if the records are no such notes.
        """
        for record in records:
            if "found" in record:
                for point, first, closest in record["found"]:
                    held = plan.held(frozenset(first)).joined(plan.held(frozenset(closest)))
                    key = tuple(map(int, point))
                    self.known.holders[key] = held.joined(self.known.holders.get(key))
            elif "fields" in record:
                part, count = record["fields"]
                self.known.fields[int(part)] = int(count)
            elif "left" in record:
                self.known.left.add(int(record["left"]))
            elif "divided" in record:
                into = tuple(each for each in record["into"] if divider(each))
                self.known.divided[str(record["divided"])] = into
            else:
                self.known.closed.add(str(record["closed"]))

    def _empty(self, name: str, hand: str) -> None:
        """Note that a hand has nothing of a field any more."""
        hands = self._hands.setdefault(name, {FIRST_HAND})
        hands.discard(hand)
        if not hands:
            self._write({"closed": name})
            self.known.closed.add(name)


def field_name(part: int, place: int) -> str:
    """Return the name of a field of a part.

    >>> field_name(7, 0)
    '7.0'
    """
    return f"{part}.{place}"


def part_of(name: str) -> int:
    """Return the part of a field or piece.

    >>> part_of("7.0/17=23")
    7
    """
    return int(name.partition(".")[0])


def piece_name(name: str, column: int, taken: int) -> str:
    """Return the name of what is left of a field once the choice with a column takes one (-1: none).

    >>> piece_name("7.0", 17, 23), divider("7.0/17=23")
    ('7.0/17=23', 17)
    """
    return f"{name}/{column}={taken}"


def divider(piece: str) -> int:
    """Return the column of the choice that was settled last."""
    return int(piece.rpartition("/")[2].partition("=")[0])


def _told(point: Point, held: Holders) -> list[list[int]]:
    return [list(point), sorted(held.first), sorted(held.closest)]
