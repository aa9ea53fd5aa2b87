"""From a flat stream of events to the document: data, the place of every value, and every finding.

The tree grows on an explicit stack and stops at the limits of ``events``, so that its cost is bounded
by them whatever the file says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from procure_opt.errors import Finding, printable

from .events import DEEPEST, LONGEST_KEY, LONGEST_TEXT, MOST_FINDINGS, MOST_NODES, Event, Kind
from .paths import Path, Place, dotted

_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?")
_START, _THREE = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})*"), re.compile(r"[0-9]{3}")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class _Branch:
    """A mapping or list that is still open. ``key`` was read and waits for its value."""

    path: Path
    container: dict[str, object] | list[object]
    key: str | None = None
    last: tuple[Event, Path] | None = None  # the value before this place and its path
    is_key: bool = False  # this mapping or list stands where a key should


@dataclass(slots=True)
class Tree:
    """What grew from the events; ``broken`` is where reading had to stop because of the syntax."""

    name: str
    data: object = None
    positions: dict[Path, Place] = field(default_factory=dict)
    key_positions: dict[Path, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken: Place | None = None
    _open: list[_Branch] = field(default_factory=list)
    _nodes: int = 0
    _stopped: bool = False

    def grow(self, events: Iterable[Event]) -> Tree:
        """Take in ``events`` until they end or a limit is reached; return the tree itself.

        >>> word = Event(Kind.SCALAR, 1, 2, "GBR", "GBR")
        >>> Tree("toy.yaml").grow([Event(Kind.MAPPING, 1, 1), word, word]).data
        {'GBR': 'GBR'}
        """
        for event in events:
            self._take(event)
            if self._stopped:
                break
        return self

    def _take(self, event: Event) -> None:
        if event.kind is Kind.CLOSE:
            self._close()
        elif event.kind is Kind.BROKEN:
            self.broken = (event.line, event.column)
            self._say(event, self._here(), event.flaws)
        elif self._is_within_limits(event):
            self._add(event)

    def _is_within_limits(self, event: Event) -> bool:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._stop(event, f"more than {MOST_NODES} values, a case file has fewer; reading stopped here")
        elif event.kind is not Kind.SCALAR and len(self._open) >= DEEPEST:
            self._stop(event, f"nested deeper than {DEEPEST} levels, reading stopped here")
        return not self._stopped

    def _add(self, event: Event) -> None:
        branch = self._open[-1] if self._open else None
        if branch is not None and isinstance(branch.container, dict) and branch.key is None:
            self._add_key(event, branch, branch.container)
        else:
            self._add_value(event, branch)

    def _add_key(self, event: Event, branch: _Branch, siblings: dict[str, object]) -> None:
        key = event.value if isinstance(event.value, str) else event.text or "?"
        path = (*branch.path, key)
        goes_on = branch.last is not None and _goes_on(branch.last[0], event)
        flaws = [] if goes_on else [*event.flaws, *_flaws_of_key(event)]
        if goes_on:
            self._say_thousands(branch, event)
        elif not flaws and key in siblings:
            first = self.key_positions[path][0]
            flaws.append(f"this key is already there in line {first}, keep one of the two")
        self.key_positions.setdefault(path, (event.line, event.column))
        self._say(event, path, flaws)
        if event.kind is Kind.SCALAR:
            branch.key = key
        else:
            self._open.append(_Branch(path, {} if event.kind is Kind.MAPPING else [], is_key=True))

    def _add_value(self, event: Event, branch: _Branch | None) -> None:
        value: object = event.value
        if event.kind is not Kind.SCALAR:
            value = {} if event.kind is Kind.MAPPING else []
        path = self._attach(value, branch)
        if branch is not None and (event.text or not event.plain):  # not the nothing after a lone key
            branch.last = event, path
        self.positions[path] = (event.line, event.column)
        if event.flaws or not path or isinstance(value, str):
            self._say(event, path, [*event.flaws, *_flaws_of_value(event, path)])
        if isinstance(value, (dict, list)):
            self._open.append(_Branch(path, value))

    def _say_thousands(self, branch: _Branch, rest: Event) -> None:
        """Say it at the number, once: of ``1,260,000`` the last part is known to belong to it too."""
        assert branch.last is not None
        number, path = branch.last
        together = number._replace(text=f"{number.text},{rest.text}")
        if "," not in number.text:
            sentence = "numbers take no thousands separator, write the digits together"
            self._say(number, path, [f"found {together.text}: {sentence}"])
        branch.last = together, path

    def _attach(self, value: object, branch: _Branch | None) -> Path:
        if branch is None:
            self.data = value
            return ()
        if isinstance(branch.container, list):
            branch.container.append(value)
            return (*branch.path, len(branch.container) - 1)
        key, branch.key = branch.key or "", None
        branch.container[key] = value
        return (*branch.path, key)

    def _close(self) -> None:
        closed = self._open.pop()
        if closed.is_key:
            self._open[-1].key = "?"

    def _here(self) -> Path:
        """Return the path of what is being read: the open branch, and the key that waits in it."""
        if not self._open:
            return ()
        branch = self._open[-1]
        return branch.path if branch.key is None else (*branch.path, branch.key)

    def _say(self, event: Event, path: Path, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            if len(self.findings) >= MOST_FINDINGS:
                self._stopped = True
                sentence = f"more than {MOST_FINDINGS} findings, reading stopped here"
            where = dotted(path)
            self.findings.append(Finding(self.name, event.line, event.column, "error", where, sentence))
            if self._stopped:
                return

    def _stop(self, event: Event, sentence: str) -> None:
        self._say(event, self._here(), [sentence])
        self._stopped = True


def _goes_on(before: Event, key: Event) -> bool:
    """Is the key the rest of the number before it, as in ``{value: 1,260}``?"""
    adjacent = (before.line, before.column + len(before.text) + 1) == (key.line, key.column)
    return bool(adjacent and key.plain and _THREE.fullmatch(key.text) and _START.fullmatch(before.text))


def _flaws_of_key(event: Event) -> Iterator[str]:
    shown = printable(event.text, 40)
    if event.kind is not Kind.SCALAR:
        shape = "mapping" if event.kind is Kind.MAPPING else "list"
        yield f"found a {shape} as a key, a key must be text"
    elif event.plain and event.text == "<<":
        yield "merge key << is not allowed, write the keys out"
    elif event.plain and (not isinstance(event.value, str) or _DATE.fullmatch(event.text)):
        yield (
            f'found {shown} as a key, a key must be text: write it in quotes, "{shown}"'
            if shown
            else ("found an empty key, expected a word before the colon")
        )
    else:
        yield from _flaws_of_text(event.value, LONGEST_KEY)


def _flaws_of_value(event: Event, path: Path) -> Iterator[str]:
    if not path and event.kind is not Kind.MAPPING:
        found = "a list" if event.kind is Kind.LIST else printable(event.text, 40) or "nothing"
        yield f"found {found}, expected a mapping: lines such as title: ..."
    yield from _flaws_of_text(event.value, LONGEST_TEXT)


def _flaws_of_text(value: object, longest: int) -> Iterator[str]:
    """Yield what is wrong with a text that was put together from escapes or is out of all proportion."""
    if not isinstance(value, str):
        return
    if len(value) > longest:
        yield f"found a text of {len(value)} characters, must be at most {longest}"
    match = _UNWRITABLE.search(value)
    if match:
        yield f"found the control character or half character {printable(match[0])} in a text, remove it"
