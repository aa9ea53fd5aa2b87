"""From tables back to the data of a case file: the counterpart of ``unfold``; everything wrong at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from procure_opt.case.paths import Path, dotted
from procure_opt.case.spelling import closest
from procure_opt.errors import CaseError, Finding, printable

from . import layout
from .cells import Flaw, read_other, read_text
from .grid import Grid, Spot
from .grid import Page as Cells
from .layout import EDITION, ITEM, ITSELF, LONG_KEYS, Page
from .meaning import is_text

MOST_FINDINGS, DEEPEST = 100, 20
_HEAD = 1


class _Places(dict[int, object]):
    """A list that grows by places, in any order."""


@dataclass(slots=True)
class Folded:
    """What a workbook says: data as a case file has them, and the cell of every path."""

    data: dict[str, object] = field(default_factory=dict)
    spots: dict[Path, Spot] = field(default_factory=dict)


@dataclass(slots=True)
class _Row:
    """A row whose edition and keys are known: where its values belong, and which page it is of."""

    page: Page
    edition: str
    base: Path
    spot: Spot


def folded(grid: Grid) -> Folded:
    """Return what the workbook says.

    Raises :class:`CaseError` with a finding for every cell that cannot be used.
    """
    folder = _Folder(grid)
    for number, cells in enumerate(grid.pages):
        folder.take(number, cells)
    if folder.findings:
        raise CaseError(folder.findings)
    data = folder.lists_closed(folder.root, ())
    if folder.findings:
        raise CaseError(folder.findings)
    assert isinstance(data, dict)
    return Folded(data, folder.spots)


@dataclass(slots=True)
class _Folder:
    """The data while they grow."""

    grid: Grid
    root: dict[str, object] = field(default_factory=dict)
    spots: dict[Path, Spot] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def say(self, spot: Spot, sentence: str, where: Path = ()) -> None:
        """Remember what is wrong with a cell."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(self.grid.finding(spot, sentence, dotted(where)))

    def take(self, number: int, cells: Cells) -> None:
        """Take in one sheet."""
        if cells.name.startswith("_") or cells.name == layout.READ_ME:
            return
        page, listing = _page_of(cells.name)
        if page is None:
            self.say(Spot(number, 1, 1), _unknown_sheet(cells.name))
            return
        heads = self._heads(number, cells, page, listing)
        if heads is None:
            return
        for place, row in sorted(cells.rows.items()):
            if place > _HEAD and not str(row.get(1, "")).startswith("#"):
                self._row(page, heads, row, Spot(number, place, 1), listing)

    def _heads(self, number: int, cells: Cells, page: Page, listing: bool) -> dict[int, str] | None:
        """Return the names of the columns; None if the keys are not there."""
        heads: dict[int, str] = {}
        for column, raw in sorted(cells.rows.get(_HEAD, {}).items()):
            name = str(raw).strip()
            if name in heads.values():
                self.say(Spot(number, _HEAD, column), f'the column "{name}" is there twice, keep one')
            heads[column] = name
        wanted = (EDITION, *page.keys, *((ITEM,) if listing else ()))
        missing = [name for name in wanted if name not in heads.values()]
        if missing:
            told = ", ".join(missing)
            self.say(Spot(number, _HEAD, 1), f"found no column {told}; row 1 names {', '.join(wanted)} first")
            return None
        if listing:
            known = (*wanted, *LONG_KEYS)
            for column, name in heads.items():
                if name not in known:
                    self.say(
                        Spot(number, _HEAD, column), f'found the column "{name}", known: {", ".join(known)}'
                    )
        return heads

    def _row(
        self, page: Page, heads: Mapping[int, str], row: Mapping[int, object], spot: Spot, listing: bool
    ) -> None:
        named = {
            heads[column]: (raw, spot._replace(column=column))
            for column, raw in row.items()
            if column in heads
        }
        for column in row:
            if column not in heads:
                self.say(spot._replace(column=column), "found a value in a column without a name in row 1")
        keys = self._keys(page, named, spot)
        if keys is None:
            return
        edition = self._text(*named[EDITION]) if EDITION in named else ""
        base = (*(("editions", edition) if edition else ()), *page.path(keys))
        kind = _Row(page, edition, base, spot)
        rest = {name: cell for name, cell in named.items() if name not in (EDITION, *page.keys)}
        if listing:
            self._listed(kind, rest)
        else:
            self._wide(kind, rest)

    def _keys(
        self, page: Page, named: Mapping[str, tuple[object, Spot]], spot: Spot
    ) -> tuple[str | int, ...] | None:
        """Return the keys of a row; None, and a finding for each, where they are not usable."""
        found: list[str | int] = []
        wants = [want for want in page.pattern if want in (layout.ANY, layout.PLACE)]
        for name, want in zip(page.keys, wants, strict=True):
            if name not in named:
                self.say(spot, f"found no {name} in this row, which names what the row is about")
            elif want == layout.PLACE:
                found += self._place(*named[name])
            elif text := self._text(*named[name]):
                found.append(text)
        return tuple(found) if len(found) == len(wants) else None

    def _place(self, raw: object, spot: Spot) -> list[int]:
        if isinstance(raw, bool) or not isinstance(raw, int | float) or raw < 1 or raw != int(raw):
            self.say(spot, f"found {printable(raw, 40)}, expected a place in the list: 1, 2, 3 ...")
            return []
        return [int(raw)]

    def _text(self, raw: object, spot: Spot) -> str:
        try:
            found = read_text(raw)
        except Flaw as flaw:
            self.say(spot, str(flaw))
            return ""
        return found if isinstance(found, str) else layout.ITSELF

    def _wide(self, row: _Row, cells: Mapping[str, tuple[object, Spot]]) -> None:
        """Take in the columns of a row; a row without any is a thing of which nothing is stated."""
        if not cells:
            self._put(row.base, {}, row.spot)
        for name, (raw, spot) in cells.items():
            self._value(row, name, raw, spot)

    def _value(self, row: _Row, name: str, raw: object, spot: Spot) -> None:
        item = () if name == ITSELF else tuple(name.split(".", DEEPEST))
        path = (*row.base, *item)
        if len(item) > DEEPEST:
            self.say(spot, f"found {printable(name, 40)}, a path of more than {DEEPEST} parts")
            return
        try:
            value = read_text(raw) if item and is_text(_in_case(path)) else read_other(raw)
        except Flaw as flaw:
            self.say(spot, str(flaw), path)
            return
        self._put(path, value, spot)

    def _listed(self, row: _Row, cells: Mapping[str, tuple[object, Spot]]) -> None:
        """Take in a row that lists one item: a number in the long form if it has more than a value."""
        if ITEM not in cells:
            self.say(row.spot, f"found no {ITEM} in this row, which names what the value is of")
            return
        item = self._text(*cells[ITEM])
        given = {name: cells[name] for name in LONG_KEYS if name in cells}
        if not given:
            self.say(row.spot, f"found neither a value nor anything else of {printable(item, 60)}")
        elif given.keys() == {layout.VALUE}:
            self._value(row, item, *given[layout.VALUE])
        else:
            path = (*row.base, *item.split(".", DEEPEST))
            self._put(path, {}, cells[ITEM][1])
            for name, (raw, spot) in given.items():
                self._part((*path, name), raw, spot)

    def _part(self, path: Path, raw: object, spot: Spot) -> None:
        try:
            value = read_other(raw) if path[-1] in ("value", "low", "high") else read_text(raw)
        except Flaw as flaw:
            self.say(spot, str(flaw), path)
            return
        self._put(path, value, spot)

    def _put(self, path: Path, value: object, spot: Spot) -> None:
        """Put a value at its path; whatever stands there already must be a mapping that can take it in."""
        at: object = self.root
        for number, part in enumerate(path[:-1]):
            at = self._below(at, part, path[: number + 1], path[number + 1], spot)
            if at is None:
                return
        last = path[-1] if path else ""
        if not path or not isinstance(at, dict):
            self.say(spot, f"found {ITSELF} of the whole case, which has no value of its own")
            return
        there = at.get(last)
        if last not in at:
            at[last] = dict(value) if isinstance(value, dict) else value
            self.spots.setdefault(path, spot)
        elif isinstance(there, dict) and isinstance(value, dict) and not set(there) & set(value):
            there.update(value)
        else:
            self._twice(path, spot)

    def _below(self, at: object, part: str | int, path: Path, following: str | int, spot: Spot) -> object:
        assert isinstance(at, dict)
        if part not in at:
            at[part] = _Places() if isinstance(following, int) else {}
            self.spots.setdefault(path, spot)
        if not isinstance(at[part], dict) or isinstance(at[part], _Places) != isinstance(following, int):
            self._twice(path, spot)
            return None
        return at[part]

    def _twice(self, path: Path, spot: Spot) -> None:
        first = self.grid.finding(self.spots.get(path, spot), "")
        place = str(first).partition(": error")[0].removeprefix(f"{self.grid.name}: ")
        self.say(spot, f"this is stated already at {place}, keep one of the two", path)

    def lists_closed(self, value: object, path: Path) -> object:
        """Return the data with lists for what grew by places; places must be 1, 2, 3 ... without a gap."""
        if isinstance(value, _Places):
            if sorted(value) != list(range(1, len(value) + 1)):
                told = ", ".join(str(place) for place in sorted(value)[:10])
                self.say(
                    self.spots[(*path, max(value))],
                    f"found the places {told}, expected 1 to {len(value)}",
                    path,
                )
            return [self.lists_closed(value[place], (*path, place)) for place in sorted(value)]
        if isinstance(value, dict):
            return {key: self.lists_closed(each, (*path, key)) for key, each in value.items()}
        return value


def _page_of(name: str) -> tuple[Page | None, bool]:
    """Return the page of a sheet, and whether the sheet lists items."""
    page = layout.page_named(name)
    if page is not None:
        return page, page.listing
    page = layout.page_named(name.removesuffix(layout.NUMBERS)) if name.endswith(layout.NUMBERS) else None
    return page, True


def _unknown_sheet(name: str) -> str:
    near = closest(name, tuple(_sheets()))
    meant = f'; did you mean "{near}"?' if near else ""
    own = "a sheet of your own has a name that begins with _"
    return f'"{printable(name, 40)}" is no sheet of a case{meant} ({own})'


def _sheets() -> Iterator[str]:
    yield from layout.sheet_names()


def _in_case(path: Path) -> Path:
    """Return the path without the edition before it."""
    return path[2:] if path[:1] == ("editions",) else path
