"""Reading a benchmark file: every way in which it can be wrong has a sentence.

The format: ``name, sense, objectives, A_ub {rows, cols, vals, m, n}, b_lower, b_upper, lb, ub, integer`` and,
optionally, ``grid, n_nondominated, published_oss_cpu_s``. Rows are ranges, null is no bound. Numbers are
read as the decimals that are written, not as the nearest binary ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import NoReturn

from procure_opt.errors import UsageError, printable
from tests.benchmarks.instance import Instance, Limit, Number, Objective, Span, objective_of, span_of

LARGEST = 10**14
_DIGITS = 40
OBJECTIVES = (2, 3, 4)


def read(path: str) -> Instance:
    """Return the instance of a file; raises UsageError that names the file and what is wrong with it."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        data = json.loads(text, parse_float=_decimal, parse_constant=_refuse)
        return instance_of(data)
    except OSError as error:
        raise UsageError(f"{printable(path)}: {error.strerror}") from None
    except RecursionError:
        raise UsageError(f"{printable(path)}: nested too deeply") from None
    except json.JSONDecodeError as error:
        raise UsageError(f"{printable(path)}:{error.lineno}:{error.colno}: {error.msg}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{printable(path)}: not a text in UTF-8") from None
    except (UsageError, ValueError) as error:
        raise UsageError(f"{printable(path)}: {printable(error, 300)}") from None


def instance_of(data: object) -> Instance:
    """Return the instance that parsed JSON states; raises UsageError."""
    if not isinstance(data, Mapping):
        raise UsageError("an instance is a JSON object")
    integer = [bool(flag) for flag in _flags(_list(data, "integer"))]
    n = len(integer)
    if not n:
        raise UsageError("integer: there is no column")
    lower, upper = (_limits(data, key, n) for key in ("lb", "ub"))
    return Instance(
        name=_text(data, "name"),
        objectives=_objectives(data, integer),
        rows=_rows(data, integer),
        lower=tuple(ceil(v) if w and v is not None else v for v, w in zip(lower, integer, strict=True)),
        upper=tuple(floor(v) if w and v is not None else v for v, w in zip(upper, integer, strict=True)),
        integer=tuple(integer),
        expected=_optional(data, "n_nondominated"),
        published_seconds=_optional(data, "published_oss_cpu_s"),
    )


def _objectives(data: Mapping[str, object], integer: Sequence[bool]) -> tuple[Objective, ...]:
    costs, sense = _list(data, "objectives"), _list(data, "sense")
    if len(costs) not in OBJECTIVES:
        raise UsageError(f"objectives: {len(costs)} of them; this program takes 2, 3 or 4")
    if len(sense) != len(costs):
        raise UsageError(f"sense: {len(sense)} entries for {len(costs)} objectives")
    grid = data.get("grid") or [None] * len(costs)
    if not isinstance(grid, list) or len(grid) != len(costs):
        raise UsageError("grid: must be null or one step per objective")
    stated = zip(costs, sense, grid, strict=True)
    return tuple(_objective(k, *each, integer) for k, each in enumerate(stated, 1))


def _objective(k: int, costs: object, sense: object, grid: object, integer: Sequence[bool]) -> Objective:
    if sense not in ("min", "max"):
        raise UsageError(f'sense[{k}]: "{sense}" is neither "min" nor "max"')
    if not isinstance(costs, list) or len(costs) != len(integer):
        raise UsageError(f"objectives[{k}]: must be a list of {len(integer)} numbers, one per column")
    numbers = [_number(c, f"objectives[{k}]") for c in costs]
    step = None if grid is None else _number(grid, f"grid[{k}]")
    if step is not None and step <= 0:
        raise UsageError(f"grid[{k}]: a step must be positive, not {float(step)}")
    found = objective_of(numbers, integer, largest=sense == "max", grid=step)
    if found is None:
        raise UsageError(
            f"objectives[{k}]: it depends on continuous columns and no grid is declared for it, so the front "
            f"may be infinite; this program enumerates finite fronts only"
        )
    return found


def _rows(data: Mapping[str, object], integer: Sequence[bool]) -> tuple[Span, ...]:
    matrix = data.get("A_ub")
    if not isinstance(matrix, Mapping):
        raise UsageError("A_ub: missing, or not an object")
    count, n = (_whole(matrix.get(key), f"A_ub.{key}") for key in ("m", "n"))
    if n != len(integer) or count < 0:
        raise UsageError(f"A_ub: {count} rows of {n} columns do not fit {len(integer)} columns")
    lower, upper = (_limits(data, key, count) for key in ("b_lower", "b_upper"))
    terms: list[dict[int, Number]] = [{} for _ in range(count)]
    for i, j, value in _entries(matrix):
        if not (0 <= i < count and 0 <= j < n):
            raise UsageError(f"A_ub: an entry at row {i}, column {j} lies outside {count} x {n}")
        terms[i][j] = terms[i].get(j, 0) + value
    stated = zip(terms, lower, upper, strict=True)
    return tuple(span_of(sorted(row.items()), low, high, integer) for row, low, high in stated)


def _entries(matrix: Mapping[str, object]) -> list[tuple[int, int, Number]]:
    rows, columns, values = (_list(matrix, key) for key in ("rows", "cols", "vals"))
    if not len(rows) == len(columns) == len(values):
        raise UsageError("A_ub: rows, cols and vals differ in length")
    where = [(_whole(i, "A_ub.rows"), _whole(j, "A_ub.cols")) for i, j in zip(rows, columns, strict=True)]
    return [(i, j, _number(v, "A_ub.vals")) for (i, j), v in zip(where, values, strict=True)]


def _limits(data: Mapping[str, object], key: str, count: int) -> list[Limit]:
    values = _list(data, key)
    if len(values) != count:
        raise UsageError(f"{key}: {len(values)} entries where {count} are needed")
    return [None if v is None else _number(v, key) for v in values]


def _list(data: Mapping[str, object], key: str) -> list[object]:
    value = data.get(key)
    if not isinstance(value, list):
        raise UsageError(f"{key}: missing, or not a list")
    return value


def _text(data: Mapping[str, object], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise UsageError(f"{key}: missing, or not a text")
    return value


def _flags(values: Sequence[object]) -> list[object]:
    if any(v not in (0, 1) for v in values):
        raise UsageError("integer: every entry must be 0 or 1")
    return list(values)


def _whole(value: object, where: str) -> int:
    number = _number(value, where)
    if number != int(number):
        raise UsageError(f"{where}: {float(number)} is not a whole number")
    return int(number)


def _number(value: object, where: str) -> Number:
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise UsageError(f"{where}: {printable(repr(value), 40)} is not a number")
    if abs(value) > LARGEST:
        raise UsageError(f"{where}: a number above {LARGEST:.0e} in size is too large to be solved with")
    return value


def _optional(data: Mapping[str, object], key: str) -> int | float | None:
    value = data.get(key)
    return float(value) if isinstance(value, Fraction) else value if isinstance(value, int) else None


def _decimal(text: str) -> Fraction:
    number = Decimal(text)
    if (number and not -_DIGITS < number.adjusted() < _DIGITS) or len(number.as_tuple().digits) > _DIGITS:
        raise UsageError(f"{printable(text, 40)} has more digits than this program reads")
    return Fraction(number)


def _refuse(text: str) -> NoReturn:
    raise UsageError(f"{text} is not a number in JSON")
