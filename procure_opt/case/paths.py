"""Where in a document: the path of a value, and how a message writes it."""

from __future__ import annotations

Path = tuple[str | int, ...]
Place = tuple[int, int]


def dotted(path: Path) -> str:
    """Return ``path`` as messages write it: keys with dots, list indexes (from 0) in brackets.

    >>> dotted(("pillars", "fighter", "work", 0, "min_percent"))
    'pillars.fighter.work[0].min_percent'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")
