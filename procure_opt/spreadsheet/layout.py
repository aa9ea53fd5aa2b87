"""Which part of a case stands on which sheet: a table per kind of thing, one row per thing.

A pattern is a path in the case file; ``*`` stands for a name (its column is a key of the table), ``#`` for
the place in a list, from 1. What no pattern reaches stands in a column of the nearest table above it, under
its path from there (``budget.total``).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from procure_opt.case.paths import Path

ANY, PLACE = "*", "#"
EDITION = "edition"
ITEM, VALUE = "item", "value"
LONG_KEYS = ("value", "low", "high", "unit", "basis", "source", "note")
"""The long form of a number; each has a column on the sheets that list numbers."""
ITSELF = "(itself)"
"""Column for a thing that is no mapping of its own: null where an edition takes it away."""
NUMBERS = " - numbers"
READ_ME = "read me"


@dataclass(frozen=True, slots=True)
class Page:
    """One kind of thing. ``listing``: all of it item by item, for few things with much to say of each."""

    name: str
    pattern: tuple[str, ...]
    keys: tuple[str, ...]
    what: str
    listing: bool = False

    @property
    def numbers(self) -> str:
        """The name of the sheet that lists its items one by one."""
        return self.name if self.listing else self.name + NUMBERS

    def path(self, keys: tuple[str | int, ...]) -> Path:
        """Return the path of a thing by its keys.

        >>> page_named("tiers").path(("aircraft", "core"))
        ('pillars', 'aircraft', 'tiers', 'core')
        """
        left = iter(keys)
        return tuple(next(left) if part in (ANY, PLACE) else part for part in self.pattern)


_PACKAGE = "pillars.*.packages.*"
_DECLARED = (
    ("about", "", "", "the case as a whole", True),
    ("sources", "sources.*", "source", "documents that facts come from"),
    ("nations", "nations.*", "nation", "states that decide"),
    ("task weights", "nations.*.task_weights", "nation", "points per task, 100 in all"),
    ("task grounds", "nations.*.task_grounds.*", "nation task", "the fact behind a weight or class"),
    ("others", "others.*", "other", "holders that are no member"),
    ("functions", "functions.*", "function", "what must be commanded"),
    ("tasks", "tasks.*", "task", "what a sovereign wants to be able to do"),
    ("task needs", "tasks.*.needs", "task", "level needed of each function, 0 to 4"),
    ("needs", "needs.*", "need", "what each nation fills exactly once"),
    (
        "outside options",
        "needs.*.outside.*.*",
        "need nation option",
        "ways to fill a need without the others",
    ),
    ("pillars", "pillars.*", "pillar", "units of cooperation", True),
    ("tiers", "pillars.*.tiers.*", "pillar tier", "roles in a pillar"),
    ("rights", "pillars.*.rights.*", "pillar regime", "rights regimes, of which one is chosen"),
    ("rights levels", "pillars.*.rights.*.levels.*", "pillar regime tier", "access level by role, 0 to 4"),
    ("coordination", "pillars.*.coordination.table.#", "pillar place", "cost of governance by partners"),
    ("price bands", "pillars.*.production.bands.#", "pillar place", "unit price by total quantity"),
    ("variants", "pillars.*.variants.*", "pillar variant", "requirement options"),
    ("delays", "pillars.*.service.delays.#", "pillar place", "later service by partners"),
    ("packages", _PACKAGE, "pillar package", "pieces of work, and in which ways they may be shared"),
    ("cost indices", f"{_PACKAGE}.cost_index_percent", "pillar package", "cost by nation, 100 = reference"),
    ("competence", f"{_PACKAGE}.competence_percent", "pillar package", "competence by nation, percent"),
    ("arrangements", f"{_PACKAGE}.listed.#", "pillar package place", "single arrangements that are allowed"),
    ("forbidden", f"{_PACKAGE}.forbidden.#", "pillar package place", "single arrangements that are not"),
    (
        "content",
        f"{_PACKAGE}.controlled_content.#",
        "pillar package place",
        "content whose owner can deny it",
    ),
    ("release caps", "pillars.*.release_caps.#", "pillar place", "what leads let others have at most"),
    ("destinations", "pillars.*.export.destinations.*", "pillar destination", "buyers outside the case"),
    ("lines", "pillars.*.lines.configurations.*", "pillar configuration", "where final assembly stands"),
    ("licences", "pillars.*.licences.*", "pillar licence", "side deals on offer"),
    ("red lines", "red_lines.*", "red_line", "what owners refuse"),
    ("incompatible", "incompatible.*", "rule", "nations that will not sit together"),
    ("links", "links.*", "link", "pillars that hang together"),
    ("history", "historical.*", "record", "what was really agreed"),
    ("history pillars", "historical.*.pillars.*", "record pillar", "what became of a pillar"),
    ("history packages", "historical.*.pillars.*.packages.*", "record pillar package", "who led and held it"),
    ("falsifiers", "falsifiers.*", "falsifier", "what would show that the case is wrong"),
    ("seats", "seats.*", "seat", "who plays, for games"),
    ("injects", "injects.*", "inject", "prepared events, for games"),
)


def _page(name: str, pattern: str, keys: str, what: str, listing: bool = False) -> Page:
    return Page(name, tuple(pattern.split(".")) if pattern else (), tuple(keys.split()), what, listing)


PAGES = tuple(_page(*each) for each in _DECLARED)
ABOUT = PAGES[0]


@functools.cache
def page_named(name: str) -> Page | None:
    """Return the page of this name, None if there is none."""
    return next((page for page in PAGES if page.name == name), None)


@functools.cache
def page_at(shape: tuple[str, ...]) -> Page | None:
    """Return the page whose things have paths of this shape (``*`` for names, ``#`` for places)."""
    return next((page for page in PAGES if fits(page.pattern, shape)), None)


def fits(pattern: tuple[str, ...], shape: tuple[str, ...]) -> bool:
    """Does a path have the shape of the pattern? A name fits ``*``, but ``#`` only itself.

    >>> fits(("tasks", "*"), ("tasks", "operate")), fits(("tasks", "*"), ("tasks", "#"))
    (True, False)
    """
    return len(pattern) == len(shape) and all(
        want == has or (want == ANY and has != PLACE) for want, has in zip(pattern, shape, strict=True)
    )


@functools.cache
def leads_to_a_page(shape: tuple[str, ...]) -> bool:
    """Is there a page for something further down?"""
    return any(len(page.pattern) > len(shape) and fits(page.pattern[: len(shape)], shape) for page in PAGES)


def shape_of(path: Path) -> tuple[str, ...]:
    """Return a path with places instead of numbers.

    >>> shape_of(("pillars", "aircraft", "release_caps", 0))
    ('pillars', 'aircraft', 'release_caps', '#')
    """
    return tuple(PLACE if isinstance(part, int) else part for part in path)


def sheet_names() -> Iterator[str]:
    """Yield every name that a sheet may have."""
    for page in PAGES:
        yield from dict.fromkeys((page.name, page.numbers))
