"""How far a case can be trusted: where each of its numbers comes from, counted.

Only numbers that the file states count, not defaults; levels, task weights and patterns are choices of
the modeller by form and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from .model import Case
from .nations import scaled_to_hundred
from .number import Number
from .paths import Path, dotted

BASES = ("retrieved", "recalled", "derived", "assumed", "unsourced")


@dataclass(frozen=True, slots=True)
class Entry:
    """A stated number: where, on what basis, and for the assumed its range (else None)."""

    path: Path
    basis: str
    range: tuple[str, str] | None = None

    @property
    def where(self) -> str:
        """The path as messages write it."""
        return dotted(self.path)


@dataclass(frozen=True, slots=True)
class Provenance:
    """All numbers that a case states, sorted by path."""

    entries: tuple[Entry, ...]

    def counts(self) -> dict[str, int]:
        """Return basis -> how many numbers rest on it, in the order from strong to weak."""
        return {basis: sum(entry.basis == basis for entry in self.entries) for basis in BASES}

    def percent(self) -> dict[str, int]:
        """Return basis -> whole percent, 100 in all (nothing if the case states no number)."""
        return scaled_to_hundred(self.counts()) if self.entries else {}

    def assumed(self) -> tuple[Entry, ...]:
        """Return the assumed numbers, each with its range."""
        return tuple(entry for entry in self.entries if entry.basis == "assumed")

    def __str__(self) -> str:
        """Tell it in a sentence: ``214 numbers: 61 % retrieved, ...``."""
        percent, counts = self.percent(), self.counts()
        shares = ", ".join(f"{percent[basis]} % {basis}" for basis in BASES if counts[basis])
        many = f"{len(self.entries)} number{'' if len(self.entries) == 1 else 's'}"
        return f"{many}: {shares}" if shares else many


def as_stated(case: Case) -> Case:
    """Return the case without numbers that say what silence would mean, and without its resolution.

    A case that was read back from a result has all defaults filled in; its file had not. So both tell the
    same.
    """
    stated = case.model_dump(by_alias=True, exclude_defaults=True, exclude={"resolution"})
    return Case.model_validate(stated)


def provenance(case: Case) -> Provenance:
    """Return where every number of the case comes from.

    >>> from procure_opt.case.nations import Budget
    >>> str(Provenance(tuple(Entry(path, _basis(number)) for path, number in _numbers(Budget(total=3), ()))))
    '1 number: 100 % unsourced'
    """
    entries = (Entry(path, _basis(number), _range(number)) for path, number in stated_numbers(case))
    return Provenance(tuple(sorted(entries, key=lambda entry: dotted(entry.path))))


def stated_numbers(case: Case) -> Iterator[tuple[Path, Number]]:
    """Yield every number that the file states, with its path."""
    return _numbers(case, ())


def _numbers(value: object, at: Path) -> Iterator[tuple[Path, Number]]:
    if isinstance(value, Number):
        yield at, value
    elif isinstance(value, BaseModel):
        fields = type(value).model_fields
        for name in sorted(value.model_fields_set & fields.keys()):
            yield from _numbers(getattr(value, name), (*at, fields[name].alias or name))
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _numbers(below, (*at, key))
    elif isinstance(value, tuple):
        for number, below in enumerate(value):
            yield from _numbers(below, (*at, number))


def _basis(number: Number) -> str:
    return number.basis if number.basis is not None else "unsourced"


def _range(number: Number) -> tuple[str, str] | None:
    return (str(number.low), str(number.high)) if number.basis == "assumed" else None
