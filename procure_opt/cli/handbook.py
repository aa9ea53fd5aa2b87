"""Verb handbook: the user's guide, page by page, without a network."""

from __future__ import annotations

import argparse
from importlib.resources import files
from importlib.resources.abc import Traversable

from procure_opt.cli.screen import say, say_bytes
from procure_opt.errors import UsageError, printable

USAGE = "[PAGE]"
FIRST = (
    *("reading", "case_format", "model", "result", "redlines", "injects", "wargame"),
    *("python", "spreadsheet", "findings", "performance"),
)
"""In the order in which a newcomer needs them; whatever else there is comes after."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the verb takes."""
    parser.add_argument("page", metavar="PAGE", nargs="?", help="name of a page; left out: what there is")


def run(given: argparse.Namespace) -> int:
    """Print a page, or the list of pages with what each is about."""
    found = pages()
    if given.page is None:
        width = max(map(len, found))
        say([f"{name.ljust(width)}  {_title(page)}" for name, page in found.items()])
        say(["", "procure-opt handbook PAGE prints one"])
        return 0
    name = given.page.removesuffix(".md")
    if name not in found:
        from procure_opt.case.spelling import closest

        near = closest(name, tuple(found))
        meant = f'; did you mean "{near}"?' if near else ""
        raise UsageError(f'"{printable(given.page)}" is no page{meant} (pages: {", ".join(found)})')
    say_bytes(found[name].read_bytes())
    return 0


def pages() -> dict[str, Traversable]:
    """Return name -> page, those for everybody first, then the notes on decisions.

    >>> next(iter(pages()))
    'reading'
    """
    root = files("procure_opt").joinpath("handbook")
    plain, decisions = (_in(folder) for folder in (root, root.joinpath("decisions")))
    ordered = {name: plain[name] for name in (*FIRST, *plain) if name in plain}
    return ordered | {f"decisions/{name}": page for name, page in decisions.items()}


def _in(folder: Traversable) -> dict[str, Traversable]:
    found = {each.name.removesuffix(".md"): each for each in folder.iterdir() if each.name.endswith(".md")}
    return dict(sorted(found.items()))


def _title(page: Traversable) -> str:
    return page.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
