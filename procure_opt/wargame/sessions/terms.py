"""Terms: conditions said at the table, in a sentence or as in a case file, checked by the case."""

from __future__ import annotations

import functools
from typing import Any

from pydantic import ValidationError

from procure_opt.case.checks import remarks
from procure_opt.case.conditions import Condition
from procure_opt.case.model import Case
from procure_opt.case.paths import dotted
from procure_opt.case.red_lines import RedLine
from procure_opt.change import parse_requirement
from procure_opt.errors import UsageError, printable

from .plain import canonical, from_text

_SAID = "SAID"
"""Id of the line that stands for a term while it is checked."""
Flaws = list[tuple[str, str]]


def term_flaws(case: Case, term: Any, where: str) -> Flaws:
    """Return (place, what is wrong) of a term in this case; nothing if it means something."""
    return list(_looked_at(case, canonical(term), where))


@functools.lru_cache(maxsize=4096)
def _looked_at(case: Case, text: str, where: str) -> tuple[tuple[str, str], ...]:
    term = from_text(text)
    if isinstance(term, str):
        try:
            parse_requirement(case, " ".join(term.split()))
        except UsageError as error:
            return ((where, str(error)),)
        return ()
    try:
        condition = Condition.model_validate(term)
    except (ValidationError, ArithmeticError, RecursionError) as error:
        return ((where, _told(error)),)
    return tuple(_by_the_checks(case, condition, where))


def _told(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return f"is no condition: {type(error).__name__}"
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    at = ".".join(str(part) for part in first["loc"])
    return f"is no condition: {printable(at, 60)}: {printable(first['msg'], 200)}"


def _by_the_checks(case: Case, condition: Condition, where: str) -> Flaws:
    """Return what the checks of a case file would say about a red line with this condition."""
    owner = min(case.nations)
    said = {"owner": owner, "text": "said", "as_of": case.as_of, "speaker": "unnamed", "source": "said"}
    line = RedLine.model_validate({**said, "then": condition})
    # Copied without validation, for the checks alone; what is remembered of the case must not come along.
    bare = Case.model_construct(**{name: getattr(case, name) for name in type(case).model_fields})
    stub = bare.model_copy(update={"red_lines": {_SAID: line}, "falsifiers": {}, "historical": {}, "on": ()})
    prefix = ("red_lines", _SAID, "then")
    return [
        (f"{where}.{dotted(each.path[3:])}".rstrip("."), each.message)
        for each in remarks(stub)
        if each.path[:3] == prefix and each.severity == "error"
    ]


@functools.lru_cache(maxsize=4096)
def _meant(case: Case, text: str) -> Condition:
    term = from_text(text)
    if isinstance(term, str):
        return parse_requirement(case, " ".join(term.split()))
    return Condition.model_validate(term)


def meaning(case: Case, term: Any) -> Condition:
    """Return the condition that a term without flaws means.

    >>> from procure_opt.case.load import load_case
    >>> meaning(load_case("gcap"), "ITA tier core in fighter").tier.nation
    'ITA'
    """
    return _meant(case, canonical(term))
