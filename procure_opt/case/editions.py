"""Editions: one file, several decisions; each states what was different when it was taken.

An edition is a merge patch (RFC 7386) over the rest of the file: a mapping is merged key by key, any other
value replaces what stands there, null removes the key. So a number that all editions share is stated once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from procure_opt.errors import CaseError, Finding, printable

from .document import Document
from .paths import Path
from .shapes import some
from .spelling import closest
from .validate import Remark

MARK = "@"
"""``gcap@2022`` is the edition 2022 of the case gcap."""


def editions_of(document: Document) -> tuple[str, ...]:
    """Return the names of all editions of a file; that outside `editions` comes first, "" if unnamed."""
    data = document.data if isinstance(document.data, dict) else {}
    others = data.get("editions")
    named = data.get("edition")
    first = (named if isinstance(named, str) else "",)
    return (*first, *sorted(others if isinstance(others, dict) else ()))


def edition(document: Document, name: str | None) -> Document:
    """Return the document of one edition, without the others; None is the one outside `editions`.

    Raises :class:`CaseError` if the file has no such edition.

    >>> toy = Document("toy.yaml", {"a": {"b": 1, "c": 2}, "editions": {"2022": {"a": {"b": 3}}}}, {}, {})
    >>> edition(toy, "2022").data
    {'a': {'b': 3, 'c': 2}, 'edition': '2022'}
    """
    known = editions_of(document)
    data = document.data
    others = data.get("editions") if isinstance(data, dict) else None
    if name is None or (isinstance(data, dict) and data.get("edition") == name):
        return _without_editions(document)
    if name not in known or not isinstance(others, dict) or not isinstance(data, dict):
        told = f"it has {', '.join(filter(None, known)) or 'none'}"
        message = f'found no edition "{name}" in this file; {told}'
        raise CaseError([Finding(document.name, 0, 0, "error", "editions", message)])
    patch = others[name]
    if not isinstance(patch, dict):
        return document
    base = {key: value for key, value in data.items() if key != "editions"}
    merged = _merged(base, patch) | {"edition": name}
    at = ("editions", name)
    return replace(
        document,
        data=merged,
        positions=_moved(document.positions, at),
        key_positions=_moved(document.key_positions, at),
    )


def flaws_of_patch(document: Document, name: str | None) -> Iterator[Remark]:
    """Yield what is wrong with the patch of an edition as a patch; for None, with how the file names its own.

    Merging would pass over both in silence: a patch that is never used, a key to remove that is not there.

    >>> toy = Document("toy.yaml", {"off": [], "editions": {"2022": {"of": None}}}, {}, {})
    >>> [remark.path for remark in flaws_of_patch(toy, "2022")]
    [('editions', '2022', 'of')]
    """
    data = document.data if isinstance(document.data, dict) else {}
    patches = data.get("editions")
    own = data.get("edition")
    if not isinstance(patches, dict):
        return
    if name is None or name == own:
        if isinstance(own, str) and own in patches:
            told = f'"{printable(own, 60)}" is the name of the edition outside `editions` already'
            message = f"{told}, so this patch is never used: rename one of the two"
            yield Remark(("editions", own), "error", message, at_key=True)
    elif isinstance(patches.get(name), dict):
        base = {key: value for key, value in data.items() if key != "editions"}
        yield from _idle_removals(base, patches[name], ("editions", name))


def _idle_removals(base: Mapping[str, Any], patch: Mapping[str, Any], at: Path) -> Iterator[Remark]:
    """Yield the keys that the patch removes and that are not there: what was meant to go would stay."""
    for key, value in patch.items():
        below = base.get(key)
        if value is None and key not in base:
            near = closest(key, base)
            hint = f'; did you mean "{near}"?' if near else ""
            known = f"({some(sorted(base), 12)})" if base else "(nothing is)"
            message = (
                f'null removes "{printable(key, 60)}", which is not there outside `editions` {known}{hint}'
            )
            yield Remark((*at, key), "error", message, at_key=True)
        elif isinstance(value, dict) and isinstance(below, dict):
            yield from _idle_removals(below, value, (*at, key))


def _without_editions(document: Document) -> Document:
    """Drop the other editions if they have the right form; else they stay, to be complained about."""
    data = document.data
    if not isinstance(data, dict) or not isinstance(data.get("editions"), dict):
        return document
    if not all(isinstance(each, dict) for each in data["editions"].values()):
        return document
    return replace(document, data={key: value for key, value in data.items() if key != "editions"})


def _merged(base: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict):
            below = merged.get(key)
            merged[key] = _merged(below if isinstance(below, dict) else {}, value)
        else:
            merged[key] = value
    return merged


def _moved(places: Mapping[Path, tuple[int, int]], at: Path) -> dict[Path, tuple[int, int]]:
    """Return where everything is: what the edition states stands in its patch."""
    moved = dict(places)
    below = ((path, place) for path, place in places.items() if path[: len(at)] == at and path != at)
    moved |= {path[len(at) :]: place for path, place in below}
    return moved
