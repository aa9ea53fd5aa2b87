"""The front: all Pareto-efficient structures of a case, and what backs the claim that none is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from procure_opt.accounts.autonomy import highest_points
from procure_opt.accounts.values import NationalValues, Vector, national_values
from procure_opt.case.model import Case
from procure_opt.errors import UsageError
from procure_opt.structure.structure import Structure

OBJECTIVES = ("autonomy", "spinoff", "cost")
Bound = tuple[int | None, ...]


@dataclass(frozen=True)
class EfficientStructure:
    """One point of the front with the structure that stands for it."""

    case: Case
    values: Vector
    structure: Structure

    @property
    def id(self) -> str:
        """``S-`` and twelve hex digits."""
        return self.structure.id

    def nation(self, nation: str) -> NationalValues:
        """Return what a nation gets in this structure."""
        return national_values(self.case, self.structure, nation)

    @property
    def autonomy_percent(self) -> Fraction:
        """Autonomy in percent of its maximum (every nation can do everything alone)."""
        return Fraction(100 * self.values[0], highest_points(self.case) or 1)


@dataclass(frozen=True)
class Evidence:
    """What backs the claim of completeness.

    ``bounds`` are the final local upper bounds in box coordinates of (-autonomy, -spin-off, cost), None for
    no bound: the region that no structure of the front dominates lies below them. ``open_bounds`` are those
    below which nothing is proven. ``reason`` says why the front is not complete; None if it is.
    """

    resolution: tuple[int, int, int]
    bounds: tuple[Bound, ...]
    open_bounds: tuple[Bound, ...]
    proven_share: Fraction
    reason: str | None

    @property
    def complete(self) -> bool:
        """Is every zone closed?"""
        return self.reason is None and not self.open_bounds


@dataclass(frozen=True)
class Journey:
    """How the result came about: for the manifest, never part of the result."""

    engine: str
    solves: int
    cut_off: int
    seconds_by_phase: dict[str, float] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Front(Sequence[EfficientStructure]):
    """All efficient structures, from most to least autonomy (then spin-off, then cost)."""

    case: Case
    structures: tuple[EfficientStructure, ...]
    evidence: Evidence
    journey: Journey

    @property
    def complete(self) -> bool:
        """Is it proven that no efficient structure is missing (at the stated resolution)?"""
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
            return self._by_id(key)
        return self.structures[key]  # type: ignore[return-value]

    def _by_id(self, prefix: str) -> EfficientStructure:
        fits = [each for each in self.structures if each.id.lower().startswith(prefix.lower())]
        if len(fits) != 1:
            known = ", ".join(each.id for each in self.structures[:8])
            found = "fits no structure" if not fits else f"fits {len(fits)} structures"
            raise UsageError(f'"{prefix}" {found} of this front; ids begin {known} ...')
        return fits[0]
