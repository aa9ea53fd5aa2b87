"""The front: all Pareto-efficient structures of a case, and what backs the claim that none is missing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from procure_opt.accounts.values import Vector
from procure_opt.case.model import Case
from procure_opt.claim import OBJECTIVES, Bound, Claim, Efficient, Evidence, position
from procure_opt.drawing.page import page
from procure_opt.plots import Plots
from procure_opt.result.read import read_claim
from procure_opt.result.write import save_result, write_whole
from procure_opt.tables import Frames
from procure_opt.words.compare import compare
from procure_opt.words.explain import explain
from procure_opt.words.opening import opening
from procure_opt.words.table import table

__all__ = [
    "OBJECTIVES",
    "Bound",
    "EfficientStructure",
    "Evidence",
    "Front",
    "Journey",
    "StatedFront",
    "read_result",
]

_ONE_SCREEN = 20


@dataclass(frozen=True)
class EfficientStructure(Efficient):
    """One point of the front with the structure that stands for it."""

    beside: tuple[Efficient, ...] = field(default=(), repr=False, compare=False)
    """The front that it belongs to."""

    def explain(self) -> str:
        """Return in plain words who leads, who pays, what it wins and gives up."""
        return "\n".join(explain(self, self.beside))


@dataclass(frozen=True)
class Journey:
    """How the result came about: for the manifest, never part of the result."""

    engine: str
    """"sweep", or "sweep, then" the exact solver that was asked about the rest."""
    workers: int
    looked_at: int
    """Sets of choices whose bounds were computed, by arithmetic."""
    solves: int
    """How often the exact solver has run, in parts of the case too large for arithmetic."""
    cut_off: int
    """Answers of the exact solver that did not stand up to the plain definitions."""
    seconds_by_phase: dict[str, float] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    """Version and options of the exact solver, as it reports them itself; none if it was not asked."""
    closed: int = 0
    """How many zones are closed: nothing lies strictly below their bounds."""
    closed_by_solver_too: int = 0
    """Of how many of them that rests on the exact solver's word as well, and not on arithmetic alone."""


@dataclass(frozen=True, repr=False)
class StatedFront(Sequence[EfficientStructure]):
    """All efficient structures as somebody states them, from most to least autonomy (then spin-off, cost).

    ``plot`` and ``frames`` hold its pictures and tables, one method each.
    """

    case: Case
    structures: tuple[EfficientStructure, ...]
    evidence: Evidence

    def __post_init__(self) -> None:
        """Let every structure know the front that it is on."""
        neighbours = tuple(Efficient(each.case, each.values, each.structure) for each in self.structures)
        told = tuple(replace(each, beside=neighbours) for each in self.structures)
        object.__setattr__(self, "structures", told)

    @property
    def claim(self) -> Claim:
        """What the front states, without how it came about."""
        return Claim(self.case, self.structures, self.evidence)

    @property
    def complete(self) -> bool:
        """True if it is proven that no efficient structure is missing (at the stated resolution)."""
        return self.evidence.complete

    @property
    def vectors(self) -> tuple[Vector, ...]:
        """(autonomy points, spin-off, cost) of each structure."""
        return tuple(each.values for each in self.structures)

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.structures)

    def __iter__(self) -> Iterator[EfficientStructure]:
        """Iterate over the structures."""
        return iter(self.structures)

    def __getitem__(self, key: int | str | slice) -> EfficientStructure:  # type: ignore[override]
        """Return a structure by position or by any unique prefix of its id."""
        if isinstance(key, str):
            return self.structures[position(key, [each.id for each in self.structures])]
        return self.structures[key]  # type: ignore[return-value]

    def __repr__(self) -> str:
        """Return the front on one screen."""
        lines = opening(self.claim) + table(self.case, self.structures[:_ONE_SCREEN])
        rest = len(self) - _ONE_SCREEN
        return "\n".join([*lines, f"... and {rest} more"] if rest > 0 else lines)

    def _repr_html_(self) -> str:
        """Return the front as a notebook shows it: a table with a static picture."""
        return page(self.claim)

    @property
    def plot(self) -> Plots:
        """Its pictures as plotly figures (``procure-opt[plot]``): ``front.plot.tradeoff()``."""
        return Plots(self.claim)

    @property
    def frames(self) -> Frames:
        """Its tables as pandas frames (``procure-opt[frame]``): ``front.frames.nations()``."""
        return Frames(self.claim)

    def to_frame(self) -> Any:
        """Return a pandas frame with one row per structure; units in its ``attrs["units"]``."""
        return self.frames.points()

    def to_excel(self, path: str | os.PathLike[str]) -> None:
        """Write all tables as one workbook (``procure-opt[excel]``); nothing half-written."""
        from procure_opt.tables.workbook import workbook_bytes

        write_whole(Path(path), workbook_bytes(self.claim))

    def report(self, path: str | os.PathLike[str]) -> None:
        """Write one self-contained HTML page; an older page there is replaced, another file is not."""
        # Asked for by name: that room stands above this one, and imports point down.
        import_module("procure_opt.report").save_report(self.claim, path)

    def explain(self, key: int | str) -> str:
        """Return one structure in plain words."""
        return self[key].explain()

    def compare(self, first: int | str, second: int | str) -> str:
        """Return what changes from the first structure to the second, nation by nation."""
        return "\n".join(compare(self[first], self[second]))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the result file (nothing half-written; the same case gives the same bytes)."""
        save_result(self.claim, path)


@dataclass(frozen=True, repr=False)
class Front(StatedFront):
    """A front with how it came about: what ``solve`` returns."""

    journey: Journey


def read_result(source: str | os.PathLike[str]) -> StatedFront:
    """Return the front that a result file states: a ``result.json``, or the folder of a run.

    It is what the file says; ``procure-opt verify`` looks whether it stands.
    Raises :class:`ResultError` if it is no result file.
    """
    claim = read_claim(source)
    structures = tuple(
        EfficientStructure(each.case, each.values, each.structure) for each in claim.structures
    )
    return StatedFront(claim.case, structures, claim.evidence)
