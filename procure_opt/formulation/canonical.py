"""One structure for each point: the first in canonical order.

Where the case was swept, every structure of the point was met and the first is known. In a part that was
too large, digits are minimised in turn by the exact solver under the point's values; a few digits at a
time, weighed so that each outweighs all that follow it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from procure_opt.errors import EngineDoubt
from procure_opt.solving.part import HALF, Ones
from procure_opt.structure.structure import Structure

from .decode import decode
from .oracle import CaseOracle
from .ranks import Digit

LARGEST_WEIGHT = 100_000
"""Above it, integrality tolerances could turn one digit into another."""


def canonical_structure(oracle: CaseOracle, point: Sequence[int]) -> Structure:
    """Return the canonical structure of a nondominated point.

    Raises :class:`EngineDoubt` if the engine denies that the point has any structure.
    """
    found = [each for each in (_swept(oracle, point), _in_remainder(oracle, point)) if each is not None]
    if not found:
        raise EngineDoubt(f"no structure is found for the point {tuple(point)} that was found before")
    keys = {column: key for key, column in oracle.formulation.variables.decisions().items()}
    return decode(
        oracle.formulation.case, {keys[column] for column in min(found, key=oracle.survey.plan.ranking.rank)}
    )


def _swept(oracle: CaseOracle, point: Sequence[int]) -> Ones | None:
    holders = oracle.survey.findings.holders.get(tuple(point))
    return None if holders is None else holders.first


def _in_remainder(oracle: CaseOracle, point: Sequence[int]) -> Ones | None:
    """Return the first assignment of the first part that has one; parts come in canonical order."""
    for number in oracle.remainder.holders((*point, sum(point))):
        if (found := _within(oracle, number, point)) is not None:
            return found
    return None


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


def _within(oracle: CaseOracle, number: int, point: Sequence[int]) -> Ones | None:
    """Return the first assignment of the point in one part; None proves that it has none."""
    part, fixed = oracle.remainder.parts[number], oracle.remainder.fixed[number]
    bounds = {
        column: float(value) for column, value in zip(oracle.formulation.objectives, point, strict=True)
    }
    answer: Sequence[float] | None = None
    open_digits = [digit for digit in oracle.ranks.digits if not set(digit.columns) <= set(fixed)]
    for chunk in _chunks(open_digits) if open_digits else [[]]:
        answer = part.minimise(_objective(chunk), bounds, gap=HALF, start=answer)
        if answer is None:
            return None
        for digit in chunk:
            bounds |= {
                column: 0.0 for column in digit.columns if answer[column] <= HALF and column not in fixed
            }
    return None if answer is None else part.ones(answer)
