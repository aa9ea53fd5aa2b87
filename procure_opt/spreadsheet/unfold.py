"""From the data of a case file to tables: every value finds its sheet, its row and its column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from procure_opt.case.paths import Path
from procure_opt.errors import UsageError

from . import layout
from .cells import other_cell, text_cell
from .layout import ABOUT, ITSELF, LONG_KEYS, Page
from .meaning import description, field_names, has_fields, is_condition, is_number, is_text
from .sheet import LONGEST_TEXT, Sheet, Value

Keys = tuple[str | int, ...]
Rank = tuple[str, Keys]
"""Edition (empty: outside `editions`) and keys: what names a row."""

_HINT = "# lines that begin with # are passed over; edition left empty: holds for all"
_LISTED = {
    "item": "what the number or word is, as a path",
    "value": "exactly as the case has it",
    "low": "lower end of the range one would defend",
    "high": "upper end of it",
    "unit": "as the source gives it",
    "basis": "retrieved, recalled, derived or assumed",
    "source": "id among the sources, with a fact id after a slash",
    "note": "how it was read or derived, or why it was assumed",
}


@dataclass(slots=True)
class Tables:
    """The tables while they grow: of each page the rows in columns, and the rows that list items."""

    wide: dict[str, dict[Rank, dict[Path, object]]] = field(default_factory=dict)
    listed: dict[str, list[tuple[Rank, Path, object]]] = field(default_factory=dict)

    def open(self, page: Page, rank: Rank) -> None:
        """Make a row in which nothing stands yet."""
        self.wide.setdefault(page.name, {}).setdefault(rank, {})

    def put(self, page: Page, rank: Rank, item: Path, value: object, *, listed: bool) -> None:
        """Put a value into its column, or into a row of its own."""
        if listed or page.listing:
            self.listed.setdefault(page.name, []).append((rank, item, value))
        else:
            self.wide.setdefault(page.name, {}).setdefault(rank, {})[item] = value


def sheets(data: dict[str, object]) -> Iterator[Sheet]:
    """Yield the sheets of a case file, in the order of the layout; sheets that would be empty are left out.

    Raises :class:`UsageError` for a text that no cell holds.
    """
    tables = Tables()
    editions = data.get("editions")
    patches = editions if isinstance(editions, dict) and editions else {}
    rest = {key: value for key, value in data.items() if key != "editions" or not patches}
    _thing(tables, ABOUT, ("", ()), rest)
    for name, patch in patches.items():
        _thing(tables, ABOUT, (name, ()), patch)
    yield _read_me(data)
    for page in layout.PAGES:
        if page.name in tables.wide:
            yield _wide_sheet(page, tables.wide[page.name])
        if page.name in tables.listed:
            yield _listing(page, tables.listed[page.name])


# -- where every value stands ----------------------------------------------------------------------------


def _thing(tables: Tables, page: Page, rank: Rank, value: object) -> None:
    """Put a thing of a page: a mapping field by field, anything else as itself."""
    if not isinstance(value, dict) or (not value and page.listing):
        tables.put(page, rank, (ITSELF,), value, listed=page.listing)
        return
    if not value:
        tables.open(page, rank)
    for name, each in value.items():
        _field(tables, page, rank, (name,), each)


def _field(tables: Tables, page: Page, rank: Rank, item: Path, value: object) -> None:
    """Put what stands at a path below a thing: on a page of its own, or here."""
    path = (*page.path(rank[1]), *item)
    shape = layout.shape_of(path)
    own = layout.page_at(shape)
    if value and own is not None and isinstance(value, dict):
        _thing(tables, own, (rank[0], _keys(own, path)), value)
    elif value and isinstance(value, dict) and (below := layout.page_at((*shape, layout.ANY))):
        for name, each in value.items():
            _thing(tables, below, (rank[0], _keys(below, (*path, name))), each)
    elif value and isinstance(value, list) and (below := layout.page_at((*shape, layout.PLACE))):
        for number, each in enumerate(value, start=1):
            _thing(tables, below, (rank[0], _keys(below, (*path, number))), each)
    elif value and isinstance(value, dict) and _is_divided(path, shape, value):
        for name, each in value.items():
            _field(tables, page, rank, (*item, name), each)
    else:
        tables.put(page, rank, item, value, listed=_is_long(path, value))


def _keys(page: Page, path: Path) -> Keys:
    """Return the parts of a path that name a thing of the page."""
    return tuple(
        part for part, want in zip(path, page.pattern, strict=True) if want in (layout.ANY, layout.PLACE)
    )


def _is_divided(path: Path, shape: tuple[str, ...], value: dict[str, object]) -> bool:
    """Does each part of the mapping get a column or row of its own?"""
    if is_condition(path) or _is_long(path, value):
        return False  # a condition is read as one sentence, in one cell
    return layout.leads_to_a_page(shape) or has_fields(path) or _holds_a_long_form(path, value)


def _holds_a_long_form(path: Path, value: dict[str, object]) -> bool:
    return any(
        isinstance(each, dict) and (_is_long((*path, name), each) or _holds_a_long_form((*path, name), each))
        for name, each in value.items()
    )


def _is_long(path: Path, value: object) -> bool:
    """Is it a number in the long form, or what an edition changes of one? (Just a value: no, see fold.)"""
    if (
        not isinstance(value, dict)
        or not value
        or not value.keys() <= set(LONG_KEYS)
        or value.keys() == {"value"}
    ):
        return False
    return is_number(path) and not any(isinstance(each, dict | list) for each in value.values())


# -- sheets ----------------------------------------------------------------------------------------------


def _wide_sheet(page: Page, rows: dict[Rank, dict[Path, object]]) -> Sheet:
    some = page.path(_any_keys(page))
    order = field_names(some)
    found = list(dict.fromkeys(item for row in rows.values() for item in row))
    found.sort(key=lambda item: order.index(str(item[0])) if item[0] in order else len(order))
    head: list[Value] = [layout.EDITION, *page.keys, *(".".join(map(str, item)) for item in found)]
    said: list[Value] = [_HINT, *(page.what if place == 0 else None for place in range(len(page.keys)))]
    said += [description((*some, *item)) or None for item in found]
    body = [
        _checked(page, [*_named(rank), *(_cell(page, rank, item, row) for item in found)])
        for rank, row in rows.items()
    ]
    return Sheet(page.name, [head, said, *body], bold=(0,), grey=(1,), frozen=(2, 1 + len(page.keys)))


def _any_keys(page: Page) -> Keys:
    """Keys of some thing of the page, to ask the format about."""
    wants = [want for want in page.pattern if want in (layout.ANY, layout.PLACE)]
    return tuple(1 if want == layout.PLACE else "x" for want in wants)


def _named(rank: Rank) -> list[Value]:
    edition, keys = rank
    return [edition or None, *(key if isinstance(key, int) else text_cell(key) for key in keys)]


def _cell(page: Page, rank: Rank, item: Path, row: dict[Path, object]) -> Value:
    if item not in row:
        return None
    text = is_text((*page.path(rank[1]), *item))
    return text_cell(row[item]) if text else other_cell(row[item])


def _listing(page: Page, rows: list[tuple[Rank, Path, object]]) -> Sheet:
    head: list[Value] = [layout.EDITION, *page.keys, *_LISTED]
    said: list[Value] = [_HINT, *(page.what if place == 0 else None for place in range(len(page.keys)))]
    body = [_checked(page, [*_named(rank), *_listed(page, rank, item, value)]) for rank, item, value in rows]
    frozen = (2, 2 + len(page.keys))
    return Sheet(page.numbers, [head, [*said, *_LISTED.values()], *body], bold=(0,), grey=(1,), frozen=frozen)


def _listed(page: Page, rank: Rank, item: Path, value: object) -> list[Value]:
    name = ".".join(map(str, item))
    path = (*page.path(rank[1]), *item)
    if isinstance(value, dict) and _is_long(path, value):
        told = (_part(key, value[key]) if key in value else None for key in LONG_KEYS)
        return [name, *told]
    return [name, text_cell(value) if is_text(path) else other_cell(value)]


def _part(key: str, value: object) -> Value:
    return other_cell(value) if key in ("value", "low", "high") else text_cell(value)


def _checked(page: Page, row: list[Value]) -> list[Value]:
    """Return the row; spreadsheet programs cut longer texts, so they are refused."""
    for cell in row:
        if isinstance(cell, str) and len(cell) > LONGEST_TEXT:
            place = " ".join(str(key) for key in row[: 1 + len(page.keys)] if key is not None)
            raise UsageError(
                f"{page.name} {place}: a text of {len(cell)} characters; a cell holds {LONGEST_TEXT}"
            )
    return row


def _read_me(data: dict[str, object]) -> Sheet:
    """Return the first sheet, which tells how the others are read; nothing is read from it."""
    lines = (
        f"# {data.get('title', 'A case')}".replace("\n", " "),
        f"# {data.get('marking', '')}",
        "# A case of procure-opt as a workbook. procure-opt convert THIS.xlsx CASE.yaml makes the case file.",
        "# One sheet per kind of thing, one row per thing. An empty cell is not stated: its default holds.",
        f"# Sheets that end in '{layout.NUMBERS}' list numbers with range, unit, basis, source and note.",
        "# edition: empty for what holds in all editions; with a name, what that edition has instead.",
        "# null takes away what stands outside the editions; (itself) is for a whole row that is taken away.",
        "# Lists are written [a, b], mappings {a: 1}; texts that could be mistaken stand in double quotes.",
        "# No formulas: write the value, and in the note how it was derived.",
        "# Rows that begin with # and sheets whose name begins with _ are yours; they are passed over.",
    )
    return Sheet(layout.READ_ME, [[line] for line in lines], bold=(0,))
