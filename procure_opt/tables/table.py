"""A table: columns that say their unit, and rows of exact values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from procure_opt.case.model import Case
from procure_opt.words.names import money_unit

Cell = str | int | Fraction | None
Kind = Literal["text", "whole", "number"]
"""Texts, exact integers, or exact fractions (floats wherever a library knows none)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A name that a script can use, what its values are counted in, and their kind."""

    name: str
    unit: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; ``key`` is how many columns at the left name a row."""

    name: str
    what: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: int = 1


STRUCTURE = Column("structure", "id")


def whole(name: str, unit: str) -> Column:
    """Return a column of integers."""
    return Column(name, unit, "whole")


def number(name: str, unit: str) -> Column:
    """Return a column of fractions."""
    return Column(name, unit, "number")


def money(case: Case) -> str:
    """``million EUR, prices of 2024``."""
    return f"{money_unit(case)}, prices of {case.money.price_base}"


def together(words: Sequence[str]) -> str:
    """Return several words in one cell.

    >>> together(["operate", "upgrade"])
    'operate; upgrade'
    """
    return "; ".join(words)
