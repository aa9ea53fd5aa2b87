"""Values of the wrong form: a text where a number is expected, a true, a list, a mapping.

Pydantic would read the text "5" and even a true as a number; in a case file each is a mistake.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from .forms import Form, has_form
from .paths import Path
from .shapes import admitted, child, every_child, fitting
from .wording import misfit

MOST_MISFITS = 1_000


def misfits(annotation: Any, data: object) -> list[tuple[Path, str]]:
    """Return every place of ``data`` whose value has none of the forms that are expected there.

    Each comes with its sentence; below such a place nothing is looked at. The first 1 000 are enough.

    >>> misfits(dict[str, int], {"GBR": 3, "ITA": "many"})
    [(('ITA',), 'found the text "many", expected a whole number')]
    """
    return list(itertools.islice(_Walk().below(annotation, data, ()), MOST_MISFITS))


class _Walk:
    """A walk through data and types, which remembers what it has learnt of a type."""

    def __init__(self) -> None:
        # By identity, for annotations need not be hashable; holding them keeps the identities theirs.
        self._known: dict[int, tuple[Any, frozenset[Form]]] = {}

    def below(self, annotation: Any, value: object, path: Path) -> Iterator[tuple[Path, str]]:
        """Yield the misfits at ``path`` or below it."""
        if not self._fits(annotation, value):
            yield path, misfit(annotation, value)
            return
        leaf = fitting(annotation, value)
        of_all = every_child(leaf)
        for part, inner in _children(value):
            expected = child(leaf, part) if of_all is None else of_all
            is_simple = not isinstance(inner, (dict, list))
            if expected is None or (is_simple and self._fits(expected, inner)):
                continue
            yield from self.below(expected, inner, (*path, part))

    def _fits(self, annotation: Any, value: object) -> bool:
        if id(annotation) not in self._known:
            self._known[id(annotation)] = (annotation, admitted(annotation))
        return any(has_form(value, form) for form in self._known[id(annotation)][1])


def _children(value: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()
