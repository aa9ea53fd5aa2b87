"""A claim: these are the efficient structures of a case, and this backs that none is missing.

It is what a result file states, what `verify` judges and what every teller tells. How it came about (the
solver, the time) is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from procure_opt.accounts.cost import cost_items
from procure_opt.accounts.values import NationalValues, Vector, national_values
from procure_opt.accounts.views import cost_parts, maximum
from procure_opt.case.model import Case
from procure_opt.errors import UsageError, printable
from procure_opt.structure.structure import Structure

OBJECTIVES = ("autonomy", "spinoff", "cost")
Bound = tuple[int | None, ...]
_NAMED = 8


@dataclass(frozen=True)
class Efficient:
    """A structure with its three values: autonomy points, spin-off and cost in million."""

    case: Case
    values: Vector
    structure: Structure

    @property
    def id(self) -> str:
        """``S-`` and twelve hex digits."""
        return self.structure.id

    def nation(self, nation: str) -> NationalValues:
        """Return what a nation gets in this structure."""
        return self._nations[nation]

    @cached_property
    def _nations(self) -> dict[str, NationalValues]:
        """Remembered: every sheet, page and file asks."""
        return {nation: national_values(self.case, self.structure, nation) for nation in self.case.nations}

    def bill(self, nation: str) -> list[tuple[str, Fraction]]:
        """Return (item, million) of everything that a nation pays, see :func:`.accounts.cost.cost_items`."""
        return self._bills[nation]

    @cached_property
    def _bills(self) -> dict[str, list[tuple[str, Fraction]]]:
        return {nation: cost_items(self.case, self.structure, nation) for nation in self.case.nations}

    @property
    def cost(self) -> Fraction:
        """Cost in million (per mille of what could be saved in the egalitarian view)."""
        return Fraction(self.values[2], cost_parts(self.case))

    @property
    def autonomy_percent(self) -> Fraction:
        """Autonomy in percent of its maximum (every nation can do everything alone)."""
        return autonomy_percent(self.case, self.values[0])


def autonomy_percent(case: Case, points: int) -> Fraction:
    """Return autonomy in percent of its maximum (every nation can do everything alone)."""
    return Fraction(100 * points, maximum(case) or 1)


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
        """True if every zone is closed."""
        return self.reason is None and not self.open_bounds


@dataclass(frozen=True)
class Claim:
    """All that was found, from most to least autonomy (then spin-off, then cost), and its evidence."""

    case: Case
    structures: tuple[Efficient, ...]
    evidence: Evidence

    def find(self, prefix: str) -> Efficient:
        """Return the structure with this id; any unique beginning will do, with or without ``S-``.

        Raises :class:`UsageError` if none or several begin so.
        """
        return self.structures[position(prefix, [each.id for each in self.structures])]

    @property
    def extremes(self) -> dict[str, Efficient | None]:
        """The best structure by each single objective; ties go to the better of the others in their order."""
        return {name: best_by(place, self.structures) for place, name in enumerate(OBJECTIVES)}


def minimised(vector: Vector) -> tuple[int, int, int]:
    """Return the vector with less being better everywhere.

    >>> minimised((1060, 920, 9301))
    (-1060, -920, 9301)
    """
    return -vector[0], -vector[1], vector[2]


def best_by(place: int, structures: Sequence[Efficient]) -> Efficient | None:
    """Return the best structure by one objective (0 autonomy, 1 spin-off, 2 cost); None if there is none."""

    def ranked(each: Efficient) -> tuple[int, ...]:
        values = minimised(each.values)
        return values[place], *values

    return min(structures, key=ranked, default=None)


def position(prefix: str, ids: Iterable[str]) -> int:
    """Return the place of the only id that begins with ``prefix`` (``S-`` may be left out).

    >>> position("7f", ["S-19c2", "S-7f3a"])
    1
    """
    known = list(ids)
    wanted = prefix.lower()
    wanted = wanted if "s-".startswith(wanted[:2]) else f"s-{wanted}"
    fits = [place for place, each in enumerate(known) if each.lower().startswith(wanted)]
    if len(fits) == 1:
        return fits[0]
    found = f"fits {len(fits)} structures" if fits else "fits no structure"
    shown = [known[place] for place in fits] or _nearest_first(wanted, known)
    more = " ..." if len(shown) > _NAMED else ""
    raise UsageError(
        f'"{printable(prefix)}" {found} of this result: {", ".join(shown[:_NAMED]) or "it has none"}{more}'
    )


def _nearest_first(wanted: str, known: list[str]) -> list[str]:
    """Sort ids by how much of their beginning agrees."""

    def agreeing(each: str) -> int:
        return next(
            (i for i, (a, b) in enumerate(zip(wanted, each.lower(), strict=False)) if a != b), len(wanted)
        )

    return sorted(known, key=lambda each: (-agreeing(each), each))
