"""One structure for each point: the one with the smallest decisions in sorted-key order.

Many structures can share a vector, and which of them a solver finds depends on its moods. Decisions are
digits (out, or the number of a tier; the number of an arrangement; ...), minimised in turn under the point's
values; a few digits at a time, weighed so that each outweighs all that follow it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from procure_opt.errors import EngineDoubt
from procure_opt.solving.part import Part
from procure_opt.structure.arrangements import arrangements
from procure_opt.structure.structure import Structure

from .decode import chosen_in, decode
from .formulation import Formulation
from .oracle import CaseOracle

LARGEST_WEIGHT = 100_000
"""Above it, integrality tolerances could turn one digit into another."""


@dataclass(frozen=True, slots=True)
class Digit:
    """A decision with its columns by rising value; ``zero``: no column at 1 is the smallest value."""

    columns: tuple[int, ...]
    zero: bool

    @property
    def base(self) -> int:
        """Number of values."""
        return len(self.columns) + self.zero

    def weight(self, position: int) -> int:
        """Value of the column at this position."""
        return position + self.zero


def digits(formulation: Formulation) -> Iterator[Digit]:
    """Yield the decisions in their canonical order: pillars, tiers, outside, regimes, variants, packages."""
    case, at = formulation.case, formulation.variables.decisions()
    keys: list[tuple[list[tuple[Hashable, ...]], bool]] = []
    keys += [([("exists", p)], True) for p in sorted(case.pillars)]
    for p, stated in sorted(case.pillars.items()):
        keys += [([("tier", p, n, t) for t in sorted(stated.tiers)], True) for n in sorted(case.nations)]
    for need, needed in sorted(case.needs.items()):
        keys += [
            ([("outside", need, n, o) for o in sorted(needed.outside.get(n, {}))], True)
            for n in sorted(case.nations)
        ]
    for p, stated in sorted(case.pillars.items()):
        keys.append(([("regime", p, r) for r in sorted(stated.rights)], True))
        keys += [([("variant", p, v)], True) for v in sorted(stated.variants)]
        for package in sorted(stated.packages):
            count = len(arrangements(case, p, package))
            keys.append(([("arrangement", p, package, number) for number in range(count)], True))
    for named, zero in keys:
        columns = tuple(at[key] for key in named if key in at)
        if columns:
            yield Digit(columns, zero)


def _chunks(all_digits: Sequence[Digit]) -> Iterator[list[Digit]]:
    chunk: list[Digit] = []
    size = 1
    for digit in all_digits:
        if chunk and size * digit.base > LARGEST_WEIGHT:
            yield chunk
            chunk, size = [], 1
        chunk.append(digit)
        size *= digit.base
    if chunk:
        yield chunk


def _objective(chunk: Sequence[Digit]) -> dict[int, float]:
    weights: dict[int, float] = {}
    place = 1
    for digit in reversed(chunk):
        weights |= {column: float(place * digit.weight(i)) for i, column in enumerate(digit.columns)}
        place *= digit.base
    return weights


def canonical_structure(oracle: CaseOracle, point: Sequence[int]) -> Structure:
    """Return the canonical structure of a nondominated point, from the first branch that has one.

    Branches come in canonical order, and what they settle are the first decisions. Raises
    :class:`EngineDoubt` if the engine denies that the point has any structure.
    """
    forest = oracle.forest
    for number in forest.holders((*point, sum(point))):
        found = _within(oracle.formulation, forest.parts[number], forest.fixed[number], point)
        if found is not None:
            return found
    raise EngineDoubt(f"the engine finds no structure for the point {tuple(point)} that it found before")


def _within(
    formulation: Formulation, part: Part, fixed: Mapping[int, float], point: Sequence[int]
) -> Structure | None:
    """Return the smallest structure of the point in one branch; None proves that it has none."""
    bounds = {column: float(value) for column, value in zip(formulation.objectives, point, strict=True)}
    answer: Sequence[float] | None = None
    open_digits = [digit for digit in digits(formulation) if not set(digit.columns) <= set(fixed)]
    for chunk in _chunks(open_digits):
        answer = part.minimise(_objective(chunk), bounds, answer)
        if answer is None:
            return None
        for digit in chunk:
            bounds |= {
                column: 0.0 for column in digit.columns if answer[column] <= 0.5 and column not in fixed
            }
    if answer is None:
        answer = part.minimise({}, bounds)
    if answer is None:
        return None
    return decode(formulation.case, chosen_in(formulation.variables.decisions(), answer))
