"""A table of distinct values: hundreds of structures share most of what is said of them."""

from __future__ import annotations

import json
from typing import Any

_as_key = json.JSONEncoder(sort_keys=True).encode


class Interned:
    """Values in the order in which they first came, each of them once.

    >>> lines = Interned()
    >>> [lines.place(each) for each in ("a", "b", "a")], lines.values
    ([0, 1, 0], ['a', 'b'])
    """

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[str, int] = {}

    def place(self, value: Any) -> int:
        """Return where the value stands; it is added if it is new."""
        key = _as_key(value)
        if key not in self._places:
            self._places[key] = len(self.values)
            self.values.append(value)
        return self._places[key]

    def places(self, values: list[Any]) -> list[int]:
        """Return where each of the values stands."""
        return [self.place(value) for value in values]
