"""Numbers say where they come from: a source with its basis, a basis with its source or note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from ..model import Case
from ..number import Number
from ..paths import Path
from ..provenance import stated_numbers
from ..shapes import field_of
from ..validate import Remark
from .saying import more, warning


def check_sources_come_with_a_basis(case: Case) -> Iterator[Remark]:
    """Check that a number with a source says if it was retrieved, recalled, derived or assumed."""
    bare = [
        path for path, number in stated_numbers(case) if number.source is not None and number.basis is None
    ]
    if bare:
        several = more("do", len(bare))
        yield warning(
            bare[0], f"it names a source but no basis{several}, so it counts as unsourced: add basis"
        )


def check_retrieved_numbers_name_their_source(case: Case) -> Iterator[Remark]:
    """Check that a number read at a source says which: its own, or that of the part of the case it is in."""
    silent = [path for path, number in _of_bases(case, "retrieved") if not _said(case, path, "source")]
    if silent:
        told = f"it is retrieved but names no source{more('do', len(silent))}"
        yield warning(silent[0], f"{told}: add source, or say recalled")


def check_own_numbers_say_why(case: Case) -> Iterator[Remark]:
    """Check that a number derived or assumed has a note, for nobody else can know how or why."""
    silent = [path for path, _ in _of_bases(case, "derived", "assumed") if not _said(case, path, "note")]
    if silent:
        told = f"it is derived or assumed without a note{more('are', len(silent))}"
        yield warning(silent[0], f"{told}: add note (from what it was reckoned, why it was assumed)")


def _of_bases(case: Case, *bases: str) -> Iterator[tuple[Path, Number]]:
    return ((path, number) for path, number in stated_numbers(case) if number.basis in bases)


def _said(case: Case, path: Path, name: str) -> bool:
    """Does the number, or a part of the case that holds it, state this field?"""
    at: Any = case
    for part in path:
        if isinstance(at, BaseModel):
            field = field_of(type(at), part)
            at = getattr(at, field[0]) if field is not None else None
        else:
            at = at[part]
        if getattr(at, name, None):
            return True
    return False
